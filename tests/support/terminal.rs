//! A real terminal of 120 columns for a program to write to.

use std::fs::File;
use std::process::Stdio;

/// The side that shows what was written, and the side that a program writes to.
#[cfg(unix)]
pub fn open() -> (File, Stdio) {
    let size = rustix_openpty::rustix::termios::Winsize {
        ws_row: 24,
        ws_col: 120,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    let pair = rustix_openpty::openpty(None, Some(&size)).unwrap();
    (pair.controller.into(), pair.user.into())
}

#[cfg(not(unix))]
pub fn open() -> (File, Stdio) {
    panic!("terminals are opened on Unix alone");
}
