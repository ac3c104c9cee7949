//! The links that a path leads over.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// More links than any system follows on one path.
const MOST: usize = 40;

/// Each link on the way, by its path without links.
pub(super) fn on_the_way(path: &Path) -> Vec<PathBuf> {
    let (mut links, mut passed) = (Vec::new(), PathBuf::new());
    let mut ahead: VecDeque<OsString> = path.iter().map(OsString::from).collect();
    while let Some(part) = ahead.pop_front() {
        match part.to_str() {
            Some("..") => drop(passed.pop()),
            Some(".") => {}
            _ => passed.push(part),
        }
        let Ok(target) = passed.read_link() else { continue };
        links.push(passed.clone());
        if links.len() == MOST {
            break;
        }
        // A target from the root on takes the place of all that was passed.
        passed.pop();
        target.iter().rev().for_each(|part| ahead.push_front(part.to_owned()));
    }
    links
}
