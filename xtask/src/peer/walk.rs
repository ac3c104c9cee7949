//! The complete contact list through the Rust client.

use std::io::Write;

use cliengo::client::{Client, Contact, ListContacts};
use cliengo::schema::ContactFilter;
use futures_util::TryStreamExt;

use crate::Outcome;

/// What every contender of the walk prints, so that none can leave anything out.
#[derive(Default)]
struct Seen {
    contacts: u64,
    phones: u64,
    new: u64,
    letters: usize,
}

impl Seen {
    fn see(&mut self, contact: &Contact) {
        self.contacts += 1;
        self.phones += u64::from(contact.phone.is_some());
        self.new += u64::from(contact.status.as_deref() == Some("NEW"));
        self.letters += contact.id.as_deref().unwrap_or_default().len();
    }

    fn print(&self) {
        println!("{} {} {} {}", self.contacts, self.phones, self.new, self.letters);
    }
}

/// Goes through the typed contacts, at most `limit` of them.
pub fn stream(url: &str, key: &str, limit: Option<u64>) -> Outcome {
    with_list(url, key, limit, async |list| {
        let mut contacts = list.concurrency(8).stream();
        let mut seen = Seen::default();
        while let Some(contact) = contacts.try_next().await? {
            seen.see(&contact);
        }
        seen.print();
        Ok(())
    })
}

/// Holds all typed contacts at once.
pub fn list(url: &str, key: &str) -> Outcome {
    with_list(url, key, None, async |list| {
        let contacts = list.await?;
        let mut seen = Seen::default();
        contacts.iter().for_each(|contact| seen.see(contact));
        seen.print();
        Ok(())
    })
}

/// Prints how many bytes of JSON all contacts are.
pub fn size(url: &str, key: &str) -> Outcome {
    with_list(url, key, None, async |list| {
        let mut walk = list.walk();
        let mut bytes = 0;
        while let Some(rows) = walk.next_page().await? {
            bytes += rows.iter().map(|row| row.json.len()).sum::<usize>();
        }
        println!("{bytes}");
        Ok(())
    })
}

/// Prints the newest contacts as a JSON list, each on a line of its own.
pub fn rows(url: &str, key: &str, count: u64) -> Outcome {
    with_list(url, key, Some(count), async |list| {
        let mut walk = list.walk();
        let mut separator = "[\n";
        let mut output = std::io::stdout().lock();
        while let Some(rows) = walk.next_page().await? {
            for row in rows {
                output.write_all(separator.as_bytes())?;
                output.write_all(&row.json)?;
                separator = ",\n";
            }
        }
        Ok(output.write_all(b"\n]\n")?)
    })
}

fn with_list(
    url: &str,
    key: &str,
    limit: Option<u64>,
    work: impl AsyncFnOnce(ListContacts) -> Outcome,
) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = Client::builder().base_url(url).api_key(key).build()?;
    let filter = ContactFilter { limit, ..ContactFilter::default() };
    runtime.block_on(work(client.contacts().list(filter)))
}
