//! Help for those who are at no prompt.

use super::topics::error_kind;
use super::{found, module_or_field, namespace, topic};
use crate::api::Registry;
use crate::engine::Language;
use crate::terminal::{self, Paint};
use crate::types::Page;

/// Topics that are not of the prompt.
pub(crate) const PLAIN_TOPICS: [&str; 4] = ["filters", "fields", "errors", "modules"];

/// The help of a word for those who are at no prompt: a function, a namespace, the filters, the fields or one of
/// them, the errors or a kind of them. None where there is no help of that word.
pub(crate) fn explain(
    word: &str,
    registry: &Registry,
    language: Language,
    paint: Paint,
) -> Option<String> {
    if let Some((found, registry)) = found(word, registry) {
        return Some(terminal::page(&Page::of(registry, found), language, None, paint));
    }
    let plain_topic = || Some(word).filter(|word| PLAIN_TOPICS.contains(word));
    namespace(word, registry, paint)
        .or_else(|| plain_topic().and_then(|word| topic(word, paint)))
        .or_else(|| module_or_field(word, language, paint))
        .or_else(|| error_kind(word, paint))
}
