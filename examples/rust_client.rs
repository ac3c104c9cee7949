//! The client alone, from Rust: no script, no command line.
//!
//! `cargo run --example rust_client` runs it on an embedded emulator; with `CLIENGO_API_KEY` and
//! `CLIENGO_BASE_URL` set it runs on that account instead. It only reads and writes a contact of
//! its own.

use cliengo::client::{Client, ContactChanges, NewContact, Patch};
use cliengo::emulator::{EMULATOR_KEY, Emulator, EmulatorOptions};
use cliengo::schema::ContactFilter;

#[tokio::main(flavor = "current_thread")]
async fn main() -> cliengo::Result<()> {
    let emulator = Emulator::start(EmulatorOptions::default())?;
    let or = |name: &str, other: String| std::env::var(name).unwrap_or(other);
    let client = Client::builder()
        .api_key(or("CLIENGO_API_KEY", EMULATOR_KEY.to_owned()))
        .base_url(or("CLIENGO_BASE_URL", emulator.base_url()))
        .build()?;

    let new = ContactFilter { status: Some("NEW".into()), ..ContactFilter::default() };
    println!("{} contacts are new", client.contacts().count(new).await?);

    let sites = client.sites().list().await?;
    let site = sites.first().and_then(|site| site["id"].as_str()).unwrap_or_default();
    let contact = NewContact {
        website_id: site.into(),
        name: "Ana Pérez".into(),
        phone: "+54 9 11 5555 0100".into(),
        ..NewContact::default()
    };
    let created = client.contacts().create(&contact).await?;
    let id = created.id.unwrap_or_default();

    // What is not named is left alone; `Patch::Null` clears a field.
    let changes = ContactChanges { rating: 5.into(), phone: Patch::Null, ..Default::default() };
    let updated = client.contacts().update(&id, &changes).await?;
    println!("{:?} has the rating {:?}", updated.name.unwrap_or_default(), updated.rating);

    client.contacts().delete(&id).await?;
    match client.contacts().get(&id).await {
        Err(error) => println!("and is gone: {}", error.kind),
        Ok(_) => println!("and is still there"),
    }
    Ok(())
}
