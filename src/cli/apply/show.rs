//! What became of the items of a plan, for people and for programs.

use std::fmt::Write as _;
use std::io::stdout;

use serde_json::{Map, Value};

use crate::Result;
use crate::api::{Applied, AppliedItem, PlanOutcome};
use crate::cli::arguments::ScriptOptions;
use crate::cli::output;
use crate::terminal::{Paint, Role, harmless, thousands};

/// Items that are told unless all are asked for.
const SHOWN: usize = 50;
const COLUMNS: [&str; 6] = ["number", "action", "contact", "name", "outcome", "reason"];

/// Prints it in the format that was asked for.
///
/// # Errors
/// Where standard output cannot be written to.
pub(super) fn show(applied: &Applied, options: &ScriptOptions) -> Result<()> {
    let items = applied.items.iter().map(serde_json::to_value);
    let items: Vec<Value> = items.filter_map(std::result::Result::ok).collect();
    match options.output.as_str() {
        "pretty" => output::text(&text(applied, options.verbose, Paint::of(&stdout()))),
        "json" => {
            let count = |outcome: &PlanOutcome| {
                (outcome.as_str().to_owned(), applied.count(*outcome).into())
            };
            let mut whole: Map<String, Value> = PlanOutcome::ALL.iter().map(count).collect();
            whole.insert("items".to_owned(), items.into());
            output::print(&whole.into(), "json")
        }
        format => output::print_rows(items, &COLUMNS, format),
    }
}

/// A line for each item that was not simply done, or for every one, and the counts.
fn text(applied: &Applied, all: bool, paint: Paint) -> String {
    let told = |item: &&AppliedItem| {
        all || matches!(item.outcome, PlanOutcome::Refused | PlanOutcome::Failed)
    };
    let told: Vec<&AppliedItem> = applied.items.iter().filter(told).collect();
    let most = if all { told.len() } else { SHOWN };
    let mut text: String = told.iter().take(most).map(|item| line(item, paint)).collect();
    if told.len() > most {
        let more = format!("… {} more (-v shows all)\n", thousands(told.len() - most));
        text.push_str(&paint.dim(&more));
    }
    text.push_str(&summary(applied));
    text
}

/// `refused  3 update Ana Pérez (66…a1): the contact changed since …`
fn line(item: &AppliedItem, paint: Paint) -> String {
    let role = match item.outcome {
        PlanOutcome::Applied | PlanOutcome::AlreadyApplied => Role::Success,
        PlanOutcome::Refused => Role::Warning,
        PlanOutcome::Failed => Role::Error,
        PlanOutcome::NotBegun | PlanOutcome::LeftOut => Role::Dim,
    };
    let mut words = format!("{} {}", item.number, item.action.as_str());
    if let Some(name) = &item.name {
        let _ = write!(words, " {name}");
    }
    if let Some(contact) = &item.contact {
        let _ = write!(words, " ({contact})");
    }
    if let Some(reason) = &item.reason {
        let _ = write!(words, ": {reason}");
    }
    format!("{} {}\n", paint.role(role, self::words(item.outcome)), harmless(&words))
}

/// `applied 12, already applied 1, refused 2`
fn summary(applied: &Applied) -> String {
    let count = |outcome: &PlanOutcome| (*outcome, applied.count(*outcome));
    let is_told = |(outcome, count): &(PlanOutcome, usize)| {
        *count > 0 && *outcome != PlanOutcome::LeftOut || *outcome == PlanOutcome::Applied
    };
    let counts = PlanOutcome::ALL.iter().map(count).filter(is_told);
    let parts: Vec<String> =
        counts.map(|(outcome, count)| format!("{} {}", words(outcome), thousands(count))).collect();
    let mut text = format!("{}\n", parts.join(", "));
    match applied.count(PlanOutcome::LeftOut) {
        0 => {}
        1 => text.push_str("1 effect outside the account is not applied: run the script\n"),
        many => {
            let many = thousands(many);
            let _ = writeln!(
                text,
                "{many} effects outside the account are not applied: run the script"
            );
        }
    }
    text
}

fn words(outcome: PlanOutcome) -> &'static str {
    match outcome {
        PlanOutcome::Applied => "applied",
        PlanOutcome::AlreadyApplied => "already applied",
        PlanOutcome::Refused => "refused",
        PlanOutcome::Failed => "failed",
        PlanOutcome::NotBegun => "not begun",
        PlanOutcome::LeftOut => "left out",
    }
}
