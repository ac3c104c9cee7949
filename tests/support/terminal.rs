//! A real terminal for a program to write to.

use std::fs::File;
use std::process::Stdio;

/// The side that shows what was written, and the side that a program writes to.
#[cfg(unix)]
pub fn open(columns: u16) -> (File, Stdio) {
    let size = rustix_openpty::rustix::termios::Winsize {
        ws_row: 24,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    let pair = rustix_openpty::openpty(None, Some(&size)).unwrap();
    (pair.controller.into(), pair.user.into())
}

#[cfg(not(unix))]
pub fn open(_columns: u16) -> (File, Stdio) {
    panic!("terminals are opened on Unix alone");
}
