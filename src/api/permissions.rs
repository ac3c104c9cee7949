//! What a run may reach besides the account: folders, hosts, environment variables. Nothing unless told.

mod hosts;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use self::hosts::Hosts;
use crate::{Error, ErrorKind, Result};

/// What a run may reach besides the account. Nothing unless told.
///
/// ```
/// use cliengo::api::Permissions;
///
/// let permissions = Permissions::none()
///     .allow_read("data")
///     .allow_write("reports")
///     .allow_net("hooks.example.com")?
///     .allow_env("TEAM");
/// assert!(!permissions.is_all());
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions {
    read: Vec<PathBuf>,
    write: Vec<PathBuf>,
    hosts: Hosts,
    environment: BTreeSet<String>,
    kept_away: Vec<PathBuf>,
    code: Vec<PathBuf>,
    all: bool,
}

impl Permissions {
    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Everything, but the API key.
    pub fn all() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Adds a folder, or a file, that may be read.
    #[must_use]
    pub fn allow_read(mut self, path: impl Into<PathBuf>) -> Self {
        self.read.push(path.into());
        self
    }

    /// Adds a folder, or a file, that may be written. It may not be read for that.
    #[must_use]
    pub fn allow_write(mut self, path: impl Into<PathBuf>) -> Self {
        self.write.push(path.into());
        self
    }

    /// Adds a host that may be called: `hooks.example.com`, on each port, or `hooks.example.com:8443`.
    /// `*.example.com` are all hosts below that one. An address is a host too (`127.0.0.1:8080`,
    /// `[::1]:8080`), and so are those of a network (`10.0.0.0/8`).
    ///
    /// A name opens addresses of the public Internet alone, for whoever owns it decides where it leads to.
    /// Where it is to lead into this machine (but by the name `localhost`) or a private network, the address
    /// has to be allowed too.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] for what is no host.
    pub fn allow_net(mut self, host: &str) -> Result<Self> {
        self.hosts.allow(host)?;
        Ok(self)
    }

    /// Adds an environment variable that may be read. The API key's is never among them.
    #[must_use]
    pub fn allow_env(mut self, name: impl Into<String>) -> Self {
        self.environment.insert(name.into());
        self
    }

    /// Adds a file or a folder that scripts never reach, whatever is allowed: what holds secrets, or says what
    /// scripts may do. A run's own state is among them without being told.
    #[must_use]
    pub fn keep_away(mut self, path: impl Into<PathBuf>) -> Self {
        self.kept_away.push(path.into());
        self
    }

    /// Adds a folder whose scripts and modules (`.lua`, `.luau`, `.rhai`), those in the folders below too, are
    /// never written by scripts, whatever is allowed: they are code that runs with grants of its own.
    #[must_use]
    pub fn protect_code(mut self, folder: impl Into<PathBuf>) -> Self {
        self.code.push(folder.into());
        self
    }

    /// What this and the other allow together, but for what either keeps away.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.read.extend_from_slice(&other.read);
        self.write.extend_from_slice(&other.write);
        self.hosts.extend(&other.hosts);
        self.environment.extend(other.environment.iter().cloned());
        self.kept_away.extend_from_slice(&other.kept_away);
        self.code.extend_from_slice(&other.code);
        self.all |= other.all;
        self
    }

    /// True where everything is allowed.
    pub fn is_all(&self) -> bool {
        self.all
    }

    /// The folders and files that may be read.
    pub fn readable(&self) -> impl Iterator<Item = &Path> {
        self.read.iter().map(PathBuf::as_path)
    }

    /// The folders and files that may be written.
    pub fn writable(&self) -> impl Iterator<Item = &Path> {
        self.write.iter().map(PathBuf::as_path)
    }

    /// That the run may call this host.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] where it may not; the hint says what would allow it.
    #[cfg(feature = "stdlib")]
    pub(crate) fn may_call(&self, host: &url::Host<&str>, port: u16) -> Result<()> {
        match self.all || self.hosts.allow_call(host, port) {
            true => Ok(()),
            false => Err(hosts::not_allowed(host, port)),
        }
    }

    /// That the run may connect to an address which the name of a host that it may call leads to.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] where it may not; the hint says what would allow it.
    #[cfg(feature = "stdlib")]
    pub(crate) fn may_connect(&self, name: &str, to: std::net::SocketAddr) -> Result<()> {
        match self.all || self.hosts.allow_connection(to) {
            true => Ok(()),
            false => Err(hosts::not_public(name, to)),
        }
    }

    /// The files and folders that scripts never reach.
    pub fn kept_away(&self) -> impl Iterator<Item = &Path> {
        self.kept_away.iter().map(PathBuf::as_path)
    }

    /// The folders whose scripts and modules are never written by scripts.
    pub fn protected_code(&self) -> impl Iterator<Item = &Path> {
        self.code.iter().map(PathBuf::as_path)
    }

    /// An environment variable, where the run may read it and it is set.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] where the run may not read it; the hint says what would allow it.
    pub(crate) fn environment(&self, name: &str) -> Result<Option<String>> {
        if name.eq_ignore_ascii_case("CLIENGO_API_KEY") {
            return Err(Error::new(ErrorKind::Denied, "a script never sees the API key")
                .with_hint("calls are authorized without it"));
        }
        if !self.all && !self.environment.contains(name) {
            let message = format!("this run may not read the environment variable {name}");
            return Err(Error::new(ErrorKind::Denied, message)
                .with_hint(format!("allow the run to read the variable {}", quoted(name))));
        }
        Ok(std::env::var(name).ok())
    }
}

/// The text as a shell takes it.
pub(in crate::api) fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+:@\\".contains(letter);
    match text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}
