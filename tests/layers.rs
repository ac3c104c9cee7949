//! Every arrow points down: what the architecture says, held against the sources.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The layers from top to bottom, with those beside each other in one entry.
const LAYERS: [&str; 16] = [
    "cli", "repl", "terminal", "check", "types", "host", "runtime", "engine", "stdlib", "api",
    "watch", "schedule", "store", "client", "schema", "error",
];
/// The emulator stands beside the client: it knows what a contact is and nothing of how it is asked.
const EMULATOR_MAY_USE: [&str; 3] = ["emulator", "schema", "error"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The sources below a folder, by their path relative to `src`.
fn sources(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.insert(path.strip_prefix(root()).unwrap().to_owned(), text);
        }
    }
    found
}

/// The code without comments and without the unit tests at its end.
fn code(text: &str) -> String {
    let text = text.split("\nmod tests {").next().unwrap();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The layer of a file: its folder below `src`, or its own name.
fn layer(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of the crate that the code names, `use crate::{a, b}` included.
fn used(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let list = rest.strip_prefix('{').map(|rest| rest.split('}').next().unwrap_or_default());
        let items = list.unwrap_or(rest).split(if list.is_some() { ',' } else { ';' });
        for item in items.take(if list.is_some() { usize::MAX } else { 1 }) {
            let end = item.trim().find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let name = &item.trim()[..end.unwrap_or(item.trim().len())];
            names.push(match name {
                "Error" | "ErrorKind" | "ErrorDetails" | "Result" => "error".to_owned(),
                "Host" | "HostBuilder" => "host".to_owned(),
                other => other.to_owned(),
            });
        }
    }
    names
}

fn place(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|known| *known == layer)
}

#[test]
fn imports_only_point_down() {
    let mut wrong = Vec::new();
    for (path, text) in sources(&root()) {
        let own = layer(&path);
        let Some(at) = place(&own) else { continue };
        for used in used(&code(&text)) {
            let allowed = match place(&used) {
                Some(below) => below >= at,
                None => used == "emulator" && matches!(own.as_str(), "cli" | "repl"),
            };
            if !allowed {
                wrong.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_emulator_knows_nothing_of_its_clients() {
    for (path, text) in sources(&root().join("emulator")) {
        for used in used(&code(&text)) {
            assert!(EMULATOR_MAY_USE.contains(&used.as_str()), "{} uses {used}", path.display());
        }
    }
}

#[test]
fn every_folder_has_its_place() {
    for path in sources(&root()).into_keys() {
        let own = layer(&path);
        let known = place(&own).is_some() || ["emulator", "lib", "main"].contains(&own.as_str());
        assert!(known, "{} is in no layer: say where it stands in LAYERS", path.display());
    }
}

#[test]
fn the_languages_do_not_know_each_other() {
    for (path, text) in sources(&root().join("engine/lua")) {
        let code = code(&text);
        assert!(!code.contains("rhai"), "{} knows of Rhai", path.display());
    }
    for (path, text) in sources(&root().join("engine/rhai")) {
        let code = code(&text);
        assert!(!code.contains("mlua") && !code.contains("engine::lua"), "{}", path.display());
        assert!(!code.contains("super::super::lua"), "{}", path.display());
    }
}

#[test]
fn no_language_names_a_function_of_the_registry() {
    // Names that are words of the languages' own, or of Rust's: their quoted use means those. `call`
    // is reserved in Rhai, and `request` is what the adapter makes of it.
    let own = ["list", "get", "log", "call", "request", "error", "values", "each", "find", "debug"];
    let mut names: Vec<&str> = Vec::new();
    for function in cliengo::api::Registry::builtin().functions() {
        let (namespace, name) = function.namespace_and_name();
        names.extend([namespace, name, function.path]);
    }
    names.retain(|name| !name.is_empty() && !own.contains(name));
    for folder in ["engine/lua", "engine/rhai"] {
        for (path, text) in sources(&root().join(folder)) {
            let code = code(&text);
            for name in &names {
                let quoted = format!("\"{name}\"");
                assert!(!code.contains(&quoted), "{} names {name}", path.display());
            }
        }
    }
}

#[test]
fn main_is_short_and_the_library_only_declares() {
    let sources = sources(&root());
    assert!(sources[Path::new("main.rs")].lines().count() < 30);
    let library = code(&sources[Path::new("lib.rs")]);
    let starts = ["pub mod ", "mod ", "pub use ", "use ", "#[", "#!["];
    for line in library.lines().filter(|line| !line.trim().is_empty()) {
        assert!(starts.iter().any(|start| line.starts_with(start)), "lib.rs holds code: {line}");
    }
}

#[test]
fn the_check_itself_sees_what_it_looks_for() {
    let code = "use crate::{Error, cli};\nfn f() { crate::engine::run() }\nuse crate::api::{a, b};";
    assert_eq!(used(code), ["error", "cli", "engine", "api"]);
}
