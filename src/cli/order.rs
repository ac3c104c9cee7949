//! Options of ours count wherever they stand: `run report.lua 7 --read-only` must not write, and neither must
//! `--readonly`.

use std::ffi::OsString;

use clap::Command;

/// The arguments with every option that `run` knows in front of the script and its own arguments.
///
/// What `run` does not know, and all that follows `--`, is the script's; but not what is almost an option that keeps
/// a run from writing.
pub(super) fn options_first(command: &Command, arguments: Vec<OsString>) -> Vec<OsString> {
    let run =
        command.find_subcommand("run").filter(|_| arguments.get(1).is_some_and(|a| a == "run"));
    let Some(run) = run else { return arguments };
    let mut rest = arguments.into_iter();
    let mut ordered: Vec<OsString> = rest.by_ref().take(2).collect();
    let mut of_script = Vec::new();
    while let Some(argument) = rest.next() {
        if argument == "--" {
            of_script.extend(rest.by_ref());
            break;
        }
        let words = argument.to_string_lossy();
        let known = kind(run, &words);
        // Before the script's name nothing can be the script's: an unknown option is a mistake.
        let mistaken = of_script.is_empty() && words.starts_with("--") || is_almost_safe(&words);
        let ours = known.is_some() || mistaken;
        match (ours, known) {
            (true, Some(Takes::Value)) => {
                ordered.push(argument);
                ordered.extend(rest.next());
            }
            (true, _) => ordered.push(argument),
            (false, _) => of_script.push(argument),
        }
    }
    let mut of_script = of_script.into_iter();
    ordered.extend(of_script.next());
    let of_script: Vec<_> = of_script.collect();
    if !of_script.is_empty() {
        ordered.push("--".into());
        ordered.extend(of_script);
    }
    ordered
}

/// True for `--dryrun`, `--dry`, `--read_only` and the like. A script that got one as an argument of its own would
/// write in earnest.
fn is_almost_safe(argument: &str) -> bool {
    let Some(option) = argument.strip_prefix("--") else { return false };
    let letters: String = option.to_lowercase().replace(['-', '_'], "");
    letters == "dry"
        || ["dryrun", "readonly"].iter().any(|it| strsim::osa_distance(it, &letters) <= 1)
}

/// Whether an option takes the argument that follows it.
#[derive(Clone, Copy)]
enum Takes {
    Nothing,
    Value,
}

/// What kind of option of the command this argument is; none where it is no option of it.
fn kind(command: &Command, argument: &str) -> Option<Takes> {
    if matches!(argument, "-h" | "--help") {
        return Some(Takes::Nothing);
    }
    let (name, holds_value) = match argument.split_once('=') {
        Some((name, _)) => (name, true),
        None => (argument, false),
    };
    let option = command.get_arguments().find(|option| match name.strip_prefix("--") {
        Some(long) => option.get_long() == Some(long),
        None => option
            .get_short()
            .is_some_and(|short| name.strip_prefix('-').is_some_and(|n| n.starts_with(short))),
    })?;
    let attached = holds_value || !name.starts_with("--") && name.len() > 2;
    let takes = option.get_action().takes_values() && !option.is_require_equals_set();
    Some(if takes && !attached { Takes::Value } else { Takes::Nothing })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(line: &str) -> String {
        let arguments = line.split(' ').map(OsString::from).collect();
        let ordered = options_first(&super::super::arguments::command(), arguments);
        ordered.join(OsString::from(" ").as_os_str()).into_string().unwrap()
    }

    #[test]
    fn an_option_counts_wherever_it_stands() {
        for (given, expected) in [
            ("cliengo run a.lua 2 --read-only", "cliengo run --read-only a.lua -- 2"),
            ("cliengo run a.lua --dr --emulator", "cliengo run --emulator a.lua -- --dr"),
            ("cliengo run a.lua 2 --readonly", "cliengo run --readonly a.lua -- 2"),
            ("cliengo run a.lua --dry", "cliengo run --dry a.lua"),
            ("cliengo run a.lua -- --dry_run", "cliengo run a.lua -- --dry_run"),
            ("cliengo run a.lua x -o json y", "cliengo run -o json a.lua -- x y"),
            ("cliengo run -ojson --timeout=2s a.lua", "cliengo run -ojson --timeout=2s a.lua"),
            ("cliengo run a.lua -- --read-only", "cliengo run a.lua -- --read-only"),
            ("cliengo run --emulatr a.lua", "cliengo run --emulatr a.lua"),
            ("cliengo run --lang lua - 1", "cliengo run --lang lua - -- 1"),
            ("cliengo eval 1 --emulator", "cliengo eval 1 --emulator"),
        ] {
            assert_eq!(ordered(given), expected);
        }
    }
}
