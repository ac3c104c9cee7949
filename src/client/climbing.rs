//! Paths that lead upwards: with the key on board, no call may leave the API by one.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// True where the path has `.` or `..` among its parts for a server that unescapes it, perhaps more than once,
/// that takes a backslash for a slash, or that leaves away what stands behind a semicolon.
pub(crate) fn climbs(path: &str) -> bool {
    let mut path = Cow::Borrowed(path);
    loop {
        // A server may end the path at what was an escaped ? or #, too.
        let dots = |part: &str| matches!(part.split([';', '?', '#']).next(), Some("." | ".."));
        if path.split(['/', '\\']).any(dots) {
            return true;
        }
        match percent_decode_str(&path).decode_utf8_lossy() {
            decoded if decoded == path => return false,
            decoded => path = Cow::Owned(decoded.into_owned()),
        }
    }
}
