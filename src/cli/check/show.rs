//! Findings for people and for programs.

use std::fmt::Write as _;

use serde_json::Value;

use super::Checked;
use crate::check::{Finding, Severity};
use crate::engine::Source;
use crate::terminal::{View, counted, excerpt, harmless};

/// A list of all findings, each with its file.
pub(super) fn json(checked: &[Checked]) -> Value {
    let of_file = |it: &Checked| {
        let name = it.source.name.clone();
        let one = move |finding: &Finding| {
            let mut object = serde_json::to_value(finding).unwrap_or_default();
            if let Value::Object(object) = &mut object {
                object.insert("file".to_owned(), name.clone().into());
            }
            object
        };
        it.findings.iter().map(one).collect::<Vec<_>>()
    };
    checked.iter().flat_map(of_file).collect()
}

/// Each finding as `cliengo run` would show it.
pub(super) fn text(checked: &[Checked], view: &View) -> String {
    let findings = checked.iter().flat_map(|it| it.findings.iter().map(move |one| (it, one)));
    findings.map(|(it, finding)| one(&it.source, finding, view)).collect()
}

fn one(source: &Source, finding: &Finding, view: &View) -> String {
    let paint = view.paint;
    let severity = format!("{}:", finding.severity.as_str());
    let severity = match finding.severity {
        Severity::Error => paint.error(&severity),
        Severity::Warning => paint.warning(&severity),
    };
    let mut text = format!("{severity} {}\n", harmless(&finding.message));
    let (line, column) = (finding.line, finding.column);
    let _ = writeln!(text, "  at {}:{line}:{column}", harmless(&source.name));
    if let Some(quoted) = source.text.lines().nth(line.saturating_sub(1)) {
        let end = finding.end_column.unwrap_or(column + 1);
        text += &excerpt(quoted, line, (column, end), view);
    }
    if let Some(hint) = &finding.hint {
        let _ = writeln!(text, "  {} {}", paint.hint("hint:"), harmless(hint));
    }
    text
}

/// `2 errors and 1 warning in 3 files.`
pub(super) fn counts(checked: &[Checked]) -> String {
    let files = counted(checked.len(), "file");
    let all = || checked.iter().flat_map(|it| &it.findings);
    let of = |severity| all().filter(|finding| finding.severity == severity).count();
    let found = match (of(Severity::Error), of(Severity::Warning)) {
        (0, 0) => "nothing found".to_owned(),
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => {
            format!("{} and {}", counted(errors, "error"), counted(warnings, "warning"))
        }
    };
    format!("{found} in {files}")
}
