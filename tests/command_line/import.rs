//! An import makes a contact of each row, or changes the one that is there.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{Account, Program, Ran};

pub const SITE: &str = "5e8f0a1b2c3d4e5f60718301";

/// An account, and a folder with files to import.
pub struct Desk {
    pub account: Account,
    folder: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { account: Account::start(), folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn save(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// The import of a file with these options.
    pub fn import(&self, name: &str, options: &[&str]) -> Program {
        self.account.program(&["import"]).argument(self.path(name)).arguments(options)
    }

    /// Imports this text as `leads.csv`; an older report of it is gone then.
    pub fn leads(&self, text: impl AsRef<[u8]>, options: &[&str]) -> Ran {
        drop(std::fs::remove_file(self.path("leads.refused.csv")));
        self.save("leads.csv", text);
        self.import("leads.csv", options).run()
    }

    /// As [`leads`](Self::leads), with the site that contacts need.
    pub fn leads_of_site(&self, text: impl AsRef<[u8]>, options: &[&str]) -> Ran {
        let site = format!("websiteId={SITE}");
        self.leads(text, &[options, &["--set", &site]].concat())
    }

    /// The contacts that imports made, oldest first.
    pub fn made(&self) -> Vec<Value> {
        let contacts = self.account.admin("GET", "/snapshot", Value::Null);
        let made = |contact: &&Value| contact["entryMethod"] == "API";
        let mut made: Vec<_> = contacts.as_array().unwrap().iter().filter(made).cloned().collect();
        made.retain(|contact| contact["creationDate"] == crate::support::NOW);
        made.reverse();
        made
    }

    pub fn writes(&self) -> usize {
        self.account.calls().iter().filter(|call| !call.starts_with("GET")).count()
    }
}

#[test]
fn every_cell_arrives_as_the_type_of_its_field() {
    let desk = Desk::new();
    let csv = format!(
        "\u{feff}Last Name;name;E-Mail;phone;age;website_id;customFields.plan;customFields.seats;message;Precio;note\r\n\
         Peña;Zoë 🌵; zoe@example.com ;5491155550001;41;{SITE};gold;3;\"uno\nd\"\"os\";12,5;hola\r\n\
         '=1+1;Leo;;;;{SITE};;;\"a;b\";;\r\n"
    );
    let options = ["--map", "Precio=sellPrice", "--set", "status=client", "--concurrency", "1"];
    desk.leads(csv, &options).code(0).says(&[]);
    let made = desk.made();
    let expect = |contact: &Value, names: Value| {
        for (name, value) in names.as_object().unwrap() {
            assert_eq!(contact[name], *value, "{name}: {contact}");
        }
    };
    expect(
        &made[0],
        json!({
            "name": "Zoë 🌵", "lastName": "Peña", "email": "zoe@example.com", "phone": "5491155550001",
            "age": 41, "status": "CLIENT", "customFields": { "plan": "gold", "seats": "3" },
            "message": "uno\nd\"os", "sellPrice": 12.5, "websiteId": SITE,
        }),
    );
    assert_eq!(made[0]["notes"][0]["message"], "hola");
    expect(&made[1], json!({ "name": "Leo", "lastName": "=1+1", "message": "a;b", "email": null }));
    assert_eq!(made.len(), 2);
}

#[test]
fn what_was_printed_as_csv_comes_in_as_it_was() {
    let desk = Desk::new();
    let code = "local list = cliengo.contacts.list()
                list[1].name, list[1].message = '=HYPERLINK(1)', '-2+3'
                return list";
    let csv = desk.account.program(&["eval", "-o", "csv", code]).run().code(0).stdout;
    let ran = desk.leads(csv, &["--map", "id="]).code(0);
    ran.says(&["left out, for the API decides them: ", "creationDate"]);
    let all = desk.account.admin("GET", "/snapshot", Value::Null);
    let (new, old): (Vec<&Value>, Vec<_>) =
        all.as_array().unwrap().iter().partition(|it| it["creationDate"] == crate::support::NOW);
    assert_eq!((new.len(), old.len()), (120, 120));
    let key = |contact: &Value| {
        ["lastName", "email", "phone", "age", "utmSource", "websiteId", "status", "rating"]
            .map(|name| contact[name].to_string())
            .concat()
    };
    let sorted = |list: &[&Value]| {
        let mut keys: Vec<_> = list.iter().map(|contact| key(contact)).collect();
        keys.sort();
        keys
    };
    assert_eq!(sorted(&new), sorted(&old));
    assert!(new.iter().any(|it| it["name"] == "=HYPERLINK(1)" && it["message"] == "-2+3"));
}

#[test]
fn an_upsert_changes_the_one_that_is_there_and_creates_the_others() {
    let desk = Desk::new();
    desk.leads_of_site("name,email,phone\nAna,ana@example.com,+54 11 5555-0001\n", &[]).code(0);
    let csv = "name,email,rating\n\
               Ana María,ANA@example.com,4\n\
               Leo,leo@example.com,3\n\
               Leo P.,leo@example.com,5\n\
               Nobody,,1\n";
    let ran = desk.leads_of_site(csv, &["--upsert", "email"]).code(1);
    assert!(ran.stdout.starts_with("created 1, updated 2, refused 1 (see "), "{ran:?}");
    let made = desk.made();
    let names: Vec<_> = made.iter().map(|it| (&it["name"], &it["rating"])).collect();
    assert_eq!(names, [(&json!("Ana María"), &json!(4)), (&json!("Leo P."), &json!(5))]);

    let ran = desk.leads_of_site("phone,lastName\n0054 1155550001,Paz\n", &["--upsert", "phone"]);
    assert_eq!(ran.code(0).stdout, "unchanged 1\n");
    let ids =
        format!("id,rating\n{},1\n6a00000000000000000000ff,2\n", made[0]["id"].as_str().unwrap());
    let ran = desk.leads(ids, &["--upsert", "id"]).code(1);
    assert!(ran.stdout.starts_with("updated 1, failed 1 (see "), "{ran:?}");
    assert!(
        desk.read("leads.refused.csv")
            .contains(",3,failed: Contact 6a00000000000000000000ff not found (404)")
    );
    assert_eq!((desk.made()[0]["rating"].clone(), desk.made().len()), (json!(1), 2));
}

#[test]
fn two_contacts_that_match_are_left_alone_and_named() {
    let desk = Desk::new();
    let twins = "name,email\nA,twin@example.com\nB,twin@example.com\n";
    desk.leads_of_site(twins, &[]).code(0);
    let before = desk.writes();
    desk.leads_of_site("email,rating\ntwin@example.com,5\n", &["--upsert", "email"]).code(1);
    assert_eq!(desk.writes(), before);
    let report = desk.read("leads.refused.csv");
    assert!(
        report.contains("refused: 2 contacts have the email \"\"twin@example.com\"\": "),
        "{report}"
    );
    assert!(report.contains("match by more fields"), "{report}");
}

#[test]
fn the_only_site_is_taken_and_of_several_none() {
    let desk = Desk::new();
    let ran = desk.leads("name\nAna\n", &[]).code(2).silent();
    ran.says(&["error: the account has 4 sites: Inmobiliaria del Río (5e8f", "--set websiteId=ID"]);
    assert_eq!(desk.writes(), 0);
    let one = json!([{ "id": SITE, "name": "La única" }]);
    let one = json!({ "kind": "wrong_shape", "body": one });
    desk.account.fault(json!({ "route": "GET /sites", "fault": one }));
    let ran = desk.leads("name\nAna\n", &[]).code(0);
    ran.says(&["the contacts belong to the only site, La única (5e8f0a1b2c3d4e5f60718301)"]);
    assert_eq!(desk.made()[0]["websiteId"], SITE);
}

#[test]
fn a_rehearsal_checks_every_row_and_sends_nothing() {
    let desk = Desk::new();
    let csv = "name,email,rating,status\nAna,a@b.co,5,new\nLeo,,9,\nZoe,,,CLEINT\n";
    let ran = desk.leads_of_site(csv, &["--dry-run"]).code(1);
    assert_eq!(ran.stdout, "would create 1, refuse 2\n");
    ran.says(&[
        "line 3: rating must be a whole number from 0 to 5, not 9",
        "line 4: status",
        "CLIENT",
    ]);
    let options = ["--dry-run", "--upsert", "email", "-o", "json"];
    let ran = desk.leads_of_site("email\na@b.co\n", &options);
    assert_eq!(ran.json(), json!({ "dry_run": true, "good": 1, "refused": 0 }));
    assert!(desk.account.calls().is_empty(), "{:?}", desk.account.calls());
    assert!(!desk.path("leads.refused.csv").exists());
}

#[test]
fn a_rehearsal_claims_nothing_that_it_has_not_checked() {
    let desk = Desk::new();
    let ran = desk.leads("name\nAna\n", &["--dry-run"]).code(2).silent();
    ran.says(&["error: the account has 4 sites", "--set websiteId=ID"]);
    assert_eq!(desk.account.calls(), ["GET /1.0/sites"]);
    let program = desk.import("leads.csv", &["--dry-run"]).variable("CLIENGO_API_KEY", "");
    let ran = program.run().code(0);
    assert_eq!(ran.stdout, "would create 1\n");
    ran.says(&["not checked, for there is no API key: which site"]);
    let ids = "id,rating\n6a00000000000000000000ff,2\n";
    let ran = desk.leads(ids, &["--dry-run", "--upsert", "id"]).code(0);
    ran.says(&["not checked: whether the contacts with these ids are there"]);
}
