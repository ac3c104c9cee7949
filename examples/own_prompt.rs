//! The prompt of another program: `cliengo repl` on its own account, with a function of its own.
//!
//! `cargo run --example own_prompt` opens it on an embedded emulator. `crm.score` is there as the functions
//! of this crate are: it is completed, `.help crm.score` explains it, and its arguments are checked.

use std::process::ExitCode;

use cliengo::Host;
use cliengo::api::{OwnFunction, ParamType};
use cliengo::client::{Client, Contact};
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::repl::{ExitKind, Repl};

/// Opens the prompt, until somebody leaves.
pub fn main() -> cliengo::Result<ExitCode> {
    let emulator = Emulator::start(EmulatorOptions::default())?;
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let host = Host::builder().client(client.build()?).register(score())?.build();
    // A line of a file that failed has been told of already.
    Ok(match Repl::new(host).name("our crm").run()? {
        ExitKind::Left => ExitCode::SUCCESS,
        ExitKind::Failed(_) => ExitCode::FAILURE,
    })
}

/// How good a lead is, by our own rules.
fn score() -> OwnFunction {
    OwnFunction::new("crm.score", |(contact, weight): (Contact, Option<f64>), _| async move {
        let rating = contact.rating.unwrap_or_default();
        let reachable = [contact.email.is_some(), contact.phone.is_some()];
        let ways = reachable.into_iter().filter(|it| *it).count() as f64;
        Ok(rating * weight.unwrap_or(1.0) + ways)
    })
    .param("contact", ParamType::Object, "The contact.")
    .optional_param("weight", ParamType::Any, "How much the rating counts; 1 unless given.")
    .returns("a number")
    .doc("Says how good a lead is.")
    .example(
        "return crm.score({ rating = 4, phone = \"+54\" }, 2)",
        "crm.score(#{ rating: 4, phone: \"+54\" }, 2)",
        "9",
    )
}
