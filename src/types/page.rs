//! What there is to say of one function, as data: the reference, `cliengo help` and the prompt each show it in
//! their own way.

use super::described::{described, names};
use super::kind::Type;
use super::parameter::{Parameter, Signature};
use super::{luau, rhai};
use crate::ErrorKind;
use crate::api::{ApiFn, Example, Param, Registry};

/// What there is to say of one function.
///
/// ```
/// use cliengo::api::Registry;
/// use cliengo::types::Page;
///
/// let registry = Registry::builtin();
/// let page = Page::of(&registry, registry.find("contacts.update").unwrap());
/// assert_eq!(page.lua, "cliengo.contacts.update(id: string, fields: ContactChanges): Contact");
/// ```
#[derive(Debug)]
pub struct Page {
    /// The path as scripts write it.
    pub path: String,
    /// The signature in Lua.
    pub lua: String,
    /// The signature in Rhai.
    pub rhai: String,
    /// What it does, in sentences.
    pub doc: &'static str,
    /// Its other name as scripts write it, where it has one.
    pub alias: Option<String>,
    /// True where it can change the account's data.
    pub mutates: bool,
    /// True for a function of a module of the standard library.
    pub is_module: bool,
    /// The parameters, in order.
    pub parameters: Vec<PageParameter>,
    /// What it gives, in words.
    pub returns: &'static str,
    /// The type of what it gives.
    pub gives: String,
    /// The kinds of errors that it raises.
    pub errors: &'static [ErrorKind],
    /// Its example; empty where an embedder gave none.
    pub example: Example,
}

/// What there is to say of a parameter.
#[derive(Debug)]
pub struct PageParameter {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: String,
    /// Its type in words: "an id".
    pub words: String,
    /// The names that it takes, where it is an object that takes some and no others.
    pub names: Option<String>,
    /// True where it can be left out.
    pub optional: bool,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

impl Page {
    /// The page of a function of this registry.
    pub fn of(registry: &Registry, function: &ApiFn) -> Self {
        let path = function.full_path().into_owned();
        let in_rhai = if function.is_module() { path.replace('.', "::") } else { path.clone() };
        let signature = Signature::of(registry, function);
        let parameter = |(typed, param): (&Parameter, &Param)| PageParameter {
            name: param.name,
            kind: luau::written(&typed.kind),
            words: described(param.kind),
            names: names(param.kind),
            optional: param.optional,
            doc: param.doc,
        };
        let typed = signature.parameters.iter().zip(function.params);
        Self {
            lua: format!("{path}{}", luau::signature(&signature)),
            rhai: format!("{in_rhai}{}", rhai::signature(&signature)),
            doc: function.doc,
            alias: function.alias.map(|alias| format!("cliengo.{alias}")),
            mutates: function.mutates,
            is_module: function.is_module(),
            parameters: typed.map(parameter).collect(),
            returns: function.returns,
            gives: match &signature.gives {
                Type::Nothing => "nil".into(),
                other => luau::written(other),
            },
            errors: function.errors,
            example: function.example,
            path,
        }
    }

    /// What it changes, in a sentence; none where it changes nothing.
    pub fn effect(&self) -> Option<&'static str> {
        let words = match self.is_module {
            true => "It reaches out of the script: a dry run notes it and does not do it.",
            false => "It can change the account's data.",
        };
        self.mutates.then_some(words)
    }

    /// True where the function has an example.
    pub fn has_example(&self) -> bool {
        !self.example.lua.is_empty()
    }
}
