//! 1. Version: what makes an event, and what makes none.

use serde_json::{Value, json};

use crate::script::{BOTH, Language, Script, new_contacts, watch};
use crate::watched::Watched;

/// An updated-watch over one contact, which it knows.
fn updated(language: Language, options: Value) -> (Watched, Script) {
    let watched = Watched::yesterday(language);
    watched.put([watched.contact(1, -600)]);
    let script = watch("updated_contacts", options);
    assert!(watched.names(&script).is_empty());
    (watched, script)
}

impl Watched {
    /// The names that a cycle handles after contact 1 became this.
    #[track_caller]
    fn after(&self, script: &Script, fields: Value) -> Vec<String> {
        self.put([self.changed(1, -600, fields)]);
        self.later();
        self.names(script)
    }
}

#[test]
fn point_01_a_version_of_a_new_contact_is_its_id_for_ever() {
    for language in BOTH {
        let watched = Watched::yesterday(language);
        watched.put([watched.contact(1, -600)]);
        let script = new_contacts().option("from", "beginning");
        assert_eq!(watched.names(&script), ["c1"]);
        for fields in [
            json!({ "status": "ACTIVE", "lastUpdateDate": watched.instant(-5) }),
            json!({ "creationDate": watched.instant(-10) }),
            json!({ "creationDate": watched.instant(-6_000) }),
        ] {
            assert!(watched.after(&script, fields).is_empty());
        }
        watched.delete(&[1]);
        watched.later();
        assert!(watched.names(&script).is_empty());
        assert!(watched.after(&script, json!({})).is_empty());
    }
}

#[test]
fn point_01_two_updates_in_one_timestamp_are_two_events() {
    for language in BOTH {
        let (watched, script) = updated(language, json!({}));
        let date = watched.instant(-60);
        for status in ["ACTIVE", "CLIENT"] {
            let fields = json!({ "status": status, "lastUpdateDate": date });
            assert_eq!(watched.after(&script, fields.clone()), ["c1"]);
            assert!(watched.after(&script, fields).is_empty());
        }
    }
}

#[test]
fn point_01_a_new_date_alone_is_an_event_unless_only_the_content_counts() {
    for (content_only, events) in [(false, 1), (true, 0)] {
        let (watched, script) = updated(Language::Lua, json!({ "content_only": content_only }));
        let date_alone = json!({ "lastUpdateDate": watched.instant(-60) });
        assert_eq!(watched.after(&script, date_alone).len(), events, "{content_only}");
        let content = json!({ "status": "CLIENT", "lastUpdateDate": watched.instant(-60) });
        assert_eq!(watched.after(&script, content), ["c1"]);
    }
}

#[test]
fn point_01_an_update_undone_and_done_again_is_three_events_of_which_each_has_its_key() {
    let (watched, script) = updated(Language::Lua, json!({}));
    let mut keys = Vec::new();
    for status in ["ACTIVE", "NEW", "ACTIVE"] {
        let date = watched.instant(-60 + keys.len() as i64);
        watched.put([watched.changed(
            1,
            -600,
            json!({ "status": status, "lastUpdateDate": date }),
        )]);
        watched.later();
        keys.extend(watched.cycle(&script).into_iter().map(|call| call.key));
    }
    keys.dedup();
    assert_eq!(keys.len(), 3, "{keys:?}");
}

#[test]
fn point_01_a_created_contact_fires_the_updated_watch_too() {
    for language in BOTH {
        let (watched, script) = updated(language, json!({}));
        watched.put([watched.contact(2, 60)]);
        let calls = watched.cycle(&script);
        let called: Vec<_> = calls.iter().map(|c| (c.contact.as_str(), c.kind.as_str())).collect();
        assert_eq!(called, [("c2", "new")]);
        watched.later();
        assert!(watched.names(&script).is_empty());
    }
}
