//! What a run did to each contact, all its writes taken together. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::Value;

use super::values::{Fields, HISTORY, NOTE, name_of, value};
use crate::schema::{Difference, differences};
use crate::store::{JournaledWrite, NewWrite, WriteKind, WriteOutcome};

/// What a run did to one contact.
#[derive(Debug, Clone, PartialEq)]
pub struct NetChange {
    /// The contact's id; none for one whose create got no answer.
    pub contact: Option<String>,
    /// What a person calls it, where that is known.
    pub name: Option<String>,
    /// What became of it.
    pub effect: Effect,
    /// The fields that the run changed, by name: the value before its first write, and after its last.
    pub fields: Vec<Difference>,
    /// The names that its updates sent.
    pub sent: BTreeSet<String>,
    /// The contact as the run left it; none where that is not known, or there is none.
    pub after: Option<Fields>,
    /// The last write, where it is not known whether it was done or what it left.
    pub uncertain: Option<NewWrite>,
    /// What it added that the API cannot take away again, in words.
    pub lasting: Vec<String>,
    /// What somebody else changed between two of its writes.
    pub others: Vec<Difference>,
}

/// What became of a contact in a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The run made it.
    Created,
    /// The run changed it.
    Updated,
    /// The run deleted it; this is how it was before the run.
    Deleted(Fields),
    /// The run made it and deleted it again.
    CreatedAndDeleted,
    /// The run may have made it: the answer to the create was lost.
    CreateUnknown {
        /// When the create was sent.
        at: Timestamp,
        /// The fields that it sent.
        fields: Fields,
    },
    /// No contact was written: this is the call.
    Other(String),
}

/// What a run did to each contact, in the order of its first writes. Writes that were refused did nothing.
///
/// ```
/// # use cliengo::store::{JournaledWrite, NewWrite, WriteEnd, WriteKind, WriteOutcome};
/// use cliengo::runtime::{Effect, net_changes};
/// use serde_json::json;
///
/// # let at = jiff::Timestamp::UNIX_EPOCH;
/// # let contact = |rating: u8| json!({ "id": "a", "rating": rating }).as_object().cloned();
/// # let write = |id: u64, before: u8, after: u8| JournaledWrite {
/// #     id,
/// #     begin: NewWrite {
/// #         at, account: "one".into(), kind: WriteKind::Update, method: "PATCH".into(),
/// #         path: "/contacts/a".into(), body: json!({ "rating": after }), contact: Some("a".into()),
/// #         before: contact(before),
/// #     },
/// #     end: Some(WriteEnd {
/// #         at, outcome: WriteOutcome::Done, status: Some(200), created: None, after: contact(after),
/// #     }),
/// # };
/// // Two updates of one contact: its rating goes from 2 to 4, and from 4 to 5.
/// let net = net_changes(&[write(1, 2, 4), write(2, 4, 5)]);
/// assert_eq!((net.len(), &net[0].effect), (1, &Effect::Updated));
/// assert_eq!((&net[0].fields[0].old, &net[0].fields[0].new), (&json!(2), &json!(5)));
/// ```
pub fn net_changes(writes: &[JournaledWrite]) -> Vec<NetChange> {
    let mut folded = Folded::default();
    writes.iter().for_each(|write| folded.add(write));
    folded.net()
}

/// The contacts of a run, as far as its writes were gone through. A write itself is not kept.
#[derive(Default)]
pub(super) struct Folded {
    all: Vec<Contact>,
    places: HashMap<String, usize>,
}

impl Folded {
    /// Takes up the next write of the run.
    pub(super) fn add(&mut self, write: &JournaledWrite) {
        if write.outcome() == WriteOutcome::Refused {
            return;
        }
        let created = write.end.as_ref().and_then(|end| end.created.clone());
        let begin = &write.begin;
        match (begin.kind, created.or_else(|| begin.contact.clone())) {
            (WriteKind::Other, _) => {
                let call = format!("{} {}", begin.method, begin.path);
                self.all.push(Contact::new(None, Some(Effect::Other(call))));
            }
            (WriteKind::Create, None) => {
                let fields = begin.body.as_object().cloned().unwrap_or_default();
                let effect = Effect::CreateUnknown { at: begin.at, fields };
                let mut contact = Contact::new(None, Some(effect));
                contact.name = begin.body.as_object().and_then(name_of);
                self.all.push(contact);
            }
            (_, Some(id)) => self.of(&id).add(write),
            (_, None) => {}
        }
    }

    /// What the run did to each contact; see [`net_changes`].
    pub(super) fn net(self) -> Vec<NetChange> {
        self.all.into_iter().filter(|contact| contact.touched).map(Contact::net).collect()
    }

    fn of(&mut self, id: &str) -> &mut Contact {
        let place = *self.places.entry(id.to_owned()).or_insert_with(|| {
            self.all.push(Contact::new(Some(id.to_owned()), None));
            self.all.len() - 1
        });
        &mut self.all[place]
    }
}

/// A contact, as far as its writes were gone through.
struct Contact {
    id: Option<String>,
    name: Option<String>,
    special: Option<Effect>,
    /// False where no write found a contact to do anything to.
    touched: bool,
    created: bool,
    deleted: bool,
    /// Before and after, by name.
    fields: BTreeMap<String, (Value, Value)>,
    sent: BTreeSet<String>,
    /// The newest state that is known.
    latest: Option<Fields>,
    /// When that was known.
    seen: Timestamp,
    uncertain: Option<NewWrite>,
    lasting: Vec<String>,
    others: Vec<Difference>,
}

impl Contact {
    fn new(id: Option<String>, special: Option<Effect>) -> Self {
        Self {
            id,
            name: None,
            touched: special.is_some(),
            special,
            created: false,
            deleted: false,
            fields: BTreeMap::new(),
            sent: BTreeSet::new(),
            latest: None,
            seen: Timestamp::MIN,
            uncertain: None,
            lasting: Vec::new(),
            others: Vec::new(),
        }
    }

    fn add(&mut self, write: &JournaledWrite) {
        let begin = &write.begin;
        let is_done = write.outcome() == WriteOutcome::Done;
        self.settle(begin.before.as_ref());
        // One that found no contact before it did nothing, unless the API says so.
        if begin.before.is_none() && begin.kind != WriteKind::Create && !is_done {
            return;
        }
        self.touched = true;
        self.name = begin.before.as_ref().and_then(name_of).or(self.name.take());
        match begin.kind {
            WriteKind::Create => self.created = true,
            WriteKind::Update => self.sent.extend(names(&begin.body)),
            WriteKind::Add => self.lasting.push(added(begin)),
            WriteKind::Delete | WriteKind::Other => {}
        }
        if let Some(note) = begin.body.get(NOTE).and_then(Value::as_str) {
            self.lasting.push(format!("the note \"{note}\""));
        }
        if let Some(before) = &begin.before {
            self.meet_others(begin.at, before);
            self.latest = Some(before.clone());
        }
        self.seen = write.end.as_ref().map_or(begin.at, |end| end.at);
        match write.end.as_ref().and_then(|end| end.after.as_ref()) {
            _ if begin.kind == WriteKind::Delete && is_done => self.deleted = true,
            Some(after) if is_done => self.changed(begin.before.as_ref(), after),
            _ => self.uncertain = Some(begin.clone()),
        }
    }

    /// What others changed since the run's last write, as its next one found it, is theirs.
    fn meet_others(&mut self, at: Timestamp, found: &Fields) {
        let Some(latest) = &self.latest else { return };
        // Of two writes at once, the later one may have read the contact before the first was done.
        if at < self.seen {
            return;
        }
        let mut theirs = differences(latest, found);
        theirs.retain(|it| it.field != HISTORY);
        for it in &theirs {
            self.fields.remove(&it.field);
        }
        self.others.extend(theirs);
    }

    /// What an uncertain write did is known once the next one has read the contact.
    fn settle(&mut self, found: Option<&Fields>) {
        let Some(write) = self.uncertain.take() else { return };
        match found {
            Some(found) => {
                let mut its = write.before.clone().unwrap_or_else(|| found.clone());
                for it in differences(&its.clone(), found) {
                    if may_do(&write, &it) {
                        its.insert(it.field, it.new);
                    }
                }
                self.changed(write.before.as_ref(), &its);
            }
            None => self.deleted |= write.kind == WriteKind::Delete,
        }
    }

    fn changed(&mut self, before: Option<&Fields>, after: &Fields) {
        self.name = name_of(after).or(self.name.take());
        for Difference { field, old, new } in
            before.map(|it| differences(it, after)).unwrap_or_default()
        {
            let (_, last) = self.fields.entry(field).or_insert((old, Value::Null));
            *last = new;
        }
        self.latest = Some(after.clone());
    }

    fn net(self) -> NetChange {
        let effect = match (self.special, self.created, self.deleted) {
            (Some(effect), _, _) => effect,
            (None, true, true) => Effect::CreatedAndDeleted,
            (None, true, false) => Effect::Created,
            (None, false, true) => {
                let mut before = self.latest.clone().unwrap_or_default();
                before
                    .extend(self.fields.iter().map(|(name, (old, _))| (name.clone(), old.clone())));
                Effect::Deleted(before)
            }
            (None, false, false) => Effect::Updated,
        };
        let gone = self.deleted || self.uncertain.is_some();
        let fields = self.fields.into_iter().filter(|(_, (old, new))| old != new);
        NetChange {
            contact: self.id,
            name: self.name,
            effect,
            fields: fields.map(|(field, (old, new))| Difference { field, old, new }).collect(),
            sent: self.sent,
            after: self.latest.filter(|_| !gone),
            uncertain: self.uncertain,
            lasting: self.lasting,
            others: self.others,
        }
    }
}

impl NetChange {
    /// The same once the contact is seen: what its last write did is known then. None where that cannot be
    /// told, for somebody else changed it too.
    pub(super) fn settled(&self, current: Option<&Fields>) -> Option<Self> {
        let Some(write) = &self.uncertain else { return Some(self.clone()) };
        let mut net = Self { uncertain: None, after: current.cloned(), ..self.clone() };
        match (write.kind, current) {
            (WriteKind::Delete, None) => {
                let mut before = write.before.clone().unwrap_or_default();
                before.extend(self.fields.iter().map(|it| (it.field.clone(), it.old.clone())));
                let made = self.effect == Effect::Created;
                net.effect = if made { Effect::CreatedAndDeleted } else { Effect::Deleted(before) };
            }
            (WriteKind::Delete, Some(_)) => net.after = write.before.clone(),
            (_, None) => {}
            (WriteKind::Create, Some(current)) => {
                let sent = write.body.as_object().cloned().unwrap_or_default();
                let has = |(name, sent): (&String, &Value)| {
                    super::values::same(name, sent, &value(current, name))
                };
                sent.iter().all(has).then_some(())?;
            }
            (_, Some(current)) => net.meet(write, current)?,
        }
        Some(net)
    }

    /// Takes up what an uncertain write did, where nothing else was done to the contact.
    fn meet(&mut self, write: &NewWrite, current: &Fields) -> Option<()> {
        let found = differences(write.before.as_ref()?, current);
        found.iter().all(|it| may_do(write, it)).then_some(())?;
        for it in found {
            match self.fields.iter_mut().find(|known| known.field == it.field) {
                Some(known) => known.new = it.new,
                None => self.fields.push(it),
            }
        }
        self.fields.retain(|it| it.old != it.new);
        Some(())
    }
}

/// True for a difference that the write makes.
fn may_do(write: &NewWrite, found: &Difference) -> bool {
    let sent = |name: &str| write.body.get(name).cloned().unwrap_or_default();
    match found.field.as_str() {
        "logs" => true,
        "notes" => write.body.get(NOTE).is_some() || write.path.ends_with("/notes"),
        "tags" => write.path.ends_with("/tags"),
        "status" if write.path.ends_with("/status") => {
            super::values::same("status", &sent("externalStatus"), &found.new)
        }
        name => {
            write.body.get(name).is_some() && super::values::same(name, &sent(name), &found.new)
        }
    }
}

fn names(body: &Value) -> impl Iterator<Item = String> {
    body.as_object().into_iter().flatten().map(|(name, _)| name.clone())
}

/// What was added to a contact, in words.
fn added(write: &NewWrite) -> String {
    let path = write.path.trim_end_matches('/');
    let part = path.rsplit('/').next().unwrap_or_default().trim_end_matches('s');
    let text = ["tag", "message"].iter().find_map(|name| write.body.get(*name)?.as_str());
    match text {
        Some(text) => format!("the {part} \"{text}\""),
        None => format!("{} {path}", write.method),
    }
}
