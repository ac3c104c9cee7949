//! What is known of the tokens that were read so far, for the hook that takes some of them for others.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use rhai::{Position, Token};

/// Where names that the registry does not have stand in the script: a hook of Rhai's is not told. None
/// for a name that stands in several places.
pub(super) type Places = Rc<RefCell<HashMap<String, Option<Position>>>>;

/// The tokens that were read so far. At a prompt, `_` is a name where it is not the last case of a
/// `switch`.
#[derive(Default)]
pub(super) struct Tokens {
    pub(super) places: Places,
    /// The names that followed `::`, in any module.
    asked: RefCell<BTreeSet<String>>,
    /// True right after `::`.
    in_module: Cell<bool>,
    on: Cell<bool>,
    /// The brackets that are open; true for the braces of a `switch`.
    open: RefCell<Vec<bool>>,
    /// For each `switch` whose braces are still to come, how many brackets were open at it.
    switches: RefCell<Vec<usize>>,
    /// True where a case of a `switch` can begin.
    case: Cell<bool>,
}

impl Tokens {
    /// What is parsed until the end of `parse` is a line of its own, and may use `_` as a name.
    #[cfg(feature = "repl")]
    pub(super) fn during<T>(&self, parse: impl FnOnce() -> T) -> T {
        self.places.borrow_mut().clear();
        self.open.borrow_mut().clear();
        self.switches.borrow_mut().clear();
        self.case.set(false);
        self.on.set(true);
        let parsed = parse();
        self.on.set(false);
        parsed
    }

    /// The names that scripts have looked for in modules so far.
    pub(super) fn asked(&self) -> BTreeSet<String> {
        self.asked.borrow().clone()
    }

    /// How many names [`asked`](Self::asked) gives.
    pub(super) fn count_asked(&self) -> usize {
        self.asked.borrow().len()
    }

    /// The token, or the name that it stands for.
    pub(super) fn read(&self, token: Token) -> Token {
        let in_module = self.in_module.replace(token == Token::DoubleColon);
        if let Token::Identifier(name) = &token
            && in_module
        {
            self.asked.borrow_mut().insert(name.to_string());
        }
        if !self.on.get() {
            return token;
        }
        let case = self.case.take();
        match &token {
            Token::Underscore if !case => return Token::Identifier(Box::new("_".into())),
            Token::Switch => self.switches.borrow_mut().push(self.open.borrow().len()),
            Token::LeftBrace => self.open_brace(),
            Token::MapStart | Token::LeftParen | Token::LeftBracket => {
                self.open.borrow_mut().push(false);
            }
            Token::RightBrace | Token::RightParen | Token::RightBracket => {
                self.open.borrow_mut().pop();
                self.case.set(token == Token::RightBrace && self.in_switch());
            }
            Token::Comma => self.case.set(self.in_switch()),
            _ => {}
        }
        token
    }

    fn open_brace(&self) {
        let mut open = self.open.borrow_mut();
        let is_switch = self.switches.borrow().last() == Some(&open.len());
        if is_switch {
            self.switches.borrow_mut().pop();
        }
        open.push(is_switch);
        self.case.set(is_switch);
    }

    fn in_switch(&self) -> bool {
        self.open.borrow().last() == Some(&true)
    }
}
