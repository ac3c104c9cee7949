use super::*;
use crate::engine::Language::{self, Lua, Rhai};
use crate::engine::{Variable, stdlib_modules};
use crate::repl::editor::tests::{known, variable};

/// What the line is with each of the candidates, the cursor being at the `|`.
fn lines(line: &str, language: Language) -> Vec<String> {
    let (before, after) = line.split_once('|').unwrap();
    let found = complete(before, after, &known(language));
    let whole = |entry: &Entry| format!("{}{}{after}", &before[..found.start], entry.replacement);
    found.entries.iter().map(whole).collect()
}

fn shown(line: &str, language: Language) -> Vec<String> {
    let (before, after) = line.split_once('|').unwrap();
    complete(before, after, &known(language)).lines(60)
}

#[test]
fn a_path_of_the_registry_is_completed_step_by_step() {
    assert_eq!(lines("cli|", Lua), ["cliengo."]);
    assert_eq!(
        lines("x = cliengo.con|", Lua),
        ["x = cliengo.contacts.", "x = cliengo.conversations."]
    );
    assert_eq!(
        lines("print(cliengo.sites.|)", Lua),
        [
            "print(cliengo.sites.list)",
            "print(cliengo.sites.get)",
            "print(cliengo.sites.chatbot)",
            "print(cliengo.sites.chatbots)"
        ]
    );
    assert_eq!(lines("cliengo.re|", Rhai), ["cliengo.request"]);
    assert_eq!(lines("cliengo.nu|", Lua), ["cliengo.null"]);
    assert_eq!(lines("cliengo.contacts.nothing|", Lua), [""; 0]);
}

#[test]
fn functions_are_listed_with_their_signature_and_what_they_do() {
    assert_eq!(
        shown("cliengo.contacts.get|", Lua),
        [
            "get(id)                  Gives one contact; a `not_found` e…",
            "get_many(ids, options?)  Gives many contacts, several at a…",
        ]
    );
    assert_eq!(shown("cliengo.si|", Lua), ["sites.  list, get, chatbot, chatbots"]);
}

#[test]
fn an_object_of_a_call_has_the_names_that_its_parameter_takes() {
    let filters =
        ["query", "assigned_to", "website_id", "status", "since", "up_to", "last_updated", "limit"];
    let all = |end: &str| filters.map(|name| format!("cliengo.contacts.count{{ {name}{end}"));
    assert_eq!(lines("cliengo.contacts.count{ |", Lua), all(" = "));
    assert_eq!(
        lines("cliengo.contacts.count({ status = 'NEW', s|", Lua),
        ["cliengo.contacts.count({ status = 'NEW', since = "]
    );
    assert_eq!(lines("cliengo.contacts.count(#{ un|", Rhai), ["cliengo.contacts.count(#{ until: "]);
    assert_eq!(
        lines("cliengo.contacts.list{ c|", Lua),
        ["cliengo.contacts.list{ concurrency = ", "cliengo.contacts.list{ checkpoint = "]
    );
    assert_eq!(
        lines("cliengo.contacts.update(id, #{ rat|", Rhai),
        ["cliengo.contacts.update(id, #{ rating: "]
    );
    assert_eq!(
        lines("cliengo.contacts.create{ utm_s|", Lua),
        ["cliengo.contacts.create{ utm_source = "]
    );
    assert_eq!(lines("cliengo.contacts.update(id, { lastN|", Lua), [""; 0]);
}

#[test]
fn a_choice_has_its_words() {
    let statuses = ["NEW", "ACTIVE", "LONG_TERM", "CLIENT"];
    let all = statuses.map(|status| format!("cliengo.contacts.list{{ status = \"{status}\""));
    assert_eq!(lines("cliengo.contacts.list{ status = |", Lua), all);
    assert_eq!(lines("cliengo.contacts.list{ status = \"|", Lua), all);
    assert_eq!(
        lines("cliengo.contacts.list{ status = 'n|' }", Lua),
        ["cliengo.contacts.list{ status = 'NEW' }"]
    );
    assert_eq!(
        lines("cliengo.contacts.list(#{ status: \"A|", Rhai),
        ["cliengo.contacts.list(#{ status: \"ACTIVE\""]
    );
    assert_eq!(lines("if c.status == \"L|", Lua), ["if c.status == \"LONG_TERM\""]);
    assert_eq!(
        lines("cliengo.contacts.set_status(id, \"C|", Lua),
        ["cliengo.contacts.set_status(id, \"CLIENT\""]
    );
    assert_eq!(lines("cliengo.contacts.list{ query = \"|", Lua), [""; 0]);
    assert_eq!(lines("print(\"cli|", Lua), [""; 0]);
}

#[test]
fn variables_have_their_members_and_unknown_names_those_of_a_contact() {
    assert_eq!(lines("an|", Lua), ["ana", "and"]);
    assert_eq!(lines("ana.|", Lua), ["ana.id", "ana.name", "ana.zodiac"]);
    assert_eq!(lines("people[1].n|", Lua), ["people[1].name"]);
    assert_eq!(lines("people.|", Lua), [""; 0]);
    assert_eq!(lines("print(c.web|)", Lua), ["print(c.websiteId)", "print(c.websiteName)"]);
    assert_eq!(lines("people.fil|", Rhai), ["people.filter"]);
    assert_eq!(lines("ana.z|", Rhai), ["ana.zodiac", "ana.zip"]);
}

#[test]
fn the_language_has_its_words() {
    assert_eq!(lines("string.up|", Lua), ["string.upper"]);
    assert_eq!(lines("(\"x\"):up|", Lua), ["(\"x\"):upper"]);
    assert_eq!(lines("tab|", Lua), ["table."]);
    assert_eq!(lines("loc|", Lua), ["local"]);
    assert_eq!(lines("pri|", Rhai), ["print", "private"]);
    assert_eq!(lines("-- pri|", Lua), [""; 0]);
}

#[test]
fn nothing_typed_shows_what_is_there_and_not_the_whole_language() {
    let names = lines("|", Lua);
    assert_eq!(&names[..4], ["ana", "people", "score", "cliengo."]);
    assert!(!names.iter().any(|name| name == "while"));
}

#[test]
fn commands_and_what_stands_behind_them() {
    assert_eq!(lines(".l|", Lua), [".load ", ".lang "]);
    assert_eq!(lines(".q|", Lua), [".quit"]);
    assert_eq!(lines(".lang |", Lua), [".lang lua", ".lang rhai"]);
    assert_eq!(lines(".dry o|", Lua), [".dry on", ".dry off"]);
    assert_eq!(lines(".unwatch |", Lua), [".unwatch leads", ".unwatch changes"]);
    assert_eq!(lines(".profile h|", Lua), [".profile home"]);
    assert_eq!(lines(".watch n|", Lua), [".watch new"]);
    assert_eq!(lines(".watch new sc|", Lua), [".watch new score"]);
    assert_eq!(lines(".time cliengo.si|", Lua), [".time cliengo.sites."]);
    assert_eq!(lines(".help fi|", Lua), [".help filters"]);
    assert_eq!(
        lines(".help contacts.cre|", Lua),
        [".help contacts.create", ".help contacts.create_many"]
    );
    assert_eq!(lines(".help cliengo.sites.g|", Lua), [".help cliengo.sites.get"]);
    assert_eq!(lines(".help .ti|", Lua), [".help .time"]);
    assert_eq!(lines(".fields cr|", Lua), [".fields create", ".fields creationDate"]);
    assert_eq!(lines(".quit |", Lua), [""; 0]);
    assert_eq!(lines(".nothing |", Lua), [""; 0]);
}

#[test]
fn files_and_modules_are_found() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a report.lua", "a.rhai", ".hidden"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    std::fs::create_dir(folder.path().join("apples")).unwrap();
    let path = folder.path().display().to_string();
    let after_load = |line: &str| {
        let prefix = format!(".load {path}/");
        let names = lines(&format!("{prefix}{line}|"), Lua);
        names.iter().map(|name| name.strip_prefix(&prefix).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(after_load(""), ["a report.lua", "a.rhai", "apples/"]);
    assert_eq!(after_load("."), [".hidden"]);
    let mut known = known(Lua);
    known.folder = Some(folder.path().to_owned());
    let modules = |before: &str| {
        let found = complete(before, "", &known);
        found.entries.into_iter().map(|entry| entry.replacement).collect::<Vec<_>>()
    };
    let builtin = stdlib_modules().count();
    let all = modules("require(\"");
    assert!(
        all[..builtin].is_sorted()
            && ["json", "list"].map(str::to_owned).iter().all(|it| all.contains(it))
    );
    assert_eq!(all[builtin..], ["a report", "apples/"]);
    assert_eq!(modules("require \"./a"), ["a report", "apples/"]);
    assert_eq!(lines(".load ~|", Lua), [".load ~/"]);
}

#[test]
fn functions_of_modules_are_found_under_the_name_that_the_module_has() {
    let known = known(Rhai);
    let names = |before: &str| -> Vec<String> {
        let found = complete(before, "", &known);
        found.entries.into_iter().map(|entry| entry.replacement).collect()
    };
    assert_eq!(names("json::"), ["decode", "encode"]);
    assert_eq!(names("csv::p"), ["parse"]);
    assert_eq!(names("list::s"), ["sort_by"]);
    assert_eq!(names("retry::run(f, #{ at"), ["attempts: "]);
    assert_eq!(names("list::sort_by(people, \"name\", "), ["\"asc\"", "\"desc\""]);
    assert_eq!(names("json::encode(1, #{ pre"), ["pretty: "]);
    let known = super::super::tests::known(Lua);
    let json = variable("json", "object", &["decode", "encode"], &[]);
    known.shared().variables.push(Variable { module: Some("json"), ..json });
    let names = |before: &str| -> Vec<String> {
        let found = complete(before, "", &known);
        found.entries.into_iter().map(|entry| entry.replacement).collect()
    };
    assert_eq!(names("json.en"), ["encode"]);
    assert_eq!(names("json.encode(1, { pre"), ["pretty = "]);
    // Nothing is called so here.
    assert!(!names("csv.").contains(&"parse".to_owned()));
}

#[test]
fn a_module_under_another_name_has_its_words_and_one_of_the_scripts_own_its_names() {
    for (language, typed) in [(Lua, "words.f"), (Rhai, "words::f")] {
        let known = super::super::tests::known(language);
        let words = variable("words", "module", &["fold", "trim"], &[]);
        let own = variable("tools", "module", &["sort", "score"], &[]);
        known.shared().variables.extend([Variable { module: Some("text"), ..words }, own]);
        let found = complete(typed, "", &known);
        assert!(found.entries[0].shown.starts_with("fold(value?)"), "{:?}", found.entries);
        assert!(found.entries[0].doc.starts_with("Gives a text in lower case"));
        let own = complete(&typed.replace("words", "tools").replace('f', "so"), "", &known);
        assert_eq!(own.entries.len(), 1, "{:?}", own.entries);
        assert_eq!(own.entries[0].replacement, "sort");
    }
}

#[test]
fn options_have_their_names_and_words_too() {
    assert_eq!(
        lines("cliengo.watch.new_contacts({ on|", Lua),
        ["cliengo.watch.new_contacts({ on_error = ", "cliengo.watch.new_contacts({ on_failure = "]
    );
    assert_eq!(
        lines("cliengo.watch.new_contacts(#{ on_error: \"s|\"", Rhai),
        [
            "cliengo.watch.new_contacts(#{ on_error: \"skip\"",
            "cliengo.watch.new_contacts(#{ on_error: \"stop\""
        ]
    );
    assert_eq!(
        lines("cliengo.schedule.every(\"1h\", { mis|", Lua),
        [
            "cliengo.schedule.every(\"1h\", { misfire = ",
            "cliengo.schedule.every(\"1h\", { misfire_max = "
        ]
    );
    assert_eq!(
        lines("cliengo.call{ method = |", Lua)[..2],
        ["cliengo.call{ method = \"GET\"", "cliengo.call{ method = \"POST\""]
    );
    assert_eq!(
        lines("cliengo.contacts.update_many({ { i|", Lua),
        ["cliengo.contacts.update_many({ { id = "]
    );
    assert_eq!(
        lines("cliengo.contacts.create_many([#{ websiteI|", Rhai),
        ["cliengo.contacts.create_many([#{ websiteId: "]
    );
    assert_eq!(
        lines("cliengo.contacts.delete_many(ids, { s|", Lua),
        ["cliengo.contacts.delete_many(ids, { stop_on_error = "]
    );
}

#[test]
fn a_programs_own_functions_and_values_are_there_as_well() {
    use crate::api::{Call, OwnFunction, OwnValue, ParamType};

    let score =
        OwnFunction::new("crm.score", |(_,): (serde_json::Value,), _: Call| async { Ok(1) });
    let score = score.param("contact", ParamType::Object, "Whom.").doc("Says how good a lead is.");
    let registry = crate::api::Registry::builtin().with(score).unwrap();
    let team = OwnValue::new("crm.team", "north").unwrap().with_doc("Who we are.");
    let registry = registry.with_value(team).unwrap();
    let base = known(Lua);
    let known = Known::new(Lua, registry, base.shared, Vec::new(), (&[], None));
    let shown = |before: &str| complete(before, "", &known).lines(60);
    assert_eq!(shown("cr"), ["crm.  score, team"]);
    assert_eq!(
        shown("crm."),
        ["score(contact)  Says how good a lead is.", "team            Who we are."]
    );
    assert_eq!(shown("crm.team."), [""; 0]);
}

#[test]
fn a_line_of_a_block_is_indented() {
    assert_eq!(lines("for i = 1, 2 do\n|", Lua), ["for i = 1, 2 do\n  "]);
    assert_eq!(
        lines("for i = 1, 2 do\n  an|", Lua),
        ["for i = 1, 2 do\n  ana", "for i = 1, 2 do\n  and"]
    );
}
