//! An account where contacts come while one looks on.

use cliengo::emulator::EmulatorOptions;
use jiff::Timestamp;
use serde_json::json;

use crate::prompt::{Language, Prompt};
use crate::support::{Account, key};

/// A prompt on an account of ten contacts, whose clock runs.
pub fn open(language: Language) -> Prompt {
    let options = EmulatorOptions { contacts: 10, ..EmulatorOptions::default() };
    Prompt::on(Account::of(options), language, |program| program)
}

/// Number `number` of the contacts that come while one looks on.
pub fn id(number: u32) -> String {
    format!("7f00000000000000{number:08x}")
}

/// Someone of this name writes to the account now.
pub fn arrives(prompt: &Prompt, number: u32, name: &str) {
    let now = format!("{:.3}", Timestamp::now());
    let contact = json!([{
        "id": id(number), "name": name, "status": "NEW", "websiteId": "site", "phone": "+54 11 5555-0100",
        "creationDate": now, "lastUpdateDate": now,
    }]);
    prompt.account.put(&contact.to_string());
}

/// Enters a line that begins a watch, and waits until it watches.
#[track_caller]
pub fn watches(prompt: &mut Prompt, line: &str) -> String {
    let answer = prompt.answers(line);
    prompt.until("word that it watches", |shown| shown.visible().contains("watching"));
    answer
}

/// Types half a line, lets somebody arrive, and waits until these words stand above what was typed.
#[track_caller]
pub fn above_what_is_typed(prompt: &mut Prompt, number: u32, name: &str, words: &[&str]) {
    prompt.prompt().typed("half_a_line = 40 + ");
    arrives(prompt, number, name);
    prompt.until(&format!("{words:?} above the line"), |shown| {
        let lines = shown.lines();
        let above = lines[..lines.len() - 1].join("\n");
        words.iter().all(|word| above.contains(word))
            && shown.line().0.ends_with("> half_a_line = 40 + ")
    });
    prompt.types(key::CTRL_U).prompt();
}
