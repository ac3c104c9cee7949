//! Watches that are moved on purpose.

use super::super::contact::instant;
use super::*;
use crate::store::EventState;
use crate::watch::{From, rewind};

fn move_to(bench: &Bench, from: From) {
    assert!(rewind(&bench.store, "w", from, bench.model.local_time()).unwrap());
}

#[test]
fn back_to_an_instant_fires_again_from_there_and_loses_nothing_else() {
    for kind in [WatchKind::New, WatchKind::Updated] {
        let mut bench = Bench::new(kind, 120);
        bench.cycle();
        bench.then(World::create);
        assert_eq!(bench.next(), [121]);
        let now = bench.model.world().now;
        // Ten contacts a day: those of the last three days, and the one since.
        move_to(&bench, From::Instant(instant(now - 3 * DAY).unwrap()));
        bench.then(World::create).then(|world| _ = world.add(world.now - 400 * DAY));
        let expected = [123].into_iter().chain(92..=122);
        assert_eq!(bench.next(), expected.collect::<Vec<u64>>(), "{kind:?}");
        assert_eq!(bench.next(), NOTHING, "{kind:?}");
    }
}

#[test]
fn back_to_the_beginning_fires_everything_again_once() {
    let mut bench = Bench::new(WatchKind::New, 120);
    bench.cycle();
    move_to(&bench, From::Beginning);
    assert_eq!(bench.next(), (1..=120).collect::<Vec<_>>());
    assert_eq!(bench.next(), NOTHING);
    assert!(!bench.cycle().swept);
}

#[test]
fn forward_to_now_skips_the_backlog_and_what_nobody_found_yet() {
    for kind in [WatchKind::New, WatchKind::Updated] {
        let from = From::Beginning;
        let definition = WatchDefinition { from, ..WatchDefinition::new(kind, "w") };
        let mut bench = Bench::with(PLAIN, definition, 120);
        assert_eq!(bench.next().len(), 120);
        bench.store.release("w", 10).unwrap();
        bench.then(World::create).then(|world| world.touch(7));
        move_to(&bench, From::Now);
        assert_eq!(bench.next(), NOTHING, "{kind:?}");
        let counts = bench.store.event_counts("w").unwrap();
        assert_eq!(counts, [(EventState::Dropped, 120)], "{kind:?}");
        bench.then(World::create);
        assert_eq!(bench.next(), [122], "{kind:?}");
    }
}

#[test]
fn forward_to_now_forgets_what_is_gone_without_a_word() {
    let mut bench = Bench::new(WatchKind::Deleted, 60);
    bench.cycle();
    bench.then(|world| world.list.retain(|contact| contact.number != 9));
    move_to(&bench, From::Now);
    assert_eq!(bench.next(), NOTHING);
    bench.then(|world| world.list.retain(|contact| contact.number != 8));
    assert_eq!(bench.sweep_is_due().next(), [8]);
}
