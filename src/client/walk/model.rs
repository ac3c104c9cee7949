//! A model of the API's contact list, to drive the whole walk without a network: random data, every
//! reading of the API's parameters, and contacts that change between two pages.

mod exact;
mod moving;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use proptest::prelude::*;

use super::checkpoint::Checkpoint;
use super::count::count;
use super::drive::Walk;
use super::source::Source;
use super::window::{Ask, MAX_OFFSET};
use super::words::Words;
use crate::Result;
use crate::client::rows::{Page, Row};
use crate::schema::{ContactFilter, STATUSES};

const DAY: i64 = 86_400_000;
/// An instant that all invented dates are near.
const START: i64 = 1_700_000_000_000;

/// How the modelled API reads dates and pages.
#[derive(Debug, Clone, Copy)]
struct Reading {
    until_inclusive: bool,
    /// Milliseconds that the API tells apart.
    granule: i64,
    page_cap: usize,
    /// What the API's count is wrong by.
    miscounts: i64,
    /// True where contacts without a date are in every window of time.
    undated_in_windows: bool,
}

/// The API at its plainest: pages of 50, exclusive by this many milliseconds.
fn plain(granule: i64) -> Reading {
    Reading {
        until_inclusive: false,
        granule,
        page_cap: 50,
        miscounts: 0,
        undated_in_windows: false,
    }
}

/// What happens to the list between two pages.
#[derive(Debug, Clone, Copy)]
enum Change {
    None,
    /// A contact is created now.
    Create,
    /// The contact at this place, in thousandths of the list, is deleted.
    Delete(usize),
    /// The contact at this place is given another status.
    Touch(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Contact {
    number: u64,
    /// Creation in milliseconds.
    created: Option<i64>,
    status: String,
    site: String,
    user: String,
}

impl Contact {
    fn new(number: u64, created: Option<i64>) -> Self {
        let status = STATUSES[(number % 4) as usize].to_owned();
        let (site, user) = (format!("s{}", number / 4 % 3), format!("u{}", number / 12 % 5));
        Self { number, created, status, site, user }
    }

    fn row(&self) -> Row {
        let Self { number, created, status, site, user } = self;
        let json = format!(
            r#"{{"id":"{number}","status":"{status}","websiteId":"{site}","assignedTo":"{user}"}}"#
        );
        let created = created.and_then(|created| Timestamp::from_millisecond(created).ok());
        Row { id: number.to_string(), created, json: json.into(), ..Row::default() }
    }
}

/// The list, newest first.
struct State {
    reading: Reading,
    contacts: Vec<Contact>,
    changes: VecDeque<Change>,
    /// Contacts that were created, deleted or changed since the start.
    changed: Vec<u64>,
    /// The dates of the contacts at the start, by their numbers.
    dates: Vec<Option<i64>>,
    /// A contact for which another date is answered than the list goes by.
    misdated: Option<(u64, i64)>,
    /// How often null is answered in the place of a contact.
    null_every: Option<u64>,
    next: u64,
    pages: usize,
}

#[derive(Clone)]
struct Model(Arc<Mutex<State>>);

impl Model {
    fn new(reading: Reading, dates: &[i64]) -> Self {
        Self::of(reading, dates.iter().copied().map(Some))
    }

    fn of(reading: Reading, dates: impl IntoIterator<Item = Option<i64>>) -> Self {
        let contacts = dates.into_iter().zip(0..).map(|(date, number)| Contact::new(number, date));
        Self::holding(reading, contacts.collect())
    }

    fn holding(reading: Reading, mut contacts: Vec<Contact>) -> Self {
        let dates = contacts.iter().map(|contact| contact.created).collect();
        contacts.sort_by_key(|contact| std::cmp::Reverse((contact.created, contact.number)));
        let (changes, changed, next) = (VecDeque::new(), Vec::new(), contacts.len() as u64);
        let misdated = None;
        let state = State {
            reading,
            contacts,
            changes,
            changed,
            dates,
            misdated,
            null_every: None,
            next,
            pages: 0,
        };
        Self(Arc::new(Mutex::new(state)))
    }

    /// The same list, changed like this from page to page.
    fn changing(self, changes: &[Change]) -> Self {
        self.state().changes = changes.iter().copied().collect();
        self
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// The numbers of the contacts that hold, newest first.
    fn numbers(&self, holds: impl Fn(&Contact) -> bool) -> Vec<u64> {
        let state = self.state();
        state.contacts.iter().filter(|contact| holds(contact)).map(|c| c.number).collect()
    }

    /// Walks the whole list: the numbers as they came, and how many pages were asked for.
    fn walk(&self, filter: ContactFilter) -> Result<(Vec<u64>, usize)> {
        run(async {
            let mut walk = Walk::new(self.clone(), filter, 8, None);
            let mut numbers = Vec::new();
            while let Some(rows) = walk.next_page().await? {
                numbers.extend(rows.iter().map(|row| row.id.parse::<u64>().unwrap()));
            }
            Ok((numbers, self.state().pages))
        })
    }

    /// Goes on with a walk for so many pages: the numbers as they came, and how far it is then.
    fn walk_pages(&self, from: Option<Checkpoint>, most: usize) -> Result<(Vec<u64>, Checkpoint)> {
        run(async {
            let mut walk = Walk::new(self.clone(), ContactFilter::default(), 8, from);
            let mut numbers = Vec::new();
            for _ in 0..most {
                let Some(rows) = walk.next_page().await? else { break };
                numbers.extend(rows.iter().map(|row| row.id.parse::<u64>().unwrap()));
            }
            Ok((numbers, walk.checkpoint()))
        })
    }

    /// Counts, and how many pages that took.
    fn count(&self, filter: &ContactFilter) -> Result<(u64, usize)> {
        run(async { Ok((count(self, filter).await?, self.state().pages)) })
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

impl State {
    fn answer(&self, filter: &ContactFilter, ask: &Ask) -> Page {
        assert!(ask.offset <= MAX_OFFSET, "the walk asked for an offset that the API refuses");
        let matching: Vec<_> =
            self.contacts.iter().filter(|contact| self.holds(contact, filter, ask)).collect();
        let page = matching.iter().skip(ask.offset).take(ask.limit.min(self.reading.page_cap));
        let total = (matching.len() as u64).saturating_add_signed(self.reading.miscounts);
        Page { rows: page.map(|contact| self.row(contact)).collect(), total: Some(total) }
    }

    fn row(&self, contact: &Contact) -> Row {
        if self.null_every.is_some_and(|every| contact.number % every == every - 1) {
            return Row { id: "null".into(), json: "null".into(), ..Row::default() };
        }
        let misdated = self.misdated.filter(|(number, _)| *number == contact.number);
        let row = contact.row();
        Row { created: misdated.map_or(row.created, |(_, date)| instant(date)), ..row }
    }

    fn holds(&self, contact: &Contact, filter: &ContactFilter, ask: &Ask) -> bool {
        let Reading { until_inclusive, granule, undated_in_windows, .. } = self.reading;
        let is = |wanted: &Option<String>, word: &str| wanted.as_deref().is_none_or(|w| w == word);
        let exact = is(&filter.status, &contact.status)
            && is(&filter.website_id, &contact.site)
            && is(&filter.assigned_to, &contact.user);
        let (since, until) = (ask.bounds.since, ask.bounds.until);
        let Some(created) = contact.created else {
            return exact && (undated_in_windows || since.is_none() && until.is_none());
        };
        let coarse = |milliseconds: i64| milliseconds.div_euclid(granule);
        let created = coarse(created);
        exact
            && since.is_none_or(|since| coarse(since.as_millisecond()) <= created)
            && until.is_none_or(|until| match until_inclusive {
                true => created <= coarse(until.as_millisecond()),
                false => created < coarse(until.as_millisecond()),
            })
    }

    fn change(&mut self) {
        let place = |place: usize, count: usize| place * count / 1_000;
        let count = self.contacts.len();
        match self.changes.pop_front() {
            Some(Change::Create) => {
                let newest = self.contacts.iter().filter_map(|contact| contact.created).max();
                let created = Some(newest.unwrap_or(START) + 1);
                self.contacts.insert(0, Contact::new(self.next, created));
                self.changed.push(self.next);
                self.next += 1;
            }
            Some(Change::Delete(at)) if count > 0 => {
                let gone = self.contacts.remove(place(at, count));
                self.changed.push(gone.number);
            }
            Some(Change::Touch(at)) if count > 0 => {
                let contact = &mut self.contacts[place(at, count)];
                let status = STATUSES.iter().position(|status| *status == contact.status);
                contact.status = STATUSES[status.map_or(0, |status| (status + 1) % 4)].to_owned();
                self.changed.push(contact.number);
            }
            _ => {}
        }
    }
}

impl Source for Model {
    async fn page(&self, filter: &ContactFilter, ask: &Ask) -> Result<Page> {
        // Requests under way together are answered in no order of their own.
        let turns = (ask.offset / 7 + self.state().pages) % 4;
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
        let mut state = self.state();
        let page = state.answer(filter, ask);
        state.pages += 1;
        state.change();
        Ok(page)
    }

    async fn words(&self) -> Result<Words> {
        let ids = |letter: &str, count: usize| (0..count).map(|n| format!("{letter}{n}")).collect();
        Ok(Words::new(ids("s", 3), ids("u", 5)))
    }
}

fn reading() -> impl Strategy<Value = Reading> {
    let granule = prop_oneof![Just(1), Just(1_000), Just(DAY)];
    let page_cap = prop_oneof![Just(10), Just(37), Just(50)];
    (any::<bool>(), granule, page_cap, any::<bool>()).prop_map(
        |(until_inclusive, granule, page_cap, undated_in_windows)| Reading {
            until_inclusive,
            granule,
            page_cap,
            miscounts: 0,
            undated_in_windows,
        },
    )
}

/// Creation dates over about two years, with many that share a second or a day, and some that crowd one
/// instant.
fn dates() -> impl Strategy<Value = Vec<i64>> {
    let spread = (0..700_i64, 0..86_400_i64, 0..1_000_i64).prop_map(|(day, second, part)| {
        let clustered = if day % 3 == 0 { second / 3_600 * 3_600 } else { second };
        START + day * DAY + clustered * 1_000 + part
    });
    let crowd = (0..700_i64, 0..2_500_usize)
        .prop_map(|(day, count)| vec![START + day * DAY + 5_000_123; count]);
    let crowd = prop_oneof![3 => Just(Vec::new()), 1 => crowd];
    (prop::collection::vec(spread, 0..4_000), crowd)
        .prop_map(|(dates, crowd)| [dates, crowd].concat())
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        4 => Just(Change::None),
        1 => Just(Change::Create),
        2 => (0..1_000_usize).prop_map(Change::Delete),
        1 => (0..1_000_usize).prop_map(Change::Touch),
    ];
    prop::collection::vec(change, 0..120)
}

fn instant(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

/// So many contacts at each second.
fn instants(groups: &[(i64, usize)]) -> Vec<i64> {
    groups.iter().flat_map(|(at, count)| vec![START + at * 1_000; *count]).collect()
}
