//! Contenders of the benchmarks that are written in Rust, each run as a process of its own.

mod decode;
mod get;
mod walk;

use crate::Outcome;

/// Runs the contender that the words name.
pub fn run(words: &[&str]) -> Outcome {
    match words {
        ["get", url, key, id, count] => get::run(url, key, id, count),
        ["walk", url, key] => walk::stream(url, key, None),
        ["walk", url, key, limit] => walk::stream(url, key, Some(limit.parse()?)),
        ["list", url, key] => walk::list(url, key),
        ["size", url, key] => walk::size(url, key),
        ["rows", url, key, count] => walk::rows(url, key, count.parse()?),
        ["decode", how, file, rounds] => decode::run(how, file, rounds.parse()?),
        _ => Err("there is no such peer".into()),
    }
}
