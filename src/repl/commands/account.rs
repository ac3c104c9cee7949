//! `.profile`, `.dry`, `.plan`, `.trace`, `.curl`: the account, and what is sent to it.

use super::{Entry, Flow, Outcome, entry, switch};
use crate::Error;
use crate::repl::command::Arguments;
use crate::repl::shell::Shell;
use crate::terminal::{self, harmless};

const GROUP: &str = "The account";

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "profile",
        GROUP,
        Arguments::Profile,
        (".profile [NAME]", "Says which account this is, or moves to another."),
        profile,
    ),
    entry("dry", GROUP, Arguments::OnOff, (".dry [on|off]", "Has writes shown and not sent."), dry),
    entry(
        "plan",
        GROUP,
        Arguments::None,
        (".plan", "Shows what the lines since .dry on would have done."),
        plan,
    ),
    entry(
        "trace",
        GROUP,
        Arguments::OnOff,
        (".trace [on|off]", "Shows each call of the API."),
        trace,
    ),
    entry(
        "curl",
        GROUP,
        Arguments::None,
        (".curl", "Shows the last call as a command for a shell, without the key."),
        curl,
    ),
];

fn profile(shell: &mut Shell, name: &str) -> Outcome {
    let screen = std::sync::Arc::clone(&shell.shared.screen);
    let Some(profiles) = shell.profiles.clone() else {
        if name.is_empty() {
            screen.note(&shell.account());
            return Ok(Flow::On);
        }
        return Err(Error::invalid("this prompt has no profiles").into());
    };
    if name.is_empty() {
        screen.note(&shell.account());
        let names = profiles.names();
        match names.is_empty() {
            true => screen.note("there are no profiles; add [profiles.NAME] to the configuration"),
            false => screen.note(&format!("profiles: {}", harmless(&names.join(", ")))),
        }
        return Ok(Flow::On);
    }
    let client = profiles.open(name)?;
    shell.shared.set(|settings| settings.client = Some(client));
    shell.shared.rehearse_anew();
    shell.profile = Some(name.to_owned());
    let stopped = shell.following.stop_all();
    if !stopped.is_empty() {
        screen.note(&format!(
            "no longer following {}: that was the other account",
            stopped.join(", ")
        ));
    }
    screen.note(&shell.account());
    Ok(Flow::On)
}

fn dry(shell: &mut Shell, rest: &str) -> Outcome {
    let screen = &shell.shared.screen;
    if let Some(on) = switch("dry", rest)? {
        // What was collected can be looked at until then.
        if on && !shell.shared.settings().dry {
            shell.shared.rehearse_anew();
        }
        shell.shared.set(|settings| settings.dry = on);
    }
    match shell.shared.settings().dry {
        true => screen.note("dry: writes are shown and not sent; reads are real"),
        false => screen.note("not dry: writes are sent"),
    }
    Ok(Flow::On)
}

fn plan(shell: &mut Shell, _: &str) -> Outcome {
    let (screen, plan) = (&shell.shared.screen, shell.shared.plan());
    screen.say(&terminal::plan(&plan, None, &screen.view()));
    Ok(Flow::On)
}

fn trace(shell: &mut Shell, rest: &str) -> Outcome {
    let recorder = &shell.shared.recorder;
    if let Some(on) = switch("trace", rest)? {
        recorder.set_trace(on);
    }
    match recorder.traces() {
        true => shell.shared.screen.note("each call of the API is shown"),
        false => shell.shared.screen.note("calls of the API are not shown"),
    }
    Ok(Flow::On)
}

fn curl(shell: &mut Shell, _: &str) -> Outcome {
    let last = shell.shared.recorder.curl().ok_or_else(|| {
        Error::invalid("no call was made yet")
            .with_hint("ask something first, such as cliengo.contacts.count()")
    })?;
    let screen = &shell.shared.screen;
    screen.say(&format!("{last}\n"));
    // The variable may well hold the key of another account.
    if let Some(profile) = shell.profile.as_deref().map(harmless) {
        screen.note(&format!("CLIENGO_API_KEY stands for the key of the profile {profile}"));
    }
    Ok(Flow::On)
}
