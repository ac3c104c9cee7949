//! A prompt on an account of invented contacts.

use std::ops::{Deref, DerefMut};

use serde_json::json;

use crate::support::{Account, Program, Screen};

/// What the lines are written in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Language {
    Lua,
    Rhai,
}

/// For what is promised in both languages.
pub const BOTH: [Language; 2] = [Language::Lua, Language::Rhai];

impl Language {
    pub fn name(self) -> &'static str {
        self.of("lua", "rhai")
    }

    /// The one of two texts that is in this language.
    pub fn of<'a>(self, lua: &'a str, rhai: &'a str) -> &'a str {
        match self {
            Self::Lua => lua,
            Self::Rhai => rhai,
        }
    }
}

/// An account, and the program on a terminal of its own that has been told of it.
pub struct Prompt {
    pub account: Account,
    screen: Screen,
}

impl Prompt {
    /// On an account of 120 contacts and a terminal of 24 lines of 80 columns.
    pub fn open(language: Language) -> Self {
        Self::with(language, |program| program)
    }

    /// With something changed at the call of the program.
    pub fn with(language: Language, change: impl FnOnce(Program) -> Program) -> Self {
        Self::on(Account::start(), language, change)
    }

    /// On any account.
    pub fn on(
        account: Account,
        language: Language,
        change: impl FnOnce(Program) -> Program,
    ) -> Self {
        let screen = change(repl(&account, language)).screen();
        Self { account, screen }.ready()
    }

    /// On a terminal of any size.
    pub fn sized(language: Language, rows: u16, columns: u16) -> Self {
        let account = Account::start();
        let screen = repl(&account, language).screen_of(rows, columns);
        Self { account, screen }.ready()
    }

    /// The id of the newest contact.
    pub fn newest(&self) -> String {
        let contact: serde_json::Value = serde_json::from_str(&self.account.snapshot()[0]).unwrap();
        contact["id"].as_str().unwrap().to_owned()
    }

    /// Waits for the end, and gives the exit code.
    #[track_caller]
    pub fn leaves(self) -> Option<i32> {
        self.screen.end().0
    }

    fn ready(mut self) -> Self {
        self.screen.prompt();
        self
    }
}

/// `cliengo repl` on this account.
pub fn repl(account: &Account, language: Language) -> Program {
    account.program(&["repl", "--lang", language.name()])
}

/// Lets each page of the list of contacts come so late.
pub fn slow_pages(account: &Account, milliseconds: u32) {
    let fault = json!({ "kind": "delay", "ms": milliseconds });
    account.fault(json!({ "route": "GET /contacts", "fault": fault }));
}

impl Deref for Prompt {
    type Target = Screen;

    fn deref(&self) -> &Screen {
        &self.screen
    }
}

impl DerefMut for Prompt {
    fn deref_mut(&mut self) -> &mut Screen {
        &mut self.screen
    }
}
