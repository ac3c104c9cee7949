//! What was found: a line for each check.

use serde_json::{Value, json};

use crate::cli::{exit, output};
use crate::{Error, Result};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warning,
    Problem,
}

#[derive(Debug)]
struct Finding {
    check: String,
    state: State,
    found: String,
    hint: Option<String>,
    code: u8,
}

/// What the checks found, in their order.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn ok(&mut self, check: &str, found: String) {
        self.add(check, State::Ok, found, None, exit::DONE);
    }

    pub(super) fn warning(&mut self, check: &str, found: String, hint: &str) {
        self.add(check, State::Warning, found, Some(hint.to_owned()), exit::DONE);
    }

    /// A problem, and the code that the program is to end with.
    pub(super) fn problem(&mut self, check: &str, found: String, hint: &str, code: u8) {
        self.add(check, State::Problem, found, Some(hint.to_owned()), code);
    }

    /// A problem that an error tells of.
    pub(super) fn error(&mut self, check: &str, error: &Error, code: u8) {
        self.add(check, State::Problem, error.message.clone(), error.hint.clone(), code);
    }

    fn add(&mut self, check: &str, state: State, found: String, hint: Option<String>, code: u8) {
        self.0.push(Finding { check: check.to_owned(), state, found, hint, code });
    }

    /// The code of the first problem.
    pub(super) fn exit_code(&self) -> u8 {
        self.0
            .iter()
            .map(|finding| finding.code)
            .find(|code| *code != exit::DONE)
            .unwrap_or(exit::DONE)
    }

    /// A line for each, and what to do below it; or a list for programs.
    pub(super) fn print(&self, format: &str) -> Result<()> {
        match format {
            "json" => output::print(&self.0.iter().map(Finding::json).collect(), "json"),
            _ => {
                let width = self.0.iter().map(|it| it.check.chars().count()).max().unwrap_or(0);
                let lines: Vec<_> = self.0.iter().map(|it| it.line(width)).collect();
                output::print(&Value::String(lines.join("\n")), "pretty")
            }
        }
    }
}

impl Finding {
    fn json(&self) -> Value {
        json!({
            "id": self.check, "state": self.state.as_str(), "found": self.found, "hint": self.hint,
        })
    }

    fn line(&self, width: usize) -> String {
        let (check, state) = (&self.check, self.state.as_str());
        let line = format!("{state:<8} {check:<width$}  {}", self.found);
        match &self.hint {
            Some(hint) => format!("{line}\n{:8} {:width$}  → {hint}", "", ""),
            None => line,
        }
    }
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}
