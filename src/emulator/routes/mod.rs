//! The API's routes in one table, and the search for the one that is called.

mod contact_parts;
mod contacts;
mod conversations;
mod directory;
mod filters;
mod lists;

use axum::http::Method;
use bytes::Bytes;

use super::answer::{Answer, Outcome, Refusal};
use super::call::{Call, read_query};
use super::pattern::match_path;
use super::world::World;

type Handler = fn(&mut World, &Call<'_>) -> Outcome;

/// Every route, relative to `/1.0`. The first whose path fits is taken, so fixed words stand before ids.
const ROUTES: &[(&str, &str, Handler)] = &[
    ("GET", "/contacts", contacts::list),
    ("POST", "/contacts", contacts::create),
    ("GET", "/contacts/:id", contacts::get),
    ("PATCH", "/contacts/:id", contacts::update),
    ("DELETE", "/contacts/:id", contacts::delete),
    ("PUT", "/contacts/:id/status", contact_parts::set_status),
    ("POST", "/contacts/:id/tags", contact_parts::add_tag),
    ("GET", "/contacts/:id/notes", contact_parts::notes),
    ("POST", "/contacts/:id/notes", contact_parts::add_note),
    ("GET", "/contacts/:id/messages", contact_parts::messages),
    ("POST", "/contacts/:id/messages", contact_parts::add_message),
    ("GET", "/contacts/:id/history", contact_parts::history),
    ("GET", "/account", directory::account),
    ("GET", "/sites", directory::sites),
    ("GET", "/sites/chatbots", directory::chatbots),
    ("GET", "/sites/:id", directory::site),
    ("GET", "/sites/:id/chatbot", directory::chatbot),
    ("GET", "/users", directory::users),
    ("GET", "/users/:id", directory::user),
    ("GET", "/conversations", conversations::list),
    ("POST", "/conversations", conversations::create),
    ("GET", "/conversations/:id", conversations::get),
    ("GET", "/conversations/:id/messages", conversations::messages),
    ("GET", "/conversations/:websiteId/count", conversations::count),
    ("GET", "/jwt", directory::jwt),
];

/// Answers one call whose key is right. `path` is relative to `/1.0`.
pub(crate) fn answer(
    world: &mut World,
    method: &Method,
    path: &str,
    query: &str,
    body: &Bytes,
) -> Answer {
    let wanted = if method == Method::HEAD { "GET" } else { method.as_str() };
    let mut allowed = Vec::new();
    for (route_method, pattern, handler) in ROUTES {
        let Some(path_values) = match_path(pattern, path) else { continue };
        if *route_method == wanted {
            let call = Call { path_values, query: read_query(query), body };
            let outcome = handler(world, &call);
            world.changes += u64::from(wanted != "GET" && outcome.is_ok());
            return outcome.unwrap_or_else(Answer::from);
        }
        allowed.push(*route_method);
    }
    if allowed.is_empty() {
        return Refusal::new(404, format!("No such path: {path}")).into();
    }
    let refusal = Refusal::new(405, format!("{method} is not allowed on {path}"));
    Answer::from(refusal).with_header("allow", allowed.join(", "))
}
