//! `cargo xtask crash [--kills N] [--seed N]`: a daemon under load, on an API that fails, is killed again and
//! again. At the end every contact has been handled in its last state, and what was handled twice says so.
//!
//! | file | what |
//! |---|---|
//! | `load` | creates and changes contacts, and remembers what it did |
//! | `daemon` | the daemon as a process, and what all its lives printed |
//! | `verdict` | what was handled against what was done |

mod daemon;
mod load;
mod verdict;

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use cliengo::emulator::{Emulator, EmulatorOptions};
use serde_json::json;

pub use self::daemon::Daemon;
use self::load::Load;
pub use self::load::admin;
use self::verdict::Verdict;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Once nothing is killed any more, all is handled within this time.
const CALM: Duration = Duration::from_secs(60);
/// The longest that a life of the daemon is, in milliseconds. The shortest end while it begins.
const LONGEST_LIFE: u64 = 1_500;

/// What the watches print is what they were handed. The sleep gives a kill something to hit.
const SCRIPT: &str = "
local function handle(contact, event)
    cliengo.sleep('2ms')
    print('@', event.watch, contact.id, contact.name, event.id, event.attempt)
end
cliengo.watch.new_contacts({ id = 'new', every = '1s', max_attempts = 100 }, handle)
cliengo.watch.updated_contacts(
    { id = 'updated', every = '1s', sweep = '1s', max_attempts = 100, concurrency = 4 }, handle)
";

/// Kills the daemon `kills` times and says what was seen.
///
/// # Errors
/// What was lost, handled twice without a word or out of order; and where the machine does not play along.
pub fn run(program: &Path, kills: u32, seed: u64) -> Result<String> {
    let mut random = fastrand::Rng::with_seed(seed);
    let emulator = Emulator::start(options(seed))?;
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("watches.lua"), SCRIPT)?;
    let url = emulator.base_url();
    let account = (url.as_str(), emulator.api_key());
    let mut daemon = Daemon::new(program, folder.path(), account);
    // What is there before the watches are is none of theirs.
    daemon.start()?;
    daemon.wait_for("from now on", 2, CALM)?;
    fail_often(&emulator)?;
    let load = Load::start(emulator.address(), seed);
    for _ in 0..kills {
        std::thread::sleep(Duration::from_millis(random.u64(0..LONGEST_LIFE)));
        daemon.kill()?;
        daemon.start()?;
    }
    let done = load.stop()?;
    admin(emulator.address(), "DELETE", "/faults", "")?;
    let begun = Instant::now();
    loop {
        let verdict = Verdict::of(&done, &daemon.printed());
        if verdict.missing == 0 || begun.elapsed() > CALM {
            daemon.stop()?;
            // What the last life was in the middle of counts too.
            return Verdict::of(&done, &daemon.printed()).told(kills, &daemon.said());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// One reading of `lastUpdateDate` after another: each has its own way to find updates.
fn options(seed: u64) -> EmulatorOptions {
    let readings = ["ignored", "since", "that_day"];
    let reading = readings[usize::try_from(seed % 3).unwrap_or_default()];
    let knobs = serde_json::from_value(json!({ "last_update_date": reading, "journal": false }));
    EmulatorOptions { contacts: 60, seed, knobs: knobs.unwrap_or_default(), ..Default::default() }
}

/// A fifth of all requests fails, in one way or another.
fn fail_often(emulator: &Emulator) -> Result<()> {
    for fault in [
        json!({ "kind": "status", "code": 500 }),
        json!({ "kind": "status", "code": 429, "retry_after": 0 }),
        json!({ "kind": "drop_before" }),
        json!({ "kind": "reset_mid_body" }),
        json!({ "kind": "truncated_json" }),
    ] {
        let rule = json!({ "route": "*", "probability": 0.044, "fault": fault });
        admin(emulator.address(), "POST", "/faults", &rule.to_string())?;
    }
    Ok(())
}
