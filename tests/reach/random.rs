//! Any tree of folders, files and links: a script reads what the system finds within the grant, and nothing
//! else; nothing outside is ever changed.

use std::fs;
use std::path::Path;

use cliengo::api::Permissions;
use cliengo::host::{Host, blocking};
use proptest::prelude::*;
use proptest::sample::select;

use crate::desk::{Desk, SECRET};

/// What is put at a path of the tree.
#[derive(Debug, Clone)]
enum Thing {
    File,
    Folder,
    /// `ROOT` stands for the granted folder, `OUT` for the one beside it.
    Link(&'static str),
}

const TARGETS: [&str; 15] = [
    "a",
    "b",
    "c/a",
    "../a",
    "../b/c",
    "..",
    ".",
    "../..",
    "../../a",
    "../../../outside/secret.txt",
    "../../outside",
    "ROOT/a",
    "ROOT/b/c",
    "ROOT",
    "OUT/secret.txt",
];

/// The paths of the tree, three names deep.
fn paths() -> Vec<String> {
    let names = ["a", "b", "c"];
    let two = names.iter().flat_map(|one| names.map(|two| format!("{one}/{two}")));
    let two: Vec<String> = two.collect();
    let three = two.iter().flat_map(|two| names.map(|three| format!("{two}/{three}")));
    names.iter().map(ToString::to_string).chain(two.clone()).chain(three).collect()
}

fn things() -> impl Strategy<Value = Vec<(String, Thing)>> {
    let link = select(&TARGETS[..]).prop_map(Thing::Link);
    let thing = prop_oneof![Just(Thing::File), Just(Thing::Folder), link];
    prop::collection::vec((select(paths()), thing), 1..14)
}

fn put(desk: &Desk, things: &[(String, Thing)]) {
    for (path, thing) in things {
        let root = desk.path("project/data");
        let path = root.join(path);
        // What does not fit into the tree by now is left out, and so is what links would put elsewhere.
        let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
        if !folder.is_some_and(|folder| folder.starts_with(&root)) || path.is_symlink() {
            continue;
        }
        drop(match thing {
            Thing::File => fs::write(&path, "inside"),
            Thing::Folder => fs::create_dir(&path),
            Thing::Link(target) => {
                let target = target.replace("ROOT", &desk.text("project/data"));
                let target = target.replace("OUT", &desk.text("outside"));
                std::os::unix::fs::symlink(target, &path)
            }
        });
    }
}

/// What the system itself finds there, if that is within the grant.
fn found(root: &Path, path: &str) -> Option<String> {
    let real = root.join(path).canonicalize().ok()?;
    real.starts_with(root).then(|| fs::read_to_string(real).ok()).flatten()
}

fn host(desk: &Desk) -> blocking::Host {
    let root = desk.path("project/data");
    let permissions = Permissions::none().allow_read(&root).allow_write(&root);
    Host::builder().permissions(permissions).build().blocking()
}

/// What a function of `fs` gives for each of these paths; nothing where it fails.
fn each(host: &blocking::Host, desk: &Desk, function: &str) -> Vec<Option<String>> {
    let root = desk.text("project/data");
    let calls = paths().into_iter().map(|path| {
        let call = function.replace("PATH", &format!("'{root}/{path}'"));
        format!("all[#all + 1] = given(pcall(fs.{call}))")
    });
    let code = format!(
        "local fs, all = require 'fs', {{}} \
         local function given(ok, value) return ok and tostring(value or 'done') or 'failed' end {} \
         return all",
        calls.collect::<Vec<_>>().join(" ")
    );
    let given: Vec<String> = host.lua().eval(code).unwrap();
    given.into_iter().map(|it| Some(it).filter(|it| it != "failed")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn a_script_reads_what_is_within_the_grant_and_changes_nothing_outside(things in things()) {
        let desk = Desk::new();
        let root = desk.path("project/data");
        put(&desk, &things);
        let host = host(&desk);
        let found: Vec<_> = paths().iter().map(|path| found(&root, path)).collect();
        prop_assert_eq!(each(&host, &desk, "read, PATH"), found);
        for change in ["append, PATH, 'x'", "write, PATH, 'taken'", "remove, PATH"] {
            each(&host, &desk, change);
        }
        prop_assert_eq!(desk.content("outside/secret.txt").unwrap(), SECRET);
        prop_assert_eq!(fs::read_dir(desk.path("outside")).unwrap().count(), 1);
        prop_assert_eq!(fs::read_dir(desk.path("project")).unwrap().count(), 1);
        prop_assert_eq!(fs::read_dir(desk.path("")).unwrap().count(), 3);
    }
}
