//! Runs of scripts against a watched account, and what their handlers were called with.

use serde_json::Value;

use crate::script::Script;
use crate::support::{Program, Ran, Running};
use crate::watched::Watched;

/// One call of a handler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The contact's name, or its id where it has none.
    pub contact: String,
    pub kind: String,
    pub attempt: u32,
    pub key: String,
}

impl Watched {
    /// The run of a script that is about to begin.
    pub fn program(&self, script: &Script) -> Program {
        self.program_of(Script::file(self.language), &script.text(self.language))
    }

    /// The same of any text.
    pub fn program_of(&self, file: &str, text: &str) -> Program {
        let state = self.state.path().to_str().unwrap();
        let program = self.account.program(&["run", file]).file(file, text);
        program.variable("CLIENGO_STATE_DIR", state)
    }

    /// A daemon with the script, which begins to poll at once.
    pub fn serve(&self, script: &Script) -> Running {
        let file = Script::file(self.language);
        self.serve_files(&[(file, &script.text(self.language))]).start()
    }

    /// A daemon that is about to begin, with these scripts.
    pub fn serve_files(&self, files: &[(&str, &str)]) -> Program {
        let state = self.state.path().to_str().unwrap();
        let program = self.account.program(&["serve"]).variable("CLIENGO_STATE_DIR", state);
        files.iter().fold(program, |program, (file, text)| program.file(file, text).argument(file))
    }

    /// A command that looks at the state, or steers it: `watches pause w`.
    pub fn steer(&self, line: &str) -> Ran {
        let words: Vec<_> = line.split(' ').collect();
        let state = self.state.path().to_str().unwrap();
        Program::new(&words).variable("CLIENGO_STATE_DIR", state).run().code(0)
    }

    /// The same, as JSON.
    pub fn look(&self, line: &str) -> Value {
        self.steer(&format!("{line} -o json")).json()
    }

    /// One cycle, whatever comes of it.
    pub fn run(&self, script: &Script) -> Ran {
        self.program(script).run()
    }

    /// What the handler was called with in one cycle that went well.
    #[track_caller]
    pub fn cycle(&self, script: &Script) -> Vec<Called> {
        calls(&self.run(script).code(0))
    }

    /// The names of the contacts that one cycle handled.
    #[track_caller]
    pub fn names(&self, script: &Script) -> Vec<String> {
        self.cycle(script).into_iter().map(|call| call.contact).collect()
    }
}

/// The calls of the handler that a run printed.
pub fn calls(ran: &Ran) -> Vec<Called> {
    ran.stdout.lines().map(called).collect()
}

/// The names of the contacts that a run's handler was called with.
pub fn names(ran: &Ran) -> Vec<String> {
    calls(ran).into_iter().map(|call| call.contact).collect()
}

/// A call from its line.
pub fn called(line: &str) -> Called {
    let words: Vec<_> = line.trim_end().split('\t').collect();
    let [contact, kind, attempt, key] = words[..] else { panic!("no call: {line}") };
    let attempt = attempt.parse().unwrap();
    Called { contact: contact.into(), kind: kind.into(), attempt, key: key.into() }
}
