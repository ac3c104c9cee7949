//! Colours, by what a text is.

use std::env::var_os;
use std::io::IsTerminal;

/// Paints text by its role, or leaves it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paint {
    /// True where colours are wanted.
    pub(crate) on: bool,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Something went wrong.
    Error,
    /// Something to know before it goes wrong.
    Warning,
    /// It went well.
    Success,
    /// What to do next.
    Hint,
    /// A number.
    Number,
    /// Words of a person.
    Text,
    /// The name of a field.
    Name,
    /// True or false.
    Truth,
    /// Nothing: null, or what is not there.
    Nothing,
    /// An instant.
    Date,
    /// Of little weight.
    Dim,
    /// What stands above a table, or a part of a sheet.
    Heading,
    /// Where a contact stands in the CRM.
    Status,
    /// A word of the language, in code.
    Keyword,
    /// A text in quotes, in code.
    String,
    /// A comment, in code.
    Comment,
    /// The name of a function, in code.
    Function,
}

impl Role {
    /// The parameters of the terminal's sequence; none for the terminal's own colour.
    ///
    /// The 16 colours alone, for those follow the person's theme, on a bright ground as on a dark one.
    const fn code(self) -> &'static str {
        match self {
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Hint | Self::Name => "36",
            Self::Number => "33",
            Self::Text => "",
            Self::Truth | Self::Keyword => "35",
            Self::Nothing | Self::Dim | Self::Comment => "2",
            Self::Date | Self::Function => "34",
            Self::Heading => "1",
            Self::Status | Self::String | Self::Success => "32",
        }
    }
}

impl Paint {
    /// No colours.
    pub(crate) const PLAIN: Self = Self { on: false };

    /// Colours where the stream is a terminal that has some, and the person has not said no
    /// (no-color.org).
    pub(crate) fn of(stream: &impl IsTerminal) -> Self {
        let refused = var_os("NO_COLOR").is_some_and(|no| !no.is_empty());
        let dumb = var_os("TERM").is_some_and(|kind| kind == "dumb");
        Self { on: stream.is_terminal() && !refused && !dumb }
    }

    /// The text in the colour of its role.
    pub(crate) fn role(self, role: Role, text: &str) -> String {
        match role.code() {
            code if self.on && !code.is_empty() && !text.is_empty() => {
                format!("\x1b[{code}m{text}\x1b[0m")
            }
            _ => text.to_owned(),
        }
    }
}

/// A method for each role that is often named.
macro_rules! roles {
    ($($name:ident $role:ident $words:literal,)*) => {
        impl Paint {
            $(
                #[doc = concat!("Paints ", $words, ".")]
                pub(crate) fn $name(self, text: &str) -> String {
                    self.role(Role::$role, text)
                }
            )*
        }
    };
}

roles! {
    error Error "what went wrong",
    warning Warning "what may go wrong",
    hint Hint "what to do next",
    name Name "the name of a field",
    dim Dim "what is of little weight",
    heading Heading "a heading",
    function Function "the name of a function",
}
