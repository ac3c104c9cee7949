//! What a person at a terminal sees of a result.

use std::num::NonZero;

use vt100::{Parser, Screen};

use crate::support::{Program, Ran};

/// What the program writes to a terminal of so many columns.
fn written(program: Program, columns: u16) -> Ran {
    program.on_terminal_of(columns).after("exec 1>&2").run()
}

/// The screen after it, high enough for all that was written.
fn screen(ran: &Ran, columns: u16) -> Screen {
    let size = |size| NonZero::new(size).unwrap();
    let mut parser = Parser::new(size(2_000), size(columns), 0);
    parser.process(ran.stderr.as_bytes());
    parser.screen().clone()
}

fn eval(code: &str) -> Program {
    Program::new(&["eval", "--emulator=300", code])
}

#[test]
fn a_list_of_contacts_is_a_table_that_fits() {
    for (columns, header) in [
        (40, &["name", "phone"][..]),
        (80, &["name", "phone", "email", "status"]),
        (120, &["name", "phone", "email", "status", "websiteName", "creationDate"]),
    ] {
        let ran = written(eval("cliengo.contacts.list{}"), columns).code(0);
        let screen = screen(&ran, columns);
        assert!((0..2_000).all(|row| !screen.row_wrapped(row)), "a line is too long: {ran:?}");
        let shown = screen.contents();
        let lines: Vec<&str> = shown.trim_end().lines().collect();
        assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>(), header, "{shown}");
        assert!(lines[301].starts_with("+ ") && lines[301].contains(" columns: id, "), "{shown}");
        assert_eq!(lines[302..], ["", "300 contacts"], "{shown}");
    }
}

#[test]
fn a_contact_is_a_sheet_in_the_groups_of_the_crm() {
    let ran = written(eval("cliengo.contacts.find{}"), 80).code(0);
    let shown = screen(&ran, 80).contents();
    let parts = ["Contact\n  id ", "Follow-up\n  status ", "Origin\n  websiteId ", "Activity\n"]
        .map(|part| shown.find(part).unwrap_or_else(|| panic!("no {part}: {shown}")));
    assert!(parts.is_sorted(), "{shown}");
    assert!(!shown.contains("null"), "{shown}");
}

#[test]
fn colours_go_by_type_and_not_where_they_are_not_wanted() {
    let code = "{ a = 1, b = true, c = 'x', at = '2026-11-26T02:07:44.912Z' }";
    let coloured = written(eval(code), 80).code(0).stderr;
    for part in ["\x1b[33m1\x1b[0m", "\x1b[35mtrue\x1b[0m", "  x\r\n", "\x1b[34m2026-11-26T"] {
        assert!(coloured.contains(part), "{coloured:?}");
    }
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let program = eval(code).on_terminal_of(80).variable(name, value);
        let ran = program.after("exec 1>&2").run().code(0);
        assert!(!ran.stderr.contains('\x1b'), "{ran:?}");
    }
}

#[test]
fn an_error_has_a_mark_below_its_place() {
    let ran = written(Program::new(&["eval", "--lang", "rhai", "let a = 1; a + nope"]), 80);
    let shown = screen(&ran.code(1), 80).contents();
    let line = shown.lines().position(|line| line.contains("a + nope")).unwrap();
    let mark = shown.lines().nth(line + 1).unwrap().find('^').unwrap();
    assert!(shown.lines().nth(line).unwrap()[mark..].starts_with("nope"), "{shown}");
}
