//! What the project's `cliengo.toml` grants to single scripts.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::config::{PROJECT_FILE, script_tables};
use super::report;
use crate::api::Permissions;
use crate::schema::did_you_mean;
use crate::{Error, Result};

/// What can be granted.
const NAMES: [&str; 5] = ["allow_read", "allow_write", "allow_net", "allow_env", "allow_all"];

/// What the file grants to the script at this path, whatever the path is written like, without what it grants
/// to others being written by it.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the file is damaged, or grants what there is not.
pub(super) fn of_script(path: &Path) -> Result<Permissions> {
    let mut granted = Permissions::none();
    for (script, table) in script_tables()? {
        let grant = read(&table).map_err(|error| {
            error.within(format_args!("{PROJECT_FILE}: [scripts.\"{script}\"]"))
        })?;
        if is_same(Path::new(&script), path) {
            granted = granted.and(&grant);
        }
    }
    // Read at each load: the file may name other scripts by then.
    Ok(protecting(granted))
}

/// The same, but for the code that the file grants something to: it must not be rewritten by a script that was
/// granted less. Where nobody can tell which code that is, no code is written; that the file is damaged is told
/// where the account, or the script, is looked for in it.
pub(super) fn protecting(permissions: Permissions) -> Permissions {
    let Ok(tables) = script_tables() else { return permissions.protect_code("/") };
    tables.into_keys().map(PathBuf::from).fold(permissions, |all, script| {
        // A link's modules lie beside what it leads to.
        let real = script.canonicalize().ok();
        let folders = [Some(&script), real.as_ref()].into_iter().flatten().map(|path| folder(path));
        folders.fold(all, Permissions::protect_code).keep_away(&script)
    })
}

fn folder(script: &Path) -> PathBuf {
    script.parent().map(PathBuf::from).unwrap_or_default()
}

/// Tells of scripts that the file grants something to and that are not there: the grant is for nobody.
///
/// # Errors
/// As [`of_script`].
pub(super) fn warn_of_missing() -> Result<()> {
    for script in script_tables()?.into_keys().filter(|script| !Path::new(script).is_file()) {
        let meant = meant(Path::new(&script)).map_or_else(String::new, |it| format!(": {it}"));
        let said = format!("{PROJECT_FILE} grants to \"{script}\", which is no file{meant}");
        report::warning(&said);
    }
    Ok(())
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// The file in the same folder that was probably meant.
fn meant(script: &Path) -> Option<String> {
    let folder = script.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    did_you_mean(script.file_name()?.to_str()?, names.iter().map(String::as_str))
}

fn read(table: &Table) -> Result<Permissions> {
    let mut granted = Permissions::none();
    for (name, value) in table {
        granted = match name.as_str() {
            "allow_read" => texts(name, value)?.into_iter().fold(granted, Permissions::allow_read),
            "allow_write" => {
                texts(name, value)?.into_iter().fold(granted, Permissions::allow_write)
            }
            "allow_env" => texts(name, value)?.into_iter().fold(granted, Permissions::allow_env),
            "allow_net" => {
                texts(name, value)?.into_iter().try_fold(granted, Permissions::allow_net)?
            }
            "allow_all" => match value.as_bool() {
                Some(true) => granted.and(&Permissions::all()),
                Some(false) => granted,
                None => return Err(Error::invalid("allow_all must be true or false")),
            },
            unknown => {
                let hint = did_you_mean(unknown, NAMES)
                    .unwrap_or_else(|| format!("it takes {}", NAMES.join(", ")));
                return Err(Error::invalid(format!("there is no \"{unknown}\"")).with_hint(hint));
            }
        };
    }
    Ok(granted)
}

fn texts<'a>(name: &str, value: &'a Value) -> Result<Vec<&'a str>> {
    let texts = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect());
    let texts = texts.filter(|texts: &Vec<&str>| texts.iter().all(|text| !text.is_empty()));
    texts.ok_or_else(|| {
        Error::invalid(format!("{name} must be a list of texts"))
            .with_hint(format!("write {name} = [\"…\"]"))
    })
}
