//! The words that lists are divided by: statuses, sites and users.

use crate::client::rows::Row;
use crate::schema::{ContactFilter, STATUSES};

/// A filter that the API compares exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Status,
    Site,
    User,
}

/// How many orders there are to divide in.
pub(super) const ORDERS: usize = ORDER.len();
/// The orders to divide in, a round each: a contact with an odd word in one dimension is reached
/// where the others alone divide far enough.
const ORDER: [[Dimension; 3]; 3] = {
    use Dimension::{Site, Status, User};
    [[Status, Site, User], [Site, User, Status], [User, Status, Site]]
};

/// The words that the parts ask for.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    statuses: Vec<String>,
    sites: Vec<String>,
    users: Vec<String>,
}

impl Words {
    /// The known statuses, and these sites and users by their ids.
    pub(crate) fn new(sites: Vec<String>, users: Vec<String>) -> Self {
        let unassigned = std::iter::once("UNASSIGNED".to_owned());
        Self {
            statuses: STATUSES.iter().map(|&status| status.to_owned()).collect(),
            sites,
            users: unassigned.chain(users).collect(),
        }
    }

    /// The parts of a filter by its first free dimension, in this order; none where it is as narrow as
    /// can be.
    pub(super) fn divide(&self, filter: &ContactFilter, order: usize) -> Vec<ContactFilter> {
        let narrower = |dimension: Dimension| {
            let mut filter = filter.clone();
            dimension.slot(&mut filter).is_none().then(|| {
                let words = self.of(dimension).iter();
                let part = |word: &String| {
                    let mut part = filter.clone();
                    *dimension.slot(&mut part) = Some(word.clone());
                    part
                };
                words.map(part).collect::<Vec<_>>()
            })
        };
        let mut parts = ORDER[order % ORDERS].into_iter().filter_map(narrower);
        parts.find(|parts| !parts.is_empty()).unwrap_or_default()
    }

    fn of(&self, dimension: Dimension) -> &[String] {
        match dimension {
            Dimension::Status => &self.statuses,
            Dimension::Site => &self.sites,
            Dimension::User => &self.users,
        }
    }

    /// Adds words that contacts hold and nobody listed: a status of the account's own, a user who left.
    pub(super) fn learn(&mut self, row: &Row) {
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Held {
            status: Option<String>,
            website_id: Option<String>,
            assigned_to: Option<String>,
        }
        let Ok(held) = serde_json::from_slice::<Held>(&row.json) else { return };
        for (words, word) in [
            (&mut self.statuses, held.status),
            (&mut self.sites, held.website_id),
            (&mut self.users, held.assigned_to),
        ] {
            words.extend(word.filter(|word| !words.contains(word)));
        }
    }
}

impl Dimension {
    fn slot(self, filter: &mut ContactFilter) -> &mut Option<String> {
        match self {
            Self::Status => &mut filter.status,
            Self::Site => &mut filter.website_id,
            Self::User => &mut filter.assigned_to,
        }
    }
}
