//! Tasks of the repository: `cargo xtask bench`, `cargo xtask generate`, `cargo xtask soak`.

mod bench;
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
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["peer", peer @ ..] => peer::run(peer),
        ["soak", seeds @ ..] => soak::run(seeds),
        _ => Err("usage: cargo xtask bench [PART…] | generate [--check] | soak [--seeds N] [--from N] [--seed N] [--sqlite FOLDER]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
