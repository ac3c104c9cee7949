//! What the list as one value weighs.

use super::contender::{Contender, Measured, in_turn};
use super::page::{Goal, goals, table};
use super::process::other_cores;
use super::server::Server;
use super::walk::{CONTACTS, complete};

const HEAD: &str = "\
## The list as one value: `contacts.list` of 100,000

The most memory that the process held, against the JSON of the contacts, uncompressed. One run each.
";

/// Measures the memory of the list.
pub(super) fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let server = Server::start(CONTACTS)?;
    let (url, key) = (&*server.url, &*server.key);
    let contenders = [
        Contender::rust("cliengo, Rust client, typed", &["list", url, key]),
        Contender::script("cliengo, Lua", &["xtask/peers/list.lua"]),
        Contender::script("cliengo, Rhai", &["xtask/peers/list.rhai"]),
    ];
    let cores = other_cores();
    let size = server.run(&cores, &Contender::rust("size", &["size", url, key]), &[])?;
    let bytes: f64 = size.output.parse()?;
    let mut result = None;
    let measured = in_turn(&contenders, 1, |contender| {
        let run = server.run(&cores, contender, &[])?;
        complete(&run, result.get_or_insert_with(|| run.output.clone()))?;
        Ok((run.memory as f64, run.wall.as_secs_f64()))
    });
    let columns = ["peak MB", "× the JSON", "seconds"];
    let rows = table(&columns, &contenders, &measured, |runs| {
        let each = runs.iter().flat_map(|(memory, seconds)| {
            let times = format!("{:.2}", memory / bytes);
            [format!("{:.0}", memory / 1e6), times, format!("{seconds:.2}")]
        });
        each.collect()
    });
    let times = |runs: &Measured<Vec<(f64, f64)>>| Some(runs.as_ref().ok()?.first()?.0 / bytes);
    let all = measured.iter().map(times).collect::<Option<Vec<f64>>>();
    let most = all.and_then(|times| times.into_iter().reduce(f64::max));
    let aims = [Goal::new("Each less than 3 × the JSON: the most", most, "×", |x| x < 3.0)];
    let json = format!("The JSON is {:.0} MB.\n", bytes / 1e6);
    Ok(format!("{HEAD}\n{rows}\n{json}\n{}", goals(&aims)))
}
