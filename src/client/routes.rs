//! The documented operations as requests. The one place that knows the API's paths.

use serde_json::{Value, json};

use super::request::{Method, Request};
use crate::Result;
use crate::schema::ContactFilter;

use Method::{Delete, Get, Patch, Post, Put};

/// `GET /contacts/:id`
pub fn get_contact(id: &str) -> Result<Request> {
    Request::new(Get, &["contacts", id])
}

/// One page of `GET /contacts`: `limit` rows from `offset`, with the filter's exact parameters.
/// The walk adds the window's dates.
pub fn list_contacts(filter: &ContactFilter, limit: usize, offset: usize) -> Request {
    let mut request = Request::with_path(Get, "/contacts".into()).query("limit", limit.to_string());
    if offset > 0 {
        request = request.query("offset", offset.to_string());
    }
    for (name, value) in filter.exact_parameters() {
        request = request.query(name, value);
    }
    request
}

/// `POST /contacts` with checked fields.
pub fn create_contact(fields: &Value) -> Request {
    Request::with_path(Post, "/contacts".into()).json(fields)
}

/// `PATCH /contacts/:id` with the changed fields.
pub fn update_contact(id: &str, fields: &Value) -> Result<Request> {
    Ok(Request::new(Patch, &["contacts", id])?.json(fields))
}

/// `DELETE /contacts/:id`
pub fn delete_contact(id: &str) -> Result<Request> {
    Request::new(Delete, &["contacts", id])
}

/// `PUT /contacts/:id/status`
pub fn set_status(id: &str, status: &str) -> Result<Request> {
    Ok(Request::new(Put, &["contacts", id, "status"])?.json(&json!({ "externalStatus": status })))
}

/// `POST /contacts/:id/tags`
pub fn add_tag(id: &str, tag: &str) -> Result<Request> {
    Ok(Request::new(Post, &["contacts", id, "tags"])?.json(&json!({ "tag": tag })))
}

/// `GET /contacts/:id/notes`, `…/messages`, `…/history`
pub fn contact_part(id: &str, part: &str) -> Result<Request> {
    Request::new(Get, &["contacts", id, part])
}

/// `POST /contacts/:id/notes`, `…/messages`
pub fn add_to_contact(id: &str, part: &str, message: &str) -> Result<Request> {
    Ok(Request::new(Post, &["contacts", id, part])?.json(&json!({ "message": message })))
}

/// `GET` of a path without a body: `/account`, `/sites`, `/sites/:id/chatbot`, …
pub fn get(segments: &[&str]) -> Result<Request> {
    Request::new(Get, segments)
}

/// `POST /conversations`
pub fn create_conversation(fields: &Value) -> Request {
    Request::with_path(Post, "/conversations".into()).json(fields)
}
