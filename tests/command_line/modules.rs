//! Where scripts find modules, and where they do not.

use crate::support::{Program, Ran};

/// Both languages, with how each loads a module and calls its function.
const LANGUAGES: [(&str, &str); 2] = [
    ("lua", "return require('NAME').FUNCTION()"),
    ("rhai", "import \"NAME\" as found; found::FUNCTION()"),
];

/// A module with this one function, which gives a text.
fn module(extension: &str, function: &str, text: &str) -> String {
    match extension {
        "lua" => format!("return {{ {function} = function() return '{text}' end }}"),
        _ => format!("fn {function}() {{ \"{text}\" }}"),
    }
}

fn script(code: &str, name: &str, function: &str) -> String {
    code.replace("NAME", name).replace("FUNCTION", function)
}

/// A program that runs `scripts/main` in this language, which calls a function of a module.
fn program(language: (&str, &str), options: &[&str], name: &str, function: &str) -> Program {
    let (extension, code) = language;
    let file = format!("scripts/main.{extension}");
    let program = Program::new(&["run", "-o", "json"]).file("lib/.keep", "").file("more/.keep", "");
    program.file(&file, script(code, name, function)).arguments(options).argument(&file)
}

fn with_module(program: Program, language: (&str, &str), path: &str, text: &str) -> Program {
    let (extension, _) = language;
    program.file(&format!("{path}.{extension}"), module(extension, "said", text))
}

#[test]
fn a_library_comes_before_the_standard_library_and_that_before_the_scripts_folder() {
    for language in LANGUAGES {
        for (name, options, expected) in [
            ("mine", ["--lib", "lib", "--lib", "more"], "lib"),
            ("mine", ["--lib", "more", "--lib", "lib"], "more"),
            ("json", ["--lib", "lib", "--lib", "more"], "lib"),
            ("below/mine", ["--lib", "lib", "--lib", "more"], "below"),
            ("./mine", ["--lib", "lib", "--lib", "more"], "script"),
            ("./json", ["--lib", "lib", "--lib", "more"], "script"),
        ] {
            let program = program(language, &options, name, "said");
            let places = [
                ("lib/mine", "lib"),
                ("more/mine", "more"),
                ("scripts/mine", "script"),
                ("lib/json", "lib"),
                ("scripts/json", "script"),
                ("lib/below/mine", "below"),
            ];
            let program = places
                .into_iter()
                .fold(program, |program, (path, text)| with_module(program, language, path, text));
            assert_eq!(program.run().json(), expected, "{name} {options:?}");
        }
    }
}

#[test]
fn without_a_library_a_file_beside_the_script_does_not_replace_the_standard_library() {
    let lua = "return require('json').encode{ 1 }";
    let rhai = "import \"json\" as json; json::encode([1])";
    for (extension, code) in [("lua", lua), ("rhai", rhai)] {
        let file = format!("main.{extension}");
        let program = Program::new(&["run", "-o", "json", &file]).file(&file, code);
        let beside =
            program.file(&format!("json.{extension}"), module(extension, "encode", "mine"));
        assert_eq!(beside.run().json(), "[1]");
    }
}

#[test]
fn a_module_that_takes_the_place_of_a_builtin_one_can_extend_it() {
    let lua = "local builtin = require 'stdlib/json'
               return { said = function() return builtin.encode({ 1 }) .. ' and more' end }";
    let rhai = "import \"stdlib/json\" as builtin;
                fn said() { import \"stdlib/json\" as builtin; builtin::encode([1]) + \" and more\" }";
    let script_lua =
        "return { said = function() return require('stdlib/list').map({ { a = 2 } }, 'a')[1] end }";
    let script_rhai =
        "fn said() { import \"stdlib/list\" as list; list::map([#{ a: 2 }], \"a\")[0] }";
    for (language, native, other) in
        [(LANGUAGES[0], lua, script_lua), (LANGUAGES[1], rhai, script_rhai)]
    {
        // A folder that is named like the standard library is none.
        for folder in ["lib", "stdlib"] {
            let of = |name: &str, code: &str| {
                let program = program(language, &["--lib", folder], name, "said");
                program.file(&format!("{folder}/{name}.{}", language.0), code)
            };
            let run = |name: &str, code: &str| {
                let program = of(name, code);
                std::fs::create_dir_all(program.path("stdlib")).unwrap();
                program.run().json()
            };
            assert_eq!(run("json", native), "[1] and more");
            assert_eq!(run("list", other), 2);
        }
    }
}

#[test]
fn a_module_of_a_library_loads_others_of_it() {
    let program = Program::new(&["run", "-o", "json", "--lib", "lib", "main.lua"])
        .file("main.lua", "return require('outer').value")
        .file("lib/outer.lua", "return { value = require('inner').value + 1 }")
        .file("lib/inner.lua", "return { value = 1 }");
    assert_eq!(program.run().json(), 2);
    let program = Program::new(&["run", "-o", "json", "--lib", "lib", "main.rhai"])
        .file("main.rhai", "import \"outer\" as outer; outer::value()")
        .file("lib/outer.rhai", "fn value() { import \"inner\" as inner; inner::value() + 1 }")
        .file("lib/inner.rhai", "fn value() { 1 }");
    assert_eq!(program.run().json(), 2);
}

#[test]
fn no_name_leads_out_of_a_library() {
    for language in LANGUAGES {
        for name in
            ["../secret", "below/../../secret", "/etc/passwd", "link", "..\\\\secret", "", "./link"]
        {
            let program = program(language, &["--lib", "lib"], name, "said");
            let program = with_module(program, language, "secret", "secret");
            for folder in ["lib", "scripts"] {
                let link = program.path(&format!("{folder}/link.{}", language.0));
                let target = program.path(&format!("secret.{}", language.0));
                std::os::unix::fs::symlink(target, link).unwrap();
            }
            let ran = program.run().code(1).silent();
            ran.says(&["error: the module", "is outside the script's folder"]);
        }
        for name in ["stdlib/../lib/mine", "stdlib/./mine", "stdlib/", "stdlib/secret"] {
            let program = program(language, &["--lib", "lib"], name, "said");
            let program = with_module(program, language, "lib/mine", "mine");
            program.run().code(1).silent().says(&["error: there is no module"]);
        }
    }
}

#[test]
fn a_misspelt_module_is_told_from_those_of_every_folder() {
    let hint = |options: &[&str], name: &str| -> Ran {
        let program = program(LANGUAGES[0], options, name, "said");
        let program = with_module(program, LANGUAGES[0], "lib/prices", "lib");
        with_module(program, LANGUAGES[0], "scripts/leads", "script").run().code(1)
    };
    hint(&["--lib", "lib"], "price").says(&["in lib or scripts", "did you mean \"prices\"?"]);
    hint(&[], "lead").says(&["in scripts", "did you mean \"leads\"?"]);
    hint(&[], "jsn").says(&["did you mean \"json\"?"]);
}

#[test]
fn a_library_that_is_no_folder_is_told_before_anything_runs() {
    for command in ["run", "check"] {
        let program = Program::new(&[command, "--lib", "nowhere", "main.lua"]);
        let ran = program.file("main.lua", "print('ran')").run().code(2).silent();
        ran.says(&["nowhere", "there is no such folder"]);
    }
}

#[test]
fn code_from_the_command_line_and_at_the_prompt_finds_libraries() {
    let program = Program::new(&["eval", "--lib", "lib", "require('mine').said()"]);
    let ran = program.file("lib/mine.lua", module("lua", "said", "lib")).run().code(0);
    assert_eq!(ran.stdout, "lib\n");
    let program = Program::new(&["repl", "--lib", "lib"]).input("require('mine').said()\n");
    let ran = program.file("lib/mine.lua", module("lua", "said", "lib")).run().code(0);
    assert_eq!(ran.stdout, "lib\n");
}

/// What a program that runs `main.rhai` prints, beside modules of these texts.
fn printed(main: &str, modules: &[(&str, &str)]) -> String {
    let program = Program::new(&["run", "main.rhai"]).file("main.rhai", main);
    let program = modules.iter().fold(program, |program, (name, text)| program.file(name, text));
    program.run().code(0).stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn in_rhai_each_module_finds_its_own_functions_however_those_of_others_are_called() {
    let a = "private fn helper(x) { \"A\" + x } fn run(x) { helper(x) }";
    let b = "private fn helper(x) { \"B\" + x } fn run(x) { helper(x) } \
             fn each(f) { helper(\"\"); let all = [1, 2].map(f).map(|it| it + helper(\"\")); \
                          all.push(f.call(helper(3))); all }";
    let modules = [("a.rhai", a), ("b.rhai", b)];
    let imports = "import \"a\" as a; import \"b\" as b; fn helper(x) { \"M\" + x }";
    for (code, expected) in [
        ("print(a::run(1)); print(b::run(1)); print(a::run(2)); print(b::run(2));", "A1 B1 A2 B2"),
        ("for n in 0..3 { print(a::run(n) + b::run(n) + helper(n)); }", "A0B0M0 A1B1M1 A2B2M2"),
        (
            "for n in 0..2 { for it in b::each(|x| helper(x)) { print(it); } }",
            "M1B M2B MB3 M1B M2B MB3",
        ),
        ("for n in 0..2 { for it in b::each(helper) { print(it); } }", "M1B M2B MB3 M1B M2B MB3"),
        ("let y = 7; for it in b::each(|x| helper(x + y)) { print(it); }", "M8B M9B MB37"),
    ] {
        assert_eq!(printed(&format!("{imports} {code}"), &modules), expected, "{code}");
    }
}

#[test]
fn in_rhai_the_standard_library_finds_its_own_functions() {
    let code = "import \"text\" as text; import \"list\" as list; \
                fn written(name, value) { name + `:${value}` } fn upper(name) { name + \"!\" } \
                for name in [\"ana\", \"eva\"] { \
                    print(text::template(\"{{n}}\", #{ n: name })); print(written(name, 1)); \
                    print(text::title(name) + upper(name)); \
                    print(list::map([name], |it| written(it, upper(it)))[0]); }";
    let expected = "ana ana:1 Anaana! ana:ana! eva eva:1 Evaeva! eva:eva!";
    assert_eq!(printed(code, &[]), expected);
}

#[test]
fn in_rhai_a_function_that_a_module_passes_on_gets_as_many_arguments_as_it_takes() {
    let code = "import \"on\" as on; import \"list\" as list; let k = 1; \
                print(on::keep(\"a\", |x, y| type_of(y) + k)); print(on::keep(\"b\", || 2 + k)); \
                print(on::map([1], |x| x + k)[0]);";
    let on = "fn keep(key, f) { cliengo.once(key, f) } \
              fn map(items, f) { import \"list\" as list; list::map(items, f) }";
    let program = Program::new(&["run", "--emulator", "main.rhai"]).file("main.rhai", code);
    let ran = program.file("on.rhai", on).run().code(0);
    assert_eq!(ran.stdout.split_whitespace().collect::<Vec<_>>(), ["()1", "3", "2"]);
}

#[test]
fn in_rhai_a_module_that_was_not_imported_is_an_error_that_says_how() {
    let ran = Program::new(&["eval", "--lang", "rhai", "phone::e164(\"1\")"]).run().code(1);
    ran.says(&["there is no module \"phone\" here", "import \"phone\" as phone;"]);
}
