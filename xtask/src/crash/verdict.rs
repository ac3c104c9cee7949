//! What was handled against what was done.

use std::collections::BTreeMap;

use super::Result;
use super::load::Done;

/// One call of a handler.
struct Handled {
    change: u32,
    event: u64,
    attempt: u32,
}

/// What was handled against what was done.
pub(super) struct Verdict {
    pub(super) missing: usize,
    wrong: Vec<String>,
    contacts: usize,
    changes: usize,
    calls: usize,
    repeats: usize,
}

impl Verdict {
    pub(super) fn of(done: &Done, printed: &[String]) -> Self {
        let mut by_contact: BTreeMap<(&str, &str), Vec<Handled>> = BTreeMap::new();
        let mut wrong = Vec::new();
        for line in printed {
            match read(line) {
                Some((watch, contact, handled)) => {
                    by_contact.entry((watch, contact)).or_default().push(handled);
                }
                None => wrong.push(format!("a line of no handler: {line}")),
            }
        }
        let (mut missing, mut repeats) = (0, 0);
        for (contact, change) in done {
            let of = |watch| by_contact.get(&(watch, contact.as_str()));
            missing += usize::from(of("new").is_none());
            let last = of("updated").and_then(|calls| calls.last());
            missing += usize::from(last.is_none_or(|last| last.change != *change));
        }
        for ((watch, contact), calls) in &by_contact {
            let about = format!("{watch} {contact}");
            if !done.contains_key(*contact) {
                wrong.push(format!("{about}: nobody created or changed it"));
            }
            if *watch == "new" && calls.iter().any(|call| call.event != calls[0].event) {
                wrong.push(format!("{about}: two events"));
            }
            for pair in calls.windows(2) {
                let (one, next) = (&pair[0], &pair[1]);
                let again = next.event == one.event;
                repeats += usize::from(again);
                if again && next.attempt <= one.attempt {
                    wrong.push(format!(
                        "{about}: event {} twice as attempt {}",
                        next.event, next.attempt
                    ));
                }
                if !again && (next.event < one.event || next.change <= one.change) {
                    wrong.push(format!("{about}: change {} after {}", next.change, one.change));
                }
            }
        }
        let changes = done.values().map(|change| *change as usize + 1).sum();
        Self { missing, wrong, contacts: done.len(), changes, calls: printed.len(), repeats }
    }

    /// In words.
    ///
    /// # Errors
    /// Where something is missing or wrong.
    pub(super) fn told(&self, kills: u32, said: &str) -> Result<String> {
        let Self { missing, wrong, contacts, changes, calls, repeats } = self;
        let text = format!(
            "{kills} kills, {contacts} contacts with {changes} states: {calls} calls of handlers, \
             {repeats} of them again as a later attempt, {missing} missing, {} wrong",
            wrong.len()
        );
        if *missing == 0 && wrong.is_empty() {
            return Ok(text);
        }
        let last: Vec<&str> = said.lines().rev().take(40).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        let wrong: Vec<&str> = wrong.iter().take(20).map(String::as_str).collect();
        Err(format!("{text}\n{}\nlast words:\n{}", wrong.join("\n"), last.join("\n")).into())
    }
}

fn read(line: &str) -> Option<(&str, &str, Handled)> {
    let mut words = line.strip_prefix("@\t")?.split('\t');
    let (watch, contact) = (words.next()?, words.next()?);
    let change = words.next()?.strip_prefix("change ")?.parse().ok()?;
    let (event, attempt) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some((watch, contact, Handled { change, event, attempt }))
}
