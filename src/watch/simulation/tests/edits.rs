//! Edits of a watch keep what it knows and has read.

use super::*;

fn edit(bench: &mut Bench, edit: impl FnOnce(&mut WatchDefinition)) -> Vec<u64> {
    edit(&mut bench.definition);
    bench.open();
    bench.next()
}

#[test]
fn another_filter_goes_on_from_the_old_mark() {
    for kind in [WatchKind::New, WatchKind::Updated] {
        let filter = status("ACTIVE");
        let definition = WatchDefinition { filter, ..WatchDefinition::new(kind, "w") };
        let mut bench = Bench::with(PLAIN, definition, 60);
        bench.cycle();
        bench.then(World::create);
        bench.then(|world| world.change(61, |contact| contact.status = 1));
        assert_eq!(bench.next(), [61], "{kind:?}");
        bench.then(|_| {}).then(World::create);
        // The filter before did not select the 60 that were there; the new one does.
        assert_eq!(edit(&mut bench, |watch| watch.filter = status("NEW")), [62], "{kind:?}");
        let everything = edit(&mut bench, |watch| watch.filter = ContactFilter::default());
        assert_eq!(everything, NOTHING, "{kind:?}");
    }
}

#[test]
fn content_only_switched_on_and_off_fires_nothing_and_misses_nothing() {
    let mut bench = Bench::new(WatchKind::Updated, 120);
    bench.cycle();
    for content_only in [true, false, true] {
        let fired = edit(&mut bench, |watch| watch.content_only = content_only);
        assert_eq!(fired, NOTHING, "{content_only}");
        bench.then(|world| world.touch(5));
        assert_eq!(bench.next(), [5]);
    }
    bench.then(|world| world.touch(3));
    assert_eq!(edit(&mut bench, |watch| watch.content_only = false), [3]);
}

#[test]
fn deleted_contacts_are_found_behind_any_number_that_left_the_filter() {
    let filter = status("NEW");
    let definition = WatchDefinition { filter, ..WatchDefinition::new(WatchKind::Deleted, "w") };
    let mut bench = Bench::with(PLAIN, definition, 1_600);
    bench.cycle();
    bench.then(|world| {
        (1..=1_500).for_each(|number| world.change(number, |contact| contact.status = 1));
        world.list.retain(|contact| contact.number != 1_600);
    });
    let fired = [bench.sweep_is_due().next(), bench.sweep_is_due().next()].concat();
    assert_eq!(fired, [1_600]);
    let requests = bench.model.world().requests;
    assert_eq!(bench.sweep_is_due().next(), NOTHING);
    // Nobody asks for those that left the filter again and again.
    assert!(bench.model.world().requests - requests < 100);
}
