//! Flag over environment over the project's file over the user's.

use crate::support::{Account, KEY, Program, Ran};

/// Which account answered: they differ in how many contacts they hold.
fn account(contacts: u64) -> Account {
    let account = Account::start();
    account.admin("POST", "/reset", serde_json::json!({ "contacts": contacts }));
    account
}

fn url(account: &Account) -> String {
    account.emulator.base_url()
}

fn count(options: &[&str]) -> Program {
    Program::new(&[&["eval", "cliengo.contacts.count()"], options].concat())
}

#[test]
fn the_nearest_base_url_wins() {
    let accounts: Vec<_> = (1..=4).map(account).collect();
    let urls: Vec<_> = accounts.iter().map(url).collect();
    let all = |options: &[&str], environment: bool, project: bool| {
        let user = format!("base_url = \"{}\"\n", urls[3]);
        let mut program = count(options).file(".config/cliengo/config.toml", user);
        program = program.variable("CLIENGO_API_KEY", KEY);
        if project {
            program = program.file("cliengo.toml", format!("base_url = \"{}\"\n", urls[2]));
        }
        if environment {
            program = program.variable("CLIENGO_BASE_URL", &urls[1]);
        }
        program.run().code(0).stdout
    };
    assert_eq!(all(&["--base-url", &urls[0]], true, true), "1\n");
    assert_eq!(all(&[], true, true), "2\n");
    assert_eq!(all(&[], false, true), "3\n");
    assert_eq!(all(&[], false, false), "4\n");
}

#[test]
fn the_nearest_profile_wins_and_brings_its_key() {
    let accounts: Vec<_> = (1..=4).map(account).collect();
    let mut user = "profile = \"p4\"\n".to_owned();
    for (number, account) in accounts.iter().enumerate() {
        let (number, url) = (number + 1, url(account));
        user += &format!("[profiles.p{number}]\nbase_url = \"{url}\"\napi_key = \"{KEY}\"\n");
    }
    let all = |options: &[&str], environment: bool, project: bool| {
        let mut program = count(options).file(".config/cliengo/config.toml", &user);
        if project {
            program = program.file("cliengo.toml", "profile = \"p3\"\n");
        }
        if environment {
            program = program.variable("CLIENGO_PROFILE", "p2");
        }
        program.run().code(0).stdout
    };
    assert_eq!(all(&["--profile", "p1"], true, true), "1\n");
    assert_eq!(all(&[], true, true), "2\n");
    assert_eq!(all(&[], false, true), "3\n");
    assert_eq!(all(&[], false, false), "4\n");
}

#[test]
fn a_profile_asked_for_brings_its_key_and_its_address_whatever_the_environment_holds() {
    let (shop, other) = (account(3), account(5));
    let user = format!("[profiles.shop]\nbase_url = \"{}\"\napi_key = \"{KEY}\"\n", url(&shop));
    let ran = count(&["--profile", "shop"])
        .file(".config/cliengo/config.toml", user)
        .variable("CLIENGO_API_KEY", "11111111-0000-4000-8000-000000000000")
        .variable("CLIENGO_BASE_URL", &url(&other))
        .run();
    assert_eq!(ran.code(0).stdout, "3\n");
}

#[test]
fn the_users_file_is_where_the_environment_says() {
    let (one, two) = (account(1), account(2));
    let file = |account: &Account| format!("base_url = \"{}\"\n", url(account));
    let program = count(&[]).variable("CLIENGO_API_KEY", KEY);
    let program = program.file("xdg/cliengo/config.toml", file(&one)).file("own.toml", file(&two));
    let xdg = program.path("xdg").display().to_string();
    let program = program.variable("XDG_CONFIG_HOME", &xdg);
    assert_eq!(program.run().code(0).stdout, "1\n");
    let program =
        count(&[]).variable("CLIENGO_API_KEY", KEY).variable("CLIENGO_CONFIG", "own.toml");
    assert_eq!(program.file("own.toml", file(&two)).run().code(0).stdout, "2\n");
}

#[test]
fn a_key_in_the_projects_file_is_refused_and_not_shown() {
    let file = format!("[profiles.x]\napi_key = \"{KEY}\"\n");
    let ran = count(&[]).file("cliengo.toml", file).run().code(2).silent();
    hides_the_key(ran.says(&["error: cliengo.toml holds an API key", "hint:"]));
    let file = format!("api_key = \"{KEY}\"\n");
    let ran = count(&[]).file("cliengo.toml", file).run().code(2).silent();
    hides_the_key(ran.says(&["error: cliengo.toml", "api_key", "hint:"]));
}

#[test]
fn a_damaged_file_names_the_line_and_not_the_key() {
    let file = format!("\n[profiles.x]\napi_key = {KEY}\n");
    let ran = count(&[]).file(".config/cliengo/config.toml", file).run().code(2).silent();
    hides_the_key(ran.says(&["error:", "config.toml line 3", "hint:"]));
    let ran = count(&[]).file("cliengo.toml", "colour = 1\n").run().code(2).silent();
    ran.says(&["error: cliengo.toml line 1", "colour", "hint:"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let ran = count(&[]).file("cliengo.toml/x", "").run().code(2).silent();
    ran.says(&["error: cannot read cliengo.toml", "directory"]);
    let ran = count(&[]).variable("CLIENGO_CONFIG", "folder").file("folder/x", "").run();
    ran.code(2).silent().says(&["error: cannot read folder"]);
    let ran = count(&[]).file("cliengo.toml", b"\xff\xfe").run().code(2).silent();
    ran.says(&["error: cannot read cliengo.toml", "UTF-8"]);
}

#[test]
fn a_config_file_that_was_asked_for_has_to_be_there() {
    let ran = count(&[]).variable("CLIENGO_CONFIG", "gone.toml").run().code(2).silent();
    ran.says(&["error:", "gone.toml"]);
}

#[test]
fn a_profile_that_is_not_there_is_an_error() {
    let ran = count(&["--profile", "nobody"]).run().code(2).silent();
    ran.says(&["error: there is no profile \"nobody\"", "hint: add [profiles.nobody] to", ".toml"]);
}

#[test]
fn a_base_url_that_cannot_work_is_refused_before_the_script_begins() {
    for url in ["nonsense", "ftp://x/1.0", "http://", "http://user:word@127.0.0.1/1.0"] {
        let program = count(&["--base-url", url]).variable("CLIENGO_API_KEY", KEY);
        let ran = program.run().code(2).silent();
        ran.says(&["error: the base URL is not usable", "hint: write it like https://"]);
    }
}

#[track_caller]
fn hides_the_key(ran: Ran) {
    assert!(!ran.stdout.contains(KEY) && !ran.stderr.contains(KEY), "{ran:?}");
}
