//! Numbers that were right once, or that are written in two ways at once. Google's numbering plans know only
//! what is right today; address books keep what was typed years ago.

/// The ways in which an invalid number may have been meant, with the country code. Only a valid one counts.
pub(super) fn mended(code: u16, national: &str) -> Vec<String> {
    let local = match code {
        54 => argentina(national),
        52 => mexico(national),
        55 => brazil(national),
        57 => colombia(national),
        _ => Vec::new(),
    };
    // The 0 of calls inside the country, though the country code is there; and Chile's 09, which was dialled
    // until 2013.
    let without_trunk = national.strip_prefix('0').map(str::to_owned);
    local.into_iter().chain(without_trunk).map(|number| format!("+{code}{number}")).collect()
}

/// The 9 of calls from abroad together with the 15, or the 0, of those inside the country:
/// `+54 9 223 15 555-0199`. Without the 9 it is a way of writing that the library knows.
fn argentina(national: &str) -> Vec<String> {
    let inland = national.strip_prefix('9').map(|rest| rest.trim_start_matches('0'));
    inland.map(|rest| format!("0{rest}")).into_iter().collect()
}

/// What was dialled in front of the ten digits until August 2019: 1 from abroad to a mobile, 01 to a fixed
/// line, 044 and 045 to a mobile.
fn mexico(national: &str) -> Vec<String> {
    let prefixes = ["044", "045", "01", "1"];
    let bare = prefixes.into_iter().filter_map(|prefix| national.strip_prefix(prefix));
    bare.filter(|rest| rest.len() == 10).map(str::to_owned).collect()
}

/// Mobile numbers had eight digits, of which the first was 6 to 9, until a 9 was put in front of them all,
/// in the last states in November 2016.
fn brazil(national: &str) -> Vec<String> {
    let (area, number) = national.split_at_checked(2).unwrap_or_default();
    let old = number.len() == 8 && number.starts_with(['6', '7', '8', '9']);
    old.then(|| format!("{area}9{number}")).into_iter().collect()
}

/// Fixed lines had an area code of one digit, until all got 60 in front of it, in September 2021.
fn colombia(national: &str) -> Vec<String> {
    let old = national.len() == 8 && !national.starts_with('0');
    old.then(|| format!("60{national}")).into_iter().collect()
}
