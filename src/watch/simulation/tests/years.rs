//! Whole years.

use crate::store::MemoryStore;
use crate::watch::simulation::simulate;

/// The first year of these that broke a promise.
fn broken(mut seeds: std::ops::Range<u64>) -> Option<String> {
    seeds.find_map(|seed| {
        let failure = simulate(seed, &MemoryStore::new()).err()?;
        Some(format!("cargo xtask soak --seed {seed}\n{failure}"))
    })
}

#[test]
fn nothing_is_lost_and_nothing_comes_twice_in_200_years() {
    let other = std::thread::spawn(|| broken(100..200));
    let one = broken(0..100);
    assert_eq!(one.or(other.join().unwrap()), None);
}

#[test]
fn a_year_is_the_same_each_time() {
    let year = || simulate(1, &MemoryStore::new());
    assert_eq!(year(), year());
}
