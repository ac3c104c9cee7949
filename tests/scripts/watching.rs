//! Scripts with watches: what they do with leads that come between two runs.

use std::process::Command;

use cliengo::client::{Client, NewContact};
use cliengo::emulator::{EMULATOR_KEY, Emulator, EmulatorOptions};
use serde_json::Value;

use crate::pair::{admin, last_note, root, text};

/// True for a script that is more than its top level.
pub fn has_watches(script: &str) -> bool {
    let file = root().join("scripts").join(format!("{script}.lua"));
    std::fs::read_to_string(file).unwrap().contains("cliengo.watch")
}

/// The contacts that came between the first run and two more.
async fn welcomed(file: &str) -> Vec<Value> {
    let emulator = Emulator::start(EmulatorOptions::default()).unwrap();
    let state = tempfile::tempdir().unwrap();
    let run = || {
        let output = Command::new(env!("CARGO_BIN_EXE_cliengo"))
            .arg("run")
            .arg(root().join("scripts").join(file))
            .env("CLIENGO_BASE_URL", emulator.base_url())
            .env("CLIENGO_API_KEY", EMULATOR_KEY)
            .env("CLIENGO_STATE_DIR", state.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(run(), "");
    let client =
        Client::builder().base_url(emulator.base_url()).api_key(EMULATOR_KEY).build().unwrap();
    let sites = client.sites().list().await.unwrap();
    for name in ["Ana", "Bruno", "Clara"] {
        let site = sites[0]["id"].as_str().unwrap();
        let new = NewContact { name: name.into(), website_id: site.into(), ..Default::default() };
        client.contacts().create(&new).await.unwrap();
    }
    assert_eq!(run().lines().count(), 3);
    assert_eq!(run(), "");
    let all = admin(&emulator, "snapshot").await;
    all.into_iter().filter(|lead| ["Ana", "Bruno", "Clara"].contains(&text(lead, "name"))).collect()
}

#[tokio::test]
async fn welcome_leads_gives_each_new_lead_an_owner_and_one_note() {
    for file in ["welcome_leads.lua", "welcome_leads.rhai"] {
        let leads = welcomed(file).await;
        assert_eq!(leads.len(), 3, "{file}");
        for lead in &leads {
            assert_ne!(lead["assignedTo"], "UNASSIGNED", "{file}");
            assert!(last_note(lead).starts_with("Welcome: seen"), "{file}: {lead}");
            assert_eq!(lead["notes"].as_array().unwrap().len(), 1, "{file}");
        }
        let owners: std::collections::HashSet<_> =
            leads.iter().map(|lead| text(lead, "assignedTo")).collect();
        assert_eq!(owners.len(), 3, "{file}: in turn");
    }
}
