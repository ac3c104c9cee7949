//! What values surely are, as far as the rules look into them.

/// An object whose fields are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Contact,
    /// What a handler of a watch is told beside the contact.
    Event,
    /// What a handler of a schedule is told.
    Run,
}

/// What a value surely is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Unknown,
    /// A namespace, a function or a value of the registry, by its whole path.
    Path(String),
    /// A table of the language's own, such as `string`.
    Builtin(String),
    Object(Shape),
    List(Shape),
    /// Items that come one after another.
    Sequence(Shape),
    /// A module, by the name it was asked for.
    Module(String),
    ModuleFunction(String, String),
}

impl Shape {
    /// The fields, where they are not those of a contact.
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Contact => &[],
            Self::Event => &["id", "key", "attempt", "watch", "kind", "found_at"],
            Self::Run => &["due", "schedule", "cause", "missed"],
        }
    }

    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Contact => "a contact",
            Self::Event => "an event",
            Self::Run => "a run",
        }
    }
}

/// What the function at this path of the registry gives.
pub(super) fn given_by(path: &str) -> Kind {
    match path {
        "contacts.list" => Kind::List(Shape::Contact),
        "contacts.each" => Kind::Sequence(Shape::Contact),
        "contacts.get" | "contacts.find" | "contacts.create" | "contacts.update"
        | "contacts.upsert" => Kind::Object(Shape::Contact),
        _ => Kind::Unknown,
    }
}

/// What the function at this path calls its handler with. Of a contact that is gone, only its id is told.
pub(super) fn told_by(path: &str) -> &'static [Option<Shape>] {
    match path {
        "watch.new_contacts" | "watch.updated_contacts" => {
            &[Some(Shape::Contact), Some(Shape::Event)]
        }
        "watch.deleted_contacts" => &[None, Some(Shape::Event)],
        "schedule.cron" | "schedule.every" => &[Some(Shape::Run)],
        _ => &[],
    }
}

/// The functions of the standard library's `list` that give items of the list they were given.
pub(super) const KEEP_THE_ITEMS: [&str; 3] = ["filter", "sort_by", "unique"];

/// True for a call of this function whose only use is its result.
pub(super) fn only_asks(path: &str) -> bool {
    let own = ["contacts.list", "contacts.get", "contacts.find", "contacts.count"];
    let others = ["sites.", "users.", "account.", "conversations."];
    let of_others = others.iter().any(|start| path.starts_with(start));
    own.contains(&path) || (of_others && path != "conversations.create")
}
