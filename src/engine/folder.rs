//! A folder that modules are in, and that none of them is outside of.

use std::path::{Component, Path, PathBuf};

use super::Language;
use crate::{Error, ErrorKind, Result};

/// A folder, as a script in this language sees it.
pub(super) struct Folder<'a> {
    pub(super) path: &'a Path,
    pub(super) language: Language,
}

impl Folder<'_> {
    /// The file of the module of this name, and its text; none where it is not here.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] for a name that leads out of the folder, by a symbolic link too;
    /// [`ErrorKind::Invalid`] for a file that cannot be read.
    pub(super) fn find(&self, name: &str) -> Result<Option<(PathBuf, String)>> {
        let bare = inside(name, self.language)?;
        let mut files = extensions(self.language).iter().map(|extension| {
            let mut file = bare.clone().into_os_string();
            file.push(".");
            file.push(extension);
            self.path.join(file)
        });
        let Some(file) = files.find(|file| file.is_file()) else { return Ok(None) };
        let unreadable = |error: std::io::Error| {
            Error::invalid(format!("cannot read {}: {error}", file.display()))
        };
        let real = file.canonicalize().map_err(unreadable)?;
        if !real.starts_with(self.path.canonicalize().map_err(unreadable)?) {
            return Err(outside(name));
        }
        // Read where the link led when it was looked at.
        let text = std::fs::read_to_string(&real).map_err(unreadable)?;
        Ok(Some((file, text)))
    }

    /// The names of the modules that are right in the folder.
    pub(super) fn modules(&self) -> Vec<String> {
        let Ok(listing) = std::fs::read_dir(self.path) else { return Vec::new() };
        let names = listing.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        names.filter_map(|name| Some(bare(&name, self.language)?.to_owned())).collect()
    }
}

/// The folder of a script. Of a link it is the one that the file is in: whoever grants something to that file
/// trusts the modules there, not those beside each link to it.
pub(super) fn of_script(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let written = parent.map_or_else(|| PathBuf::from("."), Path::to_owned);
    let real = path.canonicalize().ok().and_then(|file| Some(file.parent()?.to_owned()));
    match (real, written.canonicalize()) {
        (Some(real), Ok(same)) if real != same => real,
        _ => written,
    }
}

/// The name as a path below a folder, without an extension. One module has one, however often `./` stands in
/// front of its name.
fn inside(name: &str, language: Language) -> Result<PathBuf> {
    let path = Path::new(bare(name, language).unwrap_or(name));
    let below = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if !path.components().all(below) || name.contains(['\\', '\0']) || name.trim().is_empty() {
        return Err(outside(name));
    }
    Ok(path.components().filter(|part| *part != Component::CurDir).collect())
}

/// The name without the extension of the language's files; none where it has another, or none.
fn bare(name: &str, language: Language) -> Option<&str> {
    let without = |extension: &&str| name.strip_suffix(extension)?.strip_suffix('.');
    extensions(language).iter().find_map(without)
}

const fn extensions(language: Language) -> &'static [&'static str] {
    match language {
        Language::Lua => &["lua", "luau"],
        Language::Rhai => &["rhai"],
    }
}

fn outside(name: &str) -> Error {
    Error::new(ErrorKind::Denied, format!("the module \"{name}\" is outside the script's folder"))
        .with_hint("put it beside the script, or into a library folder")
}
