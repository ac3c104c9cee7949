//! Functions of a program's own, which its scripts call as they call those of this crate, in both languages.
//!
//! `cargo run --example own_functions` runs it on an embedded emulator. A few words are enough for a function
//! (`crm.greeting`); one that is told in full (`crm.score`) has its arguments checked before it is called, and
//! explains itself in the help, in editors and at a prompt.

use std::sync::{Arc, Mutex};

use cliengo::api::{OwnFunction, ParamType};
use cliengo::client::{Client, Contact};
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::{Error, Host, Result};

/// What was handed to the sales team; in earnest this is a table of a database, or a queue.
pub type Handed = Arc<Mutex<Vec<(String, f64)>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let emulator = Emulator::start(EmulatorOptions::default())?;
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let handed = Handed::default();
    let host = host(client.build()?, &handed)?;

    for function in host.registry().functions().filter(|function| function.is_own()) {
        println!("{} — {}", function.usage(), function.doc);
    }
    let best: u32 = host.lua().name("hand_over.lua").eval(HAND_OVER).await?;
    println!("{best} contacts are worth a call");
    let greeting: String = host.rhai().eval(r#"crm.greeting("Ana", "es")"#).await?;
    println!("{greeting}, said the other language");
    Ok(())
}

/// Hands the best contacts to the sales team, and gives how many these are.
pub const HAND_OVER: &str = "
local best = 0
for contact in cliengo.contacts.each{ status = 'NEW' } do
  local score = crm.score(contact)
  if score >= 2 then
    crm.hand_over(contact.id, score)
    best = best + 1
  end
end
return best
";

/// A host whose scripts have three more functions.
pub fn host(client: Client, handed: &Handed) -> Result<Host> {
    let builder = Host::builder().client(client).register(score())?.register(hand_over(handed))?;
    let greeting = |(name, language): (String, Option<String>), _| async move {
        match language.as_deref() {
            Some("es") => Ok(format!("Hola {name}")),
            Some("pt") => Ok(format!("Olá {name}")),
            None | Some("en") => Ok(format!("Hello {name}")),
            Some(other) => Err(Error::invalid(format!("we do not speak \"{other}\""))
                .with_hint("one of en, es, pt")),
        }
    };
    Ok(builder.function("crm.greeting(name, language?)", greeting)?.build())
}

/// How good a lead is. The contact is read into a type of ours.
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

/// It changes something of ours, and says so: a run that may only read is refused it, and a rehearsal only
/// notes it.
fn hand_over(handed: &Handed) -> OwnFunction {
    let handed = Arc::clone(handed);
    OwnFunction::new("crm.hand_over", move |(id, score): (String, f64), _| {
        let handed = Arc::clone(&handed);
        async move {
            let full = |_| Error::invalid("the sales team's list is broken");
            handed.lock().map_err(full)?.push((id, score));
            Ok(())
        }
    })
    .param("id", ParamType::Text, "The contact's id.")
    .param("score", ParamType::Any, "How good it is.")
    .returns("nothing")
    .doc("Hands a contact to the sales team.")
    .mutates()
}
