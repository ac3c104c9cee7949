//! `cliengo emulator`

use crate::support::{KEY, Program, Running};

/// Starts one, and gives its URL.
fn start(options: &[&str]) -> (Running, String) {
    let mut running = Program::new(&[&["emulator", "--port", "0"], options].concat()).start();
    let line = running.line();
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
    let url = url.trim_end_matches('.').to_owned();
    (running, url)
}

fn eval(url: &str, code: &str) -> String {
    let program = Program::new(&["eval", "--base-url", url, code]);
    program.variable("CLIENGO_API_KEY", KEY).run().code(0).stdout
}

#[test]
fn it_says_where_it_is_serves_and_stops_when_told() {
    for signal in ["INT", "TERM"] {
        let (running, url) = start(&["--contacts", "5"]);
        assert_eq!(eval(&url, "cliengo.contacts.count()"), "5\n");
        running.signal(signal);
        let ran = running.end().code(0);
        assert_eq!(ran.stderr, "");
        assert!(ran.stdout.contains("export CLIENGO_BASE_URL="), "{ran:?}");
        assert!(ran.stdout.contains("export CLIENGO_API_KEY="), "{ran:?}");
    }
}

#[test]
fn it_can_be_stopped_as_soon_as_it_has_said_where_it_is() {
    for signal in ["INT", "TERM"] {
        let (running, _) = start(&["--contacts", "1"]);
        running.signal(signal);
        running.end().code(0);
    }
}

#[test]
fn the_same_seed_gives_the_same_contacts() {
    let names = |seed: &str| {
        let (running, url) = start(&["--contacts", "3", "--seed", seed]);
        let code = "local t = {} for c in cliengo.contacts.each() do table.insert(t, c.email) end
            return table.concat(t, ' ')";
        let names = eval(&url, code);
        running.signal("INT");
        running.end().code(0);
        names
    };
    assert_eq!(names("5"), names("5"));
    assert_ne!(names("5"), names("6"));
}

#[test]
fn what_is_written_survives_a_restart_with_a_data_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.json");
    let options = ["--contacts", "3", "--data", file.to_str().unwrap()];
    let (running, url) = start(&options);
    let site = "cliengo.sites.list()[1].id";
    let create = format!("cliengo.contacts.create{{ websiteId = {site}, name = 'Kept' }}.id");
    let id = eval(&url, &create);
    running.signal("INT");
    running.end().code(0);
    let (running, url) = start(&options);
    assert_eq!(eval(&url, "cliengo.contacts.count()"), "4\n");
    assert_eq!(eval(&url, &format!("cliengo.contacts.get('{}').name", id.trim())), "Kept\n");
    running.signal("TERM");
    running.end().code(0);
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = Program::new(&["emulator", "--port", &port]).run().silent();
    assert_ne!(ran.code, Some(0));
    ran.says(&[
        "error: the emulator cannot listen on 127.0.0.1:",
        &port,
        "hint:",
        "0 for any free",
    ]);
}

#[test]
fn a_damaged_data_file_is_refused_and_left_as_it_is() {
    let program = Program::new(&["emulator", "--port", "0", "--data", "d.json"]);
    let program = program.file("d.json", "{ this is not");
    program.run().code(2).silent().says(&["error:", "d.json"]);
}
