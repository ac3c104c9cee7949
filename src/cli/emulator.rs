//! `cliengo emulator`

use std::io::Write;
use std::path::PathBuf;

use clap::ArgMatches;

use super::exit;
use crate::emulator::{Emulator, EmulatorOptions};
use crate::{Error, ErrorKind, Result};

/// Serves until it is told to stop (Ctrl-C, `SIGTERM`).
pub(super) fn serve(matches: &ArgMatches) -> Result<u8> {
    let contacts = matches.get_one::<u64>("contacts").copied().unwrap_or_default();
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or_default();
    let options = EmulatorOptions {
        port: matches.get_one::<u16>("port").copied().unwrap_or_default(),
        contacts: usize::try_from(contacts).map_err(|_| Error::invalid("too many contacts"))?,
        seed,
        data: matches.get_one::<PathBuf>("data").cloned(),
        ..EmulatorOptions::default()
    };
    let emulator = Emulator::start(options)?;
    let (url, key) = (emulator.base_url(), emulator.api_key());
    let words = format!(
        "An emulated Cliengo account is at {url}. In another terminal:\n\n  \
         export CLIENGO_BASE_URL={url}\n  export CLIENGO_API_KEY={key}\n  \
         cliengo eval 'cliengo.contacts.count()'\n\nCtrl-C ends it.\n"
    );
    let announce = || {
        drop(std::io::stdout().write_all(words.as_bytes()));
        drop(std::io::stdout().flush());
    };
    let cannot = |error| Error::new(ErrorKind::Limit, format!("cannot wait for signals: {error}"));
    crate::runtime::wait_for_signal(announce).map_err(cannot)?;
    drop(emulator);
    Ok(exit::DONE)
}
