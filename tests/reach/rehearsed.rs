//! A dry run writes no file, and reads what would be there.

use std::sync::Arc;

use cliengo::api::{Context, Permissions};
use cliengo::engine::{Executor, Language, Limits, ScriptFailure, Source, run};
use serde_json::{Value, json};

use crate::desk::Desk;

/// What the calls of functions of `fs` give in a rehearsal of each language; the last one is what counts. `P/`
/// stands for the working folder.
fn both(desk: &Desk, calls: &[&str]) -> Result<Value, ScriptFailure> {
    let (lua, rhai) = (calls.join(" fs."), calls.join("; fs::"));
    let cut = lua.rfind(" fs.").map_or(0, |at| at + 1);
    let head = if cut == 0 { "return fs." } else { "fs." };
    let lua = format!(
        "local fs = require 'fs' {head}{}",
        match cut {
            0 => lua,
            _ => format!("{}return {}", &lua[..cut], &lua[cut..]),
        }
    );
    let rhai = format!("import \"fs\" as fs; fs::{rhai}");
    let [lua, rhai] = [(Language::Lua, lua), (Language::Rhai, rhai)].map(|(language, code)| {
        let code = code.replace("P/", &format!("{}/", desk.text("project")));
        run(&Source::from_code(code, language), &context(desk), Limits::default(), Executor::own())
    });
    assert_eq!(
        lua.as_ref().map_err(|it| it.error.clone()),
        rhai.as_ref().map_err(|it| it.error.clone())
    );
    lua
}

fn context(desk: &Desk) -> Arc<Context> {
    let all = Permissions::none().allow_read(desk.path("project"));
    let all = all.allow_write(desk.path("project/data")).allow_write(desk.path("project/new"));
    Context::builder().permissions(all).dry_run(true).build()
}

#[test]
fn what_is_written_is_read_again_and_the_disk_is_as_it_was() {
    let desk = Desk::new();
    let write = "write(\"P/new/deep/a.txt\", \"one\")";
    let note = "read(\"P/data/note.txt\")";
    for (calls, value) in [
        (&[write, "read(\"P/new/deep/a.txt\")"][..], json!("one")),
        (
            &[write, "append(\"P/new/deep/a.txt\", \"two\")", "read(\"P/new/deep/a.txt\")"],
            json!("onetwo"),
        ),
        (
            &["append(\"P/data/note.txt\", \"!\")", "append(\"P/data/note.txt\", \"?\")", note],
            json!("inside!?"),
        ),
        (&["write(\"P/data/note.txt\", \"new\")", note], json!("new")),
        (&[write, "exists(\"P/new/deep\")"], json!(true)),
        (&["remove(\"P/data/note.txt\")"], json!(true)),
        (&["remove(\"P/data/note.txt\")", "remove(\"P/data/note.txt\")"], json!(false)),
        (&["remove(\"P/data/note.txt\")", "exists(\"P/data/note.txt\")"], json!(false)),
        (&["remove(\"P/data/note.txt\")", "append(\"P/data/note.txt\", \"a\")", note], json!("a")),
    ] {
        assert_eq!(both(&desk, calls).unwrap(), value, "{calls:?}");
    }
    let gone = both(&desk, &["remove(\"P/data/note.txt\")", note]).unwrap_err();
    assert!(gone.error.message.contains("there is no"), "{gone}");
    assert_eq!(desk.content("project/data/note.txt").unwrap(), "inside");
    assert!(!desk.path("project/new").exists());
    assert_eq!(std::fs::read_dir(desk.path("project/data")).unwrap().count(), 1);
}

#[test]
fn a_folder_is_listed_as_it_would_be() {
    let desk = Desk::new();
    let names = |calls: &[&str]| {
        let listed = both(&desk, calls).unwrap();
        let all = listed.as_array().unwrap().iter();
        all.map(|it| format!("{} {} {}", it["name"].as_str().unwrap(), it["kind"], it["size"]))
            .collect::<Vec<_>>()
    };
    let list = "entries(\"P/data\")";
    let calls = ["write(\"P/data/a.txt\", \"four\")", "append(\"P/data/note.txt\", \"!\")", list];
    assert_eq!(names(&calls), ["a.txt \"file\" 4", "note.txt \"file\" 7"]);
    let calls = ["remove(\"P/data/note.txt\")", "write(\"P/data/b/c\", \"\")", list];
    assert_eq!(names(&calls), ["b \"folder\" 0"]);
}

#[test]
fn what_may_not_be_written_is_denied_in_a_rehearsal_too() {
    let desk = Desk::new();
    desk.link(desk.path("secret.txt"), "project/data/link");
    for call in ["write(\"P/other/a\", \"\")", "write(\"P/data/link\", \"\")", "remove(\"P/a\")"] {
        let failure = both(&desk, &[call]).unwrap_err();
        assert_eq!(failure.error.kind, cliengo::ErrorKind::Denied, "{failure}");
    }
}

#[test]
fn each_change_is_noted_without_its_text() {
    let desk = Desk::new();
    let context = context(&desk);
    let code = format!("require('fs').write('{}', 'long text')", desk.text("project/data/a.txt"));
    let source = Source::from_code(code, Language::Lua);
    run(&source, &context, Limits::default(), Executor::own()).unwrap();
    let noted: Vec<_> = context.journal().rehearsed().iter().map(ToString::to_string).collect();
    assert_eq!(noted, ["call fs.write — rehearsed"]);
}
