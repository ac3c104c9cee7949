//! The least: one line of Lua on an account.
//!
//! `cargo run --example minimal` runs it on an embedded emulator.

use cliengo::client::Client;
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::{Host, Result};

fn main() -> Result<()> {
    let emulator = Emulator::start(EmulatorOptions::default())?;
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    println!("{} contacts are new", new_contacts(client.build()?)?);
    Ok(())
}

/// How many contacts nobody has spoken with.
pub fn new_contacts(client: Client) -> Result<u64> {
    let host = Host::builder().client(client).build();
    Ok(host.blocking().lua().eval("cliengo.contacts.count{ status = 'NEW' }")?)
}
