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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stdlib::http::headers::headers;

    fn call(method: Method, url: &str) -> Outgoing {
        let own = [
            ("authorization", "Bearer sesame"),
            ("cookie", "a=sesame"),
            ("x-api-key", "sesame"),
            ("accept-language", "es"),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let headers = headers(&own, Some("application/json")).unwrap();
        let target = Target::read(url, &[]).unwrap();
        Outgoing { method, target, headers, body: "sesame".into() }
    }

    fn on(method: Method, status: u16, location: &str) -> Result<Option<Outgoing>> {
        call(method, "https://a.example/b/c?d").redirected(status, Some(location), 1)
    }

    fn secrets(call: &Outgoing) -> usize {
        let values = call.headers.values().filter(|it| it.as_bytes().ends_with(b"sesame"));
        values.count() + usize::from(!call.body.is_empty())
    }

    #[test]
    fn another_host_is_told_nothing_that_could_be_a_secret() {
        for location in ["https://b.example/", "//b.example", "https://a.example:8443/"] {
            let next = on(Method::GET, 302, location).unwrap().unwrap();
            let names: Vec<_> = next.headers.keys().map(|name| name.as_str()).collect();
            assert_eq!(secrets(&next), 1, "{location}: {names:?}");
            assert_eq!(next.headers["accept-language"], "es");
        }
        let next = on(Method::POST, 303, "https://b.example/").unwrap().unwrap();
        assert_eq!((next.method.clone(), secrets(&next)), (Method::GET, 0));
    }

    #[test]
    fn the_same_host_is_told_what_it_was_told_before() {
        for location in ["/x", "x", "?x", "https://A.example/x", "https://a.example:443/x"] {
            let next = on(Method::PUT, 307, location).unwrap().unwrap();
            assert_eq!((next.method.clone(), secrets(&next)), (Method::PUT, 4), "{location}");
        }
        let plain = call(Method::POST, "http://a.example/b");
        let next = plain.redirected(308, Some("https://a.example/b"), 1).unwrap().unwrap();
        assert_eq!((next.method.clone(), secrets(&next)), (Method::POST, 4));
    }

    #[test]
    fn what_was_sent_is_not_sent_to_another_host_nor_in_the_clear() {
        for (method, status, location) in [
            (Method::POST, 307, "https://b.example/"),
            (Method::POST, 308, "https://b.example/"),
            (Method::PUT, 301, "https://b.example/"),
            (Method::DELETE, 302, "https://b.example/"),
            (Method::GET, 302, "http://a.example/"),
            (Method::GET, 301, "http://b.example/"),
        ] {
            let refused = on(method.clone(), status, location).unwrap_err();
            assert_eq!(refused.kind, ErrorKind::Denied, "{method} {status} {location}");
        }
    }

    #[test]
    fn a_location_that_is_no_url_leads_nowhere() {
        for location in
            ["file:///etc/passwd", "javascript:1", "https://", "/a\\b", "/a b", "//", "ftp://a"]
        {
            assert!(on(Method::GET, 302, location).is_err(), "{location}");
        }
        assert!(on(Method::GET, 304, "/x").unwrap().is_none());
        assert!(call(Method::GET, "http://a.example/").redirected(302, None, 1).unwrap().is_none());
    }

    #[test]
    fn redirects_end() {
        let after =
            |number| call(Method::GET, "http://a.example/").redirected(302, Some("/"), number);
        assert!(after(5).unwrap().is_some());
        assert!(after(6).unwrap_err().message.contains("no end"));
    }
}
