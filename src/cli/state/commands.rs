//! The commands and their options.

use clap::{Arg, ArgAction, Command, value_parser};

use crate::cli::arguments::{option, output, state_folder};
use crate::cli::undo;
use crate::store::{EventState, RunState};
use crate::watch::From;

/// `watches`, `schedules`, `runs`, `events` and `dead`.
pub(in crate::cli) fn commands() -> Vec<Command> {
    vec![watches(), schedules(), runs(), events(), dead()]
}

fn watches() -> Command {
    let reason = option("reason", "TEXT", "Why, for whoever looks at it later");
    family("watches", "See and steer watches: list, show, pause, resume, move, remove")
        .subcommand(Command::new("list").about("List them (the default)"))
        .subcommand(Command::new("show").about("Show all that is known of one").arg(id()))
        .subcommand(Command::new("pause").about("Poll no more").arg(ids()).arg(reason))
        .subcommand(Command::new("resume").about("Go on where it stood").arg(ids()))
        .subcommand(
            Command::new("move")
                .about("Let its next cycle begin elsewhere: what fired since then fires once more")
                .arg(id())
                .arg(
                    option("from", "WHEN", "beginning, now, a date, or an age such as 7d")
                        .required(true)
                        .value_parser(|text: &str| {
                            From::parse(text).map_err(|error| error.to_string())
                        }),
                ),
        )
        .subcommand(
            Command::new("remove")
                .about("Forget a watch with its events and all it knows")
                .arg(ids()),
        )
}

fn schedules() -> Command {
    let reason = option("reason", "TEXT", "Why, for whoever looks at it later");
    family("schedules", "See and steer schedules: list, show, next, pause, resume, run-now, remove")
        .subcommand(Command::new("list").about("List them (the default)"))
        .subcommand(Command::new("show").about("Show all that is known of one").arg(id()))
        .subcommand(
            Command::new("next")
                .about("Tell when they are next due")
                .arg(id().required(false).help("Of this one alone"))
                .arg(most().default_value("5").help("How many times to give")),
        )
        .subcommand(Command::new("pause").about("Run no more").arg(ids()).arg(reason))
        .subcommand(Command::new("resume").about("Run again when due").arg(ids()))
        .subcommand(Command::new("run-now").about("Have the daemon run it at once").arg(ids()))
        .subcommand(Command::new("remove").about("Forget a schedule").arg(ids()))
}

fn runs() -> Command {
    let filters = || {
        [
            most(),
            option("of", "ID", "Of this watch, schedule or script alone"),
            option("event", "N", "Of this event alone").value_parser(value_parser!(u64)),
            option("state", "STATE", "In this state alone")
                .value_parser(RunState::ALL.map(RunState::as_str)),
        ]
    };
    family("runs", "See what ran, and undo what it wrote: list, show, undo")
        .args(filters())
        .subcommand(Command::new("list").about("List them, newest first").args(filters()))
        .subcommand(
            Command::new("show").about("Show its log, its requests and its writes").arg(number()),
        )
        .subcommand(undo::command())
}

fn events() -> Command {
    let filters = || {
        [
            most(),
            of_watch(),
            option("contact", "ID", "Of this contact alone"),
            option("state", "STATE", "In this state alone; may be given more than once")
                .action(ArgAction::Append)
                .value_parser(EventState::ALL.map(EventState::as_str)),
        ]
    };
    family("events", "See and steer events: list, show, retry, drop")
        .args(filters())
        .subcommand(Command::new("list").about("List them, newest first").args(filters()))
        .subcommand(Command::new("show").about("Show one, with its contact").arg(number()))
        .subcommand(Command::new("retry").about("Handle it once more").arg(numbers()))
        .subcommand(Command::new("drop").about("Handle it no more").arg(numbers()))
}

fn dead() -> Command {
    let filters = || [most(), of_watch()];
    let which = || {
        let all = option("all", "", "All of them").num_args(0).action(ArgAction::SetTrue);
        let numbers = numbers().required(false).required_unless_present("all");
        [numbers.conflicts_with_all(["all", "watch"]), all, of_watch().requires("all")]
    };
    family("dead", "See and steer events that used up their attempts: list, show, retry, drop")
        .args(filters())
        .subcommand(Command::new("list").about("List them, newest first").args(filters()))
        .subcommand(Command::new("show").about("Show one, with its contact").arg(number()))
        .subcommand(Command::new("retry").about("Handle them once more").args(which()))
        .subcommand(Command::new("drop").about("Handle them no more").args(which()))
}

/// A command whose subcommands share where the state is and how it is printed.
fn family(name: &'static str, about: &'static str) -> Command {
    Command::new(name)
        .about(about)
        .arg(output("How to print it").global(true))
        .arg(state_folder().global(true))
}

fn id() -> Arg {
    Arg::new("id").value_name("ID").required(true)
}

fn ids() -> Arg {
    id().num_args(1..)
}

fn number() -> Arg {
    id().value_parser(value_parser!(u64))
}

fn numbers() -> Arg {
    number().num_args(1..)
}

fn of_watch() -> Arg {
    option("watch", "ID", "Of this watch alone")
}

fn most() -> Arg {
    option("number", "N", "The most to list")
        .short('n')
        .default_value("50")
        .value_parser(value_parser!(u64).range(1..=1_000_000_000))
}
