//! The files are what their readers can read.

use cliengo::api::Context;
use cliengo::engine::{Executor, Language, Limits, Source, run};
use serde_json::Value;

use crate::file;

/// Luau's own parser reads the code, types and all.
fn parses(code: &str) {
    let whole = format!("local function never()\n{code}\nend\nreturn true");
    let source = Source { expression: false, ..Source::from_code(&whole, Language::Lua) };
    let result = run(&source, &Context::builder().build(), Limits::default(), Executor::own());
    assert_eq!(result.map_err(|failure| failure.to_string()), Ok(Value::Bool(true)));
}

#[test]
fn the_files_for_lua_are_lua() {
    for name in ["cliengo.d.lua", "cliengo.list.d.lua", "cliengo.text.d.lua"] {
        parses(&file(name));
    }
}

#[test]
fn the_types_for_luau_are_luau() {
    // A declaration is a definition file's own; what is declared is a type like others.
    let code = file("cliengo.d.luau").replace("\ndeclare cliengo: ", "\nexport type Declared = ");
    assert!(code.contains("export type Declared = {"));
    parses(&code.replace("\nexport type ", "\ntype "));
}

#[test]
#[should_panic(expected = "right")]
fn a_type_that_is_no_luau_is_found() {
    parses("type Wrong = { name: }");
}

#[test]
fn the_definitions_for_rhai_are_definitions() {
    let text = file("cliengo.d.rhai");
    let mut reader = Reader { words: words(&text), at: 0 };
    reader.takes(&["module", "static", ";"]);
    while reader.at < reader.words.len() {
        reader.statement();
    }
}

/// What a definition file is made of: names, texts in quotes, `->`, `#{`, and single characters.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
            let length = match first {
                '"' => rest[1..].find('"').unwrap() + 2,
                letter if is_name(letter) => rest.find(|it| !is_name(it)).unwrap_or(rest.len()),
                _ if rest.starts_with("->") || rest.starts_with("#{") => 2,
                other => other.len_utf8(),
            };
            words.push(rest[..length].to_owned());
            rest = rest[length..].trim_start();
        }
    }
    words
}

/// Reads definitions as the language server of Rhai does.
struct Reader {
    words: Vec<String>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> &str {
        self.words.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.words[self.at - 1].clone()
    }

    #[track_caller]
    fn takes(&mut self, expected: &[&str]) {
        for word in expected {
            let before = self.words[self.at.saturating_sub(5)..self.at].join(" ");
            assert_eq!(self.next(), *word, "after {before}");
        }
    }

    #[track_caller]
    fn name(&mut self) {
        let name = self.next();
        let is_name = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let words = ["fn", "let", "match", "until", "module", "in", "new", "with"];
        assert!(is_name && !words.contains(&name.as_str()), "{name} is no name");
    }

    fn statement(&mut self) {
        match self.next().as_str() {
            "type" => {
                self.name();
                self.takes(&["="]);
                self.kind();
                self.takes(&[";"]);
            }
            "let" => {
                self.name();
                self.takes(&[":"]);
                self.kind();
                self.takes(&[";"]);
            }
            "fn" => self.function(),
            "module" => {
                self.name();
                self.takes(&["{"]);
                while self.peek() != "}" {
                    self.takes(&["fn"]);
                    self.function();
                }
                self.takes(&["}"]);
            }
            other => panic!("a definition begins with {other}"),
        }
    }

    fn function(&mut self) {
        self.name();
        self.takes(&["("]);
        while self.peek() != ")" {
            self.name();
            self.takes(&[":"]);
            self.kind();
            if self.peek() != ")" {
                self.takes(&[","]);
            }
        }
        self.takes(&[")", "->"]);
        self.kind();
        self.takes(&[";"]);
    }

    fn kind(&mut self) {
        match self.peek() {
            "(" => self.takes(&["(", ")"]),
            "[" => {
                self.takes(&["["]);
                self.kind();
                self.takes(&["]"]);
            }
            "#{" => self.object(),
            _ => {
                self.name();
                if self.peek() == "<" {
                    self.takes(&["<"]);
                    self.kind();
                    self.takes(&[">"]);
                }
            }
        }
        if self.peek() == "|" {
            self.takes(&["|"]);
            self.kind();
        }
    }

    fn object(&mut self) {
        self.takes(&["#{"]);
        while self.peek() != "}" {
            if self.peek().starts_with('"') {
                self.next();
            } else {
                self.name();
            }
            self.takes(&[":"]);
            self.kind();
            self.takes(&[","]);
        }
        self.takes(&["}"]);
    }
}
