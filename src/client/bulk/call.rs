//! Bulk calls as Rust makes them.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;

use super::{BulkOptions, Subject, all};
use crate::Result;
use crate::client::{Contact, ContactChanges, Contacts, NewContact};

type Outcomes<T> = Pin<Box<dyn Future<Output = Vec<Result<T>>> + Send>>;

/// Calls for many contacts that are about to be made; from [`Contacts::get_many`] and its like.
///
/// Awaited, it gives one result for each item, in the items' order: a failure of one does not stop
/// the others. Only an [`Unauthorized`](crate::ErrorKind::Unauthorized) error does, for the API would
/// refuse them too. Items that were not begun are [`Cancelled`](crate::ErrorKind::Cancelled) errors.
///
/// ```no_run
/// use cliengo::client::{Client, ContactChanges};
///
/// # async fn example(client: Client, ids: Vec<String>) {
/// let active = ContactChanges { status: "ACTIVE".into(), ..Default::default() };
/// let changes: Vec<_> = ids.into_iter().map(|id| (id, active.clone())).collect();
/// for (result, (id, _)) in client.contacts().update_many(&changes).concurrency(4).await.iter().zip(&changes) {
///     if let Err(error) = result {
///         eprintln!("{id}: {error}");
///     }
/// }
/// # }
/// ```
#[must_use = "a bulk call sends nothing until it is awaited"]
pub struct BulkCall<T> {
    options: BulkOptions,
    begin: Box<dyn FnOnce(BulkOptions) -> Outcomes<T> + Send>,
}

impl<T: Send + 'static> BulkCall<T> {
    fn new<I: Send + Sync + 'static, F>(
        items: Vec<I>,
        subject: Subject<I>,
        work: impl Fn(I) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let begin =
            move |options| Box::pin(all(items, options, subject, work, |_| ())) as Outcomes<T>;
        Self { options: BulkOptions::default(), begin: Box::new(begin) }
    }

    /// The most items that are under way at once, 1 or more; 8 unless told.
    pub fn concurrency(mut self, items: usize) -> Self {
        self.options.concurrency = items.max(1);
        self
    }

    /// Begins no further item once one has failed.
    pub fn stop_on_error(mut self) -> Self {
        self.options.stop_on_error = true;
        self
    }
}

impl<T> IntoFuture for BulkCall<T> {
    type Output = Vec<Result<T>>;
    type IntoFuture = Outcomes<T>;

    fn into_future(self) -> Self::IntoFuture {
        (self.begin)(self.options)
    }
}

impl<T> fmt::Debug for BulkCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkCall").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Contacts<'_> {
    /// `GET /contacts/:id` of each id.
    pub fn get_many(&self, ids: impl IntoIterator<Item = impl Into<String>>) -> BulkCall<Contact> {
        let client = self.client().clone();
        let work = move |id: String| {
            let client = client.clone();
            async move { client.contacts().get(&id).await }
        };
        BulkCall::new(texts(ids), |_| None, work)
    }

    /// `POST /contacts` of each contact, each sent once: where an answer is lost, its error says that
    /// the outcome is unknown.
    pub fn create_many(&self, contacts: &[NewContact]) -> BulkCall<Contact> {
        let client = self.client().clone();
        let work = move |contact: NewContact| {
            let client = client.clone();
            async move { client.contacts().create(&contact).await }
        };
        BulkCall::new(contacts.to_vec(), |_| None, work)
    }

    /// `PATCH /contacts/:id` of each id with its changes. Changes of the same contact are made one
    /// after another.
    pub fn update_many(&self, changes: &[(String, ContactChanges)]) -> BulkCall<Contact> {
        let client = self.client().clone();
        let work = move |(id, changes): (String, ContactChanges)| {
            let client = client.clone();
            async move { client.contacts().update(&id, &changes).await }
        };
        BulkCall::new(changes.to_vec(), |(id, _)| Some(id), work)
    }

    /// `DELETE /contacts/:id` of each id.
    pub fn delete_many(&self, ids: impl IntoIterator<Item = impl Into<String>>) -> BulkCall<()> {
        let client = self.client().clone();
        let work = move |id: String| {
            let client = client.clone();
            async move { client.contacts().delete(&id).await }
        };
        BulkCall::new(texts(ids), |id| Some(id), work)
    }
}

fn texts(ids: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    ids.into_iter().map(Into::into).collect()
}
