//! Point 3: completion of dot-commands, files and modules.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::Prompt;
use crate::typing::{completes, lists};

#[test]
fn dot_commands_and_what_they_take_are_completed() {
    let mut prompt = Prompt::open(Lua);
    completes(&mut prompt, ".unw", ".unwatch");
    completes(&mut prompt, ".lang rh", ".lang rhai");
    completes(&mut prompt, ".help contacts.upd", ".help contacts.update");
    completes(&mut prompt, ".help sched", ".help schedule");
    completes(&mut prompt, ".watch up", ".watch updated");
    completes(&mut prompt, ".trace of", ".trace off");
    completes(&mut prompt, ".sa", ".save");
    let mut prompt = Prompt::sized(Lua, 60, 100);
    lists(&mut prompt, ".", &[".help", ".vars", ".watch", ".quit", ".replay"]);
    lists(&mut prompt, ".dry ", &["on", "off"]);
}

#[test]
fn file_names_are_completed() {
    let mut prompt = Prompt::with(Lua, |program| {
        program.file("welcome_leads.lua", "x = 1").file("campaigns/may_offers.lua", "y = 1")
    });
    completes(&mut prompt, ".load welc", ".load welcome_leads.lua");
    completes(&mut prompt, ".run camp", ".run campaigns/");
    completes(&mut prompt, ".run campaigns/may", ".run campaigns/may_offers.lua");
    completes(&mut prompt, ".load ~/camp", ".load ~/campaigns/");
}

#[test]
fn modules_are_completed() {
    for (language, file, typed, wanted) in [
        (
            Lua,
            "tools_of_may.lua",
            "local tools = require('./too",
            "local tools = require('./tools_of_may",
        ),
        (Rhai, "tools_of_may.rhai", "import \"too", "import \"tools_of_may"),
    ] {
        let mut prompt = Prompt::with(language, |program| program.file(file, "x = 1"));
        completes(&mut prompt, typed, wanted);
    }
}
