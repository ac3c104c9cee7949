//! Does what a plan says, item by item, where the account is still as it was.

mod batch;
mod compare;
mod ids;
mod lost;
mod send;
mod standing;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::join_all;

use self::batch::batch;
use self::ids::Ids;
use self::send::Done;
use self::standing::{Standing, States};
use super::{Applied, AppliedItem, Plan, PlanAccount, PlanAction, PlanItem, PlanOutcome};
use crate::api::progress::Progress;
use crate::api::{Context, Steps};
use crate::client::Client;
use crate::{Error, ErrorKind, Result};

/// Items in a row that could not reach the API, after which no other is tried.
const UNREACHED: usize = 3;

impl Plan {
    /// Does what the plan says, in order, on the account of this context; where the order does not matter, for
    /// items are about different contacts, several at a time.
    ///
    /// A contact is read right before its first write. Where it is not as it was when the plan was made, none of
    /// its items is sent. What an earlier apply of this plan did is known from the context's
    /// [steps](crate::api::ContextBuilder::steps), and from the contacts themselves, and is not done twice. An
    /// effect outside the account is left out. [Incomplete](Self::complete) plans are for the caller to refuse.
    /// The context's [cancel](crate::api::Context::cancel) ends it before the next item.
    ///
    /// ```
    /// # #[cfg(all(feature = "lua", feature = "emulator"))] {
    /// use std::sync::Arc;
    ///
    /// use cliengo::api::MemorySteps;
    /// # use cliengo::client::Client;
    /// # use cliengo::emulator::{Emulator, EmulatorOptions};
    /// # let emulator = Emulator::start(EmulatorOptions::default())?;
    /// # let client =
    /// #     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
    /// # let host = cliengo::Host::builder().client(client).build();
    ///
    /// let code = "cliengo.contacts.delete(cliengo.contacts.find{}.id)";
    /// let plan = host.blocking().lua().dry_run(true).run::<bool>(code).plan;
    /// let context = host.context().steps(Arc::new(MemorySteps::default())).build();
    /// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    /// let applied = runtime.block_on(plan.apply(&context))?;
    /// assert!(applied.is_whole());
    /// # }
    /// # Ok::<(), cliengo::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] for a plan of another account; [`ErrorKind::Invalid`] for a context that rehearses or
    /// keeps no steps; what asking for the account fails with. What goes wrong later is told item by item.
    pub async fn apply(&self, context: &Arc<Context>) -> Result<Applied> {
        if context.is_dry_run() {
            return Err(Error::invalid("a plan is not applied in a rehearsal"));
        }
        let (client, steps) = (context.client()?, Arc::clone(context.steps()?));
        context.may_write()?;
        self.check_account(client).await?;
        // That nothing can be remembered is to be known before anything is sent.
        steps.done("0")?;
        let book = Book {
            ids: Ids::of(&self.items),
            states: States::of(&self.items),
            standings: HashMap::new(),
        };
        let work = Work { plan: self, context, client, steps, book: Mutex::new(book) };
        Ok(work.all().await)
    }

    async fn check_account(&self, client: &Client) -> Result<()> {
        let Some(planned) = &self.account else { return Ok(()) };
        match PlanAccount::of(client).await? {
            Some(account) if account.id == planned.id => Ok(()),
            other => {
                let of = other.map_or_else(
                    || "this API does not tell its account".to_owned(),
                    |account| format!("the key is of {}", account.describe()),
                );
                let message =
                    format!("the plan is about the account {}, and {of}", planned.describe());
                Err(Error::new(ErrorKind::Denied, message)
                    .with_hint("apply it with the key and the address that it was made with"))
            }
        }
    }
}

/// What an apply has at hand.
struct Work<'a> {
    plan: &'a Plan,
    context: &'a Arc<Context>,
    client: &'a Client,
    steps: Arc<dyn Steps>,
    book: Mutex<Book>,
}

/// What is known by now.
struct Book {
    ids: Ids,
    states: States,
    /// What was found of each contact that was looked at.
    standings: HashMap<String, Standing>,
}

/// How an item ended.
enum Ended {
    Applied,
    Already,
    Refused(String),
    Failed(Error),
    LeftOut,
}

impl Work<'_> {
    async fn all(self) -> Applied {
        let (total, mut unreached) = (self.plan.items.len() as u64, 0);
        let progress = Progress::new(self.context, "apply");
        let mut applied = Applied::default();
        let mut rest = &self.plan.items[..];
        while !rest.is_empty() {
            applied.ended = applied.ended.or_else(|| self.context.cancel().reason().cloned());
            if applied.ended.is_some() {
                let not_begun = |item| AppliedItem::of(item, PlanOutcome::NotBegun, None);
                applied.items.extend(rest.iter().map(not_begun));
                break;
            }
            let (now, later) = rest.split_at(batch(rest, &self.book().ids));
            let ended = join_all(now.iter().map(|item| self.item(item))).await;
            for (item, ended) in now.iter().zip(ended) {
                applied.ended = applied.ended.or_else(|| ends_all(&ended, &mut unreached));
                applied.items.push(self.told(item, ended));
            }
            rest = later;
            progress.at(total - rest.len() as u64, total);
        }
        progress.done(total);
        applied
    }

    /// Does an item, or finds out that it was done, or why it cannot be.
    async fn item(&self, item: &PlanItem) -> Ended {
        if item.is_outside() {
            return Ended::LeftOut;
        }
        match self.done(item) {
            Ok(Some(done)) => {
                self.learn(item, done);
                return Ended::Already;
            }
            Ok(None) => {}
            Err(error) => return Ended::Failed(error),
        }
        let ended = match item.action {
            PlanAction::Create => self.create(item).await,
            PlanAction::Update | PlanAction::Delete => self.of_contact(item).await,
            PlanAction::Other => self.other(item).await,
        };
        let ended = ended.unwrap_or_else(Ended::Failed);
        // What is left of the contact's items would stand on what was not done.
        if let (Ended::Failed(_), Some(id)) = (&ended, &item.contact) {
            let reason = format!("item {}, which is about it too, failed", item.number);
            self.book().standings.insert(id.clone(), Standing::Stopped(reason));
        }
        ended
    }

    /// An item about a contact that is there.
    async fn of_contact(&self, item: &PlanItem) -> Result<Ended> {
        let planned = item.contact.clone().unwrap_or_default();
        let Some(id) = self.real(item) else {
            return Ok(Ended::Refused("the contact was not created".to_owned()));
        };
        let known = self.book().standings.get(&planned).cloned();
        let standing = match known {
            Some(standing) => standing,
            None => self.look(item, &id).await?,
        };
        self.book().standings.insert(planned, standing.clone());
        match standing {
            Standing::Stopped(reason) => Ok(Ended::Refused(reason)),
            Standing::Going { done_until } => {
                match self.was_done(item, &id, done_until >= item.number).await? {
                    true => self.finish(item, Done::default()).map(|()| Ended::Already),
                    false => self.send(item).await,
                }
            }
        }
    }

    /// Any other call.
    async fn other(&self, item: &PlanItem) -> Result<Ended> {
        let was_sent = self.begun(item)?.is_some();
        if was_sent && item.method == "POST" {
            let reason = "an earlier apply sent it, and whether it arrived is not known: look, and \
                          make the call yourself where it did not";
            return Ok(Ended::Refused(reason.to_owned()));
        }
        self.send(item).await
    }

    fn told(&self, item: &PlanItem, ended: Ended) -> AppliedItem {
        let (outcome, reason) = match ended {
            Ended::Applied => (PlanOutcome::Applied, None),
            Ended::Already => (PlanOutcome::AlreadyApplied, None),
            Ended::Refused(reason) => (PlanOutcome::Refused, Some(reason)),
            Ended::Failed(error) => (PlanOutcome::Failed, Some(error.to_string())),
            Ended::LeftOut => {
                (PlanOutcome::LeftOut, Some(format!("{} is outside the account", item.path)))
            }
        };
        let told = AppliedItem::of(item, outcome, reason);
        AppliedItem { contact: self.real(item).or(told.contact), ..told }
    }

    /// The real id of the contact that an item is about; none where it was not created.
    fn real(&self, item: &PlanItem) -> Option<String> {
        self.book().ids.real(item.contact.as_deref()?).map(str::to_owned)
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why no other item is to be tried, by how this one ended.
fn ends_all(ended: &Ended, unreached: &mut usize) -> Option<Error> {
    let Ended::Failed(error) = ended else {
        *unreached = 0;
        return None;
    };
    match error.kind {
        ErrorKind::Unauthorized | ErrorKind::State | ErrorKind::Cancelled => Some(error.clone()),
        ErrorKind::Network | ErrorKind::Timeout => {
            *unreached += 1;
            (*unreached >= UNREACHED).then(|| error.clone())
        }
        _ => {
            *unreached = 0;
            None
        }
    }
}
