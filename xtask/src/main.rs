//! Tasks of the repository: `cargo xtask bench`, `cargo xtask generate`.

mod bench;
mod generate;
mod peer;

use std::process::ExitCode;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["bench"] => bench::run(),
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["peer", url, key, id, count] => peer::run(url, key, id, count),
        _ => Err("usage: cargo xtask bench | generate [--check]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
