//! What stands behind a dot.

use super::super::cursor::Path;
use super::super::known::Known;
use super::super::scan::is_word;
use super::super::words;
use super::Entry;
use crate::api::ApiFn;
use crate::engine::{Language, MODULE, Variable};
use crate::schema::{CONTACT_FIELDS, contact_field};

/// The members of what the path leads to.
pub(super) fn members(owner: &Path<'_>, known: &Known) -> Vec<Entry> {
    let methods = || words::methods(known.language).map(Entry::plain).collect::<Vec<_>>();
    if owner.is_method {
        return methods();
    }
    let mut found = of_path(owner, known);
    let is_module = owner.names.first().is_some_and(|root| is_module(root, known));
    if known.language == Language::Rhai && !is_namespace(owner, known) && !is_module {
        found.extend(methods());
    }
    found
}

/// True for a module, of the standard library or of the script's own.
fn is_module(name: &str, known: &Known) -> bool {
    let is = |it: &Variable| it.name == name && it.kind == MODULE;
    known.module(name).is_some() || known.shared().variables.iter().any(is)
}

fn of_path(owner: &Path<'_>, known: &Known) -> Vec<Entry> {
    let Some((root, below)) = owner.names.split_first().filter(|_| owner.is_rooted) else {
        return Vec::new();
    };
    if let Some(functions) = known.module(root).filter(|_| below.is_empty()) {
        return functions.into_iter().flat_map(|function| callable(function)).collect();
    }
    if let Some(variable) = known.shared().variables.iter().find(|it| it.name == *root) {
        let is_list = variable.kind.starts_with("list") && !owner.is_item;
        // Another name than that of a variable cannot stand behind a dot.
        let is_name =
            |name: &&String| name.chars().all(is_word) && !name.starts_with(char::is_numeric);
        let names =
            variable.members.iter().filter(|_| below.is_empty() && !is_list).filter(is_name);
        return names.map(|name| field(name)).collect();
    }
    if is_namespace(owner, known) {
        return in_namespace(&owner.dotted(), known);
    }
    if let Some(names) = words::library(known.language, root) {
        return names.filter(|_| below.is_empty()).map(Entry::plain).collect();
    }
    // A name that nobody knows yet is a parameter or a loop's variable, and mostly a contact.
    let fields = CONTACT_FIELDS.iter().filter(|field| field.answered && below.is_empty());
    fields.map(|it| field(it.name)).collect()
}

fn field(name: &str) -> Entry {
    Entry::plain(name).told(contact_field(name).map_or("", |field| field.doc))
}

/// True where functions of the registry stand under this path.
fn is_namespace(path: &Path<'_>, known: &Known) -> bool {
    let path = path.is_rooted.then(|| path.dotted());
    let is_value = |path: &str| known.registry.own_values().iter().any(|it| it.path() == path);
    path.is_some_and(|path| {
        known.is_of_registry(&path) && known.function(&path).is_none() && !is_value(&path)
    })
}

/// What begins a path of the registry: `cliengo`, and the namespaces of a program's own functions.
pub(super) fn roots(known: &Known) -> Vec<Entry> {
    below("", known)
}

fn in_namespace(path: &str, known: &Known) -> Vec<Entry> {
    let mut entries = below(&format!("{path}."), known);
    if path == "cliengo" {
        let values = known.registry.values().iter();
        entries.extend(values.map(|it| Entry::plain(it.path).told(first_sentence(it.doc))));
    }
    entries
}

/// The functions, namespaces and values of the program right below this prefix.
fn below(prefix: &str, known: &Known) -> Vec<Entry> {
    let mut entries = Vec::new();
    for function in known.registry.functions() {
        let path = function.full_path();
        let Some(rest) = path.strip_prefix(prefix) else { continue };
        match rest.split_once('.') {
            None => entries.extend(callable(function)),
            Some((namespace, _)) => {
                entries.push(space(namespace, &format!("{prefix}{namespace}."), known));
            }
        }
    }
    for value in known.registry.own_values() {
        let Some(rest) = value.path().strip_prefix(prefix) else { continue };
        match rest.split_once('.') {
            None => entries.push(Entry::plain(rest).told(first_sentence(value.doc()))),
            Some((namespace, _)) => {
                entries.push(space(namespace, &format!("{prefix}{namespace}."), known));
            }
        }
    }
    entries
}

/// The function, and once more under its other name.
fn callable(function: &ApiFn) -> impl Iterator<Item = Entry> {
    let (_, name) = function.namespace_and_name();
    let signature = function.signature();
    let parameters = signature[signature.find('(').unwrap_or(0)..].to_owned();
    let doc = first_sentence(function.doc).to_owned();
    let entry =
        move |name: &str| Entry::plain(name).shown(format!("{name}{parameters}")).told(doc.clone());
    [Some(name), function.alias].into_iter().flatten().map(entry)
}

fn space(name: &str, prefix: &str, known: &Known) -> Entry {
    let values = known.registry.own_values().iter().map(|it| it.path().into());
    let functions = known.registry.functions().map(|it| it.full_path());
    let paths: Vec<_> = functions.chain(values).collect();
    let names = paths.iter().filter_map(|path| path.strip_prefix(prefix));
    let mut firsts: Vec<&str> = names.map(|it| it.split('.').next().unwrap_or(it)).collect();
    firsts.dedup();
    Entry::plain(format!("{name}.")).told(firsts.join(", "))
}

/// The first sentence of a text.
pub(in super::super) fn first_sentence(text: &str) -> &str {
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    &text[..end]
}
