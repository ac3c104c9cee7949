//! Creates and changes contacts all the time, and remembers what it did.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::json;

use super::Result;

/// The time between two changes.
const PACE: Duration = Duration::from_millis(25);
/// Contacts that are created; from then on they are only changed.
const MOST: usize = 300;

/// Contacts by their id, with the number of the last change of each; 0 where it was only created.
pub(super) type Done = BTreeMap<String, u32>;

pub(super) struct Load {
    ends: Arc<AtomicBool>,
    thread: JoinHandle<std::result::Result<Done, String>>,
}

impl Load {
    pub(super) fn start(emulator: SocketAddr, seed: u64) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&ends);
        let body = move || work(emulator, seed, &seen).map_err(|error| error.to_string());
        Self { ends, thread: thread::spawn(body) }
    }

    /// Ends it, and gives what it did.
    pub(super) fn stop(self) -> Result<Done> {
        self.ends.store(true, Ordering::Relaxed);
        let ended = self.thread.join().map_err(|_| "the load panicked")?;
        Ok(ended?)
    }
}

fn work(emulator: SocketAddr, seed: u64, ends: &AtomicBool) -> Result<Done> {
    let mut random = fastrand::Rng::with_seed(seed ^ 1);
    let mut done = Done::new();
    while !ends.load(Ordering::Relaxed) {
        let known = done.len();
        let create = known == 0 || (known < MOST && random.f64() < 0.4);
        let number = if create { known } else { random.usize(0..known) };
        let id = format!("6a{number:022x}");
        let change = done.get(&id).map_or(0, |change| change + 1);
        put(emulator, &id, change)?;
        done.insert(id, change);
        thread::sleep(PACE);
    }
    Ok(done)
}

/// A contact keeps its date of creation, which its number tells.
fn put(emulator: SocketAddr, id: &str, change: u32) -> Result<()> {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
    let mut contact =
        json!({ "id": id, "name": format!("change {change}"), "lastUpdateDate": now });
    contact["creationDate"] = if change == 0 { now.into() } else { created(emulator, id)? };
    admin(emulator, "POST", "/contacts", &json!([contact]).to_string())?;
    Ok(())
}

fn created(emulator: SocketAddr, id: &str) -> Result<serde_json::Value> {
    let all = admin(emulator, "GET", "/snapshot", "")?;
    let all: Vec<serde_json::Value> = serde_json::from_str(&all)?;
    let contact = all.iter().find(|contact| contact["id"] == id).ok_or("a contact is gone")?;
    Ok(contact["creationDate"].clone())
}

/// A call of the emulator's own routes, which never fail.
///
/// # Errors
/// Where it is refused, or nobody answers.
pub fn admin(emulator: SocketAddr, method: &str, path: &str, body: &str) -> Result<String> {
    let mut socket = TcpStream::connect(emulator)?;
    let request = format!(
        "{method} /__admin{path} HTTP/1.1\r\nhost: emulator\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes())?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("the emulator gave no answer")?;
    match head.starts_with("HTTP/1.1 20") {
        true => Ok(body.to_owned()),
        false => Err(format!("{method} {path}: {answer}").into()),
    }
}
