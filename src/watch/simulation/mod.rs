//! A year of watching in a moment: a model server with every reading of its parameters, clocks that are
//! off and jump, contacts that change between two pages, faults, programs that end anywhere, handlers
//! that fail. What came of it is judged against all that was ever true.
//!
//! For the tests and for `cargo xtask soak`; nothing else, and no promise to anybody.

mod answers;
mod contact;
mod delivery;
mod feed;
mod finds;
mod judge;
mod rules;
#[cfg(test)]
mod tests;
mod watched;
mod world;
mod year;

use std::fmt;

use crate::store::Store;

/// What happened in a year, or in many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cycles, those that failed or were cut off included.
    pub cycles: u64,
    /// Cycles that went through the complete list.
    pub sweeps: u64,
    /// Cycles that failed.
    pub failed: u64,
    /// Ends of the program in the middle of a cycle or of a handler.
    pub ended: u64,
    /// Requests that were made.
    pub requests: u64,
    /// Rows that were gone through.
    pub rows: u64,
    /// Events that were found.
    pub events: u64,
    /// Events that were handed over.
    pub released: u64,
    /// Attempts at them.
    pub attempts: u64,
    /// Events that came again, each as a further attempt.
    pub repeats: u64,
}

impl Tally {
    /// Adds another one.
    pub fn add(&mut self, other: &Self) {
        self.cycles += other.cycles;
        self.sweeps += other.sweeps;
        self.failed += other.failed;
        self.ended += other.ended;
        self.requests += other.requests;
        self.rows += other.rows;
        self.events += other.events;
        self.released += other.released;
        self.attempts += other.attempts;
        self.repeats += other.repeats;
    }
}

/// A promise that did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(
    /// Which one, and of what.
    pub String,
);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<crate::Error> for Failure {
    fn from(error: crate::Error) -> Self {
        Self(format!("an error of the store: {error}"))
    }
}

fn failed<T>(message: impl Into<String>) -> Result<T, Failure> {
    Err(Failure(message.into()))
}

/// Simulates the year of this seed, over a store that holds nothing yet.
///
/// # Errors
/// The promise that did not hold.
pub fn simulate(seed: u64, store: &dyn Store) -> Result<Tally, Failure> {
    year::simulate(seed, store)
}
