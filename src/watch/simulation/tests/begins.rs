//! Where a watch begins.

use super::*;
use crate::watch::From;

const SIZES: [usize; 7] = [0, 1, 49, 50, 51, 120, 1_500];

#[test]
fn from_now_means_what_came_since_even_while_the_first_cycle_reads() {
    for kind in [WatchKind::New, WatchKind::Updated] {
        for size in SIZES {
            let mut bench = Bench::new(kind, size);
            // The first page comes after one deed: what that creates was there.
            bench.model.world().deeds = vec![World::create as fn(&mut World); 20].into();
            bench.cycle();
            bench.model.world().deeds.clear();
            bench.then(World::create).cycle();
            bench.then(World::create).cycle();
            let (mut fired, size) = (bench.fired(), size as u64);
            fired.sort_unstable();
            let last = bench.model.world().lives.keys().last().copied().unwrap();
            assert_eq!(fired, (size + 2..=last).collect::<Vec<_>>(), "{kind:?} of {size}");
        }
    }
}

#[test]
fn from_now_means_updates_since_even_while_the_first_cycle_reads() {
    for size in [51, 120, 1_500] {
        let mut bench = Bench::new(WatchKind::Updated, size);
        let touch_old = |world: &mut World| {
            world.pass(3_000);
            world.touch(1);
        };
        bench.model.world().deeds = [(|_| {}) as fn(&mut World), touch_old].into();
        bench.cycle();
        bench.then(|world| world.touch(2));
        assert_eq!(bench.next(), [1, 2], "of {size}");
        assert_eq!(bench.next(), NOTHING, "of {size}");
    }
}

#[test]
fn from_the_beginning_and_from_a_date_fire_what_they_say_oldest_first() {
    for kind in [WatchKind::New, WatchKind::Updated] {
        for size in SIZES {
            let begins = |from| {
                let definition = WatchDefinition { from, ..WatchDefinition::new(kind, "w") };
                let mut bench = Bench::with(PLAIN, definition, size);
                [bench.next(), bench.next()].concat()
            };
            assert_eq!(begins(From::Beginning), (1..=size as u64).collect::<Vec<_>>());
            let now = super::super::contact::instant(World::new(Rng::new(), PLAIN, 0).now).unwrap();
            let from = now - jiff::SignedDuration::from_hours(24);
            let last_ten = (size as u64).saturating_sub(9)..=size as u64;
            let expected: Vec<_> = last_ten.filter(|number| *number > 0).collect();
            assert_eq!(begins(From::Instant(from)), expected, "{kind:?} of {size}");
        }
    }
}

#[test]
fn more_contacts_of_the_future_than_a_page_holds_hide_nobody() {
    let mut bench = Bench::new(WatchKind::New, 10);
    bench.then(|world| {
        (0..20).for_each(|n| _ = world.add(world.now + 30 * DAY + n));
    });
    bench.cycle();
    bench.then(World::create);
    assert_eq!(bench.next(), [31]);
}

#[test]
fn contacts_of_a_query_that_come_while_the_list_is_read_fire() {
    let filter = ContactFilter { query: Some("vip".to_owned()), ..ContactFilter::default() };
    let definition = WatchDefinition { filter, ..WatchDefinition::new(WatchKind::New, "w") };
    let mut bench = Bench::with(PLAIN, definition, 120);
    bench.cycle();
    // Back-dated, so that only the sweep can find it, and after the contacts of the query were read.
    let late = |world: &mut World| {
        let number = world.add(world.now - 6 * DAY);
        world.change(number, |contact| contact.vip = true);
    };
    bench.sweep_is_due().model.world().deeds = [(|_| {}) as fn(&mut World), late].into();
    assert_eq!(bench.next(), [121]);
}
