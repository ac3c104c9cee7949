//! Which items may be under way together: those whose order nobody can see.

use std::collections::HashSet;

use super::ids::Ids;
use crate::api::plan::{PlanAction, PlanItem};

/// The most items under way at once.
const TOGETHER: usize = 8;

/// How many of the first items are about contacts of their own, and need nothing of each other; one at least.
///
/// Contacts are created one after another, so that they are listed in the order of the plan. Any other call is made
/// alone: what it has to do with is not known.
pub(super) fn batch(items: &[PlanItem], ids: &Ids) -> usize {
    let (mut contacts, mut creates) = (HashSet::new(), false);
    let together = items.iter().take(TOGETHER).take_while(|item| {
        let is_second_create = item.action == PlanAction::Create && creates;
        creates |= item.action == PlanAction::Create;
        item.action != PlanAction::Other
            && !is_second_create
            && contacts.insert(item.contact.as_deref())
            && is_ready(item, ids)
    });
    together.count().max(1)
}

/// True where all that the item names is there.
fn is_ready(item: &PlanItem, ids: &Ids) -> bool {
    let text = item.text.as_deref().unwrap_or_default();
    ids.text(&item.path).is_ok() && ids.value(&item.body).is_ok() && ids.text(text).is_ok()
}
