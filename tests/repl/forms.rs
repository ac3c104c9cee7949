//! Point 2: the last result in another form.

use serde_json::Value;

use crate::prompt::Language::Lua;
use crate::prompt::{BOTH, Prompt};

const ALL: &str = "cliengo.contacts.list()";

#[test]
fn the_last_result_as_json() {
    for language in BOTH {
        let mut prompt = Prompt::sized(language, 24, 200);
        prompt.answers(language.of("{ a = { 1, 2 }, b = 'x' }", "#{ a: [1, 2], b: \"x\" }"));
        let json: Value = serde_json::from_str(&prompt.answers(".json")).unwrap();
        assert_eq!(json, serde_json::json!({ "a": [1, 2], "b": "x" }));
        let json: Value = serde_json::from_str(&prompt.answers(".json _.a")).unwrap();
        assert_eq!(json, serde_json::json!([1, 2]));
        prompt.answers(ALL);
        let json: Value = serde_json::from_str(&prompt.answers(".json")).unwrap();
        assert_eq!(json.as_array().unwrap().len(), 120, "the whole list, not its first page");
    }
}

#[test]
fn the_last_result_as_a_file_for_a_spreadsheet() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        prompt.answers(ALL);
        let answer = prompt.answers(".csv leads of may.csv");
        assert!(answer.contains("120") && answer.contains("leads of may.csv"), "{answer}");
        let mut file = csv::Reader::from_path(prompt.path("leads of may.csv")).unwrap();
        assert!(file.headers().unwrap().iter().any(|name| name == "email"));
        assert_eq!(file.records().filter(|row| row.is_ok()).count(), 120);
        let answer = prompt.answers(".csv no/such/folder.csv");
        assert!(answer.contains("no/such/folder.csv"), "{answer}");
    }
}

#[test]
fn without_a_result_there_is_nothing_to_show_differently() {
    let mut prompt = Prompt::open(Lua);
    for command in [".json", ".table", ".csv a.csv", ".more"] {
        let answer = prompt.answers(command);
        assert!(!answer.is_empty() && answer.lines().count() <= 3, "{command}: {answer}");
    }
    assert!(!prompt.path("a.csv").exists());
}
