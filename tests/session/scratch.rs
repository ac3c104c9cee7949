use crate::support::Prompt;
use cliengo::api::Registry;
use cliengo::engine::{Language, Syntax};

#[test]
fn scratch() {
    for (language, file) in [(Language::Lua, "/tmp/a-lua.txt"), (Language::Rhai, "/tmp/a-rhai.txt")]
    {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let mut prompt = Prompt::new(language);
        println!("== {language:?}");
        for line in text.lines() {
            let line = line.replace("⏎", "\n");
            match prompt.try_line(&line) {
                Ok(shape) => println!("> {line}\n    {shape:?}"),
                Err(failure) => println!(
                    "> {line}\n    ERR {failure} | {:?} col {:?}",
                    failure.frames, failure.column
                ),
            }
        }
        for variable in prompt.session.variables() {
            println!("  {variable:?}");
        }
        let syntax = Syntax::new(language, &Registry::builtin());
        let Ok(text) = std::fs::read_to_string(file.replace(".txt", "-u.txt")) else { continue };
        for line in text.lines() {
            let line = line.replace("⏎", "\n");
            println!("{} {line:?}", if syntax.is_unfinished(&line) { "…" } else { "." });
        }
    }
}
