//! `_` as the name of a variable, which it is at a prompt.

use std::cell::{Cell, RefCell};

use rhai::Token;

/// Reads the tokens of a line, and makes a name of each `_` that is not the last case of a `switch`.
#[derive(Default)]
pub(super) struct Underscores {
    on: Cell<bool>,
    /// The brackets that are open; true for the braces of a `switch`.
    open: RefCell<Vec<bool>>,
    /// For each `switch` whose braces are still to come, how many brackets were open at it.
    switches: RefCell<Vec<usize>>,
    /// True where a case of a `switch` can begin.
    case: Cell<bool>,
}

impl Underscores {
    /// What is parsed until the end of `parse` may use `_` as a name.
    pub(super) fn during<T>(&self, parse: impl FnOnce() -> T) -> T {
        self.open.borrow_mut().clear();
        self.switches.borrow_mut().clear();
        self.case.set(false);
        self.on.set(true);
        let parsed = parse();
        self.on.set(false);
        parsed
    }

    /// The token, or the name that it stands for.
    pub(super) fn read(&self, token: Token) -> Token {
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
