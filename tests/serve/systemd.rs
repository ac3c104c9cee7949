//! What systemd is told.

use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use crate::place::{Place, watch};

/// Waits for a message that has this line, and gives it.
fn told(socket: &UnixDatagram, line: &str) -> String {
    let mut buffer = [0; 512];
    loop {
        let length = socket.recv(&mut buffer).unwrap();
        let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
        if text.lines().any(|it| it == line) {
            return text;
        }
    }
}

#[test]
fn it_is_told_of_every_stage() {
    let place = Place::of(0, "a.lua", &watch("id = 'a'", ""));
    let path = place.scripts().join("../notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    let daemon = place.daemon("").variable("NOTIFY_SOCKET", path.to_str().unwrap()).start();
    told(&socket, "READY=1");
    told(&socket, "WATCHDOG=1");
    daemon.signal("HUP");
    let text = told(&socket, "RELOADING=1");
    let since = text.lines().find_map(|line| line.strip_prefix("MONOTONIC_USEC=")).unwrap();
    assert!(since.parse::<u64>().unwrap() > 0);
    told(&socket, "READY=1");
    told(&socket, "WATCHDOG=1");
    daemon.signal("TERM");
    told(&socket, "STOPPING=1");
    daemon.end().code(0);
}
