//! Whether a path stays below the place that it begins at.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// True where the path, without what stands behind `?` and `#`, has `.` or `..` among its parts for a server that
/// unescapes it, perhaps more than once, that takes a backslash for a slash, or that leaves away what stands
/// behind a semicolon.
pub(crate) fn climbs(path: &str) -> bool {
    // Where ? and # are escaped they end no path, though a server may take them so after it unescaped them.
    let mut path = Cow::Borrowed(path.split(['?', '#']).next().unwrap_or_default());
    loop {
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
