//! A line of a script's log.

use serde_json::{Map, Value};

use super::{Paint, Role, harmless};
use crate::api::Level;

/// The level, the message and its fields, on one line without its end.
pub(crate) fn log_line(
    level: Level,
    message: &str,
    fields: &Map<String, Value>,
    paint: Paint,
) -> String {
    let role = match level {
        Level::Debug => Role::Dim,
        Level::Info => Role::Success,
        Level::Warn => Role::Warning,
        Level::Error => Role::Error,
    };
    let word = paint.role(role, level.as_str());
    let fields: String = fields.iter().map(|(name, value)| format!(" {name}={value}")).collect();
    format!("{word} {}{}", harmless(message), harmless(&fields))
}
