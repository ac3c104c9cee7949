//! What no script reaches, whatever it was granted: the key, and what says how far scripts reach.

use std::fs;
use std::process::Command;

use crate::desk::Desk;
use crate::support::KEY;

#[test]
fn no_script_reads_the_key_from_what_the_system_tells_of_processes() {
    let desk = Desk::new();
    desk.link("/proc/self/environ", "project/data/environ");
    for path in [
        "/proc/self/environ",
        "/proc/thread-self/environ",
        "/proc/self/task/../environ",
        "/proc/self/root/proc/self/environ",
        "/dev/fd/../environ",
        "data/environ",
    ] {
        for options in
            [&["--allow-all"][..], &["--allow-read", "/"], &["--allow-read", "/proc,data"]]
        {
            let code = format!("return require('fs').read('{path}')");
            let arguments = [&["eval"], options, &[&code]].concat();
            let ran = desk.program(&arguments).variable("CLIENGO_API_KEY", KEY).run();
            let ran = ran.code(1).silent();
            assert!(!ran.stderr.contains(KEY), "{ran:#?}");
        }
    }
    desk.both(&["--allow-all"], &["list(\"/proc/self\")"]).code(1).says(&["no script may reach"]);
}

#[test]
fn no_way_leads_through_what_the_system_tells_of_processes() {
    let desk = Desk::new();
    for options in [&["--allow-all"][..], &["--allow-read", "/proc,data", "--allow-write", "/proc"]]
    {
        for call in [
            "read(\"/proc/self/cwd/data/note.txt\")",
            "write(\"/proc/self/cwd/data/new\", \"\")",
            "exists(\"/proc/self/exe\")",
            "exists(\"/proc/1/cwd\")",
            "exists(\"/proc/999999999/cwd\")",
        ] {
            desk.both(options, &[call]).code(1).silent().says(&["no script may reach"]);
        }
    }
    desk.both(&["--allow-all"], &["read(\"/dev/fd/0\")"]).code(1).says(&["no script may reach"]);
    assert!(!desk.path("project/data/new").exists());
}

#[test]
fn no_script_reads_the_key_from_its_environment() {
    for name in ["CLIENGO_API_KEY", "cliengo_api_key"] {
        for options in [&["--allow-all"][..], &["--allow-env", name]] {
            let code = format!("return cliengo.env('{name}')");
            let program = Desk::new().program(&[&["eval"], options, &[&code]].concat());
            let ran = program.variable("CLIENGO_API_KEY", KEY).run().code(1).silent();
            ran.says(&["a script never sees the API key"]);
        }
    }
}

#[test]
fn no_script_changes_what_it_is_granted() {
    let desk = Desk::new();
    let grant = "[scripts.\"a.lua\"]\nallow_all = true\n";
    for path in ["cliengo.toml", "CLIENGO.toml", "./data/../cliengo.toml", "data/cliengo.toml"] {
        for call in ["write(\"P\", \"allow_all\")", "append(\"P\", \"allow_all\")", "read(\"P\")"] {
            let call = call.replace('P', path);
            desk.both(&["--allow-all"], &[&call]).code(1).says(&["no script may reach"]);
        }
    }
    assert!(!desk.path("project/cliengo.toml").exists());
    desk.file("project/cliengo.toml", grant);
    desk.file("project/a.lua", "return 1");
    desk.link("cliengo.toml", "project/link");
    fs::hard_link(desk.path("project/cliengo.toml"), desk.path("project/data/hard")).unwrap();
    for path in ["cliengo.toml", "link", "data/hard", &desk.text("project/cliengo.toml")] {
        for call in ["write(\"P\", \"\")", "append(\"P\", \"x\")", "read(\"P\")"] {
            let call = call.replace('P', path);
            desk.both(&["--allow-all"], &[&call]).code(1).says(&["no script may reach"]);
        }
    }
    desk.both(&["--allow-all"], &["remove(\"cliengo.toml\")"]).code(1);
    assert_eq!(desk.content("project/cliengo.toml").unwrap(), grant);
}

#[test]
fn no_script_makes_the_file_that_the_configuration_is_a_link_to() {
    let desk = Desk::new();
    desk.link("data/later.toml", "project/cliengo.toml");
    let write = "write(\"data/later.toml\", \"\")";
    desk.both(&["--allow-write", "data"], &[write]).code(1).says(&["no script may reach"]);
    assert!(!desk.path("project/data/later.toml").exists());
}

#[test]
fn no_script_rewrites_one_that_is_granted_more() {
    let desk = Desk::new();
    desk.file("project/cliengo.toml", "[scripts.\"strong.lua\"]\nallow_all = true\n");
    desk.file("project/strong.lua", "return 1");
    let write = "write(\"strong.lua\", \"return 2\")";
    desk.both(&["--allow-write", "."], &[write]).code(1).says(&["no script may reach"]);
    desk.both(&["--allow-write", "."], &["remove(\"strong.lua\")"]).code(1);
    for path in ["helper.lua", "deep/er/helper.LUA", "strong.rhai"] {
        let write = format!("write(\"{path}\", \"return 2\")");
        desk.both(&["--allow-all"], &[&write]).code(1).says(&["no script may reach"]);
    }
    assert!(!desk.path("project/deep").exists());
    desk.both(&["--allow-write", "."], &["write(\"page.lua.txt\", \"\")"]).code(0);
    assert_eq!(desk.content("project/strong.lua").unwrap(), "return 1");
}

#[test]
fn no_script_rewrites_a_module_that_others_load() {
    let desk = Desk::new();
    desk.file("project/lib/phone.lua", "return {}");
    let options = ["--allow-all", "--lib", "lib"];
    let write = "write(\"lib/phone.lua\", \"return 2\")";
    desk.both(&options, &[write]).code(1).says(&["no script may reach"]);
    desk.both(&options, &["read(\"lib/phone.lua\")"]).code(0);
    assert_eq!(desk.content("project/lib/phone.lua").unwrap(), "return {}");
}

#[test]
fn no_script_reaches_the_state_and_the_configuration_of_the_user() {
    let desk = Desk::new();
    let (state, config) = (desk.text("state"), desk.text("config.toml"));
    desk.file("state/state.db", "SECRET");
    desk.file("config.toml", "[profiles.a]\napi_key = \"SECRET\"");
    desk.link("../state", "project/data/state");
    desk.link("../../config.toml", "project/data/config");
    let read = |path: &str, language: &str| {
        let code = match language {
            "lua" => format!("return require('fs').read('{path}')"),
            _ => format!("import \"fs\" as fs; fs::read(\"{path}\")"),
        };
        let program = desk.program(&["eval", "--allow-all", "--lang", language, &code]);
        let program = program.variable("CLIENGO_CONFIG", &config);
        let ran = program.variable("CLIENGO_STATE_DIR", &state).run().code(1).silent();
        ran.says(&["no script may reach"]);
    };
    for path in [&config, &format!("{state}/state.db"), "data/config", "../state/state.db"] {
        read(path, "lua");
        read(path, "rhai");
    }
    let write = "require('fs').write('../state/new/x', 'x')";
    let program = desk.program(&["eval", "--allow-all", "--state-dir", "../state", write]);
    program.run().code(1).says(&["no script may reach"]);
    let missing = "require('fs').write('../later/new/x', 'x')";
    let program = desk.program(&["eval", "--allow-all", "--state-dir", "../later", missing]);
    program.run().code(1).says(&["no script may reach"]);
    assert!(!desk.path("later").exists() && !desk.path("state/new").exists());
}

#[test]
fn no_script_reaches_what_is_usual_where_the_configuration_and_the_state_are_elsewhere() {
    let desk = Desk::new();
    desk.file("home/.config/cliengo/config.toml", "[profiles.a]\napi_key = \"SECRET\"");
    desk.file("home/.local/state/cliengo/state.db", "SECRET");
    desk.file("other/config.toml", "");
    for path in [".config/cliengo/config.toml", ".local/state/cliengo/state.db"] {
        let code = format!("return require('fs').read('../home/{path}')");
        let program = desk.program(&["eval", "--allow-all", &code]);
        let program = program.variable("CLIENGO_CONFIG", &desk.text("other/config.toml"));
        let program = program.variable("CLIENGO_STATE_DIR", &desk.text("other/state"));
        let ran = program.variable("HOME", &desk.text("home")).run().code(1).silent();
        ran.says(&["no script may reach"]);
    }
}

#[test]
fn no_script_makes_a_folder_in_the_configurations_place() {
    let desk = Desk::new();
    let write = "write(\"other/cliengo.toml/x\", \"\")";
    desk.both(&["--allow-write", "."], &[write]).code(1).says(&["no script may reach"]);
    assert!(!desk.path("project/other").exists());
}

#[test]
fn no_script_rewrites_code_where_the_grants_cannot_be_read() {
    let desk = Desk::new();
    desk.file("project/cliengo.toml", "[scripts.\"a.lua\"]\nallow_all = true\nx = [\n");
    desk.file("project/a.lua", "return 1");
    let write = "require('fs').write('a.lua', 'return 2')";
    let program = desk.program(&["eval", "--emulator", "--allow-all", write]);
    program.run().code(1).says(&["no script may reach"]);
    assert_eq!(desk.content("project/a.lua").unwrap(), "return 1");
}

#[test]
fn the_modules_that_run_with_a_grant_are_those_that_are_protected_whatever_links_lead_to_the_script()
 {
    for granted in ["real/job.lua", "alias/job.lua"] {
        let desk = Desk::new();
        let toml = format!("[scripts.\"{granted}\"]\nallow_read = [\"data\"]\n");
        desk.file("project/cliengo.toml", &toml);
        desk.file("project/real/job.lua", "return require('helper')");
        desk.file("project/real/helper.lua", "return require('fs').read('data/note.txt')");
        desk.file("project/alias/helper.lua", "return 'other'");
        desk.link("../real/job.lua", "project/alias/job.lua");
        let write = "write(\"real/helper.lua\", \"return 2\")";
        desk.both(&["--allow-write", "."], &[write]).code(1).says(&["no script may reach"]);
        desk.file("project/alias/helper.lua", "return 'rewritten'");
        for path in ["real/job.lua", "alias/job.lua"] {
            assert_eq!(desk.program(&["run", "-o", "json", path]).run().json(), "inside");
        }
    }
}

#[test]
fn no_link_among_what_the_system_tells_of_processes_is_followed() {
    let desk = Desk::new();
    for path in ["/proc/self/cwd/data/note.txt", "/proc/self/exe", "/dev/stdin", "/dev/fd/0"] {
        for call in ["read(\"P\")", "exists(\"P\")", "write(\"P\", \"\")"] {
            let call = call.replace('P', path);
            desk.both(&["--allow-all"], &[&call]).code(1).says(&["no script may reach"]);
        }
    }
    assert_eq!(desk.content("project/data/note.txt").unwrap(), "inside");
}

#[test]
fn what_no_grant_opens_is_not_said_to_be_opened_by_one() {
    let desk = Desk::new();
    let ran = desk.both(&[], &["read(\"cliengo.toml\")"]).code(1);
    ran.says(&["no script may reach"]);
    desk.refused(&[], &["read(\"-x/y\")"], "--allow-read ./-x");
}

#[test]
fn nothing_is_added_to_code_with_grants_under_another_name() {
    let desk = Desk::new();
    desk.file("project/cliengo.toml", "[scripts.\"strong/job.lua\"]\nallow_all = true\n");
    desk.file("project/strong/job.lua", "return 1");
    desk.file("project/strong/helper.lua", "return 1");
    let backup = desk.path("project/data/backup.txt");
    fs::hard_link(desk.path("project/strong/helper.lua"), backup).unwrap();
    let options = ["--allow-write", "data", "--allow-read", "data"];
    let append = "append(\"data/backup.txt\", \" \")";
    desk.both(&options, &[append]).code(1).says(&["is a hard link", "fs.write"]);
    desk.both(&options, &["write(\"data/backup.txt\", \"new\")", append]).code(0);
    assert_eq!(desk.content("project/strong/helper.lua").unwrap(), "return 1");
    assert_eq!(desk.content("project/data/backup.txt").unwrap(), "new ");
}

#[test]
fn the_users_own_files_are_kept_away_where_the_environment_does_not_tell_of_the_users_home() {
    let desk = Desk::new();
    let user = Command::new("sh").args(["-c", "getent passwd \"$(id -u)\""]).output().unwrap();
    let user = String::from_utf8(user.stdout).unwrap();
    let home = user.split(':').nth(5).unwrap();
    for file in [".config/cliengo/config.toml", ".local/state/cliengo/state.db"] {
        let code = format!("return require('fs').exists('{home}/{file}')");
        let program = desk.program(&["eval", "--allow-all", &code]).after("unset HOME");
        program.run().code(1).silent().says(&["no script may reach"]);
    }
}

#[test]
fn no_script_takes_a_link_away_that_leads_to_code_with_a_grant() {
    let desk = Desk::new();
    desk.file("project/cliengo.toml", "[scripts.\"current/job.lua\"]\nallow_read = [\"data\"]\n");
    desk.file("project/v1/job.lua", "return 1");
    desk.file("project/v1/page.txt", "page");
    desk.link("newest", "project/current");
    desk.link("v1", "project/newest");
    for name in ["current", "newest"] {
        let remove = format!("remove(\"{name}\")");
        desk.both(&["--allow-write", "."], &[&remove]).code(1).says(&["no script may reach"]);
    }
    let calls = ["write(\"newest/page.txt\", \"new\")", "read(\"current/page.txt\")"];
    assert_eq!(desk.both(&["--allow-write", ".", "--allow-read", "."], &calls).json(), "new");
}

#[test]
fn no_flag_is_named_that_would_not_help() {
    let desk = Desk::new();
    desk.file("project/cliengo.toml", "[scripts.\"admin/job.lua\"]\nallow_all = true\n");
    for call in [
        "read(\"cliengo.toml\")",
        "exists(\"/proc/self/environ\")",
        "write(\"admin/helper.lua\", \"\")",
        "write(\"admin/job.lua\", \"\")",
    ] {
        let ran = desk.both(&[], &[call]).code(1).silent().says(&["no script may reach"]);
        assert!(!ran.stderr.contains("--allow"), "{ran:#?}");
    }
    desk.refused(&[], &["read(\"admin/helper.lua\")"], "--allow-read admin");
}
