//! `--probe`: how the API reads its parameters, in words.

use super::findings::Findings;
use super::measure::{Bound, Granularity, Measure};
use crate::client::Client;
use crate::watch::Reading;

pub(super) async fn check(client: &Client, findings: &mut Findings) {
    let measure = match Measure::begin(client).await {
        Ok(measure) => measure,
        Err(error) => return findings.error("probe", &error, crate::cli::exit::of_run(&error)),
    };
    last_update_date(&measure, findings).await;
    bounds(&measure, findings).await;
    match measure.page_cap().await {
        Ok(found) => findings.ok("probe page", found),
        Err(error) => unknown("probe page", &error, findings),
    }
    match measure.query().await {
        Ok(found) => findings.ok("probe query", found),
        Err(error) => unknown("probe query", &error, findings),
    }
}

async fn last_update_date(measure: &Measure, findings: &mut Findings) {
    let check = "probe lastUpdateDate";
    match measure.reading().await {
        Ok(Reading::Unknown) => findings.warning(
            check,
            "not known: the newest contacts' updates do not tell the readings apart".to_owned(),
            "watch.updated_contacts measures it with all contacts, and compares the complete list until then",
        ),
        Ok(reading @ Reading::Ignored) => findings.ok(
            check,
            format!("{}: updates are found by comparing the complete list (`sweep`)", reading.describe()),
        ),
        Ok(reading) => findings.ok(check, format!("contacts updated {}", reading.describe())),
        Err(error) => unknown(check, &error, findings),
    }
}

async fn bounds(measure: &Measure, findings: &mut Findings) {
    match measure.granularity().await {
        Ok(found) => {
            let text = match found {
                Some(Granularity::Millisecond) => "compared to the millisecond",
                Some(Granularity::Second) => "compared to the second",
                Some(Granularity::Day) => "compared to the day, or not at all",
                None => "not known: the newest contacts do not tell",
            };
            findings.ok("probe since", text.to_owned());
        }
        Err(error) => unknown("probe since", &error, findings),
    }
    match measure.until().await {
        Ok(found) => {
            let text = match found {
                Some(Bound::Inclusive) => "includes what it names",
                Some(Bound::Exclusive) => "excludes what it names",
                None => "not known: the newest contacts do not tell",
            };
            findings.ok("probe until", text.to_owned());
        }
        Err(error) => unknown("probe until", &error, findings),
    }
}

fn unknown(check: &str, error: &crate::Error, findings: &mut Findings) {
    findings.warning(check, format!("cannot be measured: {}", error.message), "try it again later");
}
