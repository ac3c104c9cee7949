//! Asks a daemon over HTTP, and reads the Prometheus text format, version 0.0.4.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::{Program, Running};

/// A daemon that listens.
pub struct Listening {
    pub running: Running,
    pub address: String,
}

/// An answer to one request.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// What a scrape says: types and helps by family, values by sample.
#[derive(Debug)]
pub struct Scrape {
    pub types: BTreeMap<String, String>,
    pub helps: BTreeMap<String, String>,
    pub samples: BTreeMap<String, f64>,
}

impl Listening {
    pub fn start(program: Program) -> Self {
        let mut running = program.arguments(&["--listen", "0"]).start();
        let line = running.says("listens on http://");
        let address = line.split("http://").nth(1).unwrap().trim().to_owned();
        Self { running, address }
    }

    pub fn ask(&self, method: &str, path: &str) -> Answer {
        let mut socket = TcpStream::connect(&self.address).unwrap();
        let request =
            format!("{method} {path} HTTP/1.1\r\nhost: daemon\r\nconnection: close\r\n\r\n");
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    pub fn scrape(&self) -> Scrape {
        Scrape::read(&self.ask("GET", "/metrics").body)
    }

    /// Scrapes until a sample has this value or more.
    pub fn scrape_until(&self, sample: &str, value: f64) -> Scrape {
        let begun = Instant::now();
        loop {
            let scrape = self.scrape();
            if scrape.value(sample) >= value {
                return scrape;
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "{sample}: {scrape:#?}");
            std::thread::yield_now();
        }
    }

    /// Asks until the status is this one.
    pub fn ask_until(&self, path: &str, status: u16) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.ask("GET", path);
            if answer.status == status {
                return answer;
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "{path}: {answer:?}");
            std::thread::yield_now();
        }
    }
}

impl Scrape {
    /// Fails for a line that is none of the format.
    fn read(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line has no end: {text}");
        let (mut types, mut helps, mut samples) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').unwrap();
                assert!(types.insert(name.to_owned(), kind.to_owned()).is_none(), "twice: {line}");
            } else if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').unwrap();
                assert!(helps.insert(name.to_owned(), help.to_owned()).is_none(), "twice: {line}");
            } else {
                let (sample, value) = line.rsplit_once(' ').unwrap();
                let value = value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
                assert!(samples.insert(sample.to_owned(), value).is_none(), "twice: {line}");
            }
        }
        Self { types, helps, samples }
    }

    /// The value of a sample, 0 where it is not there.
    pub fn value(&self, sample: &str) -> f64 {
        self.samples.get(sample).copied().unwrap_or(0.0)
    }

    /// The value of a sample that is there.
    #[track_caller]
    pub fn known(&self, sample: &str) -> f64 {
        *self.samples.get(sample).unwrap_or_else(|| panic!("no {sample}: {self:#?}"))
    }
}
