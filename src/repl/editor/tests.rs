use proptest::prelude::*;

use super::complete::complete;
use super::highlight::highlight;
use super::hint::hint;
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

pub(super) fn variable(name: &str, kind: &str, members: &[&str], parameters: &[&str]) -> Variable {
    let owned = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    Variable {
        name: name.to_owned(),
        kind: kind.to_owned(),
        shown: String::new(),
        members: owned(members),
        parameters: owned(parameters),
        module: None,
    }
}

/// What an editor knows in the tests.
pub(super) fn known(language: Language) -> Known {
    let shared = Shared {
        variables: vec![
            variable("ana", "object", &["id", "name", "zodiac", "a b", "\u{1b}[2J"], &[]),
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

/// The text without the sequences of colours.
fn plain(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| plain + piece.split_once('m').map_or("", |(_, rest)| rest))
}

/// Lines as they are while they are typed.
fn line() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "cliengo", ".", "contacts", ":", "list", "(", ")", "{", "}", "#{", "[", "]", ",", "=",
        "==", "\"", "'", "`", "status", "score", "ana", "people", "function", "end", "|", " ",
        "\n", "--", "/*", "é名", ".help", ".watch ", ".load ~", "require", "1.5",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_is_typed_is_coloured_as_it_is_and_completed_where_it_stands(
        line in line(),
        cursor in 0..200_usize,
        is_lua: bool,
    ) {
        let known = known(if is_lua { Language::Lua } else { Language::Rhai });
        let cursor = (0..=cursor.min(line.len())).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
        prop_assert_eq!(plain(&highlight(&line, Some(cursor), &known, Paint { on: true })), line.clone());
        let (before, after) = line.split_at(cursor);
        let found = complete(before, after, &known);
        prop_assert!(found.start <= cursor && line.is_char_boundary(found.start));
        prop_assert!(found.lines(40).iter().all(|line| !line.contains(char::is_control)));
        let _ = hint(before, &known, || None);
    }
}
