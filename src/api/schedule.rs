//! `cliengo.schedule`: work at its time.

use super::OptionSet;
use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::records::DUE;
use super::registration::{Registration, ScheduleRegistration};
use super::watch::{default_id, hook};
use super::{Handler, ReturnType};
use crate::schedule::ScheduleDefinition;
use crate::{Error, Result};

const OPTIONS: Param = Param {
    name: "options",
    kind: ParamType::Options(OptionSet::Schedule),
    optional: true,
    doc: "`id` (its own name, for ever), `tz` (UTC), `overlap` (\"skip\", \"queue_one\", \"queue_all\", \
          \"cancel_other\", \"allow\"), `misfire` (\"last\", \"skip\", \"all\" with `misfire_max`), `catch_up` \
          (\"1d\"), `jitter`, `timeout`, `heartbeat` (a URL that is called after each good run), \
          `on_failure` (a function or a URL that is told of a failed run).",
};
const HANDLER: Param = Param {
    name: "handler",
    kind: ParamType::Handler(DUE),
    optional: false,
    doc: "Called with `(run)`, which has `due`, `schedule`, `cause` and `missed`.",
};

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "schedule.cron",
        alias: None,
        params: &[
            Param {
                name: "expression",
                kind: ParamType::Text,
                optional: false,
                doc: "Five fields (minute, hour, day, month, weekday), six with seconds in front, or \
                      \"@daily\" and the like; `cliengo cron` shows when that is.",
            },
            OPTIONS,
            HANDLER,
        ],
        returns: "the schedule's id",
        gives: ReturnType::Text,
        doc: "Calls the handler at the times of a cron expression, under `cliengo serve`.",
        example: Example {
            lua: "return cliengo.schedule.cron(\"0 9 * * MON-FRI\", { id = \"report\", tz = \"America/Bogota\" }, function(run)\n    print(run.due)\nend)",
            rhai: "cliengo.schedule.cron(\"0 9 * * MON-FRI\", #{ id: \"report\", tz: \"America/Bogota\" }, |run| print(run.due))",
            expect: "\"report\"",
        },
        errors: errors::LOCAL,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { register(&call, "cron", ScheduleDefinition::cron) })
        }),
    },
    ApiFn {
        path: "schedule.every",
        alias: None,
        params: &[
            Param {
                name: "interval",
                kind: ParamType::Text,
                optional: false,
                doc: "The time from one due time to the next, such as \"15m\".",
            },
            OPTIONS,
            HANDLER,
        ],
        returns: "the schedule's id",
        gives: ReturnType::Text,
        doc: "Calls the handler in a true interval, under `cliengo serve`: each due time is one interval \
              after the last, however long a run took.",
        example: Example {
            lua: "return cliengo.schedule.every(\"15m\", { id = \"sync\" }, function(run)\n    print(run.due)\nend)",
            rhai: "cliengo.schedule.every(\"15m\", #{ id: \"sync\" }, |run| print(run.due))",
            expect: "\"sync\"",
        },
        errors: errors::LOCAL,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { register(&call, "every", ScheduleDefinition::every) })
        }),
    },
];

type Define =
    fn(&str, serde_json::Map<String, serde_json::Value>, &str) -> Result<ScheduleDefinition>;

fn register(call: &Call, function: &str, define: Define) -> Result<Answer> {
    let handler = call.function(2).ok_or_else(|| Error::invalid("a schedule needs a handler"))?;
    let mut options = call.object(1);
    let on_failure = hook(call, 1, options.remove("on_failure"))?;
    let definition = define(call.text(0), options, &default_id(handler, function))?;
    let id = definition.id.clone();
    let registration = ScheduleRegistration { definition, handler: handler.clone(), on_failure };
    call.context.registrations().add(Registration::Schedule(registration))?;
    Ok(Answer::Value(id.into()))
}
