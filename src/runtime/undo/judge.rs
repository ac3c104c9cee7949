//! What is to be done about one contact, as it is now. Pure.

use serde_json::Value;

use super::net::{Effect, NetChange};
use super::values::{Fields, HISTORY, NOTE, is_updatable, same, texts, value};
use crate::schema::{Difference, contact_field, differences};

/// What is to be done about a contact.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    /// Nothing: it is as it was before the run.
    Already(Already),
    /// It is deleted.
    Delete,
    /// These fields are set to their `old` values.
    PutBack(Vec<Difference>),
    /// It is made anew like this.
    Recreate(Fields),
    /// It is left alone.
    Skip(Skip),
}

/// Why nothing is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Already {
    /// The fields that the run changed have their values again.
    AsItWas,
    /// What the run made is gone.
    Gone,
    /// What the run deleted is there.
    There,
    /// The run changed nothing that an update takes.
    Nothing,
}

/// Why a contact is left alone.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Skip {
    /// Somebody changed it since.
    Changed(Vec<Difference>),
    /// Somebody deleted it since.
    Deleted,
    /// It is not known what the run's last write did, and somebody changed it too.
    Unknown,
    /// The contact before the run's write is not known.
    Unread,
}

/// How strictly a contact is judged.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Judging {
    /// The run's fields are put back also where others were changed since.
    pub(super) despite_others: bool,
    /// The contact is as a run left it, whichever: its history, and all else that no run sets, is no sign of
    /// somebody else.
    pub(super) is_ours: bool,
}

/// What is to be done about a contact of a run, which is `current` now.
pub(super) fn judge(net: &NetChange, current: Option<&Fields>, how: Judging) -> Action {
    let Some(net) = net.settled(current) else {
        return match current.is_some_and(|current| is_as_it_was(net, current)) {
            true => Action::Already(Already::AsItWas),
            false => Action::Skip(Skip::Unknown),
        };
    };
    match (&net.effect, current) {
        (Effect::Created | Effect::CreatedAndDeleted, None) => Action::Already(Already::Gone),
        (Effect::Created, Some(current)) => delete(&net, current, how),
        (Effect::Deleted(before), Some(current)) => still_there(&net, before, current, how),
        (Effect::Deleted(before), None) if before.is_empty() => Action::Skip(Skip::Unread),
        (Effect::Deleted(before), None) => Action::Recreate(before.clone()),
        (Effect::Updated, None) => Action::Skip(Skip::Deleted),
        (Effect::Updated, Some(current)) => put_back(&net, current, how),
        (Effect::CreatedAndDeleted, Some(_)) => Action::Skip(Skip::Changed(Vec::new())),
        // These are looked for, or told of, by whoever does the undo.
        (Effect::CreateUnknown { .. } | Effect::Other(_), _) => Action::Already(Already::Nothing),
    }
}

/// True where all that the run set, or may have set, is as it was before: an earlier undo did that.
fn is_as_it_was(net: &NetChange, current: &Fields) -> bool {
    let Some(write) = net.uncertain.as_ref().filter(|_| net.effect == Effect::Updated) else {
        return false;
    };
    let Some(before) = &write.before else { return false };
    let was = |name: &str| {
        let known = net.fields.iter().find(|it| it.field == name);
        known.map_or_else(|| value(before, name), |it| it.old.clone())
    };
    let set = write.body.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let set = set.chain(["status"]).chain(restorable_names(net));
    let mut set = set.filter(|name| is_updatable(name));
    set.all(|name| same(name, &was(name), &value(current, name)))
}

fn restorable_names(net: &NetChange) -> impl Iterator<Item = &str> {
    net.fields.iter().map(|it| it.field.as_str())
}

fn delete(net: &NetChange, current: &Fields, how: Judging) -> Action {
    let changed = since(net, current, how);
    match (changed.is_empty(), net.others.is_empty()) {
        (true, true) => Action::Delete,
        (true, false) => Action::Skip(Skip::Changed(net.others.clone())),
        (false, _) => Action::Skip(Skip::Changed(changed)),
    }
}

/// One that the run deleted as it seemed, or that is there again: what the run changed before is put back.
fn still_there(net: &NetChange, before: &Fields, current: &Fields, how: Judging) -> Action {
    let mut left = before.clone();
    left.extend(net.fields.iter().map(|it| (it.field.clone(), it.new.clone())));
    let net = NetChange { effect: Effect::Updated, after: Some(left), ..net.clone() };
    match put_back(&net, current, how) {
        Action::Already(_) => Action::Already(Already::There),
        action => action,
    }
}

fn put_back(net: &NetChange, current: &Fields, how: Judging) -> Action {
    let own = restorable(net);
    if own.is_empty() {
        return Action::Already(Already::Nothing);
    }
    if own.iter().all(|it| same(&it.field, &value(current, &it.field), &it.old)) {
        return Action::Already(Already::AsItWas);
    }
    let mut changed = since(net, current, how);
    // An entry of the history alone changed nothing that is put back: an undo of an undo adds some, too.
    changed.retain(|it| it.field != HISTORY);
    let touches_own = changed.iter().any(|it| own.iter().any(|own| own.field == it.field));
    if touches_own || !changed.is_empty() && !how.despite_others {
        return Action::Skip(Skip::Changed(changed));
    }
    Action::PutBack(own)
}

/// What somebody else changed since the run's last write.
fn since(net: &NetChange, current: &Fields, how: Judging) -> Vec<Difference> {
    let Some(after) = &net.after else { return Vec::new() };
    let mut changed = differences(after, current);
    let says_more = |list: &str| {
        let (mut was, mut is) = (texts(after, list), texts(current, list));
        was.sort_unstable();
        is.sort_unstable();
        was != is
    };
    changed.retain(|it| match it.field.as_str() {
        _ if !how.is_ours => true,
        list @ ("tags" | "notes") => says_more(list),
        field => is_updatable(field),
    });
    changed
}

/// The fields that an update can set to what they were: those that the API documents, and those that the
/// run itself set in an update.
pub(super) fn restorable(net: &NetChange) -> Vec<Difference> {
    let takes = |name: &str| is_updatable(name) || name != NOTE && net.sent.contains(name);
    net.fields.iter().filter(|it| takes(&it.field)).cloned().collect()
}

/// What the run changed and no update sets, in words.
pub(super) fn beyond_reach(net: &NetChange) -> Vec<String> {
    let told = |name: &str| net.after.as_ref().is_some_and(|after| after.contains_key(name));
    let known = |name: &str| told(name) || net.fields.iter().any(|it| it.field == name);
    let is_answered = |name: &str| contact_field(name).is_some_and(|field| field.answered);
    let is_field = |name: &&String| is_updatable(name) && !is_answered(name) && !known(name);
    net.sent
        .iter()
        .filter(is_field)
        .map(|name| format!("{name}, which the API does not tell"))
        .collect()
}

/// What of a contact that was deleted does not come back, by name.
pub(super) fn not_back(wanted: &Fields, made: &Fields) -> Vec<String> {
    let own = ["id", "creationDate", "lastUpdateDate", "logs", "notes", "tags"];
    let is_lost = |name: &str, wanted: &Value| {
        let empty = wanted.is_null() || wanted.as_array().is_some_and(Vec::is_empty);
        !empty && !own.contains(&name) && !same(name, wanted, &value(made, name))
    };
    let lost = wanted.iter().filter(|(name, value)| is_lost(name, value));
    lost.map(|(name, _)| name.clone()).collect()
}
