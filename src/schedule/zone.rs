//! Time zones by their names.

use jiff::tz::{TimeZone, TimeZoneDatabase, db};

use crate::schema::did_you_mean;
use crate::{Error, Result};

/// The time zone of this name in the IANA database, whatever its case.
///
/// ```
/// use cliengo::schedule::time_zone;
///
/// assert_eq!(time_zone("america/santiago")?.iana_name(), Some("America/Santiago"));
/// let error = time_zone("Santiago").unwrap_err();
/// assert_eq!(error.hint.as_deref(), Some("did you mean \"America/Santiago\"?"));
/// # Ok::<(), cliengo::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where there is no such zone.
pub fn time_zone(name: &str) -> Result<TimeZone> {
    // Systems leave out zones, older names above all; the program's own data has every one.
    let known = db().get(name).or_else(|_| TimeZoneDatabase::bundled().get(name));
    known.ok().filter(|zone| zone.iana_name().is_some()).ok_or_else(|| {
        let hint = meant(name).unwrap_or_else(|| {
            "name it as America/Argentina/Buenos_Aires, Europe/Madrid or UTC".to_owned()
        });
        Error::invalid(format!("there is no time zone \"{name}\"")).with_hint(hint)
    })
}

/// The zone that was probably meant: people leave out the continent, and misspell cities.
fn meant(name: &str) -> Option<String> {
    let database = TimeZoneDatabase::bundled();
    let zones: Vec<String> = database.available().map(|zone| zone.to_string()).collect();
    let names = || zones.iter().map(String::as_str).filter(|zone| zone.contains('/'));
    let city = |zone: &'_ str| zone.rsplit('/').next().unwrap_or_default().to_lowercase();
    let typed = name.trim().replace(' ', "_").to_lowercase();
    match names().find(|zone| city(zone) == city(&typed)) {
        Some(zone) => Some(format!("did you mean \"{zone}\"?")),
        None => did_you_mean(&typed, zones.iter().map(String::as_str)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_though_the_continent_is_missing_or_a_letter_is_wrong() {
        for (typed, meant) in [
            ("Buenos Aires", "Buenos_Aires"),
            ("America/Sao_Paolo", "America/Sao_Paulo"),
            ("Europe/Madird", "Europe/Madrid"),
            ("lord_howe", "Australia/Lord_Howe"),
        ] {
            let hint = time_zone(typed).unwrap_err().hint.clone().unwrap();
            assert!(hint.contains(meant), "{typed}: {hint}");
        }
        for nonsense in ["", "GMT+25", "nowhere at all"] {
            assert!(time_zone(nonsense).unwrap_err().hint.is_some(), "{nonsense}");
        }
    }

    #[test]
    fn zones_are_known_on_a_machine_that_has_none() {
        for name in ["America/Santiago", "Australia/Lord_Howe", "US/Pacific", "UTC"] {
            assert!(TimeZoneDatabase::bundled().get(name).is_ok(), "{name}");
        }
    }
}
