//! The loop that a Rust programmer would write with `reqwest`: the measure for all others.

use std::hint::black_box;

use cliengo::client::Contact;

use crate::Outcome;

/// Gets the contact `count` times, one after another, decoded into the typed contact.
pub fn run(url: &str, key: &str, id: &str, count: &str) -> Outcome {
    let count: u32 = count.parse()?;
    rustls::crypto::ring::default_provider().install_default().ok();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        if count == 0 {
            return Ok(());
        }
        let client = reqwest::Client::new();
        let url = format!("{url}/contacts/{id}");
        for _ in 0..count {
            let answer = client.get(&url).bearer_auth(key).send().await?.error_for_status()?;
            black_box(answer.json::<Contact>().await?);
        }
        Ok(())
    })
}
