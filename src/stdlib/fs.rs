//! `fs`: reads and writes the files that the run may reach.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Module;
use crate::api::{
    Answer, ApiFn, Call, Example, Handler, Param, ParamType, Record, RecordField, ReturnType,
};
use crate::schema::to_wire;
use crate::{Error, ErrorKind, Result};

const READ: &[ErrorKind] =
    &[ErrorKind::Invalid, ErrorKind::NotFound, ErrorKind::Denied, ErrorKind::Limit];
const WRITE: &[ErrorKind] = &[ErrorKind::Invalid, ErrorKind::NotFound, ErrorKind::Denied];
const PATH: Param = Param {
    name: "path",
    kind: ParamType::Text,
    optional: false,
    doc: "The file, from the working directory on.",
};
const TEXT: Param =
    Param { name: "text", kind: ParamType::Text, optional: false, doc: "What to write." };

const FOLDER: Param =
    Param { name: "folder", doc: "The folder; `.` is the working directory.", ..PATH };

/// What is in a folder.
const FILE: Record = Record {
    name: "FileEntry",
    doc: "One thing in a folder.",
    fields: &[
        field("name", ReturnType::Text, "Its name."),
        field("kind", ReturnType::Text, "`file`, `folder`, `link` or `other`."),
        field("size", ReturnType::Integer, "Its length in bytes."),
        RecordField {
            name: "modified",
            gives: ReturnType::Text,
            optional: true,
            doc: "When it was last changed, as `cliengo.now()` writes it.",
        },
    ],
};

const fn field(name: &'static str, gives: ReturnType, doc: &'static str) -> RecordField {
    RecordField { name, gives, optional: false, doc }
}

pub(super) const MODULE: Module = Module {
    name: "fs",
    doc: "Reads and writes files, as far as the run may reach them (`--allow-read`, `--allow-write`).",
    functions: &[
        ApiFn {
            path: "fs.append",
            alias: None,
            params: &[PATH, TEXT],
            returns: "nothing",
            gives: ReturnType::Nothing,
            doc: "Adds a text to the end of a file. The file, and folders on the way, are made where \
                  they are missing.",
            example: Example {
                lua: "local fs = require \"fs\"\nfs.append(\"logs/calls.txt\", \"Ana\\n\")\n\
                      fs.append(\"logs/calls.txt\", \"Luis\\n\")\nreturn fs.read(\"logs/calls.txt\") == \"Ana\\nLuis\\n\"",
                rhai: "import \"fs\" as fs;\nfs::append(\"logs/calls.txt\", \"Ana\\n\");\n\
                       fs::append(\"logs/calls.txt\", \"Luis\\n\");\nfs::read(\"logs/calls.txt\") == \"Ana\\nLuis\\n\"",
                expect: "true",
            },
            errors: WRITE,
            mutates: false,
            handler: Handler::Module(|call| Box::pin(async move { append(&call) })),
        },
        ApiFn {
            path: "fs.entries",
            alias: None,
            params: &[FOLDER],
            returns: "a list of { name, kind, size, modified }, by name",
            gives: ReturnType::List(&ReturnType::Record(&FILE)),
            doc: "Tells what is in a folder, not in the folders below: files, folders, and how large they are.",
            example: Example {
                lua: "local fs = require \"fs\"\nfs.write(\"out/a.md\", \"one\")\n\
                      local entry = fs.entries(\"out\")[1]\n\
                      return { entry.name, entry.kind, entry.size }",
                rhai: "import \"fs\" as fs;\nfs::write(\"out/a.md\", \"one\");\n\
                       let entry = fs::entries(\"out\")[0];\n[entry.name, entry.kind, entry.size]",
                expect: "[\"a.md\", \"file\", 3]",
            },
            errors: READ,
            mutates: false,
            handler: Handler::Module(|call| Box::pin(async move { entries(&call) })),
        },
        ApiFn {
            path: "fs.exists",
            alias: None,
            params: &[Param { doc: "The file or the folder.", ..PATH }],
            returns: "true or false",
            gives: ReturnType::Truth,
            doc: "Tells whether there is a file or a folder. The run must be let read there.",
            example: Example {
                lua: "local fs = require \"fs\"\nreturn fs.exists(\"no/such/file.csv\")",
                rhai: "import \"fs\" as fs;\nfs::exists(\"no/such/file.csv\")",
                expect: "false",
            },
            errors: READ,
            mutates: false,
            handler: Handler::Module(|call| Box::pin(async move { exists(&call) })),
        },
        ApiFn {
            path: "fs.list",
            alias: None,
            params: &[FOLDER],
            returns: "a list of names, in order",
            gives: ReturnType::List(&ReturnType::Text),
            doc: "Gives the names of what is in a folder, not in the folders below.",
            example: Example {
                lua: "local fs = require \"fs\"\nfs.write(\"out/b.md\", \"two\")\n\
                      fs.write(\"out/a.md\", \"one\")\nreturn fs.list(\"out\")",
                rhai: "import \"fs\" as fs;\nfs::write(\"out/b.md\", \"two\");\n\
                       fs::write(\"out/a.md\", \"one\");\nfs::list(\"out\")",
                expect: "[\"a.md\", \"b.md\"]",
            },
            errors: READ,
            mutates: false,
            handler: Handler::Module(|call| Box::pin(async move { list(&call) })),
        },
        ApiFn {
            path: "fs.read",
            alias: None,
            params: &[PATH],
            returns: "a text",
            gives: ReturnType::Text,
            doc: "Gives the whole text of a file, which must be UTF-8 and no larger than 64 MiB.",
            example: Example {
                lua: "local fs = require \"fs\"\nfs.write(\"out/note.md\", \"# Leads\")\n\
                      return fs.read(\"out/note.md\")",
                rhai: "import \"fs\" as fs;\nfs::write(\"out/note.md\", \"# Leads\");\n\
                       fs::read(\"out/note.md\")",
                expect: "\"# Leads\"",
            },
            errors: READ,
            mutates: false,
            handler: Handler::Module(|call| Box::pin(async move { read(&call) })),
        },
        ApiFn {
            path: "fs.remove",
            alias: None,
            params: &[PATH],
            returns: "true, or false where there was none",
            gives: ReturnType::Truth,
            doc: "Removes a file, or a link and not what it leads to. Folders stay.",
            example: Example {
                lua: "local fs = require \"fs\"\nfs.write(\"out/old.md\", \"\")\n\
                      return { fs.remove(\"out/old.md\"), fs.exists(\"out/old.md\") }",
                rhai: "import \"fs\" as fs;\nfs::write(\"out/old.md\", \"\");\n\
                       [fs::remove(\"out/old.md\"), fs::exists(\"out/old.md\")]",
                expect: "[true, false]",
            },
            errors: WRITE,
            mutates: false,
            handler: Handler::Module(|call| Box::pin(async move { remove(&call) })),
        },
        ApiFn {
            path: "fs.write",
            alias: None,
            params: &[PATH, TEXT],
            returns: "nothing",
            gives: ReturnType::Nothing,
            doc: "Writes a file, whole or not at all: whoever reads it meanwhile finds what was there \
                  before. Folders on the way are made where they are missing.",
            example: Example {
                lua: "local fs = require \"fs\"\nfs.write(\"reports/leads.md\", \"# Leads\")\n\
                      return fs.list(\"reports\")[1]",
                rhai: "import \"fs\" as fs;\nfs::write(\"reports/leads.md\", \"# Leads\");\n\
                       fs::list(\"reports\")[0]",
                expect: "\"leads.md\"",
            },
            errors: WRITE,
            mutates: false,
            handler: Handler::Module(|call| Box::pin(async move { write(&call) })),
        },
    ],
};

fn read(call: &Call) -> Result<Answer> {
    let path = call.text(0);
    let content = call.context.files().read(path).map_err(|error| error.within("fs.read"))?;
    let text = String::from_utf8(content).map_err(|error| {
        let byte = error.utf8_error().valid_up_to() + 1;
        Error::invalid(format!("fs.read: \"{path}\" is not UTF-8, from byte {byte} on"))
            .with_hint("save it as UTF-8")
    })?;
    Ok(Answer::Value(text.into()))
}

fn write(call: &Call) -> Result<Answer> {
    let (files, text) = (call.context.files(), call.text(1).as_bytes());
    changed(call, "fs.write", |path| files.write(path, text))?;
    Ok(Answer::Value(Value::Null))
}

fn append(call: &Call) -> Result<Answer> {
    let (files, text) = (call.context.files(), call.text(1).as_bytes());
    changed(call, "fs.append", |path| files.append(path, text))?;
    Ok(Answer::Value(Value::Null))
}

fn remove(call: &Call) -> Result<Answer> {
    let files = call.context.files();
    let removed = changed(call, "fs.remove", |path| files.remove(path))?;
    Ok(Answer::Value(removed.into()))
}

fn exists(call: &Call) -> Result<Answer> {
    let exists = call.context.files().exists(call.text(0));
    exists.map(|is| Answer::Value(is.into())).map_err(|error| error.within("fs.exists"))
}

fn list(call: &Call) -> Result<Answer> {
    let entries = call.context.files().list(call.text(0));
    let entries = entries.map_err(|error| error.within("fs.list"))?;
    Ok(Answer::Value(entries.into_iter().map(|entry| entry.name).collect()))
}

fn entries(call: &Call) -> Result<Answer> {
    let entries = call.context.files().list(call.text(0));
    let entries = entries.map_err(|error| error.within("fs.entries"))?;
    let value = |entry: &crate::api::FileEntry| {
        let modified = entry.modified.and_then(|time| Timestamp::try_from(time).ok()).map(to_wire);
        json!({
            "name": entry.name,
            "kind": entry.kind.as_str(),
            "size": entry.size,
            "modified": modified,
        })
    };
    Ok(Answer::Value(entries.iter().map(value).collect()))
}

/// Makes a change to the file that the call names; in a dry run it is noted, and the files only remember it.
fn changed<T>(
    call: &Call,
    function: &'static str,
    change: impl FnOnce(&str) -> Result<T>,
) -> Result<T> {
    let path = call.text(0);
    let done = call.context.may_act().and_then(|()| change(path));
    let done = done.map_err(|error| error.within(function))?;
    if call.context.is_dry_run() {
        call.context.rehearse_call(function, &[path.into()]);
    }
    Ok(done)
}
