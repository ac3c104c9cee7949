//! Where a walk's pages come from: the API, or a model of it.

use super::window::{Ask, Bounds};
use super::words::Words;
use crate::Result;
use crate::client::rows::Page;
use crate::schema::ContactFilter;

/// Gives pages of the contact list.
pub(crate) trait Source: Clone + Send + Sync + 'static {
    /// One page as the API gives it.
    fn page(&self, filter: &ContactFilter, ask: &Ask) -> impl Future<Output = Result<Page>> + Send;

    /// The account's sites and users, to divide a list by.
    fn words(&self) -> impl Future<Output = Result<Words>> + Send;

    /// How many contacts the API counts.
    fn total(
        &self,
        filter: &ContactFilter,
        bounds: Bounds,
    ) -> impl Future<Output = Result<u64>> + Send {
        async move {
            let page = self.page(filter, &bounds.page(0, 1)).await?;
            Ok(page.total.unwrap_or(page.rows.len() as u64))
        }
    }
}
