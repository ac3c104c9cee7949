//! Which kinds of errors a function can raise, besides the end of the run itself (`cancelled`, `limit`).

use crate::ErrorKind::{
    self, Decode, Denied, Incomplete, Invalid, Network, NotFound, RateLimited, Server, State,
    Timeout, Unauthorized,
};

/// It looks at its arguments, and calls nothing.
pub(super) const LOCAL: &[ErrorKind] = &[Invalid];
/// It reads something that the program may keep from scripts.
pub(super) const GUARDED: &[ErrorKind] = &[Invalid, Denied];
/// It keeps something for later runs.
pub(super) const KEPT: &[ErrorKind] = &[Invalid, State];
/// It reads from the API.
pub(super) const READ: &[ErrorKind] =
    &[Invalid, Unauthorized, RateLimited, Timeout, Network, Server, Decode];
/// It reads one thing, by its id.
pub(super) const READ_ONE: &[ErrorKind] =
    &[Invalid, Unauthorized, NotFound, RateLimited, Timeout, Network, Server, Decode];
/// It reads all contacts that match.
pub(super) const READ_ALL: &[ErrorKind] =
    &[Invalid, Unauthorized, RateLimited, Timeout, Network, Server, Decode, Incomplete];
/// It writes something new.
pub(super) const WRITE: &[ErrorKind] =
    &[Invalid, Unauthorized, RateLimited, Timeout, Network, Server, Decode, Denied];
/// It writes something new, and may keep that it did.
pub(super) const WRITE_KEPT: &[ErrorKind] =
    &[Invalid, Unauthorized, RateLimited, Timeout, Network, Server, Decode, Denied, State];
/// It writes to one thing, by its id.
pub(super) const WRITE_ONE: &[ErrorKind] =
    &[Invalid, Unauthorized, NotFound, RateLimited, Timeout, Network, Server, Decode, Denied];
/// It looks for a contact among all, and writes.
pub(super) const WRITE_FOUND: &[ErrorKind] = &[
    Invalid,
    Unauthorized,
    NotFound,
    RateLimited,
    Timeout,
    Network,
    Server,
    Decode,
    Denied,
    Incomplete,
];
/// It reads many things, each with an outcome of its own: a failure of one is in its outcome.
pub(super) const MANY_READS: &[ErrorKind] = &[Invalid, Unauthorized];
/// It writes many things, each with an outcome of its own.
pub(super) const MANY_WRITES: &[ErrorKind] = &[Invalid, Unauthorized, Denied];
