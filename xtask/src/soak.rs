//! `cargo xtask soak`: many years of watching, each by its seed.

use std::time::Instant;

use cliengo::watch::simulation::{Tally, simulate};

use crate::Outcome;

const USAGE: &str = "usage: cargo xtask soak [--seeds N] [--from N] [--seed N]";
/// Seeds from one line of progress to the next.
const STEP: u64 = 200;

/// Which seeds.
struct Seeds {
    from: u64,
    count: u64,
}

pub fn run(arguments: &[&str]) -> Outcome {
    let Seeds { from, count } = seeds(arguments)?;
    let begun = Instant::now();
    let (mut tally, mut years) = (Tally::default(), 0);
    for seed in from..from + count {
        let year = simulate(seed)
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

fn seeds(arguments: &[&str]) -> Result<Seeds, Box<dyn std::error::Error>> {
    let mut seeds = Seeds { from: 0, count: 10_000 };
    for pair in arguments.chunks(2) {
        let [name, number] = pair else { return Err(USAGE.into()) };
        let number = number.parse()?;
        match *name {
            "--seeds" => seeds.count = number,
            "--from" => seeds.from = number,
            "--seed" => seeds = Seeds { from: number, count: 1 },
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
