//! Where a script's modules come from: the program, the standard library, then the script's own folder, and
//! never outside it.

use std::cell::RefCell;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::stdlib::{STDLIB, stdlib_functions, stdlib_module};
use super::{Language, Source};
use crate::api::{ApiFn, OwnModule};
use crate::schema::did_you_mean;
use crate::{Error, ErrorKind, Result};

/// What the file names of a program's own modules begin with, in errors.
const OWN: &str = "own/";

/// A module that was found.
#[derive(Debug)]
pub(crate) struct Module {
    /// The name that errors show, and that tells modules apart.
    pub(crate) name: String,
    pub(crate) code: Code,
    /// The file that it is in; none for the standard library's.
    file: Option<PathBuf>,
}

/// What a module is made of.
#[derive(Debug, Clone)]
pub(crate) enum Code {
    /// Source text in the script's language.
    Text(String),
    /// Functions that are written in Rust.
    Functions(&'static [ApiFn]),
}

/// The modules of one script, and which of them it has loaded.
pub(crate) struct Modules {
    script: Source,
    own: Arc<Vec<OwnModule>>,
    files: RefCell<Vec<PathBuf>>,
}

impl Modules {
    /// `own` are the program's, which come before all others.
    pub(crate) fn new(script: Source, own: Arc<Vec<OwnModule>>) -> Self {
        Self { script, own, files: RefCell::default() }
    }

    /// Finds the module that the script names.
    ///
    /// # Errors
    /// As [`find`].
    pub(crate) fn find(&self, name: &str) -> Result<Module> {
        if let Some(text) = self.own(name) {
            let name = format!("{OWN}{name}.{}", self.script.language.extension());
            return Ok(Module { name, code: Code::Text(text.to_owned()), file: None });
        }
        let module = find(&self.script, name).map_err(|error| match self.own_hint(name) {
            Some(hint) if error.kind == ErrorKind::NotFound => error.with_hint(hint),
            _ => error,
        })?;
        if let Some(file) = &module.file
            && !self.files.borrow().contains(file)
        {
            self.files.borrow_mut().push(file.clone());
        }
        Ok(module)
    }

    /// Which of the program's own modules was meant, or why it cannot be loaded.
    fn own_hint(&self, name: &str) -> Option<String> {
        match self.own.iter().any(|module| module.name() == name) {
            true => Some(format!("the program's module \"{name}\" is in another language only")),
            false => did_you_mean(name, self.own.iter().map(OwnModule::name)),
        }
    }

    /// The code of the program's own module of this name.
    fn own(&self, name: &str) -> Option<&str> {
        let module = self.own.iter().find(|module| module.name() == name)?;
        module.code(self.script.language.extension())
    }

    /// The code of the module that errors name so.
    #[cfg(feature = "repl")]
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        let extension = self.script.language.extension();
        if let Some(module) = name.strip_prefix(OWN) {
            let name = module.strip_suffix(extension)?.strip_suffix('.')?;
            return self.own(name).map(str::to_owned);
        }
        if let Some(module) = name.strip_prefix(STDLIB) {
            let name = module.strip_suffix(extension)?.strip_suffix('.')?;
            return stdlib_module(name, self.script.language).map(str::to_owned);
        }
        let files = self.files.borrow();
        let file = files.iter().find(|file| file.display().to_string() == name)?;
        std::fs::read_to_string(file).ok()
    }

    /// The files that modules were found in.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.files.borrow().clone()
    }
}

/// Finds the module that a script names: `list` (the standard library's, or else `list.lua` beside
/// the script), or `./list` (surely the script's own).
///
/// # Errors
/// [`ErrorKind::NotFound`] where there is none; [`ErrorKind::Denied`] where it would be outside the
/// script's folder, by a symbolic link too.
fn find(script: &Source, name: &str) -> Result<Module> {
    if let Some(text) = stdlib_module(name, script.language) {
        let name = format!("{STDLIB}{name}.{}", script.language.extension());
        return Ok(Module { name, code: Code::Text(text.to_owned()), file: None });
    }
    if let Some(functions) = stdlib_functions(name) {
        let code = Code::Functions(functions);
        return Ok(Module { name: format!("{STDLIB}{name}"), code, file: None });
    }
    let Some(folder) = &script.folder else {
        return Err(not_found(name, "the standard library"));
    };
    let inside = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside || name.contains(['\\', '\0']) || name.trim().is_empty() {
        return Err(outside(name));
    }
    read(script.language, folder, name)
}

fn read(language: Language, folder: &Path, name: &str) -> Result<Module> {
    let extensions: &[&str] = match language {
        Language::Lua => &["lua", "luau"],
        Language::Rhai => &["rhai"],
    };
    let bare = extensions.iter().find_map(|extension| name.strip_suffix(&format!(".{extension}")));
    // One module has one name, however often `./` stands in front of it.
    let bare: PathBuf = Path::new(bare.unwrap_or(name))
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    let bare = bare.display();
    let found = extensions.iter().find_map(|extension| {
        let path = folder.join(format!("{bare}.{extension}"));
        path.is_file().then_some(path)
    });
    let Some(path) = found else {
        return Err(not_found(name, &folder.display().to_string()));
    };
    let real = |path: &Path| {
        path.canonicalize()
            .map_err(|error| Error::invalid(format!("cannot read {}: {error}", path.display())))
    };
    if !real(&path)?.starts_with(real(folder)?) {
        return Err(outside(name));
    }
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Error::invalid(format!("cannot read {}: {error}", path.display())))?;
    Ok(Module { name: path.display().to_string(), code: Code::Text(text), file: Some(path) })
}

fn not_found(name: &str, place: &str) -> Error {
    let modules: Vec<_> = super::stdlib_modules().collect();
    let hint = did_you_mean(name, modules.iter().copied())
        .unwrap_or(format!("the standard library has {}", modules.join(", ")));
    Error::new(ErrorKind::NotFound, format!("there is no module \"{name}\" in {place}"))
        .with_hint(hint)
}

fn outside(name: &str) -> Error {
    Error::new(ErrorKind::Denied, format!("the module \"{name}\" is outside the script's folder"))
        .with_hint("put it beside the script")
}
