//! The watches and schedules that a script surely registers, by their ids.

use super::facts::ApiCall;
use super::rules::registers;
use super::tree::{Expression, Place};
use super::{Code, Finding, Severity};
use crate::api::ParamType;

/// A watch or a schedule that is registered wherever the script is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Registered {
    /// `watch` or `schedule`.
    pub(crate) noun: &'static str,
    pub(crate) id: String,
    place: Place,
}

impl Registered {
    /// Those of these calls whose id is written in the script. One in a block or a function may never be made.
    pub(super) fn of(calls: &[ApiCall<'_>]) -> Vec<Self> {
        let surely = |it: &&ApiCall<'_>| registers(it) && !it.in_function && !it.in_block;
        calls.iter().filter(surely).filter_map(Self::of_call).collect()
    }

    fn of_call(it: &ApiCall<'_>) -> Option<Self> {
        let wanted = it.function.params.iter().position(|param| is_options(param.kind))?;
        let places = super::rules::places(it);
        let given = places.iter().position(|place| *place == Some(wanted))?;
        let Expression::Table(options) = it.arguments.get(given)? else { return None };
        let (_, id) = options.entries.iter().find(|(name, _)| name.text == "id")?;
        let text = id.constant()?.as_str().filter(|_| options.others.is_empty())?.to_owned();
        let noun = if it.function.path.starts_with("watch.") { "watch" } else { "schedule" };
        // Not that of the id: two calls may be given one table.
        Some(Self { noun, id: text, place: it.name.place })
    }

    /// True where both would be kept under one name.
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        (self.noun, &self.id) == (other.noun, &other.id)
    }

    /// The line of its call.
    pub(crate) const fn line(&self) -> usize {
        self.place.line
    }

    /// Counts lines from the script's own first one.
    pub(super) fn behind(&mut self, lines_before: usize) {
        self.place.line = self.place.line.saturating_sub(lines_before).max(1);
    }

    /// That another one of the same file has the id.
    pub(super) fn again(&self, first: &Self) -> Finding {
        self.found(&format!("at line {}", first.line()))
    }

    /// That one of another file of the same folder has the id: only who keeps both refuses it.
    // Folders are what the command has.
    #[cfg_attr(not(feature = "cli"), allow(dead_code))]
    pub(crate) fn in_two_files(&self, first: &Self, file: &str) -> Finding {
        let finding = self.found(&format!("at {file}:{}", first.line()));
        Finding { severity: Severity::Warning, ..finding }
    }

    fn found(&self, place: &str) -> Finding {
        let Self { noun, id, .. } = self;
        let message = format!("another {noun} has the id \"{id}\" already, {place}");
        let hint = format!("give each an id of its own, such as \"{id}-2\"");
        Finding::new(Code::DuplicateId, self.place, message).with_hint(hint)
    }
}

/// Those that have the id of an earlier one.
pub(super) fn duplicates(registered: &[Registered]) -> Vec<Finding> {
    let again = |(place, it): (usize, &Registered)| {
        let first = registered[..place].iter().find(|first| first.clashes(it))?;
        Some(it.again(first))
    };
    registered.iter().enumerate().filter_map(again).collect()
}

/// True for the parameter that the options are for.
pub(super) const fn is_options(kind: ParamType) -> bool {
    matches!(kind, ParamType::Options(_))
}
