//! Many scripts at once on one host.

use cliengo::engine::Language;
use futures_util::future::join_all;

use super::{account, on};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_scripts_run_at_once_and_each_gives_its_own() {
    let emulator = account(40);
    let (tell, arrived) = tokio::sync::watch::channel(0_u32);
    // Nobody passes before all are there: so all run at once.
    let meet = move |(): (), _| {
        let (tell, mut arrived) = (tell.clone(), arrived.clone());
        async move {
            tell.send_modify(|count| *count += 1);
            let met = arrived.wait_for(|count| *count == 200).await;
            Ok(*met.unwrap())
        }
    };
    let host = on(&emulator).function("meet()", meet).unwrap().build();
    let runs = (0..200_u64).map(|number| {
        let (language, code) = match number % 2 {
            0 => (Language::Lua, format!("meet() return cliengo.contacts.count() + {number}")),
            _ => (Language::Rhai, format!("meet(); cliengo.contacts.count() + {number}")),
        };
        tokio::spawn(host.scripting(language).eval::<u64>(code))
    });
    for (number, run) in (0..).zip(join_all(runs).await) {
        assert_eq!(run.unwrap().unwrap(), 40 + number);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calls_of_a_loaded_script_are_done_one_after_another() {
    let host = cliengo::Host::builder().build();
    let code =
        "local n = 0 function next() local was = n cliengo.sleep('1ms') n = was + 1 return n end";
    let script = host.lua().load(code).await.unwrap();
    let calls = (0..50).map(|_| script.call::<u64>("next", ()));
    let mut numbers: Vec<u64> = join_all(calls).await.into_iter().map(Result::unwrap).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=50).collect::<Vec<_>>());
}
