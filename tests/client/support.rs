//! An emulator with a client on it, and its admin routes.

use std::time::Duration;

use cliengo::client::{Client, ClientBuilder, RetryPolicy, Timeouts};
use cliengo::emulator::{Emulator, EmulatorOptions, Knobs};
use serde_json::Value;

pub struct Service {
    pub emulator: Emulator,
    http: reqwest::Client,
}

impl Service {
    pub fn start(contacts: usize) -> Self {
        Self::with(contacts, Knobs::default())
    }

    pub fn with(contacts: usize, knobs: Knobs) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let options = EmulatorOptions { contacts, knobs, ..EmulatorOptions::default() };
        Self { emulator: Emulator::start(options).unwrap(), http: reqwest::Client::new() }
    }

    /// A client that waits little between attempts, so that a test of many does not take long.
    pub fn builder(&self) -> ClientBuilder {
        let base = Duration::from_millis(2);
        Client::builder()
            .base_url(self.emulator.base_url())
            .api_key(self.emulator.api_key())
            .retry(RetryPolicy { base, ..RetryPolicy::default() })
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// A client that gives up on a slow answer within a tenth of a second.
    pub fn hasty(&self) -> Client {
        let short = Duration::from_millis(100);
        let timeouts =
            Timeouts { connect: short, read: short, attempt: short, ..Timeouts::default() };
        self.builder().timeouts(timeouts).build().unwrap()
    }

    pub async fn fault(&self, rule: Value) {
        self.post("faults", rule).await;
    }

    pub async fn post(&self, route: &str, body: Value) {
        let url = format!("{}/{route}", self.emulator.admin_url());
        self.http.post(url).json(&body).send().await.unwrap().error_for_status().unwrap();
    }

    pub async fn journal(&self) -> Vec<Value> {
        let url = format!("{}/journal", self.emulator.admin_url());
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    pub async fn snapshot(&self) -> Vec<Value> {
        let url = format!("{}/snapshot", self.emulator.admin_url());
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// How often this method was asked of the API.
    pub async fn calls(&self, method: &str) -> usize {
        self.journal().await.iter().filter(|entry| entry["method"] == method).count()
    }
}
