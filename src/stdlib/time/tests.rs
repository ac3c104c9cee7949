//! What the functions of the module give.

use serde_json::{Value, json};

use crate::stdlib::testing::call;

fn parsed(arguments: Value) -> Value {
    call("time.parse", arguments).unwrap_or_else(|error| error.to_string().into())
}

#[test]
fn the_same_instant_is_read_in_every_way_of_writing_it() {
    for value in [
        json!("2026-11-25T14:30:00Z"),
        json!("2026-11-25T11:30:00-03:00"),
        json!("2026-11-25 14:30"),
        json!("2026-11-25T11:30[America/Argentina/Buenos_Aires]"),
        json!("Wed, 25 Nov 2026 11:30:00 -0300"),
        json!("25/11/2026 14:30"),
        json!("25-11-26 2:30 pm"),
        json!("25.11.2026, 14h30"),
        json!("25/11/2026 14:30 hs"),
        json!("25/11/2026 02:30 p. m."),
        json!("25 de noviembre de 2026 a las 14:30"),
        json!("25 de novembro de 2026 às 14h30"),
        json!("November 25, 2026 at 2:30pm"),
        json!(1_795_617_000),
        json!(1_795_617_000_000_i64),
        json!("1795617000000"),
    ] {
        assert_eq!(parsed(json!([value])), "2026-11-25T14:30:00.000Z", "{value}");
    }
}

#[test]
fn a_text_without_a_zone_is_read_in_the_zone_that_is_named() {
    let zone = json!({ "zone": "america/bogota" });
    assert_eq!(parsed(json!(["25/11/2026", zone])), "2026-11-25T05:00:00.000Z");
    assert_eq!(parsed(json!(["2026-11-25", zone])), "2026-11-25T05:00:00.000Z");
    assert_eq!(parsed(json!(["2026-11-25T00:00:00Z", zone])), "2026-11-25T00:00:00.000Z");
    let format = json!({ "format": "%d|%m|%y %H.%M", "zone": "America/Bogota" });
    assert_eq!(parsed(json!(["25|11|26 09.30", format])), "2026-11-25T14:30:00.000Z");
    let unknown = parsed(json!(["2026-11-25", { "zone": "Bogota" }]));
    assert!(unknown.as_str().unwrap().contains("did you mean \"America/Bogota\"?"), "{unknown}");
}

#[test]
fn months_and_days_have_their_names_in_spanish_portuguese_and_english() {
    for text in [
        "5 de marzo de 2026",
        "5 mar 2026",
        "5 de março de 2026",
        "5 de marco de 2026",
        "05-mar-2026",
        "5/mar/26",
        "jueves, 5 de marzo de 2026",
        "Quinta-feira, 5 de março de 2026",
        "jue 5 mar 2026",
        "Thursday, March 5, 2026",
        "2026-03-05",
    ] {
        assert_eq!(parsed(json!([text])), "2026-03-05T00:00:00.000Z", "{text}");
    }
    assert_eq!(parsed(json!(["1º de março de 2026"])), "2026-03-01T00:00:00.000Z");
    assert_eq!(parsed(json!(["mar 3 mar 2026 14:30"])), "2026-03-03T14:30:00.000Z");
    assert_eq!(parsed(json!(["sábado 7 de marzo de 2026"])), "2026-03-07T00:00:00.000Z");
}

#[test]
fn a_format_with_names_reads_them_in_the_same_languages() {
    for (text, format) in [
        ("5 March 2026", "%d %B %Y"),
        ("5 Mar 2026", "%d %b %Y"),
        ("5 de marzo de 2026", "%d de %B de %Y"),
        ("5 de MARÇO de 2026", "%d de %B de %Y"),
        ("05-mar-26", "%d-%b-%y"),
        ("jue-05-mar-26", "%a-%d-%b-%y"),
        ("jueves 5 marzo 2026", "%A %d %B %Y"),
        ("quinta-feira, 5 de março de 2026", "%A, %d de %B de %Y"),
        ("jue 5 mar 2026", "%a %d %b %Y"),
    ] {
        let read = parsed(json!([text, { "format": format }]));
        assert_eq!(read, "2026-03-05T00:00:00.000Z", "{text}");
    }
    let short = json!({ "format": "%d-%b-%y" });
    assert_eq!(parsed(json!(["05-ene-26", short])), "2026-01-05T00:00:00.000Z");
    let tuesday = json!({ "format": "%a %d %b %Y" });
    assert_eq!(parsed(json!(["mar 3 mar 2026", tuesday])), "2026-03-03T00:00:00.000Z");
    let unknown = parsed(json!(["5 marzzo 2026", { "format": "%d %B %Y" }]));
    assert!(unknown.as_str().unwrap().contains("is not of the format"), "{unknown}");
}

#[test]
fn the_day_comes_first_unless_told_and_the_error_says_so() {
    assert_eq!(parsed(json!(["03/04/2026"])), "2026-04-03T00:00:00.000Z");
    let american = json!({ "day_first": false });
    assert_eq!(parsed(json!(["03/04/2026", american])), "2026-03-04T00:00:00.000Z");
    let wrong = parsed(json!(["11/25/2026"]));
    assert!(wrong.as_str().unwrap().contains("day_first = false"), "{wrong}");
}

#[test]
fn what_is_no_time_is_an_error_that_says_what_is() {
    for value in [
        json!("yesterday"),
        json!("31/02/2026"),
        json!("2026-13-01"),
        json!(""),
        json!("12"),
        json!("25/11/2026 25:00"),
        json!("25/11/2026 13 pm"),
        json!("25/11/2026 5"),
        json!("25/11/026"),
        json!("de de de"),
        json!("1/1/+20"),
        json!(1e300),
        json!("7d"),
    ] {
        let error = call("time.parse", json!([value])).unwrap_err();
        assert!(error.message.starts_with("time.parse: ") && error.hint.is_some(), "{error}");
    }
    assert!(call("time.parse", json!([null])).unwrap_err().message.contains("needs value"));
    assert!(call("time.add", json!([[], "1d"])).unwrap_err().message.contains("text, or a number"));
}

#[test]
fn a_day_later_is_the_same_time_of_day_though_the_clocks_change() {
    // Chile's clocks go forward on 2026-09-06.
    let start = "2026-09-05T16:00:00.000Z";
    let add = |span: &str, zone: &str| call("time.add", json!([start, span, zone])).unwrap();
    assert_eq!(add("1d", "America/Santiago"), "2026-09-06T15:00:00.000Z");
    assert_eq!(add("24h", "America/Santiago"), "2026-09-06T16:00:00.000Z");
    assert_eq!(add("1d", "UTC"), "2026-09-06T16:00:00.000Z");
    assert_eq!(add("-1mo 2d", "UTC"), "2026-08-03T16:00:00.000Z");
    assert_eq!(add("+1h30m", "UTC"), "2026-09-05T17:30:00.000Z");
    let between = |unit: &str| {
        let to = "2026-09-06T15:00:00.000Z";
        call("time.between", json!([start, to, unit, "America/Santiago"])).unwrap()
    };
    assert_eq!((between("day"), between("hour")), (json!(1), json!(23)));
    for wrong in ["2", "d", "soon", "", "9999y"] {
        assert!(call("time.add", json!([start, wrong])).is_err(), "{wrong}");
    }
}

#[test]
fn between_counts_whole_units_towards_zero() {
    let between =
        |from: &str, to: &str, unit: &str| call("time.between", json!([from, to, unit])).unwrap();
    assert_eq!(between("2026-11-25", "2026-11-23T12:00:00Z", "day"), json!(-1));
    assert_eq!(between("2026-01-31", "2026-02-28", "month"), json!(0));
    assert_eq!(between("2020-02-29", "2026-02-28", "year"), json!(5));
    assert_eq!(between("2026-11-25", "2026-12-25", "week"), json!(4));
    let seconds = call("time.between", json!([1_700_000_000, "2023-11-14T22:13:21.900Z"])).unwrap();
    assert_eq!(seconds, json!(1));
}

#[test]
fn periods_begin_and_end_by_the_calendar_of_the_zone() {
    let bounds = |unit: &str, zone: &str| {
        let bound = |name| call(name, json!(["2026-11-25T02:30:45Z", unit, zone])).unwrap();
        (bound("time.start_of"), bound("time.end_of"))
    };
    let expect = |start: &str, end: &str| (json!(start), json!(end));
    let bogota = "America/Bogota";
    assert_eq!(
        bounds("day", bogota),
        expect("2026-11-24T05:00:00.000Z", "2026-11-25T04:59:59.999Z")
    );
    assert_eq!(
        bounds("week", bogota),
        expect("2026-11-23T05:00:00.000Z", "2026-11-30T04:59:59.999Z")
    );
    assert_eq!(
        bounds("month", "UTC"),
        expect("2026-11-01T00:00:00.000Z", "2026-11-30T23:59:59.999Z")
    );
    assert_eq!(
        bounds("quarter", "UTC"),
        expect("2026-10-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z")
    );
    assert_eq!(
        bounds("year", "UTC"),
        expect("2026-01-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z")
    );
    assert_eq!(
        bounds("hour", "Asia/Kolkata"),
        expect("2026-11-25T02:30:00.000Z", "2026-11-25T03:29:59.999Z")
    );
    assert_eq!(
        bounds("minute", "UTC"),
        expect("2026-11-25T02:30:00.000Z", "2026-11-25T02:30:59.999Z")
    );
}

#[test]
fn names_are_written_in_each_language() {
    let written = |pattern: &str, language: &str| {
        call("time.format", json!(["2026-03-07T12:00:00Z", pattern, "UTC", language])).unwrap()
    };
    assert_eq!(written("%A %-d de %B", "es"), "sábado 7 de marzo");
    assert_eq!(written("%^A %d/%^b %a %%A", "pt"), "SÁBADO 07/MAR sáb %A");
    assert_eq!(written("%A, %B %-d %H:%M", "en"), "Saturday, March 7 12:00");
    let plain = call("time.format", json!(["2026-03-07T12:00:00Z"])).unwrap();
    assert_eq!(plain, "2026-03-07 12:00");
    for wrong in ["%", "%!", "%9"] {
        assert!(call("time.format", json!([0, wrong])).unwrap_err().hint.is_some(), "{wrong}");
        assert!(call("time.format", json!([0, wrong, null, "es"])).is_err(), "{wrong}");
    }
}

#[test]
fn parts_are_those_of_the_zone() {
    let parts =
        call("time.parts", json!(["2026-01-01T02:00:00.250Z", "America/Sao_Paulo"])).unwrap();
    let expected = json!({
        "year": 2025, "month": 12, "day": 31, "hour": 23, "minute": 0, "second": 0,
        "millisecond": 250, "weekday": 3, "week": 1, "year_day": 365,
        "zone": "America/Sao_Paulo", "offset": "-03:00",
    });
    assert_eq!(parts, expected);
    let utc = call("time.parts", json!([0])).unwrap();
    assert_eq!((&utc["zone"], &utc["offset"]), (&json!("UTC"), &json!("+00:00")));
}

#[test]
fn business_hours_are_told_apart() {
    let open =
        |time: &str, options: Value| call("time.is_business", json!([time, options])).unwrap();
    let bogota = json!({ "zone": "America/Bogota", "holidays": ["2026-12-25"] });
    assert_eq!(open("2026-11-25T14:00:00Z", bogota.clone()), true, "9:00 on a Wednesday");
    assert_eq!(open("2026-11-25T13:59:59Z", bogota.clone()), false);
    assert_eq!(open("2026-11-25T23:00:00Z", bogota.clone()), false, "18:00");
    assert_eq!(open("2026-11-28T15:00:00Z", bogota.clone()), false, "a Saturday");
    assert_eq!(open("2026-12-25T15:00:00Z", bogota), false);
    assert_eq!(open("2026-11-25T23:30:00Z", json!({ "from": "20:00", "to": "2:00" })), true);
    assert_eq!(open("2026-11-29T23:30:00Z", json!({ "days": [7], "to": "24:00" })), true);
    for wrong in [json!({ "days": [0] }), json!({ "from": "9" }), json!({ "holidays": ["x"] })] {
        assert!(call("time.is_business", json!([0, wrong])).unwrap_err().hint.is_some(), "{wrong}");
    }
}
