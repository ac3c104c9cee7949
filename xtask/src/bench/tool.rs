//! What a contender needs of the machine. Nothing is installed; the run says what could be.

use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// An interpreter, with the module that the contender is about.
#[derive(Clone, Copy)]
pub(super) enum Tool {
    Python(&'static str),
    Node,
    Lua(&'static str),
}

impl Tool {
    /// The interpreter's command.
    pub(super) fn command(self) -> String {
        match self {
            Self::Python(_) => python().to_owned(),
            Self::Node => "node".to_owned(),
            Self::Lua(_) => "lua5.4".to_owned(),
        }
    }

    pub(super) fn is_here(self) -> bool {
        let program = match self {
            Self::Python(module) => format!("import {module}"),
            Self::Node => String::new(),
            Self::Lua("") => String::new(),
            Self::Lua(module) => format!("require \"{module}\""),
        };
        let flag = if matches!(self, Self::Python(_)) { "-c" } else { "-e" };
        let mut probe = Command::new(self.command());
        probe.args([flag, &program]).stdout(Stdio::null()).stderr(Stdio::null());
        probe.status().is_ok_and(|status| status.success())
    }

    /// How a person gets it.
    pub(super) fn install(self) -> String {
        match self {
            Self::Python(module) => format!("Python 3, and pip install {module}"),
            Self::Node => "Node 18 or newer".to_owned(),
            Self::Lua("") => "apt-get install lua5.4".to_owned(),
            Self::Lua(module) => format!("apt-get install lua5.4 lua-{module}"),
        }
    }
}

/// The interpreter itself: `python3` may be a version manager's script, whose own start would be counted.
fn python() -> &'static str {
    static PYTHON: OnceLock<String> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let asked =
            Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output();
        let path = asked.ok().and_then(|asked| String::from_utf8(asked.stdout).ok());
        let path = path.map(|path| path.trim().to_owned()).filter(|path| !path.is_empty());
        path.unwrap_or_else(|| "python3".to_owned())
    })
}
