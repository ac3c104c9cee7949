//! Ids that two scripts of one folder have: `cliengo serve` keeps the scripts of a folder, and refuses the second.

use std::path::Path;

use super::Checked;
use crate::check::Finding;

/// Adds what is found, each to the later of the two files.
pub(super) fn add(checked: &mut [Checked]) {
    for place in 1..checked.len() {
        let (before, rest) = checked.split_at_mut(place);
        let Some(it) = rest.first_mut() else { return };
        let found: Vec<Finding> = found(before, it);
        it.findings.extend(found);
        it.findings.sort_by_key(|finding| (finding.line, finding.column));
    }
}

fn found(before: &[Checked], it: &Checked) -> Vec<Finding> {
    let Some(folder) = &it.folder else { return Vec::new() };
    let others = || before.iter().filter(|other| other.folder.as_ref() == Some(folder));
    let clash = |registered: &crate::check::Registered| {
        let of = |other: &&Checked| !is_twin(&other.source.name, &it.source.name);
        let mut firsts = others().filter(of).filter_map(|other| {
            let first = other.registered.iter().find(|first| first.clashes(registered))?;
            Some((first, other.source.name.as_str()))
        });
        firsts.next().map(|(first, file)| registered.in_two_files(first, file))
    };
    it.registered.iter().filter_map(clash).collect()
}

/// True for a script that is there in both languages: only one of them is meant to be kept.
fn is_twin(one: &str, other: &str) -> bool {
    Path::new(one).file_stem() == Path::new(other).file_stem()
}
