//! Where an answer sends a call on to: as far as that can be done without giving anything away.

use bytes::Bytes;
use hyper::header::{
    CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, HeaderMap,
};
use hyper::{Method, StatusCode};

use super::headers::keep_harmless;
use super::target::Target;
use crate::{Error, ErrorKind, Result};

/// A call is sent on this often.
const MOST: usize = 5;

/// A call as it is sent.
#[derive(Debug, Clone)]
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) target: Target,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Outgoing {
    /// True where it only reads.
    pub(super) fn only_reads(method: &Method) -> bool {
        matches!(*method, Method::GET | Method::HEAD)
    }

    /// The call that the `number`th redirect makes of this one; none where the answer is no redirect.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] where it leads from `https` to `http`, would send a write to another host, or has no
    /// end; [`ErrorKind::Invalid`] where it names no URL.
    pub(super) fn redirected(
        mut self,
        status: u16,
        location: Option<&str>,
        number: usize,
    ) -> Result<Option<Self>> {
        let (301 | 302 | 303 | 307 | 308, Some(location)) = (status, location) else {
            return Ok(None);
        };
        let refuse = |why: &str| Err(Error::new(ErrorKind::Denied, why).with_status(status));
        let target = self.target.join(location)?;
        if number > MOST {
            return refuse("there is no end to them");
        }
        if self.target.is_encrypted() && !target.is_encrypted() {
            return refuse("it leads from https to http");
        }
        if becomes_get(&self.method, status) {
            self.forget_body();
        }
        if !self.target.is_beside(&target) {
            if !Self::only_reads(&self.method) {
                return refuse("a write is not sent to another host");
            }
            keep_harmless(&mut self.headers);
        }
        self.target = target;
        Ok(Some(self))
    }

    fn forget_body(&mut self) {
        self.method = Method::GET;
        self.body = Bytes::new();
        for name in [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION] {
            self.headers.remove(name);
        }
    }
}

/// As browsers do it: the answer to what was sent is to be read elsewhere.
fn becomes_get(method: &Method, status: u16) -> bool {
    let see_other = status == StatusCode::SEE_OTHER.as_u16();
    !Outgoing::only_reads(method) && (see_other || (*method == Method::POST && status < 303))
}
