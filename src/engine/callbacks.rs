//! The functions that a script gave away and that may be called later, by their numbers.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use crate::api::{Arguments, Callback, FunctionArgument};

/// A language's functions by number. A number is never given twice.
pub(super) struct Callbacks<F> {
    next: Cell<u32>,
    kept: RefCell<HashMap<u32, F>>,
}

/// The functions among the arguments of one call, which go with it unless they are kept.
pub(super) struct Given<F>(Vec<(u32, F)>);

impl<F> Default for Callbacks<F> {
    fn default() -> Self {
        Self { next: Cell::new(1), kept: RefCell::default() }
    }
}

impl<F: Clone> Callbacks<F> {
    /// Keeps a function for as long as the script is loaded.
    pub(super) fn keep(&self, function: F) -> u32 {
        let number = self.number();
        self.kept.borrow_mut().insert(number, function);
        number
    }

    /// Keeps the functions of a call under the numbers that they were given with.
    pub(super) fn keep_given(&self, given: Given<F>) {
        self.kept.borrow_mut().extend(given.0);
    }

    /// The kept function with this number.
    pub(super) fn get(&self, number: u32) -> Option<F> {
        self.kept.borrow().get(&number).cloned()
    }

    /// The number of a kept function, by what it is.
    pub(super) fn find(&self, is: impl Fn(&F) -> bool) -> Option<u32> {
        self.kept.borrow().iter().find(|(_, function)| is(function)).map(|(number, _)| *number)
    }

    /// The function that a step calls: one of the call's own, or a kept one.
    pub(super) fn of_step(&self, given: &Given<F>, number: u32) -> Option<F> {
        let own = given.0.iter().find(|(own, _)| *own == number);
        own.map(|(_, function)| function.clone()).or_else(|| self.get(number))
    }

    /// A number that nothing else has.
    pub(super) fn number(&self) -> u32 {
        self.next.replace(self.next.get().wrapping_add(1))
    }
}

/// The arguments of a call while they are gathered.
pub(super) struct Gathered<F> {
    plain: Arguments,
    functions: Vec<(usize, Option<String>, F)>,
}

impl<F> Gathered<F> {
    /// None yet of so many arguments.
    pub(super) fn of(count: usize) -> Self {
        let plain = Arguments { values: Vec::with_capacity(count), functions: Vec::new() };
        Self { plain, functions: Vec::new() }
    }

    /// The next argument is this value, with these functions in it.
    pub(super) fn value(&mut self, value: serde_json::Value, functions: Vec<(String, F)>) {
        let parameter = self.plain.values.len();
        self.plain.values.push(value);
        self.functions.extend(
            functions.into_iter().map(|(name, function)| (parameter, Some(name), function)),
        );
    }

    /// The next argument is this function.
    pub(super) fn function(&mut self, function: F) {
        self.functions.push((self.plain.values.len(), None, function));
        self.plain.values.push(serde_json::Value::Null);
    }

    /// The arguments as the registry takes them, and the functions by number. `place` says where
    /// they were given, and is asked only where there are any.
    pub(super) fn finish(
        self,
        callbacks: &Callbacks<F>,
        place: impl FnOnce(&F) -> String,
    ) -> (Arguments, Given<F>)
    where
        F: Clone,
    {
        let Self { mut plain, functions } = self;
        if functions.is_empty() {
            return (plain, Given(Vec::new()));
        }
        let place = functions.first().map(|(_, _, function)| place(function)).unwrap_or_default();
        let mut given = Vec::with_capacity(functions.len());
        for (parameter, name, function) in functions {
            let callback = Callback { number: callbacks.number(), place: place.clone() };
            given.push((callback.number, function));
            plain.functions.push(FunctionArgument { parameter, name, callback });
        }
        (plain, Given(given))
    }
}
