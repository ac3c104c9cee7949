//! Scripts with one watch, in either language.

use serde_json::{Map, Value};

/// A language that scripts are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Lua,
    Rhai,
}

/// Both of them.
pub const BOTH: [Language; 2] = [Language::Lua, Language::Rhai];

/// A script with one watch, whose handler prints what it was called with.
#[derive(Debug, Clone)]
pub struct Script {
    function: &'static str,
    options: Map<String, Value>,
    /// What the handler does after it printed: in Lua, and in Rhai.
    body: [String; 2],
    /// True where `on_failure` prints what it is told.
    tells: bool,
}

/// A script that watches: `function` without its namespace, and options beside `id = "w"`.
pub fn watch(function: &'static str, options: Value) -> Script {
    let mut all = Map::from_iter([("id".to_owned(), "w".into())]);
    all.extend(options.as_object().unwrap().clone());
    Script { function, options: all, body: Default::default(), tells: false }
}

/// New contacts, with no options.
pub fn new_contacts() -> Script {
    watch("new_contacts", Value::Object(Map::new()))
}

impl Script {
    /// With one more option.
    pub fn option(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.options.insert(name.to_owned(), value.into());
        self
    }

    /// Never goes through the complete list again: what polls do not find is not found.
    pub fn never_sweeps(self) -> Self {
        self.option("sweep", "never")
    }

    /// With a handler that does this after it printed, in either language.
    pub fn does(mut self, lua: &str, rhai: &str) -> Self {
        self.body = [lua.to_owned(), rhai.to_owned()];
        self
    }

    /// With a handler that fails for the contact of this name.
    pub fn fails_for(self, name: &str) -> Self {
        self.does(
            &format!("if contact.name == \"{name}\" then error(\"no {name}\") end"),
            &format!("if contact.name == \"{name}\" {{ throw \"no {name}\" }}"),
        )
    }

    /// With an `on_failure` that prints as the handler does: `dead`, the watch, the attempt, the contact.
    pub fn tells(mut self) -> Self {
        self.tells = true;
        self
    }

    /// The name of its file.
    pub fn file(language: Language) -> &'static str {
        match language {
            Language::Lua => "leads.lua",
            Language::Rhai => "leads.rhai",
        }
    }

    /// The script.
    pub fn text(&self, language: Language) -> String {
        let Self { function, options, body: [lua, rhai], tells } = self;
        let told = |function: &str| tells.then(|| function.to_owned());
        match language {
            Language::Lua => {
                let options = options.iter().map(|(name, value)| format!("{name} = {value}"));
                let told = told(
                    "on_failure = function(it) print('dead', it.watch, it.attempt, it.contact) end",
                );
                let options = options.chain(told).collect::<Vec<_>>().join(", ");
                format!(
                    "cliengo.watch.{function}({{ {options} }}, function(contact, event)\n\
                     print(contact.name or contact.id, event.kind, event.attempt, event.key)\n\
                     {lua}\nend)\n"
                )
            }
            Language::Rhai => {
                let options = options.iter().map(|(name, value)| format!("{name}: {value}"));
                let told = told(
                    "on_failure: |it| print(`dead\t${it.watch}\t${it.attempt}\t${it.contact}`)",
                );
                let options = options.chain(told).collect::<Vec<_>>().join(", ");
                format!(
                    "cliengo.watch.{function}(#{{ {options} }}, |contact, event| {{\n\
                     let name = contact.name ?? contact.id;\n\
                     print(`${{name}}\t${{event.kind}}\t${{event.attempt}}\t${{event.key}}`);\n\
                     {rhai}\n}});\n"
                )
            }
        }
    }
}
