//! Runs are made up, with a model of the API that they write to, and undone in the same model.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::judge::{Action, Judging, Skip, judge};
use super::net::net_changes;
use super::values::Fields;
use crate::store::{JournaledWrite, NewWrite, WriteEnd, WriteKind, WriteOutcome};

/// The contacts of an account, by id.
type Account = BTreeMap<String, Fields>;

/// One write of a made-up run.
#[derive(Debug, Clone)]
struct Step {
    kind: WriteKind,
    /// Which of the contacts there are.
    contact: usize,
    rating: u8,
    name: u8,
    /// How much of its end is kept.
    kept: Kept,
}

/// What a journal has of a write.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kept {
    /// All of it.
    Whole,
    /// That it was done, and not what it left.
    Done,
    /// That it began: the program was killed after it was done.
    Begun,
    /// That it began: the program was killed before it was done.
    NotDone,
    /// That the API said no.
    Refused,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let kinds = prop_oneof![
        3 => Just(WriteKind::Update),
        1 => Just(WriteKind::Create),
        1 => Just(WriteKind::Delete),
        1 => Just(WriteKind::Add)
    ];
    let kept = prop_oneof![
        6 => Just(Kept::Whole),
        1 => Just(Kept::Done),
        1 => Just(Kept::Begun),
        1 => Just(Kept::NotDone),
        1 => Just(Kept::Refused)
    ];
    let step = (kinds, 0_usize..6, 0_u8..4, 0_u8..3, kept);
    let step = step.prop_map(|(kind, contact, rating, name, kept)| Step {
        kind,
        contact,
        rating,
        name,
        kept,
    });
    proptest::collection::vec(step, 0..20)
}

fn contact(id: &str, rating: u8, name: u8) -> Fields {
    let name = (name > 0).then(|| format!("name {name}"));
    let fields = json!({ "id": id, "rating": rating, "name": name, "tags": [], "status": "NEW" });
    fields.as_object().cloned().unwrap_or_default()
}

fn seeded() -> Account {
    (0..4).map(|n| (format!("c{n}"), contact(&format!("c{n}"), n, 1))).collect()
}

/// Does the steps in the account, and gives the journal.
fn run(account: &mut Account, steps: &[Step]) -> Vec<JournaledWrite> {
    let mut journal = Vec::new();
    // Those that are deleted are written to as well, which does nothing.
    let mut known: Vec<String> = account.keys().cloned().collect();
    for (number, step) in steps.iter().enumerate() {
        let id = known.get(step.contact % known.len()).cloned();
        let is_create = step.kind == WriteKind::Create;
        let (id, created) = match (id, is_create) {
            (_, true) => {
                known.push(format!("n{number:02}"));
                (format!("n{number:02}"), Some(format!("n{number:02}")))
            }
            (Some(id), false) => (id, None),
            (None, false) => continue,
        };
        let body = match step.kind {
            WriteKind::Update | WriteKind::Create => {
                json!({ "rating": step.rating, "name": format!("name {}", step.name) })
            }
            WriteKind::Add => json!({ "tag": step.name }),
            _ => Value::Null,
        };
        let before = account.get(&id).cloned();
        let is_refused = step.kept == Kept::Refused || before.is_none() && !is_create;
        if !is_refused && step.kept != Kept::NotDone {
            change(account, &id, step);
        }
        let end = WriteEnd {
            at: Timestamp::UNIX_EPOCH,
            outcome: if is_refused { WriteOutcome::Refused } else { WriteOutcome::Done },
            status: None,
            created,
            after: account.get(&id).cloned().filter(|_| step.kept == Kept::Whole),
        };
        let path = match step.kind {
            WriteKind::Add => format!("/contacts/{id}/tags"),
            _ => format!("/contacts/{id}"),
        };
        let begin = NewWrite {
            at: Timestamp::UNIX_EPOCH,
            account: "one".into(),
            kind: step.kind,
            method: "PATCH".into(),
            path,
            body,
            contact: Some(id).filter(|_| !is_create),
            before,
        };
        // A create without an answer is looked for, which a model without time cannot do.
        let end = match step.kept {
            Kept::Begun | Kept::NotDone if !is_create => None,
            Kept::NotDone => continue,
            _ => Some(end),
        };
        journal.push(JournaledWrite { id: number as u64, begin, end });
    }
    journal
}

fn change(account: &mut Account, id: &str, step: &Step) {
    match step.kind {
        WriteKind::Delete => drop(account.remove(id)),
        WriteKind::Create => {
            account.insert(id.to_owned(), contact(id, step.rating, step.name));
            set(account, id, "name", format!("name {}", step.name).into());
        }
        WriteKind::Update => {
            set(account, id, "rating", step.rating.into());
            set(account, id, "name", format!("name {}", step.name).into());
        }
        _ => {
            let tags = account.get_mut(id).and_then(|it| it.get_mut("tags")?.as_array_mut());
            tags.unwrap().push(step.name.into());
        }
    }
}

fn set(account: &mut Account, id: &str, name: &str, value: Value) {
    if let Some(contact) = account.get_mut(id) {
        contact.insert(name.to_owned(), value);
    }
}

/// Undoes the run, and gives the contacts that were left alone. A contact that is made anew has its id
/// again, which the API cannot do.
fn undo(account: &mut Account, journal: &[JournaledWrite]) -> Vec<(String, Skip)> {
    let mut skipped = Vec::new();
    for net in net_changes(journal).iter().rev() {
        let id = net.contact.clone().unwrap();
        match judge(net, account.get(&id), Judging::default()) {
            Action::Already(_) => {}
            Action::Delete => drop(account.remove(&id)),
            Action::PutBack(fields) => {
                fields.into_iter().for_each(|it| set(account, &id, &it.field, it.old));
            }
            Action::Recreate(before) => drop(account.insert(id, before)),
            Action::Skip(why) => skipped.push((id, why)),
        }
    }
    skipped
}

/// Without what an undo cannot take away.
fn untagged(account: &Account) -> Account {
    let mut account = account.clone();
    account.values_mut().for_each(|contact| drop(contact.remove("tags")));
    account
}

proptest! {
    #[test]
    fn whatever_a_run_did_and_wherever_it_was_cut_off_its_undo_gives_back_what_was(steps in steps()) {
        let before = seeded();
        let mut account = before.clone();
        let journal = run(&mut account, &steps);
        prop_assert_eq!(undo(&mut account, &journal), vec![]);
        prop_assert_eq!(untagged(&account), untagged(&before));
    }

    #[test]
    fn an_undo_that_is_done_again_changes_nothing(steps in steps()) {
        let mut account = seeded();
        let journal = run(&mut account, &steps);
        undo(&mut account, &journal);
        let once = account.clone();
        undo(&mut account, &journal);
        prop_assert_eq!(account, once);
    }

    #[test]
    fn what_somebody_else_changed_since_is_left_alone(steps in steps(), others in 0_usize..6) {
        let mut account = seeded();
        let journal = run(&mut account, &steps);
        let Some(id) = account.keys().nth(others % account.len().max(1)).cloned() else { return Ok(()) };
        // Of a contact that was made and never read nobody knows what others added.
        let is_unread = |write: &JournaledWrite| {
            let end = write.end.as_ref().filter(|end| end.after.is_none());
            write.begin.kind == WriteKind::Create && end.is_some_and(|end| end.created.as_ref() == Some(&id))
        };
        if journal.iter().any(is_unread) {
            return Ok(());
        }
        set(&mut account, &id, "email", "somebody@example.com".into());
        let theirs = account.get(&id).cloned();
        undo(&mut account, &journal);
        prop_assert_eq!(account.get(&id).cloned(), theirs);
    }
}

#[test]
fn fields_of_the_run_are_put_back_beside_those_of_others_where_that_is_wanted() {
    let step =
        |rating| Step { kind: WriteKind::Update, contact: 0, rating, name: 1, kept: Kept::Whole };
    let mut account = seeded();
    let journal = run(&mut account, &[step(2), step(3)]);
    set(&mut account, "c0", "email", "somebody@example.com".into());
    let net = net_changes(&journal).remove(0);
    let despite = Judging { despite_others: true, is_ours: false };
    assert!(matches!(
        judge(&net, account.get("c0"), Judging::default()),
        Action::Skip(Skip::Changed(_))
    ));
    let Action::PutBack(fields) = judge(&net, account.get("c0"), despite) else {
        panic!("{net:?}")
    };
    assert_eq!((fields.len(), &fields[0].old), (1, &json!(0)));
    set(&mut account, "c0", "rating", 1.into());
    assert!(matches!(judge(&net, account.get("c0"), despite), Action::Skip(Skip::Changed(_))));
}
