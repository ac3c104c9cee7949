//! The URL of a call, read once: what is checked is what is called.

use hyper::Uri;
use url::Url;

use crate::api::Permissions;
use crate::{Error, Result};

/// Where a call goes to: `http` or `https`, a host, a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target(Url);

impl Target {
    /// Reads the URL of a script.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for what is none.
    pub(super) fn read(text: &str, query: &[(String, String)]) -> Result<Self> {
        let mut url = Url::parse(plain(text)?).map_err(|error| {
            let hint = "begin it with https:// and the host";
            Error::invalid(format!("this is no URL: {error}")).with_hint(hint)
        })?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Self::of(url)
    }

    /// The URL that an answer from here names.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for what is none.
    pub(super) fn join(&self, location: &str) -> Result<Self> {
        let joined = self.0.join(plain(location)?);
        Self::of(joined.map_err(|error| Error::invalid(format!("it names no URL: {error}")))?)
    }

    fn of(mut url: Url) -> Result<Self> {
        url.set_fragment(None);
        if !matches!(url.scheme(), "http" | "https") {
            let message = format!("a URL begins with https:// or http://, not {}:", url.scheme());
            return Err(Error::invalid(message).with_hint("begin it with https:// and the host"));
        }
        // A dot at the end makes no other host, but there are systems that do not find it so.
        if let Some(bare) = url.domain().and_then(|host| host.strip_suffix('.')).map(str::to_owned)
        {
            let set = url.set_host(Some(&bare));
            set.map_err(|error| Error::invalid(format!("this is no URL: {error}")))?;
        }
        match url.host_str().is_some_and(|host| !host.is_empty()) && url.port() != Some(0) {
            true => Ok(Self(url)),
            false => Err(Error::invalid("the URL names no host that could be called")),
        }
    }

    /// That the run may call it.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`](crate::ErrorKind::Denied) where it may not; and
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a URL with a user's name, which is there to mislead
    /// whoever reads it.
    pub(super) fn check(&self, permissions: &Permissions) -> Result<()> {
        if let (Some(host), Some(port)) = (self.0.host(), self.0.port_or_known_default()) {
            permissions.may_call(&host, port)?;
        }
        if self.0.username().is_empty() && self.0.password().is_none() {
            return Ok(());
        }
        Err(Error::invalid("the URL holds a user's name or password")
            .with_hint("send them in the header authorization"))
    }

    /// The host, with the port where it is not the usual one.
    pub(super) fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// True where the other is on the same host and port, or on the same host where it is encrypted.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let usual = self.0.port().is_none() && other.0.port().is_none();
        let safer = usual && self.0.host() == other.0.host() && other.is_encrypted();
        safer || self.0.origin() == other.0.origin()
    }

    /// The URL as a rehearsal tells it: a query often holds a key.
    pub(super) fn shown(&self) -> String {
        format!("{}://{}{}", self.0.scheme(), self.host(), self.0.path())
    }

    /// The same for hyper, put together from the parts that were checked.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a path that it does not take.
    pub(super) fn uri(&self) -> Result<Uri> {
        let query = self.0.query().map(|query| format!("?{query}")).unwrap_or_default();
        Uri::builder()
            .scheme(self.0.scheme())
            .authority(self.host())
            .path_and_query(format!("{}{query}", self.0.path()))
            .build()
            .map_err(|_| strange())
    }
}

/// The text, where no reader of URLs would skip or turn a character of it: the standard takes line breaks out,
/// and makes slashes of backslashes.
fn plain(text: &str) -> Result<&str> {
    let text = text.trim();
    let is_odd = |letter: char| letter.is_control() || letter.is_whitespace() || letter == '\\';
    match text.contains(is_odd) {
        true => Err(strange()),
        false => Ok(text),
    }
}

fn strange() -> Error {
    Error::invalid("the URL has characters that no URL has")
        .with_hint("escape them, or put what varies into query")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(url: &str) -> String {
        Target::read(url, &[]).unwrap().uri().unwrap().to_string()
    }

    #[test]
    fn what_is_called_is_what_was_checked_in_every_spelling() {
        for url in
            ["http://0x7f000001/", "http://2130706433/", "http://0177.1/", "http://127.0.0.1"]
        {
            assert_eq!(uri(url), "http://127.0.0.1/", "{url}");
        }
        assert_eq!(uri("HTTPS://MÜNCHEN.example:443/ñ#x"), "https://xn--mnchen-3ya.example/%C3%B1");
        assert_eq!(uri("http://[::FFFF:127.0.0.1]:8080/a/../b"), "http://[::ffff:7f00:1]:8080/b");
    }

    #[test]
    fn what_readers_of_urls_disagree_about_is_refused() {
        for url in [
            "http://a.example\\@b.example/",
            "http://a.exa\nmple/",
            "http://a.example/\tb",
            "http://a.example/ HTTP/1.1\r\nx: y",
            "http://[fe80::1%25eth0]/",
            "http://a.example:0/",
            "http://a.example:99999/",
            "file:///etc/passwd",
            "gopher://a.example/",
            "//a.example/",
            "a.example",
            "",
            "http://",
            "http://a b/",
            "http://a.example/\0",
        ] {
            assert!(Target::read(url, &[]).is_err(), "{url:?}");
        }
    }

    #[test]
    fn a_user_in_the_url_opens_nothing() {
        let allowed = Permissions::none().allow_net("a.example").unwrap();
        let said =
            |url| Target::read(url, &[]).unwrap().check(&allowed).unwrap_err().message.clone();
        assert_eq!(said("http://a.example@b.example/"), "this run may not call b.example");
        assert_eq!(said("http://a.example:80@b.example/"), "this run may not call b.example");
        assert!(said("http://user:sesame@a.example/").contains("user's name"));
    }

    const PIECES: &[&str] = &[
        "//",
        "/",
        "a.example:8080",
        "a.example",
        "A.Example",
        ":8080",
        ":80",
        "@",
        "b.example",
        "127.0.0.1",
        "%2e",
        "%40",
        "#",
        "?",
        "[::1]",
        ".",
        "\\",
        "/..",
        "。",
        "%00",
        "\u{ad}",
        ";",
    ];

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4_000))]

        /// Whatever the text is put together from, hyper gets the host and the port that were allowed.
        #[test]
        fn nothing_but_what_is_allowed_is_ever_called(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..7),
        ) {
            let allowed = Permissions::none().allow_net("a.example:8080").unwrap();
            let url = format!("http:{}", pieces.concat());
            let target = Target::read(&url, &[]).and_then(|it| it.check(&allowed).map(|()| it));
            if let Ok(uri) = target.and_then(|target| target.uri()) {
                let authority = uri.authority().unwrap().as_str();
                assert!(["a.example:8080", "a.example.:8080"].contains(&authority), "{url}: {uri}");
            }
        }
    }
}
