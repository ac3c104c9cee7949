//! What the server does with its parameters is measured, and what it cannot do hinders nothing else.

use super::*;
use crate::watch::{Reading, Sweep};

const DAILY: Sweep = Sweep::Every(std::time::Duration::from_secs(86_400));

fn account(hint: Hint) -> Bench {
    let rules = Rules { hint, ..PLAIN };
    Bench::with(rules, WatchDefinition::new(WatchKind::Updated, "w"), 1_500)
}

#[test]
fn updates_of_old_contacts_are_found_by_whatever_the_server_reads_its_parameter_as() {
    for (hint, reading) in [
        (Hint::SinceInstant, Reading::SinceInstant),
        (Hint::SinceDay(0), Reading::SinceDay),
        (Hint::ThatDay(0), Reading::ThatDay),
    ] {
        let mut bench = account(hint);
        bench.cycle();
        assert_eq!(bench.cursor().reading, reading);
        bench.then(|world| world.touch(1));
        let requests = bench.model.world().requests;
        assert_eq!(bench.next(), [1], "{hint:?}");
        assert!(bench.model.world().requests - requests < 10, "{hint:?}");
    }
}

#[test]
fn where_the_server_tells_no_updates_the_sweep_finds_them() {
    for hint in [Hint::Ignored, Hint::BeforeDay, Hint::Refused, Hint::SinceDay(-3)] {
        let mut bench = account(hint);
        bench.cycle();
        assert!(!bench.cursor().reading.finds(), "{hint:?}");
        bench.then(|world| world.touch(1)).model.world().pass(60 * MINUTE);
        assert_eq!(bench.next(), [1], "{hint:?}");
    }
}

#[test]
fn a_reading_that_proves_wrong_is_given_up() {
    let mut bench = account(Hint::SinceDay(0));
    bench.definition.sweep = DAILY;
    bench.cycle();
    bench.model.world().rules.hint = Hint::BeforeDay;
    bench.then(|world| world.touch(1));
    assert_eq!(bench.next(), NOTHING);
    bench.then(World::create).then(World::create);
    assert_eq!(bench.next(), [1_501, 1_502]);
    let done = bench.sweep_is_due().cycle();
    assert_eq!(bench.fired(), [1]);
    assert!(done.notes[0].contains("does not find every update"), "{:?}", done.notes);
    assert_eq!(bench.cursor().reading, Reading::Unknown);
}

#[test]
fn a_since_that_is_read_by_the_day_and_exclusively_hides_nobody() {
    for granule in [1, 1_000, DAY] {
        let rules = Rules { since_inclusive: false, granule, ..PLAIN };
        let mut bench = Bench::with(rules, WatchDefinition::new(WatchKind::New, "w"), 120);
        bench.definition.sweep = DAILY;
        bench.cycle();
        for number in 121..130 {
            let done = bench.then(World::create).cycle();
            assert_eq!((bench.fired(), done.swept), (vec![number], false), "by {granule} ms");
        }
    }
}

#[test]
fn a_list_that_is_not_given_whole_does_not_keep_the_polls_from_finding() {
    let mut bench = Bench::new(WatchKind::New, 120);
    bench.definition.sweep = DAILY;
    bench.cycle();
    // More contacts of one instant than any filter tells apart.
    bench.then(|world| {
        let crowded = world.now - 40 * DAY;
        (0..1_200).for_each(|_| _ = world.add(crowded));
    });
    bench.sweep_is_due().then(World::create);
    let done = bench.cycle();
    assert_eq!(bench.fired(), [1_321]);
    let error = done.sweep_error.unwrap();
    assert!(error.message.contains("could not be gone through"), "{error}");
    let requests = bench.model.world().requests;
    bench.then(World::create);
    assert_eq!(bench.next(), [1_322]);
    // Nor is it tried at each poll.
    assert!(bench.model.world().requests - requests < 5);
}

#[test]
fn an_edit_of_the_filter_is_no_proof_against_a_reading() {
    let mut bench = account(Hint::SinceDay(0));
    bench.definition.filter = status("ACTIVE");
    bench.open();
    bench.model.world().list[700].status = 1;
    bench.cycle();
    let done = |bench: &mut Bench| {
        bench.then(World::create).then(World::create);
        bench.cycle()
    };
    done(&mut bench);
    bench.definition.filter = ContactFilter::default();
    bench.open();
    let notes = done(&mut bench).notes;
    assert!(notes.iter().all(|note| !note.contains("does not find")), "{notes:?}");
}

#[test]
fn a_malformed_row_is_told_of_once_and_never_fires() {
    for kind in [WatchKind::New, WatchKind::Updated, WatchKind::Deleted] {
        let mut bench = Bench::new(kind, 60);
        bench.cycle();
        for shape in [Shape::Nameless, Shape::Dateless, Shape::Null] {
            bench.then(|world| {
                let created = world.stamp();
                let spoilt = Contact { shape, ..world.invent(created) };
                world.show(spoilt);
            });
            let counted: Vec<u64> =
                (0..3).map(|_| bench.sweep_is_due().cycle().malformed).collect();
            assert_eq!(counted, [1, 0, 0], "{kind:?} {shape:?}");
        }
        assert_eq!(bench.store.watch("w").unwrap().unwrap().malformed, 3);
        bench.then(|world| world.list.retain(Contact::is_sound));
        assert_eq!(bench.sweep_is_due().next(), NOTHING, "{kind:?}");
    }
}

#[test]
fn a_poll_that_finds_nothing_changes_nothing() {
    for kind in [WatchKind::New, WatchKind::Updated] {
        let mut bench = Bench::new(kind, 120);
        bench.definition.sweep = DAILY;
        bench.cycle();
        bench.then(World::create).cycle();
        let kept = bench.store.watch("w").unwrap();
        bench.then(|_| {});
        assert_eq!(bench.cycle().events, 0);
        assert_eq!(bench.store.watch("w").unwrap(), kept, "{kind:?}");
    }
}
