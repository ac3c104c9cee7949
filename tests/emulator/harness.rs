//! A running emulator with a client.

use cliengo::emulator::{Emulator, EmulatorOptions};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, redirect};
use serde_json::Value;

/// When frozen clocks stand still.
pub const NOW: &str = "2026-05-07T12:00:00.000Z";

pub struct Service {
    pub emulator: Emulator,
    pub client: Client,
}

/// An answer with its body as text.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The ids of the rows, in order.
    pub fn ids(&self) -> Vec<String> {
        ids(&self.json()["results"])
    }

    pub fn total(&self) -> u64 {
        self.json()["paging"]["total"].as_u64().unwrap()
    }
}

pub fn ids(rows: &Value) -> Vec<String> {
    let id = |row: &Value| row["id"].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(id).collect()
}

/// 60 contacts, and a clock that stands still.
pub fn options() -> EmulatorOptions {
    EmulatorOptions { contacts: 60, clock: Some(NOW.parse().unwrap()), ..Default::default() }
}

impl Service {
    pub fn start(options: EmulatorOptions) -> Self {
        // Plain HTTP needs no TLS, but the client is not built without a provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build();
        Self { emulator: Emulator::start(options).unwrap(), client: client.unwrap() }
    }

    /// An emulator without contacts of its own.
    pub fn empty() -> Self {
        Self::start(EmulatorOptions { contacts: 0, ..options() })
    }

    /// One with exactly these contacts.
    pub async fn holding(contacts: Value) -> Self {
        let service = Self::empty();
        let inserted = service.admin("POST", "/contacts", contacts).await;
        assert_eq!(inserted.status, 201, "{inserted:?}");
        service
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.emulator.base_url());
        self.client
            .request(Method::from_bytes(method.as_bytes()).unwrap(), url)
            .bearer_auth(self.emulator.api_key())
    }

    pub async fn get(&self, path: &str) -> Reply {
        send(self.request("GET", path)).await.unwrap()
    }

    pub async fn call(&self, method: &str, path: &str, body: Value) -> Reply {
        send(self.request(method, path).body(body.to_string())).await.unwrap()
    }

    /// A call of the emulator's own routes; a null body is none.
    pub async fn admin(&self, method: &str, path: &str, body: Value) -> Reply {
        let url = format!("{}{path}", self.emulator.admin_url());
        let request = self.client.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        send(request.body(body)).await.unwrap()
    }

    pub async fn snapshot(&self) -> Value {
        self.admin("GET", "/snapshot", Value::Null).await.json()
    }

    pub async fn journal(&self) -> Value {
        self.admin("GET", "/journal", Value::Null).await.json()
    }

    pub async fn knobs(&self, changes: Value) {
        let changed = self.admin("PATCH", "/knobs", changes).await;
        assert_eq!(changed.status, 200, "{changed:?}");
    }
}

pub async fn send(request: RequestBuilder) -> reqwest::Result<Reply> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Reply { status, headers, text: response.text().await? })
}
