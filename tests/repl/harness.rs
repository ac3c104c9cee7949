//! The terminal of these tests, tried with the shell.

use crate::support::{Program, Screen, key};

/// A shell that does this, on a terminal of 10 lines of 20 columns.
fn shell(commands: &str) -> Screen {
    Program::new(&[]).after(&format!("{commands}; exit")).screen_of(10, 20)
}

#[test]
fn what_is_typed_is_echoed_and_read() {
    let mut screen = shell("read word; echo \"got $word\"");
    screen.typed("hello").types(key::ENTER).shows("got hello");
    let (code, lines) = screen.end();
    assert_eq!((code, lines), (Some(0), vec!["hello".into(), "got hello".into(), "".into()]));
}

#[test]
fn the_interrupt_key_is_a_signal() {
    let mut screen = shell("echo ready; exec cat");
    screen.shows("ready").types(key::CTRL_C);
    assert_eq!(screen.end().0, None, "a signal ended it");
}

#[test]
fn it_is_a_terminal_of_its_size_and_the_controlling_one() {
    let mut screen = shell("stty size; test -t 0 && test -t 1 && test -t 2 && echo all >/dev/tty");
    screen.shows("10 20").shows("all");
}

#[test]
fn lines_that_left_the_screen_are_kept_and_wide_ones_are_joined() {
    let wide = "w".repeat(45);
    let (_, lines) = shell(&format!("seq 1 30; echo {wide}; seq 31 40")).end();
    let wanted: Vec<String> = (1..=30).map(|number| number.to_string()).collect();
    assert_eq!(lines[..30], wanted);
    assert_eq!(lines[30], wide);
    assert_eq!(lines[40..], ["40", ""]);
}

#[test]
fn colours_are_seen() {
    let screen = shell(
        r"printf 'plain \033[31mred\033[0m \033[2mdim\033[0m wide: 日本 \033[1mbold\033[0m'; read wait",
    );
    let mut screen = screen;
    screen.shows("bold");
    let painted = ["plain", "red", "dim", "bold"].map(|words| screen.now().is_painted(words));
    assert_eq!(painted, [false, true, true, true]);
}

#[test]
fn an_empty_prompt_is_told_from_one_where_something_is_typed() {
    let mut screen =
        shell("printf 'greeting\\nlua> '; read a; printf 'lua (dry)> '; read b; echo end");
    screen.prompt().typed("x > 1");
    assert!(!screen.now().waits_for_a_line());
    screen.types(key::ENTER).prompt().shows("lua (dry)> ");
}
