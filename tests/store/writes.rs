//! The journal of a run's writes.

use cliengo::ErrorKind;
use cliengo::store::{
    NewRun, NewWrite, RunKind, RunState, Store, WriteCounts, WriteEnd, WriteKind, WriteOutcome,
};
use serde_json::{Map, Value, json};

use crate::samples::*;

promises![
    a_write_is_kept_with_the_contact_before_and_after_it,
    the_last_word_on_a_write_counts,
    writes_are_given_in_the_order_in_which_they_began,
    pages_of_writes_are_all_of_them_each_once,
    the_writes_of_a_contact_are_known_whatever_run_made_them,
    writes_that_were_refused_are_not_counted,
    a_write_of_no_run_is_refused,
    a_run_has_notes_of_its_own,
    writes_and_notes_are_forgotten_with_their_run,
    old_scripts_are_forgotten_and_nothing_else,
];

fn contact(rating: u8) -> Option<Map<String, Value>> {
    json!({ "id": "a", "rating": rating, "tags": [], "price": null }).as_object().cloned()
}

fn update() -> NewWrite {
    NewWrite {
        at: at(2000),
        account: "0123456789abcdef".into(),
        kind: WriteKind::Update,
        method: "PATCH".into(),
        path: "/contacts/a".into(),
        body: json!({ "rating": 5 }),
        contact: Some("a".into()),
        before: contact(2),
    }
}

fn create() -> NewWrite {
    NewWrite { kind: WriteKind::Create, contact: None, before: None, ..update() }
}

fn done() -> WriteEnd {
    let (outcome, status) = (WriteOutcome::Done, Some(200));
    WriteEnd { at: at(2001), outcome, status, created: None, after: contact(5) }
}

fn a_script(store: &dyn Store) -> u64 {
    store.begin_run(&NewRun { kind: RunKind::Script, ..a_run() }).unwrap()
}

fn a_write_is_kept_with_the_contact_before_and_after_it(store: &dyn Store) {
    let run = a_script(store);
    let id = store.begin_write(run, &update()).unwrap();
    let kept = store.writes(run).unwrap();
    assert_eq!((kept[0].id, &kept[0].begin, &kept[0].end), (id, &update(), &None));
    assert_eq!(kept[0].outcome(), WriteOutcome::Unknown);
    store.end_write(id, &done()).unwrap();
    assert_eq!(store.writes(run).unwrap()[0].end, Some(done()));
    assert_eq!(store.end_write(id + 1, &done()).unwrap_err().kind, ErrorKind::State);
}

fn the_last_word_on_a_write_counts(store: &dyn Store) {
    let run = a_script(store);
    let id = store.begin_write(run, &create()).unwrap();
    let first = WriteEnd { created: Some("n".into()), after: None, ..done() };
    store.end_write(id, &first).unwrap();
    let last = WriteEnd { after: contact(1), ..first };
    store.end_write(id, &last).unwrap();
    assert_eq!(store.writes(run).unwrap()[0].end, Some(last));
}

fn pages_of_writes_are_all_of_them_each_once(store: &dyn Store) {
    let (run, other) = (a_script(store), a_script(store));
    let ids: Vec<u64> = [run, other, run, run, other, run]
        .into_iter()
        .map(|run| store.begin_write(run, &update()).unwrap())
        .collect();
    let page = |after: u64, most: usize| {
        let page = store.writes_page(run, after, most).unwrap();
        page.iter().map(|write| write.id).collect::<Vec<_>>()
    };
    assert_eq!(page(0, 3), [ids[0], ids[2], ids[3]]);
    assert_eq!(page(ids[3], 3), [ids[5]]);
    assert_eq!(page(ids[5], 3), [0; 0]);
    assert_eq!(store.writes_page(run, 0, 9).unwrap(), store.writes(run).unwrap());
}

fn writes_are_given_in_the_order_in_which_they_began(store: &dyn Store) {
    let (run, other) = (a_script(store), a_script(store));
    let ids = [run, other, run, run].map(|run| store.begin_write(run, &update()).unwrap());
    store.end_write(ids[3], &done()).unwrap();
    let of = |run| store.writes(run).unwrap().iter().map(|write| write.id).collect::<Vec<_>>();
    assert_eq!((of(run), of(other)), (vec![ids[0], ids[2], ids[3]], vec![ids[1]]));
}

fn the_writes_of_a_contact_are_known_whatever_run_made_them(store: &dyn Store) {
    let (run, other) = (a_script(store), a_script(store));
    let made = store.begin_write(other, &create()).unwrap();
    store.end_write(made, &WriteEnd { created: Some("n".into()), ..done() }).unwrap();
    store.begin_write(run, &update()).unwrap();
    let changed = NewWrite { contact: Some("n".into()), ..update() };
    let changed = store.begin_write(run, &changed).unwrap();
    let of_contact = store.writes_of_contact("n").unwrap();
    let told: Vec<_> = of_contact.iter().map(|(run, write)| (*run, write.id)).collect();
    assert_eq!(told, [(other, made), (run, changed)]);
    assert_eq!(store.writes_of_contact("nobody").unwrap().len(), 0);
}

fn writes_that_were_refused_are_not_counted(store: &dyn Store) {
    let run = a_script(store);
    assert_eq!(store.count_writes(run).unwrap(), WriteCounts::default());
    store.begin_write(run, &create()).unwrap();
    let refused = store.begin_write(run, &update()).unwrap();
    let end = WriteEnd { outcome: WriteOutcome::Refused, after: None, ..done() };
    store.end_write(refused, &end).unwrap();
    store.begin_write(run, &NewWrite { kind: WriteKind::Add, ..update() }).unwrap();
    store.begin_write(run, &NewWrite { kind: WriteKind::Other, ..create() }).unwrap();
    assert_eq!(store.count_writes(run).unwrap(), WriteCounts { all: 3, undoable: 1 });
}

fn a_write_of_no_run_is_refused(store: &dyn Store) {
    assert_eq!(store.begin_write(77, &update()).unwrap_err().kind, ErrorKind::State);
    assert_eq!(store.set_run_note(77, "undo", &json!(1)).unwrap_err().kind, ErrorKind::State);
}

fn a_run_has_notes_of_its_own(store: &dyn Store) {
    let (run, other) = (a_script(store), a_script(store));
    assert_eq!(store.run_note(run, "undo").unwrap(), None);
    store.set_run_note(run, "undo", &json!({ "state": "partly" })).unwrap();
    store.set_run_note(run, "undo", &json!({ "state": "done" })).unwrap();
    assert_eq!(store.run_note(run, "undo").unwrap(), Some(json!({ "state": "done" })));
    assert_eq!(store.run_note(other, "undo").unwrap(), None);
}

fn writes_and_notes_are_forgotten_with_their_run(store: &dyn Store) {
    let run = a_script(store);
    store.begin_write(run, &update()).unwrap();
    store.set_run_note(run, "undo", &json!(1)).unwrap();
    store.prune(at(99_000)).unwrap();
    assert_eq!(store.writes(run).unwrap().len(), 1, "a run that goes on is kept");
    store.end_run(run, &ended(RunState::Done, 2002)).unwrap();
    assert_eq!(store.prune(at(99_000)).unwrap(), 1);
    assert_eq!(store.writes(run).unwrap().len(), 0);
    assert_eq!(store.run_note(run, "undo").unwrap(), None);
}

fn old_scripts_are_forgotten_and_nothing_else(store: &dyn Store) {
    let (old, late, running) = (a_script(store), a_script(store), a_script(store));
    let schedule = NewRun { kind: RunKind::Schedule, ..a_run() };
    let schedule = store.begin_run(&schedule).unwrap();
    store.begin_write(old, &update()).unwrap();
    for (run, seconds) in [(old, 4999), (late, 5000), (schedule, 4999)] {
        store.end_run(run, &ended(RunState::Done, seconds)).unwrap();
    }
    assert_eq!(store.prune_scripts(at(5000)).unwrap(), 1);
    let left: Vec<_> = store.runs(&Default::default()).unwrap().iter().map(|run| run.id).collect();
    assert_eq!(left, [schedule, running, late]);
    assert_eq!(store.writes(old).unwrap().len(), 0);
}
