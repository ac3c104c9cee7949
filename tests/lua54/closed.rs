//! Scripts that look for a way out.

use crate::{fails, run};

#[test]
fn what_would_reach_the_machine_is_not_there() {
    let names = [
        "io",
        "load",
        "loadstring",
        "loadfile",
        "dofile",
        "collectgarbage",
        "package",
        "warn",
        "os.execute",
        "os.exit",
        "os.getenv",
        "os.remove",
        "os.rename",
        "os.setlocale",
        "os.tmpname",
        "string.dump",
        "debug.getregistry",
        "debug.sethook",
        "debug.getupvalue",
        "debug.setmetatable",
        "debug.getlocal",
        "debug.getinfo",
        "_G.load",
        "_G._G.io",
    ];
    for name in names {
        assert_eq!(run(&format!("return {name} == nil")).unwrap(), true, "{name}");
    }
}

#[test]
fn only_these_names_are_there() {
    let code = "local names = {}
        local function add(prefix, library)
            for name in pairs(library) do table.insert(names, prefix .. name) end
        end
        for _, library in ipairs({ 'coroutine', 'debug', 'os', 'string', 'table', 'utf8' }) do
            add(library .. '.', _G[library])
        end
        table.sort(names)
        return table.concat(names, ' ')";
    let expected = "coroutine.close coroutine.create coroutine.isyieldable coroutine.resume \
        coroutine.running coroutine.status coroutine.wrap coroutine.yield debug.traceback os.clock os.date os.difftime os.time string.byte string.char string.find \
        string.format string.gmatch string.gsub string.len string.lower string.match string.pack \
        string.packsize string.rep string.reverse string.sub string.unpack string.upper \
        table.concat table.insert table.move table.pack table.remove table.sort table.unpack \
        utf8.char utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset";
    assert_eq!(run(code).unwrap(), expected);
}

#[test]
fn the_functions_and_the_libraries_cannot_be_changed() {
    for target in
        ["cliengo.contacts.list", "cliengo.contacts", "cliengo.extra", "string.upper", "math.pi"]
    {
        fails(&format!("{target} = nil"), "script.lua:1: attempt to modify a readonly table");
    }
    for around in [
        "rawset(cliengo.contacts, 'list', 1)",
        "rawset(string, 'upper', 1)",
        "table.insert(cliengo.contacts, 1)",
    ] {
        fails(around, "script.lua:1: attempt to modify a readonly table");
    }
    fails("setmetatable(cliengo, {})", "script.lua:1: cannot change a protected metatable");
    fails("setmetatable(_G, {})", "cannot change a protected metatable");
    fails("getmetatable('').__index.upper = nil", "attempt to index a boolean value");
    let reached = "for name, value in pairs(string) do string = nil end
        local step, all = pairs(string)
        return all == nil or rawequal(all, string)";
    assert_eq!(run(&reached.replace("string = nil", "local _ = name")).unwrap(), true);
}

#[test]
fn a_name_that_a_namespace_does_not_have_is_an_error_that_says_so() {
    fails("cliengo.contact.list()", "did you mean \"contacts\"");
    fails("cliengo.contacts.lst()", "did you mean \"list\"");
    fails("cliengo.contacts:list()", "called with a colon");
}

#[test]
fn what_a_script_sets_is_its_own() {
    let code = "function pairs() return 'mine' end x = 5
        return { pairs(), x, _G.x, rawget(_G, 'string') == nil, string.upper('a') }";
    assert_eq!(run(code).unwrap().to_string(), r#"["mine",5,5,true,"A"]"#);
}

#[test]
fn bytecode_is_no_code() {
    fails("\u{1b}Lua", "attempt to load a binary chunk");
}
