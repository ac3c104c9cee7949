//! What scripts can call. Every function is one [`ApiFn`], and everything else that knows of a
//! function is derived from it: both languages' bindings, the checks of its arguments, the journal,
//! the reference, and the tests that run its example.
//!
//! To add a function, add its `ApiFn` to the list in the file of its namespace, and write the
//! handler below.

mod account;
mod answers;
mod arguments;
mod as_created;
mod bulk;
mod call;
mod callback;
mod cancel;
mod checkpoint;
mod contact_bulk;
mod contact_once;
mod contact_parts;
mod contact_upsert;
mod contacts;
mod context;
mod conversations;
mod errors;
#[cfg(feature = "stdlib")]
mod files;
#[cfg(feature = "check")]
mod foresee;
mod function;
mod handler;
mod journal;
#[cfg(test)]
pub(crate) mod keeping;
mod list_options;
pub(crate) mod memory;
mod module_sources;
mod names;
mod namespace;
mod once;
mod options;
mod own;
mod permissions;
mod plan;
mod progress;
pub(crate) mod reading;
mod records;
mod registration;
mod registry;
mod rehearsal;
pub(crate) mod response;
mod returns;
mod run;
mod schedule;
mod sequence;
mod sink;
mod sites;
mod steps;
mod users;
mod watch;
pub(crate) mod write_log;

pub(crate) use as_created::{is_as_created, was_changed};
pub use callback::{Arguments, Callback, FunctionArgument, Step};
pub use cancel::Cancel;
pub(crate) use contact_once::skew;
pub use context::{Context, ContextBuilder};
#[cfg(feature = "stdlib")]
pub(crate) use files::{Entry as FileEntry, Files};
pub use function::{Answer, ApiFn, Call, Example, Param, ParamType, Pending};
pub use handler::{FunctionRef, Handler};
pub use journal::{Journal, WriteRecord, WriteState};
pub use memory::CountingAllocator;
pub(crate) use module_sources::ModuleSources;
pub use names::{Named, OptionSet};
pub(crate) use namespace::Namespace;
#[cfg(feature = "stdlib")]
pub(crate) use options::checked as checked_options;
pub use own::{OwnFunction, OwnModule, OwnValue};
pub use permissions::Permissions;
pub use plan::{
    Applied, AppliedItem, Plan, PlanAccount, PlanAction, PlanCounts, PlanEntry, PlanEntryKind,
    PlanItem, PlanOutcome,
};
pub use records::{Handed, Record, RecordField};
pub use registration::{
    Hook, Registration, Registrations, ScheduleRegistration, WatchRegistration,
};
pub use registry::Registry;
pub use returns::ReturnType;
pub use sequence::Sequence;
pub use sink::{Level, Sink};
pub use steps::{MemorySteps, Steps, StepsUnderWay};
pub use write_log::WriteLog;

/// A value that scripts read, such as `cliengo.args`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiValue {
    /// Where scripts find it, below `cliengo`.
    pub path: &'static str,
    /// Which value it is.
    pub kind: ValueKind,
    /// What it is, in a sentence.
    pub doc: &'static str,
}

/// The values that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// The script's arguments, a list of texts.
    Arguments,
    /// The explicit null, which clears a field in a write.
    Null,
}

/// The values that scripts read.
pub const VALUES: &[ApiValue] = &[
    ApiValue {
        path: "args",
        kind: ValueKind::Arguments,
        doc: "The arguments after the script's name, as texts.",
    },
    ApiValue {
        path: "null",
        kind: ValueKind::Null,
        doc: "An explicit null: it clears a field in a write, where leaving the name out does not.",
    },
];

/// Every function of this crate, by namespace. What a program's scripts see is its
/// [`Registry`].
fn functions() -> impl Iterator<Item = &'static ApiFn> {
    let namespaces = [
        contacts::FUNCTIONS,
        contact_bulk::FUNCTIONS,
        contact_upsert::FUNCTIONS,
        contact_parts::FUNCTIONS,
        account::FUNCTIONS,
        sites::FUNCTIONS,
        users::FUNCTIONS,
        conversations::FUNCTIONS,
        call::FUNCTIONS,
        run::FUNCTIONS,
        once::FUNCTIONS,
        watch::FUNCTIONS,
        schedule::FUNCTIONS,
        #[cfg(test)]
        keeping::FUNCTIONS,
    ];
    namespaces.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_stands_twice_and_no_doc_is_missing() {
        let mut seen = std::collections::HashSet::new();
        for function in functions() {
            assert!(seen.insert(function.path), "{}", function.path);
            assert!(function.doc.ends_with('.'), "{}", function.path);
            assert!(
                function.params.iter().all(|param| param.doc.ends_with('.')),
                "{}",
                function.path
            );
        }
    }
}
