//! What a daemon costs that has much to look after and nothing to do.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::contender::program;
use super::page::{Goal, goals};
use super::server::Server;
use crate::crash::{Daemon, admin};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Watches, and as many schedules.
const MANY: usize = 1_000;
/// How long the processor's time is counted.
const WHILE: Duration = Duration::from_secs(60);
/// A minute and what a machine with other work may be late.
const PATIENCE: Duration = Duration::from_secs(180);

const HEAD: &str = "\
## Idle: 1,000 watches and 1,000 schedules in one daemon

What `cliengo serve` takes of one core over a minute and the memory that it has then, where nothing falls into that minute,
and where every watch polls and every schedule runs once in it, spread over it by its `jitter`, and a contact comes that
all watches hand over. From the moment that a poll has kept an event to the first line of its handler:
";

/// What was measured of one daemon.
struct Measured {
    /// The share of one core.
    processor: f64,
    /// Bytes.
    memory: f64,
    /// Milliseconds from the poll to the handler, sorted.
    waits: Vec<f64>,
}

/// Measures a daemon at rest, and one that has its polls.
pub(super) fn measure() -> Result<String> {
    let rest = daemon("1h", false)?;
    let busy = daemon("1m", true)?;
    let (median, late) = (quantile(&busy.waits, 0.5), quantile(&busy.waits, 0.99));
    let row = |name: &str, measured: &Measured, waits: &str| {
        let (processor, memory) = (measured.processor * 100.0, measured.memory / 1e6);
        format!("| {name} | {processor:.2} % | {memory:.0} | {waits} |\n")
    };
    let waits = format!("{median:.0} ms | {late:.0} ms");
    let rows =
        [row("at rest", &rest, " | "), row("1,000 polls, 1,000 runs, 1,000 events", &busy, &waits)];
    let rows = rows.concat();
    let columns =
        "| | of a core | MB | poll to handler, median | 99 of 100 |\n|---|---|---|---|---|\n";
    let memory = rest.memory.max(busy.memory) / 1024.0 / 1024.0;
    let aims = goals(&[
        Goal::new("At rest less than 2 % of a core", Some(rest.processor * 100.0), "%", |x| {
            x < 2.0
        }),
        Goal::new("Less than 150 MiB", Some(memory), "MiB", |x| x < 150.0),
        Goal::new("99 of 100 events are handled within 50 ms", Some(late), "ms", |x| x < 50.0),
    ]);
    Ok(format!("{HEAD}\n{columns}{rows}\n{aims}"))
}

/// A daemon whose watches poll and whose schedules run in this interval.
fn daemon(every: &str, event: bool) -> Result<Measured> {
    let server = Server::start(40)?;
    let folder = std::env::temp_dir().join(format!("cliengo-bench-idle-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("watches.lua"), script(every))?;
    let path = std::path::absolute(program())?;
    let mut daemon = Daemon::new(&path, &folder, (&server.url, &server.key));
    daemon.start()?;
    daemon.wait_for("from now on", MANY, PATIENCE)?;
    sleep(Duration::from_secs(5));
    if event {
        put(&server)?;
    }
    let before = ticks(daemon.process())?;
    sleep(WHILE);
    let processor = (ticks(daemon.process())? - before) / 100.0 / WHILE.as_secs_f64();
    if event {
        daemon.wait_for("\"message\":\"handled\"", MANY, PATIENCE)?;
    }
    let memory = resident(daemon.process())?;
    let waits = waits(&daemon.said())?;
    daemon.stop()?;
    std::fs::remove_dir_all(&folder)?;
    Ok(Measured { processor, memory, waits })
}

fn script(every: &str) -> String {
    format!(
        "for i = 1, {MANY} do
             cliengo.watch.new_contacts({{ id = 'w' .. i, every = '{every}' }}, function()
                 cliengo.log.info('handled')
             end)
             cliengo.schedule.every('{every}', {{ id = 's' .. i, jitter = '{every}' }}, function() end)
         end"
    )
}

fn put(server: &Server) -> Result<()> {
    let address = server.url.trim_start_matches("http://");
    let address: SocketAddr = address.split('/').next().unwrap_or_default().parse()?;
    let now = Timestamp::now().to_string();
    let contact = json!([{ "id": format!("6a{:022x}", 1), "name": "Ana", "creationDate": now }]);
    admin(address, "POST", "/contacts", &contact.to_string())?;
    Ok(())
}

/// Processor time of a process, in hundredths of a second.
fn ticks(process: u32) -> Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program, in brackets, may hold spaces.
    let (_, rest) = text.rsplit_once(')').ok_or("/proc/PID/stat is of another form")?;
    let numbers: Vec<f64> = rest.split(' ').filter_map(|number| number.parse().ok()).collect();
    let at = |place: usize| numbers.get(place).copied().ok_or("/proc/PID/stat is too short");
    // Behind the name and the state, which is a letter: the eleventh and twelfth number.
    Ok(at(10)? + at(11)?)
}

fn resident(process: u32) -> Result<f64> {
    let text =
        std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    Ok(kilobytes.ok_or("/proc/PID/status is of another form")? * 1024.0)
}

/// The milliseconds from the poll that found an event to its handler, for each watch, sorted.
fn waits(said: &str) -> Result<Vec<f64>> {
    let mut found: HashMap<String, Timestamp> = HashMap::new();
    let mut waits = Vec::new();
    for line in said.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        let watch = line["fields"]["watch"].as_str().unwrap_or_default().to_owned();
        let time: Timestamp = line["time"].as_str().unwrap_or_default().parse()?;
        match line["message"].as_str() {
            Some("found 1 event") => drop(found.insert(watch, time)),
            Some("handled") => {
                let since = found.get(&watch).ok_or("an event was handled that no poll found")?;
                waits.push(time.duration_since(*since).as_secs_f64() * 1e3);
            }
            _ => {}
        }
    }
    waits.sort_unstable_by(f64::total_cmp);
    Ok(waits)
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() as f64 * share) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
