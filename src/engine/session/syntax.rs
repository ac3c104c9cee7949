//! Whether a piece of code is complete.

use crate::api::Registry;
use crate::engine::Language;

/// The grammar of a language, for whoever types it.
#[derive(Debug, Clone)]
pub struct Syntax {
    language: Language,
    #[cfg_attr(not(feature = "rhai"), allow(dead_code))]
    registry: Registry,
}

impl Syntax {
    /// The grammar of this language, with the functions of this registry.
    pub fn new(language: Language, registry: &Registry) -> Self {
        Self { language, registry: registry.clone() }
    }

    /// True where the text is an expression alone, which has a value.
    pub fn is_expression(&self, text: &str) -> bool {
        match self.language {
            #[cfg(feature = "lua")]
            Language::Lua => crate::engine::lua::is_expression(text),
            #[cfg(feature = "rhai")]
            Language::Rhai => crate::engine::rhai::is_expression(text, &self.registry),
            #[allow(unreachable_patterns)]
            _ => false,
        }
    }

    /// True where the text can stand in a script with other lines behind it. An expression of Lua cannot, unless
    /// it is a call.
    #[cfg_attr(not(feature = "lua"), allow(unused_variables))]
    pub fn is_statement(&self, text: &str) -> bool {
        match self.language {
            #[cfg(feature = "lua")]
            Language::Lua => crate::engine::lua::is_statement(text),
            #[allow(unreachable_patterns)]
            _ => true,
        }
    }

    /// True where more has to follow before the text can run: a block, a bracket or a long text is open,
    /// or it ends in an operator. A text with a mistake is finished, for running it shows the mistake.
    ///
    /// ```
    /// use cliengo::api::Registry;
    /// use cliengo::engine::{Language, Syntax};
    ///
    /// # #[cfg(feature = "lua")] {
    /// let syntax = Syntax::new(Language::Lua, &Registry::builtin());
    /// assert!(syntax.is_unfinished("function double(number)"));
    /// assert!(!syntax.is_unfinished("function double(number) return number * 2 end"));
    /// assert!(!syntax.is_unfinished("print(\"no end"));
    /// # }
    /// ```
    pub fn is_unfinished(&self, text: &str) -> bool {
        match self.language {
            #[cfg(feature = "lua")]
            Language::Lua => crate::engine::lua::is_unfinished(text),
            #[cfg(feature = "rhai")]
            Language::Rhai => crate::engine::rhai::is_unfinished(text, &self.registry),
            #[allow(unreachable_patterns)]
            _ => false,
        }
    }
}
