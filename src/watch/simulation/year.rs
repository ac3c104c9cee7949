//! A year of an account and of its watches.
//!
//! Cycles come in bursts at their own pace, with idle times of up to six weeks between them in which
//! things happen and nobody polls: what an idle poll does is the same each time.

use fastrand::Rng;
use jiff::Timestamp;

use super::contact::instant;
use super::feed::Model;
use super::rules::Rules;
use super::watched::Watched;
use super::world::{DAY, HOUR, MINUTE, SECOND, World};
use super::{Failure, Tally};
use crate::schema::ContactFilter;
use crate::store::Store;
use crate::watch::{From, OnError, Sweep, WatchDefinition, WatchKind};

/// Steps of a year.
const STEPS: usize = 45;
/// How many contacts an account may begin with: around the sizes of a page.
const SIZES: [usize; 10] = [0, 1, 2, 20, 49, 50, 51, 75, 120, 160];
/// One in so many accounts is larger than one query reaches.
const LARGE: u8 = 50;

struct Year<'a> {
    rng: Rng,
    model: Model,
    store: &'a dyn Store,
    watches: Vec<Watched>,
    /// How far the local clock is ahead, but for its jumps.
    ahead: i64,
    /// True where somebody moves watches on purpose.
    moves: bool,
    tally: Tally,
}

/// Simulates the year of this seed.
pub(super) fn simulate(seed: u64, store: &dyn Store) -> Result<Tally, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| Failure(error.to_string()))?;
    runtime.block_on(async {
        let mut year = Year::new(seed, store)?;
        for _ in 0..STEPS {
            year.step().await?;
        }
        year.end().await
    })
}

impl<'a> Year<'a> {
    fn new(seed: u64, store: &'a dyn Store) -> Result<Self, Failure> {
        let mut rng = Rng::with_seed(seed);
        let rules = Rules::random(&mut rng);
        let large = rng.u8(0..LARGE) == 0;
        let size = if large { 1_200 } else { SIZES[rng.usize(0..SIZES.len())] };
        let inclusive = rules.since_inclusive && (rules.tells_date || !rules.futures);
        let world = World::new(rng.fork(), rules, size);
        let definitions = (0..rng.usize(1..=2)).map(|n| definition(&mut rng, n, large, inclusive));
        let definitions: Vec<_> = definitions.collect();
        let watches = definitions.into_iter().map(|definition| Watched::new(definition, store));
        let watches = watches.collect::<Result<Vec<_>, _>>()?;
        let ahead = rng.i64(-10 * MINUTE..=10 * MINUTE);
        let model = Model::new(world);
        let moves = rng.u8(0..4) == 0;
        Ok(Self { rng, model, store, watches, ahead, moves, tally: Tally::default() })
    }

    /// Some time passes, things happen, and the watches have a cycle each.
    async fn step(&mut self) -> Result<(), Failure> {
        let stride = match self.rng.u8(0..20) {
            0..13 => self.rng.i64(30 * SECOND..15 * MINUTE),
            13..17 => self.rng.i64(HOUR..12 * HOUR),
            _ => self.rng.i64(DAY..45 * DAY),
        };
        self.pass(stride);
        let rng = &mut self.rng;
        {
            let mut world = self.model.world();
            world.faults = if rng.u8(0..6) == 0 { rng.f64() / 3.0 } else { 0.0 };
            world.unrest = if rng.u8(0..3) == 0 { rng.f64() / 2.0 } else { 0.0 };
            world.local_ahead = self.ahead + [0, 0, 0, 0, -DAY, DAY][rng.usize(0..6)];
            if rng.u8(0..20) == 0 {
                world.told = None;
            }
        }
        for watched in &mut self.watches {
            match self.rng.u8(0..100) {
                0..10 => continue,
                10 => watched.edit(self.store, &mut self.rng)?,
                11 if self.moves => {
                    let now = self.model.local_time();
                    watched.move_somewhere(self.store, &mut self.rng, now)?;
                }
                _ => {}
            }
            if self.rng.u8(0..15) == 0 {
                self.model.world().ends_after = Some(self.rng.u64(1..6));
            }
            watched.cycle(&self.model, self.store, &mut self.tally).await?;
            self.model.world().ends_after = None;
            let now = self.model.local_time();
            watched.deliver(self.store, &mut self.rng, now, true, &mut self.tally)?;
        }
        Ok(())
    }

    fn pass(&mut self, stride: i64) {
        let mut world = self.model.world();
        let mut left = stride;
        for _ in 0..self.rng.usize(0..8) {
            let some = self.rng.i64(0..=left / 2);
            world.pass(some);
            world.happen();
            left -= some;
        }
        world.pass(left);
    }

    /// Nothing goes wrong any more, and nothing happens: what is left is found and handled.
    async fn end(mut self) -> Result<Tally, Failure> {
        {
            let mut world = self.model.world();
            (world.faults, world.unrest, world.local_ahead) = (0.0, 0.0, self.ahead);
        }
        for _ in 0..3 {
            self.model.world().pass(91 * DAY);
            for watched in &mut self.watches {
                watched.cycle(&self.model, self.store, &mut self.tally).await?;
            }
        }
        for watched in &mut self.watches {
            for round in 0..1_000 {
                watched.release(self.store, &mut self.tally)?;
                let later = self.model.local_time() + jiff::SignedDuration::from_hours(round);
                watched.deliver(self.store, &mut self.rng, later, false, &mut self.tally)?;
                if watched.is_idle(self.store)? {
                    break;
                }
            }
            watched.judge(&self.model.world(), self.store, &mut self.tally)?;
        }
        self.tally.requests = self.model.world().requests;
        Ok(self.tally)
    }
}

fn definition(rng: &mut Rng, number: usize, large: bool, inclusive: bool) -> WatchDefinition {
    let kind = [WatchKind::New, WatchKind::Updated, WatchKind::Deleted][rng.usize(0..3)];
    let sweep = match rng.u8(0..10) {
        _ if large => Sweep::Every(days(90)),
        0 if kind == WatchKind::New && inclusive => Sweep::Never,
        0..5 => Sweep::Every(days(rng.u64(1..60))),
        _ => Sweep::Auto,
    };
    let start = Timestamp::from_millisecond(1_700_000_000_000).unwrap_or_default();
    let from = match rng.u8(0..6) {
        0 => From::Beginning,
        1 => From::Instant(start - jiff::SignedDuration::from_hours(rng.i64(0..400 * 24))),
        _ => From::Now,
    };
    WatchDefinition {
        limit: rng.u64(1..=100),
        every: std::time::Duration::from_secs(rng.u64(60..=900)),
        from,
        filter: filter(rng),
        on_error: [OnError::Retry, OnError::Retry, OnError::Skip, OnError::Dead][rng.usize(0..4)],
        concurrency: rng.usize(1..=4),
        max_attempts: rng.u32(1..=5),
        sweep,
        content_only: rng.u8(0..3) == 0,
        ..WatchDefinition::new(kind, &format!("watch-{number}.{}", kind.as_str()))
    }
}

fn days(days: u64) -> std::time::Duration {
    std::time::Duration::from_secs(86_400 * days)
}

pub(super) fn filter(rng: &mut Rng) -> ContactFilter {
    let mut filter = ContactFilter::default();
    match rng.u8(0..6) {
        0 => filter.status = Some("NEW".to_owned()),
        1 => filter.website_id = Some("s1".to_owned()),
        2 => filter.query = Some("vip".to_owned()),
        _ => {}
    }
    filter
}

impl Model {
    /// What the local clock shows.
    pub(super) fn local_time(&self) -> Timestamp {
        let world = self.world();
        instant(world.now + world.local_ahead).unwrap_or_default()
    }
}
