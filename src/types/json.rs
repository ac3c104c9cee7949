//! `api.json`: the whole registry as data, for other tools.

use serde_json::{Value, json};

use super::class::{Class, Member, classes};
use super::kind::Type;
use super::luau::written;
use super::modules::{Module, modules};
use super::page::Page;
use crate::ErrorKind;
use crate::api::{ApiFn, Registry};
use crate::schema::{CONTACT_FIELDS, CONTACT_FILTERS, Field, FilterField, OnCreate};

/// Raised where a name in the file changes or goes.
const FORMAT: u32 = 1;

/// The text of the file, without its first line.
pub(super) fn file(registry: &Registry) -> String {
    let functions: Vec<_> = registry.functions().map(|it| function(registry, it)).collect();
    let whole = json!({
        "format": FORMAT,
        "version": env!("CARGO_PKG_VERSION"),
        "functions": functions,
        "values": values(registry),
        "types": classes(registry).iter().map(class).collect::<Vec<_>>(),
        "contact_fields": CONTACT_FIELDS.iter().map(field).collect::<Vec<_>>(),
        "filters": CONTACT_FILTERS.iter().map(filter).collect::<Vec<_>>(),
        "errors": ErrorKind::ALL.map(|kind| json!({ "kind": kind.as_str(), "meaning": kind.meaning() })),
        "modules": modules().iter().map(module).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

/// The values of this crate, then an embedder's own.
fn values(registry: &Registry) -> Vec<Value> {
    let value =
        |path: String, kind: &Type, doc| json!({ "path": path, "type": written(kind), "doc": doc });
    let ours = registry.values().iter();
    let ours = ours.map(|it| value(format!("cliengo.{}", it.path), &it.kind.into(), it.doc));
    let own = registry.own_values().iter();
    let own = own.map(|it| value(it.path().to_owned(), &Type::of_value(it), it.doc()));
    ours.chain(own).collect()
}

fn function(registry: &Registry, function: &ApiFn) -> Value {
    let page = Page::of(registry, function);
    let parameters: Vec<_> = page
        .parameters
        .iter()
        .map(|it| json!({ "name": it.name, "type": it.kind, "optional": it.optional, "doc": it.doc }))
        .collect();
    let expect = serde_json::from_str::<Value>(page.example.expect).unwrap_or_default();
    let example = json!({ "lua": page.example.lua, "rhai": page.example.rhai, "gives": expect });
    json!({
        "path": page.path,
        "alias": page.alias,
        "signature": { "lua": page.lua, "rhai": page.rhai },
        "doc": page.doc,
        "parameters": parameters,
        "returns": { "type": page.gives, "doc": page.returns },
        "errors": page.errors.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
        "mutates": page.mutates,
        "example": page.has_example().then_some(example),
    })
}

fn class(class: &Class) -> Value {
    let member = |member: &Member| {
        json!({
            "names": member.spellings,
            "type": written(&member.kind),
            "optional": member.optional,
            "doc": member.doc,
        })
    };
    let fields: Vec<_> = class.members.iter().map(member).collect();
    json!({ "name": class.name, "doc": class.doc, "fields": fields })
}

fn field(field: &Field) -> Value {
    let create = match field.create {
        OnCreate::Required => "needed",
        OnCreate::Optional => "taken",
        OnCreate::Refused => "refused",
    };
    json!({
        "name": field.name,
        "group": field.group.title(),
        "type": written(&field.kind.into()),
        "value": field.kind.describe(),
        "read": field.answered,
        "create": create,
        "update": field.update,
        "doc": field.doc,
    })
}

fn filter(filter: &FilterField) -> Value {
    json!({
        "name": filter.name,
        "alias": filter.alias,
        "type": written(&filter.kind.into()),
        "value": filter.kind.describe(),
        "doc": filter.doc,
    })
}

fn module(module: &Module) -> Value {
    let functions: Vec<_> = module
        .functions
        .iter()
        .map(|it| json!({
            "name": it.name,
            "signature": {
                "lua": format!("{}.{}{}", module.name, it.name, super::luau::signature(&it.signature)),
                "rhai": format!("{}::{}{}", module.name, it.name, super::rhai::signature(&it.signature)),
            },
            "doc": it.doc,
        }))
        .collect();
    json!({ "name": module.name, "doc": module.doc, "functions": functions })
}
