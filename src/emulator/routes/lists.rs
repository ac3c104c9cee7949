//! Pages of lists.

use std::borrow::Cow;

use serde_json::Value;

use crate::emulator::answer::{Answer, Paging, Refusal, page};
use crate::emulator::call::Call;
use crate::emulator::knobs::Knobs;

/// The `limit` and `offset` that a list goes by.
///
/// A `limit` that is absent, 0 or nonsense gives the default page, a large one is cut without a word;
/// an `offset` that is nonsense is 0.
pub(super) fn window(call: &Call<'_>, knobs: &Knobs) -> Result<(usize, usize), Refusal> {
    let number = |name: &str| call.parameter(name).and_then(|text| text.parse::<usize>().ok());
    let limit = number("limit").filter(|limit| *limit > 0).unwrap_or(knobs.default_page);
    let offset = number("offset").unwrap_or(0);
    if offset > knobs.max_offset {
        let message = format!("Offset cannot be greater than {}", knobs.max_offset);
        return Err(Refusal::new(400, message));
    }
    Ok((limit.min(knobs.page_cap), offset))
}

/// A list that is short enough to be answered whole, in the same shape as a page.
pub(super) fn whole(rows: &[Value], knobs: &Knobs) -> Answer {
    let paging = Paging { total: rows.len(), limit: rows.len(), offset: 0 };
    page(rows.iter().map(|row| Cow::Owned(row.to_string())), paging, knobs.rows_under)
}
