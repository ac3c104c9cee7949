//! Tasks of the repository: `cargo xtask bench`, `crash`, `editors`, `generate`, `soak`.

mod bench;
mod crash;
mod editors;
mod generate;
mod peer;
mod soak;

use std::process::ExitCode;

/// As in the program: what the engines are measured with here is what they run with there.
#[global_allocator]
static ALLOCATOR: cliengo::engine::CountingAllocator = cliengo::engine::CountingAllocator;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["bench", parts @ ..] => bench::run(parts),
        ["crash", options @ ..] => crash(options),
        ["editors"] => editors::run(),
        ["generate"] => generate::write(),
        ["peer", peer @ ..] => peer::run(peer),
        ["soak", seeds @ ..] => soak::run(seeds),
        _ => Err("usage: cargo xtask bench [PART…] | crash [--kills N] [--seed N] | editors | \
                  generate | soak [--seeds N] [--from N] [--seed N]"
            .into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Kills a daemon again and again, three hundred times unless told.
fn crash(options: &[&str]) -> Outcome {
    let (mut kills, mut seed) = (300, fastrand::u64(0..1_000_000));
    for option in options.chunks(2) {
        match option {
            ["--kills", number] => kills = number.parse()?,
            ["--seed", number] => seed = number.parse()?,
            other => return Err(format!("crash has no option {}", other.join(" ")).into()),
        }
    }
    println!("seed {seed}");
    let said = crash::run(&bench::build()?, kills, seed)?;
    println!("{said}");
    Ok(())
}
