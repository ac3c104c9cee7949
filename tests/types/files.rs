//! The files in a person's folder.

use std::fs;
use std::path::Path;

use crate::support::{Program, Ran};

const FILES: [&str; 7] = [
    "cliengo.d.lua",
    "cliengo.list.d.lua",
    "cliengo.text.d.lua",
    "cliengo.d.luau",
    "cliengo.d.rhai",
    "api.json",
    ".luarc.json",
];

fn types(folder: &Path) -> Ran {
    Program::new(&["types", folder.to_str().unwrap()]).run()
}

#[test]
fn a_second_time_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("scripts");
    let first = types(&folder).code(0);
    let read = || FILES.map(|name| fs::read_to_string(folder.join(name)).unwrap());
    let written = read();
    let second = types(&folder).code(0);
    for name in FILES {
        let path = folder.join(name);
        assert!(first.stderr.contains(&format!("{}: written\n", path.display())), "{first:?}");
        assert!(second.stderr.contains(&format!("{}: up to date\n", path.display())), "{second:?}");
    }
    assert_eq!(read(), written);
}

#[test]
fn the_files_of_another_version_are_replaced() {
    let folder = tempfile::tempdir().unwrap();
    types(folder.path()).code(0);
    let path = folder.path().join("cliengo.text.d.lua");
    // What the module of another name holds is a file of ours, and not the one that belongs here.
    fs::copy(folder.path().join("cliengo.list.d.lua"), &path).unwrap();
    let ran = types(folder.path()).code(0);
    assert!(ran.stderr.contains("cliengo.text.d.lua: updated"), "{ran:?}");
    assert!(fs::read_to_string(&path).unwrap().contains("---@meta text"));
}

#[test]
fn a_file_that_a_person_wrote_or_changed_stays_and_nothing_is_written() {
    for (name, change) in [
        ("cliengo.d.lua", "-- mine\n"),
        ("api.json", "{}\n"),
        ("cliengo.d.rhai", "// a note of mine\n"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, change).unwrap();
        let ran = types(folder.path()).code(1);
        assert!(ran.stderr.contains(name) && ran.stderr.contains("move it away"), "{ran:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), change);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
    let folder = tempfile::tempdir().unwrap();
    types(folder.path()).code(0);
    let path = folder.path().join("cliengo.d.luau");
    let changed = fs::read_to_string(&path).unwrap() + "-- mine\n";
    fs::write(&path, &changed).unwrap();
    let ran = types(folder.path()).code(1);
    assert!(ran.stderr.contains("was changed since it was written"), "{ran:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), changed);
}

#[test]
fn settings_of_a_persons_own_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".luarc.json");
    fs::write(&path, "{}").unwrap();
    let ran = types(folder.path()).code(0);
    assert!(ran.stderr.contains(".luarc.json: kept as it is"), "{ran:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "{}");
}

#[test]
fn the_working_folder_is_meant_where_none_is_named() {
    let ran = Program::new(&["types"]).run().code(0);
    assert!(ran.stderr.contains("cliengo.d.lua: written\n"), "{ran:?}");
    assert_eq!(ran.stdout, "");
}
