//! `cargo xtask soak`: many years of watching, each by its seed.

use std::path::{Path, PathBuf};
use std::time::Instant;

use cliengo::store::{MemoryStore, SqliteStore};
use cliengo::watch::simulation::{Tally, simulate};

use crate::Outcome;

const USAGE: &str = "usage: cargo xtask soak [--seeds N] [--from N] [--seed N] [--sqlite FOLDER]";
/// Seeds from one line of progress to the next.
const STEP: u64 = 200;

/// Which seeds.
struct Seeds {
    from: u64,
    count: u64,
    /// Where each year has a database of its own; none for years in memory.
    folder: Option<PathBuf>,
}

pub fn run(arguments: &[&str]) -> Outcome {
    let Seeds { from, count, folder } = seeds(arguments)?;
    let begun = Instant::now();
    let (mut tally, mut years) = (Tally::default(), 0);
    for seed in from..from + count {
        let year = year(seed, folder.as_deref())
            .map_err(|failure| format!("{failure}\nagain: cargo xtask soak --seed {seed}"))?;
        tally.add(&year);
        years += 1;
        if years % STEP == 0 || years == count {
            println!(
                "{years} of {count} years, {:.0} s: {}",
                begun.elapsed().as_secs_f64(),
                told(&tally)
            );
        }
    }
    println!("nothing lost, nothing that should not be, nothing twice");
    Ok(())
}

fn year(seed: u64, folder: Option<&Path>) -> Result<Tally, Box<dyn std::error::Error>> {
    let Some(folder) = folder.map(|folder| folder.join(format!("seed-{seed}"))) else {
        return Ok(simulate(seed, &MemoryStore::new())?);
    };
    std::fs::create_dir_all(&folder)?;
    let store = SqliteStore::open(&folder)?;
    let tally = simulate(seed, &store)?;
    drop(store);
    // The database of a broken promise stays, to be looked at.
    std::fs::remove_dir_all(&folder)?;
    Ok(tally)
}

fn seeds(arguments: &[&str]) -> Result<Seeds, Box<dyn std::error::Error>> {
    let mut seeds = Seeds { from: 0, count: 10_000, folder: None };
    for pair in arguments.chunks(2) {
        let [name, value] = pair else { return Err(USAGE.into()) };
        match *name {
            "--seeds" => seeds.count = value.parse()?,
            "--from" => seeds.from = value.parse()?,
            "--seed" => (seeds.from, seeds.count) = (value.parse()?, 1),
            "--sqlite" => seeds.folder = Some(PathBuf::from(value)),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(seeds)
}

fn told(tally: &Tally) -> String {
    let Tally { cycles, sweeps, failed, ended, requests, rows, events, attempts, repeats, .. } =
        tally;
    format!(
        "{cycles} cycles ({sweeps} sweeps, {failed} failed), {ended} ends of the program, \
         {requests} requests, {rows} rows, {events} events, {attempts} attempts ({repeats} again)"
    )
}
