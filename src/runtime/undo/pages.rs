//! The writes of a run one after the other. A run may have made more of them than fit into the memory, each with the
//! contact before and after it.

use crate::Result;
use crate::store::{JournaledWrite, Store};

/// Writes that are in the memory at once.
const AT_ONCE: usize = 500;

/// Looks at each write of a run, in the order in which they began.
///
/// # Errors
/// As reading them does.
pub(super) fn each(
    store: &dyn Store,
    run: u64,
    mut look: impl FnMut(&JournaledWrite),
) -> Result<()> {
    let mut last = 0;
    loop {
        let page = store.writes_page(run, last, AT_ONCE)?;
        page.iter().for_each(&mut look);
        match page.last() {
            Some(write) => last = write.id,
            None => return Ok(()),
        }
    }
}
