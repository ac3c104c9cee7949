//! One thing that is wrong, or probably wrong, and where.

use serde::Serialize;

use super::tree::Place;
use crate::Error;

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The script fails when it comes to this place.
    Error,
    /// The script runs, and probably does not do what was meant.
    Warning,
}

impl Severity {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// The script does not parse.
    Syntax,
    /// The script parses where it runs, but not here.
    Unreadable,
    /// The file itself cannot be read as text.
    UnreadableFile,
    /// A name that nobody defines.
    UndefinedName,
    /// A namespace of the registry has no such function or value.
    UnknownFunction,
    /// Too many or too few arguments.
    ArgumentCount,
    /// A function of the registry is called with a colon.
    ColonCall,
    /// A name or a value that cannot be right in an argument.
    WrongArgument,
    /// A field that contacts, events or runs do not have.
    UnknownField,
    /// There is no such module.
    UnknownModule,
    /// A module of the standard library has no such function.
    UnknownModuleFunction,
    /// The result of a call that does nothing else is not used.
    UnusedResult,
    /// A watch or a schedule has no name of its own.
    RegistrationWithoutId,
    /// Two watches, or two schedules, have one id.
    DuplicateId,
    /// A watch or a schedule is registered in a handler.
    RegistrationInHandler,
    /// A script that registers something writes while it is loaded.
    WriteWhileRegistering,
}

impl Code {
    /// How sure findings of this kind are.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Unreadable
            | Self::UnknownField
            | Self::UnusedResult
            | Self::RegistrationWithoutId
            | Self::WriteWhileRegistering => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// One thing that is wrong, or probably wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The column behind the last character, where it is known and on the same line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
    /// How sure it is.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Finding {
    pub(super) fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            line: place.line,
            column: place.column,
            end_column: place.end,
            severity: code.severity(),
            code,
            message: message.into(),
            hint: None,
        }
    }

    /// A file that cannot be read, among others that can.
    pub fn unreadable_file(error: &Error) -> Self {
        let start = Place { line: 1, column: 1, end: None };
        Self::new(Code::UnreadableFile, start, &error.message).with_hint(error.hint.clone())
    }

    pub(super) fn with_hint(mut self, hint: impl Into<Option<String>>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What an error of the call itself would say.
    pub(super) fn of(code: Code, place: Place, error: &Error) -> Self {
        Self::new(code, place, error.message.clone()).with_hint(error.hint.clone())
    }
}
