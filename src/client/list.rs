//! The complete contact list, to await or to go through.

use std::future::IntoFuture;
use std::pin::Pin;

use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::walk::{Checkpoint, ContactWalk};
use super::{Client, Contact};
use crate::Result;
use crate::schema::ContactFilter;

/// A list of contacts that is about to be fetched; from [`Contacts::list`](super::Contacts::list).
///
/// Awaited, it is all contacts at once. As a [`stream`](Self::stream) it is one contact after another,
/// in memory that stays flat at any size.
///
/// ```no_run
/// use cliengo::client::Client;
/// use futures_util::TryStreamExt;
///
/// # async fn example(client: Client) -> cliengo::Result<()> {
/// let mut contacts = client.contacts().list(Default::default()).concurrency(4).stream();
/// while let Some(contact) = contacts.try_next().await? {
///     println!("{}", contact.email.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a list fetches nothing until it is awaited or streamed"]
pub struct ListContacts {
    client: Client,
    filter: ContactFilter,
    concurrency: usize,
    from: Option<Checkpoint>,
}

impl ListContacts {
    /// The most requests of one list that are under way at once, unless told.
    pub const CONCURRENCY: usize = 8;

    pub(super) fn new(client: Client, filter: ContactFilter) -> Self {
        Self { client, filter, concurrency: Self::CONCURRENCY, from: None }
    }

    /// The most requests that are under way at once, 1 or more; [`CONCURRENCY`](Self::CONCURRENCY)
    /// unless told. Whatever it is, the contacts come in order.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.max(1);
        self
    }

    /// Goes on where another walk with the same filter was. Contacts that were created since it began do
    /// not come.
    pub fn resume(mut self, from: Checkpoint) -> Self {
        self.from = Some(from);
        self
    }

    /// The contacts page by page, each as the JSON that the API gave.
    pub fn walk(self) -> ContactWalk {
        ContactWalk::new(self.client, self.filter, self.concurrency, self.from)
    }

    /// The contacts one after another, newest first, each fetched when it is asked for or a little
    /// ahead.
    ///
    /// # Errors
    /// As awaiting it. The stream is at its end then.
    pub fn stream(self) -> impl Stream<Item = Result<Contact>> + Send + Unpin + 'static {
        let pages = stream::try_unfold(self.walk(), |mut walk| async move {
            let page = walk.next_page().await?;
            Ok::<_, crate::Error>(page.map(|page| (stream::iter(page.into_iter().map(Ok)), walk)))
        });
        pages.try_flatten().map(|row| row.and_then(|row| row.contact())).boxed()
    }
}

impl IntoFuture for ListContacts {
    type Output = Result<Vec<Contact>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// All contacts.
    ///
    /// # Errors
    /// As [`Client::send`]; [`ErrorKind::Incomplete`](crate::ErrorKind::Incomplete) where the API
    /// cannot give all that match.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.stream().try_collect())
    }
}
