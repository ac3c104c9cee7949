//! What is surely or probably wrong with a script, found without running any of it.
//!
//! Each language is lowered to one small tree; a walk over that tree resolves its names and notes the facts
//! that the rules look at; each rule is written once, for both languages.

mod facts;
mod finding;
mod kinds;
mod known;
#[cfg(feature = "lua")]
mod lua;
mod registered;
#[cfg(feature = "rhai")]
mod rhai;
mod rules;
mod silence;
mod stdlib;
// Some of it is needed by one language alone.
#[cfg_attr(not(all(feature = "lua", feature = "rhai")), allow(dead_code))]
mod tree;
mod walk;

use std::path::PathBuf;

use crate::api::{ModuleSources, Registry};
#[cfg(any(feature = "lua", feature = "rhai"))]
use crate::engine::Language;
use crate::engine::Source;

use self::known::Known;
use self::tree::{Place, Program};

pub use finding::{Code, Finding, Severity};
pub(crate) use registered::Registered;

/// Checks a script against the functions of this registry. Nothing of it runs.
///
/// The findings come in the order of their places. A line with the comment `-- cliengo: ignore`, in Rhai
/// `// cliengo: ignore`, has none.
///
/// ```
/// # #[cfg(feature = "lua")] {
/// use cliengo::api::Registry;
/// use cliengo::check::check;
/// use cliengo::engine::{Language, Source};
///
/// let source = Source::from_code("cliengo.contacts.lst{ status = 'NEW' }", Language::Lua);
/// let findings = check(&source, &Registry::builtin());
/// assert_eq!(findings[0].message, "cliengo.contacts has no \"lst\"");
/// assert_eq!(findings[0].hint.as_deref(), Some("did you mean \"list\"?"));
/// assert_eq!((findings[0].line, findings[0].column), (1, 18));
/// # }
/// ```
pub fn check(source: &Source, registry: &Registry) -> Vec<Finding> {
    check_with_libraries(source, registry, &[])
}

/// The same for a script that finds modules in these folders too; see
/// [`ContextBuilder::library`](crate::api::ContextBuilder::library).
pub fn check_with_libraries(
    source: &Source,
    registry: &Registry,
    libraries: &[PathBuf],
) -> Vec<Finding> {
    look(source, registry, libraries).findings
}

/// A script that was looked through.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub(crate) findings: Vec<Finding>,
    /// What it registers wherever it is loaded, but what its author knows better of.
    // Folders are what the command has.
    #[cfg_attr(not(feature = "cli"), allow(dead_code))]
    pub(crate) registered: Vec<Registered>,
}

/// The same, with what a whole folder is judged by.
pub(crate) fn look(source: &Source, registry: &Registry, libraries: &[PathBuf]) -> Looked {
    let sources = ModuleSources::of_libraries(libraries);
    let checked = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, || on_this_thread(source, registry, sources)).ok()?.join().ok()
    });
    checked.unwrap_or_else(|| {
        let why = "this script cannot be checked";
        let findings = vec![Finding::new(Code::Unreadable, Place::START, why)];
        Looked { findings, ..Looked::default() }
    })
}

/// Parsers go as deep as a script is nested. What is never used of it costs nothing.
const STACK: usize = 256 << 20;

fn on_this_thread(source: &Source, registry: &Registry, sources: ModuleSources) -> Looked {
    let (mut findings, mut registered) = match lower(source, registry) {
        Ok(program) => {
            let known = Known::new(source, registry, sources);
            let facts = walk::facts(&program, &known);
            let mut findings = rules::findings(&facts, &known);
            findings.iter_mut().for_each(|finding| {
                finding.line = finding.line.saturating_sub(program.lines_before).max(1)
            });
            let mut registered = Registered::of(&facts.calls);
            registered.iter_mut().for_each(|it| it.behind(program.lines_before));
            (findings, registered)
        }
        Err(findings) => (findings, Vec::new()),
    };
    silence::drop_ignored(&mut findings, &mut registered, source);
    findings.extend(registered::duplicates(&registered));
    findings.sort_by_key(|finding| (finding.line, finding.column));
    // Several calls may be given one table.
    findings.dedup();
    Looked { findings, registered }
}

fn lower(source: &Source, registry: &Registry) -> Result<Program, Vec<Finding>> {
    match source.language {
        #[cfg(feature = "lua")]
        Language::Lua => lua::program(source),
        #[cfg(feature = "rhai")]
        Language::Rhai => rhai::program(source, registry),
        #[cfg(not(all(feature = "lua", feature = "rhai")))]
        other => {
            let _ = registry;
            let message = format!("this build has no {}", other.extension());
            Err(vec![Finding::new(Code::Unreadable, Place::START, message)])
        }
    }
}
