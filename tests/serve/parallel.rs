//! Handlers at once: of different contacts, no more than asked for, and in order for each contact.

use cliengo::store::EventState;

use crate::place::{Place, WAIT, watch};

fn code(concurrency: usize) -> String {
    let options = format!("id = 'leads', concurrency = {concurrency}");
    format!(
        "{WAIT}{}",
        watch(&options, "print('+ ' .. contact.name) wait() print('- ' .. contact.name)")
    )
}

/// The most handlers that ran at once, by what they printed.
fn most(lines: &[String]) -> i32 {
    let step = |at: &mut i32, line: &String| {
        *at += if line.starts_with('+') { 1 } else { -1 };
        Some(*at)
    };
    lines.iter().scan(0, step).max().unwrap()
}

#[test]
fn as_many_as_asked_for_run_at_once_and_no_more() {
    let place = Place::of(0, "leads.lua", &code(3));
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("leads");
    (1..=8).for_each(|number| drop(place.contact(number)));
    let mut lines: Vec<String> = (0..3).map(|_| daemon.line()).collect();
    assert!(lines.iter().all(|line| line.starts_with('+')), "{lines:?}");
    assert_eq!(place.events(EventState::Running, 3).len(), 3);
    place.gate(true);
    lines.extend((3..16).map(|_| daemon.line()));
    assert_eq!(most(&lines), 3, "{lines:?}");
}

#[test]
fn one_after_another_unless_asked_for_more() {
    let place = Place::of(0, "leads.lua", &code(1));
    place.gate(true);
    let mut daemon = place.serve();
    place.watching("leads");
    (1..=4).for_each(|number| drop(place.contact(number)));
    let lines: Vec<String> = (0..8).map(|_| daemon.line()).collect();
    assert_eq!(most(&lines), 1, "{lines:?}");
}

#[test]
fn never_two_of_one_contact() {
    let body = "print('+ ' .. contact.name) wait() print('- ' .. contact.name)";
    let code = format!(
        "{WAIT}cliengo.watch.updated_contacts({{ id = 'u', every = '1s', sweep = '1s', concurrency = 4 }}, \
         function(contact)\n if contact.id == '{}' then return end\n{body} end)",
        crate::place::GATE
    );
    let place = Place::of(0, "u.lua", &code);
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("u");
    let id = place.contact(1);
    assert_eq!(daemon.line(), "+ contact 1\n");
    place.put(&id, "second");
    place.contact(2);
    assert_eq!(daemon.line(), "+ contact 2\n");
    // Both events are known by now, and the second of the first contact waits.
    place.events(EventState::Ready, 1);
    place.gate(true);
    let lines: Vec<String> = (0..4).map(|_| daemon.line()).collect();
    let at = |wanted: &str| lines.iter().position(|line| line == wanted).unwrap();
    assert!(at("- contact 1\n") < at("+ second\n"), "{lines:?}");
}

#[test]
fn a_watch_with_a_slow_handler_holds_up_no_other_watch_of_its_script() {
    let slow = watch("id = 'slow'", "print('slow') wait()");
    let fast = watch("id = 'fast'", "print('fast ' .. contact.name)");
    let place = Place::of(0, "two.lua", &format!("{WAIT}{slow}{fast}"));
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("slow");
    place.watching("fast");
    place.contact(1);
    let mut both = [daemon.line(), daemon.line()];
    both.sort();
    assert_eq!(both, ["fast contact 1\n", "slow\n"]);
    place.contact(2);
    assert_eq!(daemon.line(), "fast contact 2\n");
}

#[test]
fn steps_of_one_name_in_two_scripts_do_not_meet() {
    let code = |id: &str| {
        format!(
            "{WAIT}cliengo.schedule.every('1s', {{ id = '{id}' }}, function()
                 cliengo.once('step', function() print('begun') wait() return 1 end)
             end)"
        )
    };
    let place = Place::of(0, "a.lua", &code("a"));
    place.script("b.lua", &code("b"));
    place.gate(false);
    let mut daemon = place.daemon("--drain 1ms").start();
    assert_eq!([daemon.line(), daemon.line()], ["begun\n", "begun\n"]);
    daemon.signal("TERM");
    assert!(!daemon.end().code(0).stderr.contains("another run is doing"));
}
