//! How an emulator is started.

use std::fmt;
use std::path::PathBuf;

use jiff::Timestamp;

use super::Knobs;
use crate::{Error, Result};

/// The most contacts that ids can tell apart.
pub(crate) const MOST_CONTACTS: usize = 1 << 24;

/// The only key that the emulator accepts unless told otherwise; clearly not a real one.
pub const EMULATOR_KEY: &str = "00000000-0000-4000-8000-000000000000";

/// How an emulator is started. [`Default`] gives 250 contacts on any free port.
#[derive(Clone)]
pub struct EmulatorOptions {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// How many invented contacts it starts with, up to 16,777,216; a million takes half a second
    /// and 300 MB.
    pub contacts: usize,
    /// Which invented contacts: the same seed, number and clock give the same contacts.
    pub seed: u64,
    /// The file that keeps the state over restarts. What it holds wins over `contacts` and `seed`, and
    /// its clock is used where `clock` is none.
    pub data: Option<PathBuf>,
    /// The key that requests must carry.
    pub api_key: String,
    /// The instant at which the clock stands still; none follows the system's clock.
    pub clock: Option<Timestamp>,
    /// Which readings of the vendor's documentation it shows.
    pub knobs: Knobs,
}

impl Default for EmulatorOptions {
    fn default() -> Self {
        Self {
            port: 0,
            contacts: 250,
            seed: 1,
            data: None,
            api_key: EMULATOR_KEY.to_owned(),
            clock: None,
            knobs: Knobs::default(),
        }
    }
}

impl EmulatorOptions {
    /// Refuses options that no server could follow.
    pub(crate) fn check(&self) -> Result<()> {
        if self.contacts > MOST_CONTACTS {
            return Err(Error::invalid(format!("contacts must be {MOST_CONTACTS} or fewer")));
        }
        self.knobs.check()
    }
}

impl fmt::Debug for EmulatorOptions {
    /// Shows everything but the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmulatorOptions")
            .field("port", &self.port)
            .field("contacts", &self.contacts)
            .field("seed", &self.seed)
            .field("data", &self.data)
            .field("clock", &self.clock)
            .field("knobs", &self.knobs)
            .finish_non_exhaustive()
    }
}
