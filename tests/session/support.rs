//! A prompt without its terminal.

use std::sync::Arc;

use bytes::Bytes;
use cliengo::api::{Callback, Context, ContextBuilder};
use cliengo::engine::{Executor, Language, Limits, ScriptFailure, Session, Shape, Source};
use serde_json::Value;

pub const BOTH: [Language; 2] = [Language::Lua, Language::Rhai];

/// A session whose lines are numbered.
pub struct Prompt {
    pub session: Session,
    pub language: Language,
    lines: usize,
}

impl Prompt {
    pub fn new(language: Language) -> Self {
        Self::under(language, Context::builder(), Limits::default())
    }

    pub fn under(language: Language, context: ContextBuilder, limits: Limits) -> Self {
        let context = context.build();
        let session = Session::open(language, &context, limits, Executor::own(), None).unwrap();
        Self { session, language, lines: 0 }
    }

    pub fn try_line_under(
        &mut self,
        line: &str,
        context: &Arc<Context>,
    ) -> Result<Shape, ScriptFailure> {
        self.lines += 1;
        let name = format!("(prompt {})", self.lines);
        let source = Source { name, ..Source::from_code(line, self.language) };
        self.session.evaluate(&source, context)
    }

    pub fn try_line(&mut self, line: &str) -> Result<Shape, ScriptFailure> {
        self.try_line_under(line, &Context::builder().build())
    }

    /// What the line gives.
    #[track_caller]
    pub fn line(&mut self, line: &str) -> Shape {
        self.try_line(line).unwrap_or_else(|failure| panic!("{line}: {failure}"))
    }

    /// What the line gives, which is a plain value.
    #[track_caller]
    pub fn value(&mut self, line: &str) -> Value {
        match self.line(line) {
            Shape::Value(value) => value,
            other => panic!("{line} gives {other:?}"),
        }
    }

    /// Calls a function of the session.
    pub fn call(
        &mut self,
        function: &Callback,
        arguments: Vec<Bytes>,
    ) -> Result<Value, ScriptFailure> {
        self.session.call(function, &arguments, &Context::builder().build())
    }

    /// How the line fails.
    #[track_caller]
    pub fn failure(&mut self, line: &str) -> ScriptFailure {
        match self.try_line(line) {
            Ok(shape) => panic!("{line} gives {shape:?}"),
            Err(failure) => failure,
        }
    }
}
