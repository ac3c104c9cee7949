//! The first words, and the words of the prompt.

use super::Options;
use super::shell::Shell;
use crate::terminal::harmless;

/// The first words: what this is, on which account, and where help is.
pub(super) fn greeting(shell: &Shell, options: &Options) -> String {
    if let Some(greeting) = &options.greeting {
        return format!("{}\n", greeting.trim_end());
    }
    let paint = shell.shared.screen.paint();
    let name = paint.heading(&format!("{} {}", options.name, env!("CARGO_PKG_VERSION")));
    let help = ".help shows what there is, Tab completes, Ctrl-D leaves";
    match shell.shared.settings().client {
        Some(_) => format!("{name} on {}\n{help}\n", shell.account()),
        None => format!("{name}, without an account\n{}\n{help}\n", no_account(options)),
    }
}

/// How to get an account.
fn no_account(options: &Options) -> String {
    let name = &options.name;
    format!(
        "There is no API key. A playground needs none: {name} repl --emulator\n\
         For your own account, copy the key from Cliengo's settings and set CLIENGO_API_KEY to it, or add \
         it to a profile of the user configuration. Until then, whatever asks the account is an error."
    )
}

impl Shell {
    /// Which account this is, in a line.
    pub(super) fn account(&self) -> String {
        let settings = self.shared.settings();
        let Some(client) = &settings.client else {
            return "no account: there is no API key".into();
        };
        let url = client.base_url();
        match (&self.profile, &self.profiles) {
            (Some(name), _) => harmless(&format!("the profile \"{name}\" at {url}")),
            (None, Some(profiles)) => harmless(&profiles.describe()),
            (None, None) => harmless(url),
        }
    }

    /// What stands in front of the line: the language, and what is out of the ordinary.
    pub(super) fn prompt(&self) -> String {
        let read_only = self.shared.host.context().build().is_read_only();
        let dry = self.shared.settings().dry;
        let marks = [
            self.profile.clone(),
            dry.then(|| "dry".to_owned()),
            read_only.then(|| "read-only".to_owned()),
        ];
        let marks: Vec<String> = marks.into_iter().flatten().collect();
        let language = self.language.extension();
        match marks.is_empty() {
            true => format!("{language}> "),
            false => format!("{language} ({})> ", marks.join(", ")),
        }
    }
}
