//! The types of parameters.

use super::kind::Type;
use crate::api::{ApiFn, Handed, OptionSet, ParamType, Registry};

/// A function's parameters and its result.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) parameters: Vec<Parameter>,
    pub(super) gives: Type,
}

/// A parameter with its type.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) kind: Type,
    pub(super) optional: bool,
    pub(super) doc: &'static str,
}

impl Signature {
    /// The signature of a function.
    pub(super) fn of(registry: &Registry, function: &ApiFn) -> Self {
        let parameter = |param: &crate::api::Param| Parameter {
            name: param.name,
            kind: type_of(registry, function, param.name, param.kind),
            optional: param.optional,
            doc: param.doc,
        };
        let parameters = function.params.iter().map(parameter).collect();
        Self { parameters, gives: function.gives.into() }
    }

    /// Where what is optional stands in front of a function that is needed, the parameters without it: a call may
    /// leave it out all the same.
    pub(super) fn shorter(&self) -> Option<Vec<&Parameter>> {
        let last_needed = self.parameters.iter().rposition(|param| !param.optional)?;
        let is_function =
            matches!(self.parameters[last_needed].kind, Type::Function(..) | Type::AnyFunction);
        let leading =
            is_function && self.parameters[..last_needed].iter().any(|param| param.optional);
        let is_kept =
            |(place, param): &(usize, &Parameter)| !param.optional || *place > last_needed;
        let kept = self.parameters.iter().enumerate().filter(is_kept).map(|(_, param)| param);
        leading.then(|| kept.collect())
    }

    /// True where it has a type that stands for whatever the script has there.
    pub(super) fn is_generic(&self) -> bool {
        self.gives.has_same() || self.parameters.iter().any(|param| param.kind.has_same())
    }
}

/// The type of a function's parameter.
fn type_of(registry: &Registry, function: &ApiFn, param: &str, kind: ParamType) -> Type {
    let class = name_of(registry, function, param, kind).map(Type::Class);
    match (kind, class) {
        (ParamType::Objects(_), Some(class)) => class.list(),
        (ParamType::Criteria, Some(class)) => Type::one_of([Type::Text, Type::Text.list(), class]),
        (_, Some(class)) => class,
        (kind, None) => parameter_type(kind),
    }
}

/// The type of a parameter that is no object with known names.
pub(super) fn parameter_type(kind: ParamType) -> Type {
    match kind {
        ParamType::Id | ParamType::Text => Type::Text,
        ParamType::Choice(words) => Type::Words(words),
        ParamType::Value(kind) => kind.into(),
        ParamType::Duration => Type::one_of([Type::Text, Type::Number]),
        ParamType::Ids => Type::Text.list(),
        ParamType::Values => Type::Any.list(),
        ParamType::Objects(_) => Type::Object.list(),
        ParamType::Items => Type::Same.list(),
        ParamType::By => {
            let read = Type::Function(vec![("item", Type::Same)], Box::new(Type::Any));
            Type::one_of([Type::Text, read])
        }
        ParamType::Handler(handed) => called_with(handed),
        ParamType::Step => Type::Function(Vec::new(), Box::new(Type::Same)),
        ParamType::Function => Type::AnyFunction,
        ParamType::Any => Type::Any,
        _ => Type::Object,
    }
}

/// A function that is called with these.
pub(super) fn called_with(handed: &[Handed]) -> Type {
    let parameter = |it: &Handed| (it.name, it.gives.into());
    Type::Function(handed.iter().map(parameter).collect(), Box::new(Type::Any))
}

/// The name of the object with known names that a parameter, or an item of it, is; none where it is none.
pub(super) fn name_of(
    registry: &Registry,
    function: &ApiFn,
    param: &str,
    kind: ParamType,
) -> Option<String> {
    let name = match kind {
        ParamType::NewContact => "NewContact",
        ParamType::Changes => "ContactChanges",
        ParamType::Upsert => "ContactFields",
        ParamType::Criteria => "ContactCriteria",
        ParamType::Filter => "ContactFilter",
        ParamType::List => "ContactListOptions",
        ParamType::Options(OptionSet::Watch) => "WatchOptions",
        ParamType::Options(OptionSet::Schedule) => "ScheduleOptions",
        ParamType::Objects(ParamType::Changes) => "ContactUpdate",
        ParamType::Objects(item) => return name_of(registry, function, param, *item),
        ParamType::Named(_) => return Some(named(registry, function, param, kind)),
        _ => return None,
    };
    Some(name.to_owned())
}

/// Names that several functions of a namespace take are called after the namespace alone.
fn named(registry: &Registry, function: &ApiFn, param: &str, kind: ParamType) -> String {
    let takes = |other: &&crate::api::FunctionRef| other.params.iter().any(|it| it.kind == kind);
    let shared = !function.is_module() && registry.functions().filter(takes).count() > 1;
    let (namespace, name) = function.namespace_and_name();
    let middle = if shared { "many" } else { name };
    [namespace, middle, param].iter().flat_map(|part| part.split(['_', '.'])).map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
