//! `cargo xtask editors`: the scripts and the standard library as an editor sees them, by the files of
//! `cliengo types`. A checker that editors use finds nothing in them, and finds what is misspelt.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use cliengo::api::Registry;

use crate::Outcome;

const FOLDER: &str = "target/editors";
const CHECKER: &str = "emmylua_check";
const INSTALL: &str = "cargo install --locked emmylua_check --version 0.25.1";
/// A list's first item is looked at where the script knows that there is one.
const SETTINGS: &str = "{ \"strict\": { \"arrayIndex\": false } }\n";
/// Code with mistakes, and what has to be said of each.
const MISTAKES: [(&str, &str); 4] = [
    ("for _, lead in ipairs(cliengo.contacts.list{}) do print(lead.emial) end\n", "emial"),
    ("print(cliengo.contacts.cuont())\n", "cuont"),
    ("print(#cliengo.contacts.list{ status = \"NWE\" })\n", "NWE"),
    ("cliengo.contacts.update(7, { rating = 5 })\n", "string"),
];

pub fn run() -> Outcome {
    let folder = Path::new(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    cliengo::types::write(folder, &Registry::builtin())?;
    fs::write(folder.join(".emmyrc.json"), SETTINGS)?;
    let count = copied("scripts", folder)? + copied("stdlib", &folder.join("stdlib"))?;
    let checked = check(folder)?;
    if !checked.status.success() || !words(&checked).contains("No issues found") {
        return Err(format!("{}\nan editor marks these", words(&checked)).into());
    }
    for (code, part) in MISTAKES {
        let file = folder.join("mistake.lua");
        fs::write(&file, code)?;
        let said = words(&check(folder)?);
        if !said.contains("mistake.lua") || !said.contains(part) {
            return Err(format!("{said}\nno editor marks this: {code}").into());
        }
        fs::remove_file(file)?;
    }
    println!("{count} files are clean, and {} mistakes are found", MISTAKES.len());
    Ok(())
}

/// Copies the Lua of a folder; gives how many files that are.
fn copied(from: &str, to: &Path) -> Result<usize, Box<dyn std::error::Error>> {
    fs::create_dir_all(to)?;
    let mut count = 0;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        if path.extension().is_some_and(|extension| extension == "lua") {
            fs::copy(&path, to.join(name))?;
            count += 1;
        }
    }
    Ok(count)
}

fn check(folder: &Path) -> Result<Output, Box<dyn std::error::Error>> {
    let settings = folder.join(".emmyrc.json");
    let output = Command::new(CHECKER).arg("-c").arg(settings).arg(folder).output();
    output.map_err(|error| format!("{CHECKER}: {error}; install it with {INSTALL}").into())
}

fn words(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}
