//! One keeper for each watch and schedule, whichever version of whichever script it comes from.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

/// `watch` or `schedule`, and the id.
pub(super) type TaskName = (&'static str, String);

/// The places of those who keep a watch or a schedule. A file can be renamed, and a registration can go and
/// come back, while a handler of the earlier version still runs: the later one begins when that has ended.
#[derive(Debug, Default)]
pub(super) struct Places(Mutex<HashMap<TaskName, Arc<tokio::sync::Mutex<()>>>>);

impl Places {
    /// The place of this one, once whoever has it has come to an end.
    pub(super) async fn take(&self, name: &TaskName) -> OwnedMutexGuard<()> {
        let place = {
            let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // Those that nobody has or waits for.
            places.retain(|_, place| Arc::strong_count(place) > 1);
            Arc::clone(places.entry(name.clone()).or_default())
        };
        place.lock_owned().await
    }
}
