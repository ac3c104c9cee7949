//! A page in one file.

mod chart;
mod escape;
mod section;
mod style;

use serde_json::Value;

use escape::escaped;
use style::STYLE;

use crate::api::{Call, Named, memory};
use crate::schema::FieldType;
use crate::{Error, Result};

/// What is on a page.
pub(super) const PAGE: &[Named] = &[
    Named::new("title", "The title.").of(FieldType::Text).needed(),
    Named::new("subtitle", "A line below it, such as the date.").of(FieldType::Text),
    Named::new("language", "The language of the page: \"es\" unless given.").of(FieldType::Text),
    Named::new(
        "sections",
        "Its parts, each an object with heading, text, table (rows, or { rows, columns }) and chart \
         ({ kind = \"bar\" or \"line\", items, label, value }).",
    )
    .of(FieldType::List),
];

/// `report.html(page)`
pub(super) fn html(call: &Call) -> Result<Value> {
    let text = |name: &str| escaped(call.option(0, name).as_str().unwrap_or_default());
    let language = call.option(0, "language").as_str().unwrap_or("es");
    let title = text("title");
    let subtitle = match text("subtitle") {
        empty if empty.is_empty() => empty,
        subtitle => format!("<p class=\"subtitle\">{subtitle}</p>\n"),
    };
    let mut body = String::new();
    for (place, section) in call.option(0, "sections").as_array().into_iter().flatten().enumerate()
    {
        let number = place + 1;
        let Value::Object(section) = section else {
            return Err(Error::invalid(format!("section {number} must be an object")));
        };
        memory::check()?;
        let written = section::written(section.clone());
        body += &written.map_err(|error| error.within(format_args!("section {number}")))?;
    }
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{subtitle}{body}</main>\n</body>\n\
         </html>\n",
        escaped(language),
    );
    Ok(page.into())
}
