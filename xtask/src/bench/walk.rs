//! What the complete list costs: 100,000 contacts, one after another, into values of the language.

use super::contender::{Contender, Measured, in_turn, median};
use super::page::{Goal, goals, table};
use super::process::{Run, other_cores};
use super::server::Server;
use super::tool::Tool;

pub(super) const CONTACTS: u64 = 100_000;
/// Runs of each contender after one that warms up; the median counts.
const ROUNDS: usize = 5;

/// The places of the contenders that the goals speak of.
const RUST: usize = 0;
const LUA: usize = 1;
const REQUESTS: usize = 3;
const CONCURRENT: [usize; 2] = [4, 5];

const HEAD: &str = "\
## The complete list: 100,000 contacts

Each contender goes through all contacts and looks at three fields of each; what it prints is compared. The peers are
written as users write them: pages of 50 up to the offset that the API refuses, then the same again with what is older.
The server has one core to itself, the contender the others. Starts are counted. Median of 5 after a warm-up.
";

/// What the runs of a contender come to.
pub(super) struct Cost {
    pub(super) seconds: f64,
    pub(super) processor: f64,
    /// The most of all runs, in MB.
    pub(super) memory: f64,
}

impl Cost {
    pub(super) fn of(runs: &[Run]) -> Self {
        Self {
            seconds: median(runs.iter().map(|run| run.wall.as_secs_f64())),
            processor: median(runs.iter().map(|run| run.processor.as_secs_f64())),
            memory: runs.iter().map(|run| run.memory).max().unwrap_or_default() as f64 / 1e6,
        }
    }
}

/// Measures the walk.
pub(super) fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let server = Server::start(CONTACTS)?;
    let contenders = contenders(&server);
    let (cores, mut result) = (other_cores(), None);
    let measured = in_turn(&contenders, ROUNDS + 1, |contender| {
        let run = server.run(&cores, contender, &[])?;
        complete(&run, result.get_or_insert_with(|| run.output.clone()))?;
        Ok(run)
    });
    let walks: usize = measured.iter().flatten().map(Vec::len).sum();
    let costs: Vec<_> = measured.iter().map(warm).collect();
    let columns = ["seconds", "of the processor", "peak MB", "against Rust"];
    let rust = costs.get(RUST).and_then(|cost| Some(cost.as_ref().ok()?.seconds));
    let rows = table(&columns, &contenders, &costs, |cost| {
        let ratio = cost.seconds / rust.unwrap_or(f64::NAN);
        let mut cells = vec![format!("{:.2}", cost.seconds), format!("{:.2}", cost.processor)];
        cells.extend([format!("{:.0}", cost.memory), format!("{ratio:.2}")]);
        cells
    });
    let served = server.stop()?.as_secs_f64() / walks as f64;
    let floor = format!(
        "The emulator itself spends {served:.2} s of its core on a walk, gzip among it: no contender can be faster.\n"
    );
    Ok(format!("{HEAD}\n{rows}\n{floor}\n{}", goals(&aims(&costs))))
}

/// The first contender says what is right, and it must have seen every contact.
pub(super) fn complete(run: &Run, expected: &str) -> Measured<()> {
    let whole = expected.split(' ').next() == Some(&CONTACTS.to_string());
    if whole && run.output == expected {
        return Ok(());
    }
    Err(format!("wrong: {} instead of {expected}", run.output))
}

fn warm(runs: &Measured<Vec<Run>>) -> Measured<Cost> {
    let runs = runs.as_ref().map_err(Clone::clone)?;
    Ok(Cost::of(runs.get(1..).unwrap_or_default()))
}

fn contenders(server: &Server) -> Vec<Contender> {
    let (url, key) = (&*server.url, &*server.key);
    let python =
        |name, module, script| Contender::other(name, Tool::Python(module), &[script, url, key]);
    vec![
        Contender::rust("cliengo, Rust client, typed", &["walk", url, key]),
        Contender::script("cliengo, Lua `each`", &["xtask/peers/walk.lua"]),
        Contender::script("cliengo, Rhai `each`", &["xtask/peers/walk.rhai"]),
        python("Python, `requests`, one after another", "requests", "xtask/peers/requests_walk.py"),
        python("Python, `aiohttp`, 8 at once", "aiohttp", "xtask/peers/aiohttp_walk.py"),
        Contender::other(
            "Node, `fetch`, 8 at once",
            Tool::Node,
            &["xtask/peers/fetch_walk.mjs", url, key],
        ),
    ]
}

fn aims(costs: &[Measured<Cost>]) -> Vec<Goal> {
    let cost = |place: usize| costs.get(place)?.as_ref().ok();
    let lua = cost(LUA);
    let times_faster = |peer: Option<&Cost>| Some(peer?.seconds / lua?.seconds);
    let best =
        CONCURRENT.into_iter().filter_map(cost).min_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let peers = (REQUESTS..costs.len()).filter_map(cost);
    let least = peers.map(|peer| peer.memory).min_by(f64::total_cmp);
    let slower = lua.zip(cost(RUST)).map(|(lua, rust)| lua.seconds / rust.seconds);
    let memory = lua.zip(least).map(|(lua, least)| lua.memory / least);
    vec![
        Goal::new("Lua takes at most 1.3 × as long as the Rust client", slower, "×", |x| {
            x <= 1.3
        }),
        Goal::new("Lua is 10 × as fast as `requests`", times_faster(cost(REQUESTS)), "×", |x| {
            x >= 10.0
        }),
        Goal::new(
            "Lua is 2 × as fast as the best concurrent peer",
            times_faster(best),
            "×",
            |x| x >= 2.0,
        ),
        Goal::new("Lua takes less memory than any peer", memory, "× the least", |x| x < 1.0),
    ]
}
