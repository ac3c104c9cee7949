//! The shape of a script function.

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::list_options::ListOptions;
use super::{
    Arguments, Callback, Context, FunctionArgument, Handed, Handler, Named, OptionSet, ReturnType,
    Sequence, Step,
};
use crate::schema::{ContactFilter, FieldType};
use crate::{Error, ErrorKind, Result};

/// One function that scripts can call.
#[derive(Debug)]
pub struct ApiFn {
    /// Where scripts find it: `"contacts.update"`, below `cliengo`; an embedder's own function under the
    /// path itself, and one of a module behind the module's name.
    pub path: &'static str,
    /// Another name of the same function, where it has one.
    pub alias: Option<&'static str>,
    /// The parameters in order.
    pub params: &'static [Param],
    /// What it gives, in words.
    pub returns: &'static str,
    /// The type of what it gives.
    pub gives: ReturnType,
    /// What it does, in sentences.
    pub doc: &'static str,
    /// An example that runs.
    pub example: Example,
    /// The kinds of errors that it can raise, besides the end of the run itself; empty for an embedder's
    /// own, which raises what it likes.
    pub errors: &'static [ErrorKind],
    /// True where it changes the account's data.
    pub mutates: bool,
    /// Does it.
    pub handler: Handler,
}

/// One parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param {
    /// The name, for errors and the reference.
    pub name: &'static str,
    /// The type of its value.
    pub kind: ParamType,
    /// True where it can be left out.
    pub optional: bool,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamType {
    /// An id, as the API gives them.
    Id,
    /// Text.
    Text,
    /// One of these words; case does not matter.
    Choice(&'static [&'static str]),
    /// The fields of a new contact.
    NewContact,
    /// The changed fields of a contact.
    Changes,
    /// The fields of a contact that is created or updated, whichever it will be.
    Upsert,
    /// What a contact is found by: an object with fields, or the names of fields.
    Criteria,
    /// A filter of the contact list.
    Filter,
    /// A filter of the contact list, with options of how it is fetched.
    List,
    /// A length of time: `"2s"`, or a number of seconds.
    Duration,
    /// An object with names and values of any kind.
    Object,
    /// An object with these names. Of a module of the standard library their types are checked too; the
    /// other functions check them on their own.
    Named(&'static [Named]),
    /// A list with items of any kind.
    Values,
    /// The same, whose items the call gives back, or hands to a function of the script.
    Items,
    /// A function of one of these items, or the name of a field of each.
    By,
    /// A list of ids.
    Ids,
    /// A list of objects, each as this type is.
    Objects(&'static Self),
    /// A function of the script that it may call later, for as long as the script is loaded.
    Function,
    /// The same, where it is known what the function is called with.
    Handler(&'static [Handed]),
    /// A function of the script that is called in the course of the call, if at all.
    Step,
    /// An object with the options of something that is registered, of which some may be functions, as with
    /// [`Function`](Self::Function).
    Options(OptionSet),
    /// A value of this type.
    Value(FieldType),
    /// Any value.
    Any,
}

impl ParamType {
    /// True where null is a value like others; what is made of it the function says.
    pub(crate) fn takes_null(self) -> bool {
        matches!(self, Self::Any | Self::Criteria)
    }

    /// True where the argument itself is a function of the script.
    pub(crate) fn is_function(self) -> bool {
        matches!(self, Self::Function | Self::Handler(_) | Self::Step | Self::By)
    }

    /// True where a function that is written in the languages themselves gets the very value that it was
    /// called with: only what kind of value that is was looked at.
    pub(crate) fn stays_in_the_script(self) -> bool {
        self.is_function() || self == Self::Items
    }

    /// True where a function that is given here may be called when the call is over.
    pub(super) fn keeps_functions(self) -> bool {
        matches!(self, Self::Function | Self::Handler(_) | Self::Options(_))
    }
}

/// The same few lines in both languages, with what they give as JSON.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// In Lua.
    pub lua: &'static str,
    /// In Rhai.
    pub rhai: &'static str,
    /// What both give against a fresh emulator, as JSON.
    pub expect: &'static str,
}

/// What a call will give.
pub type Pending = Pin<Box<dyn Future<Output = Result<Answer>> + Send>>;

/// What a call gives. These and the one error type are all that a language has to know.
#[derive(Debug)]
pub enum Answer {
    /// A value made here.
    Value(Value),
    /// A JSON document as it came from the API; it is read straight into the script's values.
    Json(Bytes),
    /// A list that is there when the call returns: its pages become the script's values as they come, and
    /// their bytes need not be kept.
    List(Sequence),
    /// What became of each item of a call over many: `{ ok, value }` with such a document, or
    /// `{ ok, error }`.
    Outcomes(Vec<Result<Bytes>>),
    /// A list that is fetched as the script goes through it.
    Sequence(Sequence),
    /// A function of the script has to be called first.
    Step(Step),
}

/// One call with its checked arguments.
#[derive(Debug)]
pub struct Call {
    /// The run it belongs to.
    pub context: Arc<Context>,
    params: &'static [Param],
    arguments: Vec<Value>,
    functions: Vec<FunctionArgument>,
}

impl ApiFn {
    /// The namespace and the name: `("contacts", "update")`; the namespace of `now` is empty.
    pub fn namespace_and_name(&self) -> (&'static str, &'static str) {
        self.path.rsplit_once('.').unwrap_or(("", self.path))
    }

    /// Checks the arguments and begins the call.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] before anything is sent: too many or too
    /// few arguments, or one that cannot be right.
    pub fn invoke(
        &self,
        context: Arc<Context>,
        arguments: impl Into<Arguments>,
    ) -> Result<Pending> {
        let Arguments { values, functions } = self.check(arguments.into())?;
        let call = Call { context, params: self.params, arguments: values, functions };
        match &self.handler {
            Handler::Builtin(handler) | Handler::Module(handler) => Ok(handler(call)),
            Handler::Script(_) => Err(self.blame(Error::invalid("only a script can do this"))),
            Handler::Own(_) if self.is_rehearsed(&call)? => {
                Ok(Box::pin(std::future::ready(Ok(Answer::Value(Value::Null)))))
            }
            Handler::Own(handler) => Ok(handler(call)),
        }
    }

    /// True where an embedder's own function is noted and not called. The writes of this crate's functions
    /// are looked at one by one where they are sent.
    fn is_rehearsed(&self, call: &Call) -> Result<bool> {
        if !self.mutates {
            return Ok(false);
        }
        call.context.may_write().map_err(|error| error.within(self.path))?;
        if call.context.is_dry_run() {
            call.context.rehearse_call(self.path, &call.arguments);
        }
        Ok(call.context.is_dry_run())
    }

    /// True for a function of the program that this crate is part of.
    pub fn is_own(&self) -> bool {
        matches!(self.handler, Handler::Own(_))
    }

    /// True for a function of a module of the standard library.
    pub fn is_module(&self) -> bool {
        matches!(self.handler, Handler::Module(_) | Handler::Script(_))
    }

    /// The whole path as scripts write it: `cliengo.contacts.update`, or `crm.score` for an embedder's own,
    /// and `phone.valid` for one of a module.
    pub fn full_path(&self) -> Cow<'static, str> {
        match self.handler {
            Handler::Own(_) | Handler::Module(_) | Handler::Script(_) => Cow::Borrowed(self.path),
            Handler::Builtin(_) => Cow::Owned(format!("cliengo.{}", self.path)),
        }
    }

    /// True where it may be given functions of the script.
    pub fn takes_functions(&self) -> bool {
        self.params.iter().any(|param| param.kind.is_function() || param.kind.keeps_functions())
    }

    /// True where it may call functions that it was given when the call is over.
    pub fn keeps_functions(&self) -> bool {
        self.params.iter().any(|param| param.kind.keeps_functions())
    }

    /// The signature in words, under the path as it is: `contacts.update(id, fields)`.
    pub fn signature(&self) -> String {
        format!("{}({})", self.path, self.names())
    }

    /// How a script calls it: `cliengo.contacts.update(id, fields)`.
    pub fn usage(&self) -> String {
        format!("{}({})", self.full_path(), self.names())
    }

    fn names(&self) -> String {
        let name = |param: &Param| match param.optional {
            true => format!("{}?", param.name),
            false => param.name.to_owned(),
        };
        let names: Vec<_> = self.params.iter().map(name).collect();
        names.join(", ")
    }
}

impl Call {
    /// The text of parameter `index`; empty where it was left out.
    pub fn text(&self, index: usize) -> &str {
        self.arguments.get(index).and_then(Value::as_str).unwrap_or_default()
    }

    /// The value of parameter `index`; null where it was left out.
    pub fn value(&self, index: usize) -> &Value {
        self.arguments.get(index).unwrap_or(&Value::Null)
    }

    /// The option of this name in the object that parameter `index` is; null where it was left out.
    pub fn option(&self, index: usize, name: &str) -> &Value {
        self.value(index).get(name).unwrap_or(&Value::Null)
    }

    /// The values of all parameters in order.
    pub(super) fn values(&self) -> &[Value] {
        &self.arguments
    }

    /// The name of parameter `index`.
    pub(super) fn name(&self, index: usize) -> Option<&'static str> {
        self.params.get(index).map(|param| param.name)
    }

    /// The items of parameter `index`; none where it was left out.
    pub fn list(&self, index: usize) -> Vec<Value> {
        self.value(index).as_array().cloned().unwrap_or_default()
    }

    /// The names and values of parameter `index`; none where it was left out.
    pub fn object(&self, index: usize) -> Map<String, Value> {
        self.value(index).as_object().cloned().unwrap_or_default()
    }

    /// The script's function that parameter `index` is; none where it was left out.
    pub fn function(&self, index: usize) -> Option<&Callback> {
        self.find_function(index, None)
    }

    /// The script's function of this name in the object that parameter `index` is.
    pub fn function_named(&self, index: usize, name: &str) -> Option<&Callback> {
        self.find_function(index, Some(name))
    }

    fn find_function(&self, index: usize, name: Option<&str>) -> Option<&Callback> {
        let is = |it: &&FunctionArgument| it.parameter == index && it.name.as_deref() == name;
        self.functions.iter().find(is).map(|it| &it.callback)
    }

    /// The filter that parameter `index` is.
    ///
    /// # Errors
    /// None in practice: the arguments were checked.
    pub fn filter(&self, index: usize) -> Result<ContactFilter> {
        ContactFilter::from_map(self.object(index))
    }

    /// The filter and the options that parameter `index` is.
    ///
    /// # Errors
    /// None in practice: the arguments were checked.
    pub(super) fn list_options(&self, index: usize) -> Result<ListOptions> {
        ListOptions::from_map(self.object(index))
    }
}
