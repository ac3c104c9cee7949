use super::*;
use crate::engine::Variable;
use crate::repl::command::Arguments;

const fn command(name: &'static str, arguments: Arguments) -> Command {
    Command { name, arguments, group: "Tests", usage: "", doc: "A command." }
}

const COMMANDS: &[Command] = &[
    command("help", Arguments::Topic),
    command("load", Arguments::File),
    command("lang", Arguments::Language),
    command("dry", Arguments::OnOff),
    command("time", Arguments::Code),
    command("watch", Arguments::Watch),
    command("unwatch", Arguments::WatchId),
    command("profile", Arguments::Profile),
    command("example", Arguments::Path),
    command("fields", Arguments::Field),
    command("quit", Arguments::None),
];

fn variable(name: &str, kind: &str, members: &[&str], parameters: &[&str]) -> Variable {
    let owned = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    Variable {
        name: name.to_owned(),
        kind: kind.to_owned(),
        shown: String::new(),
        members: owned(members),
        parameters: owned(parameters),
    }
}

/// What an editor knows in the tests.
pub(super) fn known(language: Language) -> Known {
    let shared = Shared {
        variables: vec![
            variable("ana", "object", &["id", "name", "zodiac"], &[]),
            variable("people", "list of 3", &["id", "name"], &[]),
            variable("score", "function", &[], &["contact", "weight"]),
        ],
        watches: vec!["leads".to_owned(), "changes".to_owned()],
        profiles: vec!["acme".to_owned(), "home".to_owned()],
        client: None,
    };
    let commands = COMMANDS.iter().collect();
    let shared = Arc::new(Mutex::new(shared));
    Known::new(language, Registry::builtin(), shared, commands, (&["contacts", "filters"], None))
}
