//! How the complete list grows: time a contact and peak memory, from a thousand contacts to a million.

use super::chart::{Chart, Line, plot};
use super::contender::{Contender, Measured, in_turn, median};
use super::page::{Goal, goals, table};
use super::process::other_cores;
use super::server::Server;

const PLOT: &str = "docs/performance-walk.svg";
/// The numbers of contacts, with the runs of each.
const SIZES: [(u64, usize); 4] = [(1_000, 5), (10_000, 5), (100_000, 3), (1_000_000, 1)];
/// The most memory that a walk may take, in bytes.
const MOST: f64 = 64.0 * 1024.0 * 1024.0;

const HEAD: &str = "\
## How it grows

The same walk over more contacts: the client's processor time for a contact, the start taken off, and the peak memory of its
process. Median of 5 runs, of 3 over 100,000, one over a million.

![Time a contact and peak memory stay flat from a thousand contacts to a million](performance-walk.svg)
";

/// What one contender took at one size.
#[derive(Clone, Copy)]
struct Point {
    /// Microseconds of the processor for a contact.
    time: f64,
    /// Seconds on the clock for all.
    seconds: f64,
    /// Bytes.
    memory: f64,
}

/// Measures the growth, and draws it.
pub(super) fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let mut sizes = Vec::new();
    for (contacts, rounds) in SIZES {
        sizes.push(at(contacts, rounds)?);
    }
    let names = contenders(&Server::start(1)?);
    // One row for each contender, with its points from small to large.
    let rows: Vec<Measured<Vec<Point>>> = (0..names.len())
        .map(|place| sizes.iter().map(|points| points[place].clone()).collect())
        .collect();
    std::fs::write(PLOT, drawn(&names, &rows))?;
    let columns = SIZES.map(|(contacts, _)| format!("{} contacts", grouped(contacts)));
    let columns: Vec<&str> = columns.iter().map(|column| &**column).collect();
    let cell = |point: &Point| format!("{:.1} µs, {:.0} MB", point.time, point.memory / 1e6);
    let rows_text = table(&columns, &names, &rows, |points| points.iter().map(cell).collect());
    let last = names.iter().zip(&rows).filter_map(|(contender, points)| {
        Some(format!("{:.1} s, {}", points.as_ref().ok()?.last()?.seconds, contender.name))
    });
    let last = last.collect::<Vec<_>>().join("; ");
    let clock = format!("On the clock a million took: {last}.\n");
    Ok(format!("{HEAD}\n{rows_text}\n{clock}\n{}", goals(&aims(&rows))))
}

fn contenders(server: &Server) -> Vec<Contender> {
    vec![
        Contender::rust("cliengo, Rust client, typed", &["walk", &server.url, &server.key]),
        Contender::script("cliengo, Lua `each`", &["xtask/peers/walk.lua"]),
    ]
}

/// The contenders' points at one size.
fn at(contacts: u64, rounds: usize) -> Result<Vec<Measured<Point>>, Box<dyn std::error::Error>> {
    let server = Server::start(contacts)?;
    let cores = other_cores();
    let measured = in_turn(&contenders(&server), rounds, |contender| {
        let empty = server.run(&cores, contender, &["0"])?;
        let whole = server.run(&cores, contender, &[])?;
        if whole.output.split(' ').next() != Some(&contacts.to_string()) {
            return Err(format!("wrong: {} of {contacts}", whole.output));
        }
        let time = whole.processor.saturating_sub(empty.processor).as_secs_f64();
        let (time, seconds) = (time * 1e6 / contacts as f64, whole.wall.as_secs_f64());
        Ok(Point { time, seconds, memory: whole.memory as f64 })
    });
    let middle = |points: Vec<Point>| Point {
        time: median(points.iter().map(|point| point.time)),
        seconds: median(points.iter().map(|point| point.seconds)),
        memory: points.iter().map(|point| point.memory).fold(0.0, f64::max),
    };
    Ok(measured.into_iter().map(|points| points.map(middle)).collect())
}

/// 1,000,000
fn grouped(number: u64) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{},{rest:03}", grouped(thousands)),
    }
}

fn drawn(names: &[Contender], rows: &[Measured<Vec<Point>>]) -> String {
    let lines = |value: fn(&Point) -> f64| -> Vec<Line> {
        let known =
            names.iter().zip(rows).filter_map(|(name, row)| Some((name, row.as_ref().ok()?)));
        let line = |(contender, points): (&Contender, &Vec<Point>)| Line {
            name: contender.name.trim_start_matches("cliengo, ").replace('`', ""),
            points: SIZES
                .iter()
                .map(|(size, _)| *size as f64)
                .zip(points.iter().map(value))
                .collect(),
        };
        known.map(line).collect()
    };
    plot(&[
        Chart {
            title: "µs of the processor for a contact",
            lines: lines(|point| point.time),
            ceiling: None,
        },
        Chart {
            title: "peak memory, MB",
            lines: lines(|point| point.memory / 1e6),
            ceiling: Some((MOST / 1e6, "goal: under 64 MiB")),
        },
    ])
}

fn aims(rows: &[Measured<Vec<Point>>]) -> Vec<Goal> {
    let of = |place: usize| rows.get(place)?.as_ref().ok();
    let most = |points: &Vec<Point>| points.iter().map(|point| point.memory).fold(0.0, f64::max);
    let memory = of(0).zip(of(1)).map(|(rust, lua)| most(rust).max(most(lua)) / 1024.0 / 1024.0);
    let spread = of(1).map(|points| {
        let (last, before) = (points.last(), points.get(points.len() - 2));
        last.zip(before).map_or(f64::NAN, |(last, before)| last.time / before.time)
    });
    vec![
        Goal::new("`each` over 1,000,000 stays under 64 MiB", memory, "MiB", |x| x < 64.0),
        Goal::new(
            "A contact of a million costs at most 1.2 × one of 100,000 (Lua)",
            spread,
            "×",
            |x| x <= 1.2,
        ),
    ]
}
