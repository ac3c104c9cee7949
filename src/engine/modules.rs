//! Where a script's modules come from: the program, the folders of libraries, the standard library, then the
//! script's own folder, and never outside of these.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Source;
use super::folder::Folder;
use super::stdlib::{STDLIB, stdlib_functions, stdlib_modules, stdlib_text};
use crate::api::{ApiFn, ModuleSources};
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

impl Module {
    /// True for one of the standard library, which nothing took the place of.
    #[cfg(feature = "check")]
    pub(crate) fn is_builtin(&self) -> bool {
        self.file.is_none() && self.name.starts_with(STDLIB)
    }
}

/// What a module is made of.
#[derive(Debug, Clone)]
pub(crate) enum Code {
    /// Source text in the script's language.
    Text(String),
    /// Functions that are written in Rust.
    Functions(&'static [ApiFn]),
    /// Functions that are written in the script's language, whose arguments are checked before they are called.
    Checked(&'static [ApiFn], &'static str),
}

/// The modules of one script, and which of them it has loaded.
pub(crate) struct Modules {
    script: Source,
    sources: Arc<ModuleSources>,
    files: RefCell<Vec<PathBuf>>,
}

impl Modules {
    pub(crate) fn new(script: Source, sources: Arc<ModuleSources>) -> Self {
        Self { script, sources, files: RefCell::default() }
    }

    /// Finds the module that the script names: the program's own `list`, a library's, the standard library's,
    /// or else `list.lua` beside the script. `./list` is surely the script's own, and `stdlib/list` surely the
    /// standard library's.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] where there is none; [`ErrorKind::Denied`] where it would be outside these
    /// folders, by a symbolic link too.
    pub(crate) fn find(&self, name: &str) -> Result<Module> {
        let found = match name.strip_prefix(STDLIB) {
            Some(builtin) => self.builtin(builtin),
            None if name.starts_with("./") => {
                self.in_folder(self.script.folder.as_deref(), name)?
            }
            None => self.by_name(name)?,
        };
        let module = found.ok_or_else(|| self.not_found(name))?;
        if let Some(file) = &module.file
            && !self.files.borrow().contains(file)
        {
            self.files.borrow_mut().push(file.clone());
        }
        Ok(module)
    }

    fn by_name(&self, name: &str) -> Result<Option<Module>> {
        if let Some(text) = self.own(name) {
            let name = format!("{OWN}{name}.{}", self.script.language.extension());
            return Ok(Some(Module { name, code: Code::Text(text.to_owned()), file: None }));
        }
        for folder in &self.sources.libraries {
            if let Some(found) = self.in_folder(Some(folder), name)? {
                return Ok(Some(found));
            }
        }
        match self.builtin(name) {
            Some(builtin) => Ok(Some(builtin)),
            None => self.in_folder(self.script.folder.as_deref(), name),
        }
    }

    /// The standard library's module of this name.
    fn builtin(&self, name: &str) -> Option<Module> {
        let language = self.script.language;
        let functions = stdlib_functions(name)?;
        let (name, code) = match stdlib_text(name, language) {
            Some(text) => {
                (format!("{STDLIB}{name}.{}", language.extension()), Code::Checked(functions, text))
            }
            None => (format!("{STDLIB}{name}"), Code::Functions(functions)),
        };
        Some(Module { name, code, file: None })
    }

    fn in_folder(&self, folder: Option<&Path>, name: &str) -> Result<Option<Module>> {
        let Some(folder) = folder else { return Ok(None) };
        let found = Folder { path: folder, language: self.script.language }.find(name)?;
        Ok(found.map(|(file, text)| Module {
            name: shown(&file),
            code: Code::Text(text),
            file: Some(file),
        }))
    }

    /// Why there is no such module, and which of the others was meant.
    fn not_found(&self, name: &str) -> Error {
        let own = &self.sources.own;
        if own.iter().any(|module| module.name() == name) {
            let hint = format!("the program's module \"{name}\" is in another language only");
            return not_found(name, &[], Vec::new()).with_hint(hint);
        }
        let libraries = self.sources.libraries.iter().map(PathBuf::as_path);
        let folders: Vec<&Path> = libraries.chain(self.script.folder.as_deref()).collect();
        let language = self.script.language;
        let in_folders = folders.iter().flat_map(|path| Folder { path, language }.modules());
        let others = own.iter().map(|it| it.name().to_owned()).chain(in_folders).collect();
        not_found(name, &folders, others)
    }

    /// The code of the program's own module of this name.
    fn own(&self, name: &str) -> Option<&str> {
        let module = self.sources.own.iter().find(|module| module.name() == name)?;
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
            return stdlib_text(name, self.script.language).map(str::to_owned);
        }
        let files = self.files.borrow();
        let file = files.iter().find(|file| shown(file) == name)?;
        std::fs::read_to_string(file).ok()
    }

    /// The files that modules were found in.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.files.borrow().clone()
    }
}

/// The file's name, which is none of the standard library's or the program's own.
fn shown(file: &Path) -> String {
    let name = file.display().to_string();
    match [STDLIB, OWN].iter().any(|start| name.starts_with(start)) {
        true => format!("./{name}"),
        false => name,
    }
}

/// Why there is no module of this name, with what was probably meant.
fn not_found(name: &str, folders: &[&Path], others: Vec<String>) -> Error {
    let place = match folders {
        [] => "the standard library".to_owned(),
        folders => {
            let shown: Vec<_> = folders.iter().map(|folder| folder.display().to_string()).collect();
            shown.join(" or ")
        }
    };
    let modules: Vec<&str> = stdlib_modules().collect();
    let known = modules.iter().copied().chain(others.iter().map(String::as_str));
    let hint = did_you_mean(name, known)
        .unwrap_or_else(|| format!("the standard library has {}", modules.join(", ")));
    Error::new(ErrorKind::NotFound, format!("there is no module \"{name}\" in {place}"))
        .with_hint(hint)
}
