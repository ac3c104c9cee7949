//! A script in either language, as far as the rules look at it.

use serde_json::{Map, Value};

/// A place in the source, in characters from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
    /// The column behind the last character, where it is known and on the same line.
    pub(super) end: Option<usize>,
}

impl Place {
    pub(super) const START: Self = Self { line: 1, column: 1, end: None };
}

/// A name where it stands.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) place: Place,
}

/// A whole script.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) body: Vec<Statement>,
    /// Functions that see none of the script's variables, and are seen from everywhere: those of Rhai.
    pub(super) functions: Vec<(Name, Function)>,
    /// Lines that stand before the script's own.
    pub(super) lines_before: usize,
}

#[derive(Debug)]
pub(super) enum Statement {
    /// New variables, seen from the next statement on.
    Local {
        names: Vec<Name>,
        values: Vec<Expression>,
    },
    /// A new variable that its own function sees.
    LocalFunction {
        name: Name,
        function: Function,
    },
    Assign {
        targets: Vec<Expression>,
        values: Vec<Expression>,
    },
    /// An expression whose value nobody uses.
    Discard(Expression),
    /// Expressions whose values are used.
    Evaluate(Vec<Expression>),
    Block(Vec<Statement>),
    Loop(Loop),
    /// A module under a name, which is seen from everywhere.
    Import {
        module: Expression,
        name: Option<Name>,
    },
}

/// A loop over a list or a sequence.
#[derive(Debug)]
pub(super) struct Loop {
    pub(super) names: Vec<Name>,
    pub(super) over: Vec<Expression>,
    /// Which of the names is the item, where the loop goes over a list.
    pub(super) item_of_list: Option<usize>,
    /// The same, where it goes over a sequence.
    pub(super) item_of_sequence: Option<usize>,
    pub(super) body: Vec<Statement>,
}

#[derive(Debug)]
pub(super) enum Expression {
    Literal(Value, Place),
    Name(Name),
    /// An imported module before `::`.
    Module(Name),
    Field(Box<Expression>, Name),
    Item(Box<Expression>, Box<Expression>),
    Call(Box<Call>),
    Table(Table),
    List(Vec<Expression>, Place),
    Function(Function),
    /// Statements whose last one gives the value.
    Block(Vec<Statement>, Place),
    /// Anything else, with what is evaluated in it.
    Other(Vec<Expression>, Place),
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) callee: Expression,
    pub(super) arguments: Vec<Expression>,
    /// True where the last argument may be several.
    pub(super) open: bool,
    /// True for `callee:name()`.
    pub(super) colon: bool,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct Table {
    pub(super) entries: Vec<(Name, Expression)>,
    /// Items without a name, and those whose name is computed.
    pub(super) others: Vec<Expression>,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct Function {
    pub(super) parameters: Vec<Name>,
    pub(super) body: Vec<Statement>,
    pub(super) place: Place,
}

impl Expression {
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Literal(_, place)
            | Self::List(_, place)
            | Self::Block(_, place)
            | Self::Other(_, place) => *place,
            Self::Name(name) | Self::Module(name) | Self::Field(_, name) => name.place,
            Self::Item(of, _) => of.place(),
            Self::Call(call) => call.place,
            Self::Table(table) => table.place,
            Self::Function(function) => function.place,
        }
    }

    /// The value, where it is the same in every run.
    pub(super) fn constant(&self) -> Option<Value> {
        match self {
            Self::Literal(value, _) => Some(value.clone()),
            Self::List(items, _) => {
                items.iter().map(Self::constant).collect::<Option<Vec<_>>>().map(Value::Array)
            }
            Self::Table(table) if table.others.is_empty() => {
                let entry =
                    |(name, value): &(Name, Self)| Some((name.text.clone(), value.constant()?));
                table.entries.iter().map(entry).collect::<Option<Map<_, _>>>().map(Value::Object)
            }
            _ => None,
        }
    }

    /// True for an explicit nothing.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Literal(Value::Null, _))
    }
}
