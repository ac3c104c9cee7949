use super::*;
use serde_json::json;

fn cron(options: Value) -> Result<ScheduleDefinition> {
    ScheduleDefinition::cron("0 9 * * *", serde_json::from_value(options).unwrap(), "s.cron")
}

#[test]
fn every_option_is_read() {
    let schedule = cron(json!({
        "id": "morning", "tz": "America/Bogota", "overlap": "queue_all", "misfire": "all",
        "misfire_max": 3, "catch_up": "2h", "jitter": "5m", "timeout": "10m",
        "heartbeat": "https://example.com/ping/1",
    }));
    let schedule = schedule.unwrap();
    assert_eq!(schedule.id, "morning");
    assert_eq!(schedule.timing.fingerprint(), "cron 0 9 * * * America/Bogota");
    assert_eq!(schedule.overlap, Overlap::QueueAll);
    assert_eq!(schedule.misfire, Misfire::All { max: 3 });
    assert_eq!(schedule.catch_up, Duration::from_secs(7_200));
    assert_eq!(schedule.jitter, Jitter::new("morning", Duration::from_secs(300)));
    assert_eq!(schedule.timeout, Some(Duration::from_secs(600)));
    assert_eq!(schedule.heartbeat.as_deref(), Some("https://example.com/ping/1"));
}

#[test]
fn what_is_left_out_or_null_is_the_default() {
    for options in [json!({}), json!({ "tz": null, "overlap": null, "misfire_max": null })] {
        let schedule = cron(options).unwrap();
        assert_eq!(schedule.id, "s.cron");
        assert_eq!(schedule.timing.fingerprint(), "cron 0 9 * * * UTC");
        assert_eq!((schedule.overlap, schedule.misfire), (Overlap::Skip, Misfire::Last));
        assert_eq!(schedule.catch_up, Duration::from_secs(86_400));
        assert!(schedule.jitter.offset().is_zero() && schedule.timeout.is_none());
    }
}

#[test]
fn a_misspelt_name_or_word_is_an_error_that_names_the_one_meant() {
    for (options, meant) in [
        (json!({ "timezone": "UTC" }), "the options are"),
        (json!({ "overlaps": "skip" }), "overlap"),
        (json!({ "catchup": "1d" }), "catch_up"),
        (json!({ "overlap": "parallel" }), "it is one of skip, queue_one"),
        (json!({ "overlap": "queueone" }), "queue_one"),
        (json!({ "misfire": "lst" }), "last"),
        (json!({ "tz": "America/Bogata" }), "America/Bogota"),
    ] {
        let hint = cron(options.clone()).unwrap_err().hint.clone().unwrap();
        assert!(hint.contains(meant), "{options}: {hint}");
    }
}

#[test]
fn a_value_that_cannot_be_right_is_refused_with_a_hint() {
    for options in [
        json!({ "id": "" }),
        json!({ "id": "a\nb" }),
        json!({ "tz": 3 }),
        json!({ "misfire_max": 3 }),
        json!({ "misfire": "all", "misfire_max": 0 }),
        json!({ "misfire": "all", "overlap": "cancel_other" }),
        json!({ "jitter": 30 }),
        json!({ "catch_up": "-1d" }),
        json!({ "timeout": "0s" }),
        json!({ "heartbeat": "example.com" }),
        json!({ "heartbeat": "https://" }),
    ] {
        assert!(cron(options.clone()).unwrap_err().hint.is_some(), "{options}");
    }
}

#[test]
fn an_interval_has_no_time_zone() {
    let options = |value: Value| serde_json::from_value(value).unwrap();
    let error = ScheduleDefinition::every("15m", options(json!({ "tz": "UTC" })), "s.every");
    assert_eq!(error.unwrap_err().message, "an interval has no time zone");
    let schedule = ScheduleDefinition::every("15m", options(json!({})), "s.every").unwrap();
    assert_eq!(schedule.timing.fingerprint(), "every PT15M");
}

#[test]
fn a_mistyped_heartbeat_is_not_said_for_it_may_be_a_secret() {
    for wrong in ["https://ping.example/SECRET ", "htps://ping.example/SECRET"] {
        let options = serde_json::from_value(json!({ "heartbeat": wrong })).unwrap();
        let error = ScheduleDefinition::every("1h", options, "s.every").unwrap_err();
        assert!(error.message.contains("heartbeat") && !format!("{error:?}").contains("SECRET"));
    }
}
