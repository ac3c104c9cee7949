//! Which flag of the command line does what a hint says: a hint itself is also read in other programs, which
//! have no flags.

use std::borrow::Cow;

use crate::Error;

/// What hints say, and the same with the flag.
const FLAGS: &[(&str, &str)] = &[
    ("allow the run more memory", "allow more with --max-memory"),
    ("allow the run more operations", "allow more with --max-operations"),
    ("allow the run more time", "allow more with --timeout"),
    ("into a library folder", "into a folder of --lib"),
    ("allow the run to call ", "allow it with --allow-net "),
    ("allow the run to read the variable ", "allow it with --allow-env "),
    ("allow the run to read the path ", "allow it with --allow-read "),
    ("allow the run to write the path ", "allow it with --allow-write "),
    ("let the run write without undo", "give up the undo with --no-undo"),
    ("allow the run to write", "leave --read-only away to let it write"),
];

/// The error, with the flag in its hint where there is one for it.
pub(super) fn with_flag(error: &Error) -> Cow<'_, Error> {
    let hint = error.hint.as_deref().unwrap_or_default();
    match FLAGS.iter().find(|(words, _)| hint.contains(words)) {
        Some((words, flag)) => {
            let hint = hint.replace(words, flag);
            Cow::Owned(error.clone().with_hint(list_of_one(flag, &hint).unwrap_or(hint)))
        }
        None => Cow::Borrowed(error),
    }
}

/// What to do instead where the flag would take what it is to allow for several.
fn list_of_one(flag: &str, hint: &str) -> Option<String> {
    let allowed = hint.split_once(flag)?.1;
    let name = flag.split_once("--allow-")?.1.trim_end();
    let what = match name {
        "read" | "write" => "paths",
        "env" => "variables",
        _ => return None,
    };
    allowed.contains(',').then(|| {
        format!(
            "allow it to the script in cliengo.toml (allow_{name}): for \
             --allow-{name} a comma separates {what}"
        )
    })
}
