//! A working folder with something to read, and something outside that nobody may.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{Program, Ran};

/// What stands outside of all that is granted.
pub const SECRET: &str = "SECRET";

/// `project` is the working folder, with `data/note.txt`; beside it are `secret.txt` and `outside/secret.txt`.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.file("project/data/note.txt", "inside");
        desk.file("secret.txt", SECRET);
        desk.file("outside/secret.txt", SECRET);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().canonicalize().unwrap().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub fn file(&self, name: &str, content: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn content(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    pub fn link(&self, target: impl AsRef<Path>, name: &str) {
        symlink(target, self.path(name)).unwrap();
    }

    /// The program in the working folder.
    pub fn program(&self, arguments: &[&str]) -> Program {
        Program::new(arguments).after(&format!("cd '{}'", self.text("project")))
    }

    /// What these calls of functions of `fs` give in Lua; the last one is what is printed.
    pub fn lua(&self, options: &[&str], calls: &[&str]) -> Ran {
        let code = format!("local fs = require 'fs' fs.{}", calls.join(" fs."));
        let last = code.rfind("fs.").unwrap();
        let code = format!("{}return {}", &code[..last], &code[last..]);
        self.program(&[&["eval", "-o", "json"], options, &[&code]].concat()).run()
    }

    /// The same in Rhai.
    pub fn rhai(&self, options: &[&str], calls: &[&str]) -> Ran {
        let code = format!("import \"fs\" as fs; fs::{}", calls.join("; fs::"));
        let arguments = [&["eval", "-o", "json", "--lang", "rhai"], options, &[&code]].concat();
        self.program(&arguments).run()
    }

    /// That both languages give the same.
    #[track_caller]
    pub fn both(&self, options: &[&str], calls: &[&str]) -> Ran {
        let (lua, rhai) = (self.lua(options, calls), self.rhai(options, calls));
        let said = |ran: &Ran| {
            let lines = ran.stderr.lines();
            let words = lines.filter(|line| line.contains("error:") || line.contains("hint:"));
            words.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!((lua.code, &lua.stdout, said(&lua)), (rhai.code, &rhai.stdout, said(&rhai)));
        assert!(!lua.stdout.contains(SECRET) && !lua.stderr.contains(SECRET), "{lua:#?}");
        lua
    }

    /// That both languages refuse it, and name the flag.
    #[track_caller]
    pub fn refused(&self, options: &[&str], calls: &[&str], flag: &str) {
        self.both(options, calls).code(1).silent().says(&["error: fs.", "may not", "hint:", flag]);
    }
}
