//! What a dot-command is, for everything that goes by the table of them: the loop, help, completion.

/// One command of the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Command {
    /// The name, without its dot.
    pub(crate) name: &'static str,
    /// What may stand behind it.
    pub(crate) arguments: Arguments,
    /// The heading that help lists it under.
    pub(crate) group: &'static str,
    /// How it is written: `.time EXPR`.
    pub(crate) usage: &'static str,
    /// What it does, in a sentence.
    pub(crate) doc: &'static str,
}

/// What stands behind a command, so that it can be completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arguments {
    /// Nothing.
    None,
    /// The name of a file: the whole rest of the line.
    File,
    /// Code of the language.
    Code,
    /// A topic of the help, a command, or a function's path.
    Topic,
    /// `lua` or `rhai`.
    Language,
    /// `on` or `off`.
    OnOff,
    /// A kind of watch, and then code.
    Watch,
    /// The id of a watch that is followed.
    WatchId,
    /// A profile's name.
    Profile,
    /// A function's path: `contacts.update`.
    Path,
    /// `create`, `update`, or a field of a contact.
    Field,
}
