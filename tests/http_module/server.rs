//! A server that answers every request as it is told, byte for byte, and remembers what came.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Map, Value, json};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// With names in lower case.
    pub headers: Map<String, Value>,
    pub body: String,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(Value::as_str)
    }
}

/// Writes the answer to a request.
type Answer = dyn Fn(&Request, &mut TcpStream) + Send + Sync;

pub struct Server {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// One that answers with the bytes that this gives.
    pub fn start(answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::writing(move |request, socket| drop(socket.write_all(&answer(request))))
    }

    /// One that answers as this writes.
    pub fn writing(answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::default();
        let (answer, noted): (Arc<Answer>, _) = (Arc::new(answer), Arc::clone(&heard));
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let (answer, noted) = (Arc::clone(&answer), Arc::clone(&noted));
                thread::spawn(move || serve(socket, &*answer, &noted));
            }
        });
        Self { address, heard }
    }

    /// One that answers with what it heard, as JSON.
    pub fn echo() -> Self {
        Self::start(|it| {
            let said = json!({ "method": it.method, "path": it.path, "headers": it.headers, "body": it.body });
            answer("200 OK", "content-type: application/json", said.to_string().as_bytes())
        })
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The flag that lets a run call it.
    pub fn grant(&self) -> String {
        format!("--allow-net {}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The requests so far.
    pub fn heard(&self) -> Vec<Request> {
        self.heard.lock().unwrap().clone()
    }
}

/// An answer with these lines of the head, after which the connection ends.
pub fn answer(status: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let head = if head.is_empty() { String::new() } else { format!("{head}\r\n") };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\n{head}content-length: {length}\r\nconnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// A redirect.
pub fn redirect(status: &str, location: &str) -> Vec<u8> {
    answer(status, &format!("location: {location}"), b"moved")
}

fn serve(mut socket: TcpStream, answer: &Answer, heard: &Mutex<Vec<Request>>) {
    let Some(request) = read(&mut socket) else { return };
    heard.lock().unwrap().push(request.clone());
    answer(&request, &mut socket);
}

fn read(socket: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        more(socket, &mut bytes)?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), Value::from(value.trim())))
    };
    let headers: Map<_, _> = lines.filter_map(header).collect();
    let length = headers.get("content-length").and_then(Value::as_str);
    let length = length.map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + 4 + length {
        more(socket, &mut bytes)?;
    }
    let body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
    Some(Request { method, path, headers, body })
}

fn more(socket: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0; 65_536];
    let length = socket.read(&mut piece).ok().filter(|length| *length > 0)?;
    bytes.extend_from_slice(&piece[..length]);
    Some(())
}
