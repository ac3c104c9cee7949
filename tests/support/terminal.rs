//! A real terminal for a program to write to.

use std::fs::File;
use std::process::Stdio;

/// The side that shows what was written, and the side that a program writes to.
#[cfg(unix)]
pub fn open(columns: u16) -> (File, Stdio) {
    use std::os::fd::{AsFd, OwnedFd};

    let (shown, written) = pty_process::blocking::open().unwrap();
    shown.resize(pty_process::Size::new(24, columns)).unwrap();
    let written = written.as_fd().try_clone_to_owned().unwrap();
    (OwnedFd::from(shown).into(), written.into())
}

#[cfg(not(unix))]
pub fn open(_columns: u16) -> (File, Stdio) {
    panic!("terminals are opened on Unix alone");
}
