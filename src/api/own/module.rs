//! A module of the program's own: its scripts load it by name, as they load those of the standard library.

use super::signature::is_name;
use crate::{Error, Result};

/// A module of the program's own, which its scripts load with `require "prices"` or `import "prices"`. One
/// that is named like a module of the standard library takes its place.
///
/// ```
/// # #[cfg(all(feature = "lua", feature = "rhai"))] {
/// use cliengo::Host;
/// use cliengo::api::OwnModule;
///
/// let prices = OwnModule::new("prices")
///     .lua("return { total = function(n) return n * 12 end }")
///     .rhai("fn total(n) { n * 12 }");
/// let host = Host::builder().module(prices)?.build().blocking();
/// let lua: u32 = host.lua().eval("require('prices').total(2)")?;
/// let rhai: u32 = host.rhai().eval(r#"import "prices" as prices; prices::total(2)"#)?;
/// assert_eq!((lua, rhai), (24, 24));
/// # }
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "it does nothing until a host has it"]
pub struct OwnModule {
    name: String,
    lua: Option<String>,
    rhai: Option<String>,
}

impl OwnModule {
    /// A module of this name, which has no code yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), lua: None, rhai: None }
    }

    /// Its code in Lua, which returns the module.
    pub fn lua(mut self, code: impl Into<String>) -> Self {
        self.lua = Some(code.into());
        self
    }

    /// Its code in Rhai, whose functions are the module's.
    pub fn rhai(mut self, code: impl Into<String>) -> Self {
        self.rhai = Some(code.into());
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its code in the language whose files have this extension.
    pub(crate) fn code(&self, extension: &str) -> Option<&str> {
        let code = match extension {
            "lua" => &self.lua,
            "rhai" => &self.rhai,
            _ => &None,
        };
        code.as_deref()
    }

    /// That it may stand beside the others.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where its name is none, or is taken, or it has no
    /// code.
    pub(crate) fn check(&self, others: &[Self]) -> Result<()> {
        let name = &self.name;
        let wrong = |why: &str| {
            Err(Error::invalid(format!(
                "\"{name}\" cannot be a module of the program's own: {why}"
            )))
        };
        match () {
            () if !is_name(name) => wrong("its name is to be one word, of letters and digits"),
            () if others.iter().any(|other| other.name == *name) => wrong("there is one already"),
            () if self.lua.is_none() && self.rhai.is_none() => wrong("it has no code"),
            () => Ok(()),
        }
    }
}
