//! A small server that scripts' hooks are sent to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

pub struct Listener {
    pub url: String,
    calls: Receiver<(String, Value)>,
}

impl Listener {
    /// Answers every call with this status.
    pub fn start(status: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook?secret=s3cr3t", listener.local_addr().unwrap());
        let (send, calls) = channel();
        thread::spawn(move || {
            for socket in listener.incoming() {
                let mut socket = BufReader::new(socket.unwrap());
                let (mut first, mut length) = (String::new(), 0);
                socket.read_line(&mut first).unwrap();
                loop {
                    let mut line = String::new();
                    socket.read_line(&mut line).unwrap();
                    let line = line.trim().to_lowercase();
                    if line.is_empty() {
                        break;
                    }
                    if let Some(value) = line.strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                }
                let mut body = vec![0; length];
                socket.read_exact(&mut body).unwrap();
                let answer = format!(
                    "HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                );
                socket.get_mut().write_all(answer.as_bytes()).unwrap();
                let body = serde_json::from_slice(&body).unwrap_or_default();
                if send.send((first.trim().to_owned(), body)).is_err() {
                    return;
                }
            }
        });
        Self { url, calls }
    }

    /// The next call: its first line, and its body.
    pub fn call(&self) -> (String, Value) {
        self.calls.recv_timeout(Duration::from_secs(120)).unwrap()
    }
}
