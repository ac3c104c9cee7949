//! Which pages the walk will ask for next, so that they can be fetched ahead.

use jiff::Timestamp;

use super::{Ask, Chain, MAX_OFFSET, Start};

/// The most pages that are worth foreseeing: more than two windows of them.
const FORECAST: usize = 64;

impl Chain {
    /// The pages that will be asked for next if nothing moves, the most urgent first, `most` rows
    /// far. `oldest` tells the oldest date of a page that is already there.
    ///
    /// The deepest page of a window comes early: where it ends, the next window begins, whose pages
    /// can then be fetched beside this one's: all of them once it is known how the API reads `until`,
    /// and before that the first, which tells. A forecast that proves wrong costs a request and
    /// nothing else, for `take` checks every page, whenever it was fetched.
    pub(crate) fn forecast(
        &self,
        most: u64,
        oldest: impl Fn(&Ask) -> Option<Timestamp>,
    ) -> Vec<Ask> {
        let step = self.page.saturating_sub(1);
        if step == 0 {
            return vec![self.ask()];
        }
        let mut asks = Vec::new();
        let (mut start, mut widening, mut offset) =
            (self.start, self.widening, self.window.next_offset());
        let mut rows =
            self.window.total().map(|total| usize::try_from(total).unwrap_or(usize::MAX));
        let mut left = usize::try_from(most).unwrap_or(usize::MAX - 1);
        while asks.len() < FORECAST && left > 0 {
            if offset == 0 && matches!(start, Start::Seam(_)) && self.proven != Some(widening) {
                asks.push(self.ask_at(start, widening, offset));
                break;
            }
            let deepest = offset + MAX_OFFSET.saturating_sub(offset) / step * step;
            let reach = deepest + self.page;
            let wanted = rows
                .unwrap_or(usize::MAX)
                .min(offset.saturating_add(left).saturating_add(1))
                .min(reach);
            let more = rows.is_none_or(|rows| rows > reach) && left > reach - offset;
            let deep = self.ask_at(start, widening, deepest);
            asks.push(self.ask_at(start, widening, offset));
            asks.extend(more.then(|| deep.clone()));
            let next = (offset + step..wanted.saturating_sub(1))
                .step_by(step)
                .filter(|at| !more || *at != deepest);
            asks.extend(next.map(|at| self.ask_at(start, widening, at)));
            let Some(date) = more.then(|| oldest(&deep)).flatten() else { break };
            left -= reach - offset;
            rows = rows.map(|rows| rows - deepest);
            (start, widening, offset) = (Start::Seam(date), self.usual_widening, 0);
        }
        asks
    }
}
