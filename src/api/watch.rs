//! `cliengo.watch`: triggers.

use serde_json::Value;

use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::records::{FOUND, FOUND_GONE, Handed};
use super::registration::{Hook, Registration, WatchRegistration};
use super::{Callback, OptionSet};
use super::{Handler, ReturnType};
use crate::watch::{WatchDefinition, WatchKind};
use crate::{Error, Result};

/// The option that may be a function.
pub(super) const ON_FAILURE: &str = "on_failure";

const OPTIONS: Param = Param {
    name: "options",
    kind: ParamType::Options(OptionSet::Watch),
    optional: true,
    doc: "`id` (its own name, for ever), `limit` (the most events a cycle hands over, 100), `every` \
              (\"1m\"), `from` (\"now\", \"beginning\", a date, or an age such as \"7d\"), the filters \
              `status`, `website_id`, `assigned_to`, `query`; `on_error` (\"retry\", \"skip\", \"dead\", \
              \"stop\"), `max_attempts` (5), `concurrency` (1), `timeout`, `sweep` (\"auto\", \"never\", or \
              how often the complete list is compared), `content_only`, `on_failure` (a function or a URL \
              that is told of a dead event).",
};

const fn handler(handed: &'static [Handed]) -> Param {
    Param {
        name: "handler",
        kind: ParamType::Handler(handed),
        optional: false,
        doc: "Called with `(contact, event)`; `event` has `id`, `key`, `attempt`, `watch`, `kind`, \
              `found_at`.",
    }
}

const PARAMS: &[Param] = &[OPTIONS, handler(FOUND)];

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "watch.new_contacts",
        alias: None,
        params: PARAMS,
        returns: "the watch's id",
        gives: ReturnType::Text,
        doc: "Calls the handler with each contact that was created. `cliengo run` makes one cycle of it, \
              `cliengo serve` goes on. Each contact is handled at least once: see the guide on triggers.",
        example: Example {
            lua: "return cliengo.watch.new_contacts({ id = \"leads\" }, function(contact)\n    print(contact.name)\nend)",
            rhai: "cliengo.watch.new_contacts(#{ id: \"leads\" }, |contact| print(contact.name))",
            expect: "\"leads\"",
        },
        errors: errors::LOCAL,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(async move { register(&call, WatchKind::New) })),
    },
    ApiFn {
        path: "watch.updated_contacts",
        alias: None,
        params: PARAMS,
        returns: "the watch's id",
        gives: ReturnType::Text,
        doc: "Calls the handler with each contact that was created or changed. With `content_only = true` a \
              new `lastUpdateDate` alone is no change.",
        example: Example {
            lua: "return cliengo.watch.updated_contacts({ id = \"changes\" }, function(contact, event)\n    print(event.kind, contact.id)\nend)",
            rhai: "cliengo.watch.updated_contacts(#{ id: \"changes\" }, |contact, event| print(event.kind + contact.id))",
            expect: "\"changes\"",
        },
        errors: errors::LOCAL,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { register(&call, WatchKind::Updated) })
        }),
    },
    ApiFn {
        path: "watch.deleted_contacts",
        alias: None,
        params: &[OPTIONS, handler(FOUND_GONE)],
        returns: "the watch's id",
        gives: ReturnType::Text,
        doc: "Calls the handler with the `id` of each contact that is gone: found when the complete list is \
              compared, as often as `sweep` says.",
        example: Example {
            lua: "return cliengo.watch.deleted_contacts({ id = \"gone\", sweep = \"1h\" }, function(contact)\n    print(contact.id)\nend)",
            rhai: "cliengo.watch.deleted_contacts(#{ id: \"gone\", sweep: \"1h\" }, |contact| print(contact.id))",
            expect: "\"gone\"",
        },
        errors: errors::LOCAL,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { register(&call, WatchKind::Deleted) })
        }),
    },
];

fn register(call: &Call, kind: WatchKind) -> Result<Answer> {
    let handler = call.function(1).ok_or_else(|| Error::invalid("a watch needs a handler"))?;
    let mut options = call.object(0);
    let on_failure = hook(call, 0, options.remove(ON_FAILURE))?;
    let default_id = default_id(handler, kind.as_str());
    let definition = WatchDefinition::from_map(kind, options, &default_id)?;
    let id = definition.id.clone();
    let registration = WatchRegistration { definition, handler: handler.clone(), on_failure };
    call.context.registrations().add(Registration::Watch(registration))?;
    Ok(Answer::Value(id.into()))
}

/// The hook that an option is: a function, or an address.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for anything else.
pub(super) fn hook(call: &Call, parameter: usize, option: Option<Value>) -> Result<Option<Hook>> {
    if let Some(function) = call.function_named(parameter, ON_FAILURE) {
        return Ok(Some(Hook::Function(function.clone())));
    }
    address(option)
}

/// The address that an option is, where it is none of the script's functions.
///
/// # Errors
/// As [`hook`].
pub(super) fn address(option: Option<Value>) -> Result<Option<Hook>> {
    match option {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(url)) if is_web_address(&url) => Ok(Some(Hook::Url(url))),
        // What it is stays unsaid: a mistyped address is often a secret all the same.
        Some(_) => Err(Error::invalid(format!("{ON_FAILURE} is no address")).with_hint(
            "give a function, or an address that begins with https:// and has no spaces",
        )),
    }
}

/// True for an address that something can be posted to.
pub(super) fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// The id of what was given none: `leads.new_contacts`, for the script `leads.lua`.
pub(super) fn default_id(handler: &Callback, function: &str) -> String {
    let file = handler.place.rsplit_once(':').map_or(handler.place.as_str(), |(file, _)| file);
    let stem = std::path::Path::new(file).file_stem().and_then(|stem| stem.to_str());
    let plain = |letter: char| {
        if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' }
    };
    // What is typed at a prompt has one name after another, `(prompt 7)`: a watch that is typed again is the
    // same one.
    let stem = match stem {
        Some(stem) if stem.starts_with("(prompt ") => "prompt",
        stem => stem.unwrap_or("script"),
    };
    let stem: String = stem.chars().map(plain).collect();
    format!("{}.{function}", stem.trim_matches('-'))
}
