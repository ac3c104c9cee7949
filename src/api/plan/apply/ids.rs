//! The ids that a rehearsal invented, and the real ones that come in their place.

use std::collections::HashMap;

use serde_json::Value;

use crate::api::plan::PlanItem;

/// What invented ids begin with.
const PREFIX: &str = "d0d0";
/// Their length.
const LENGTH: usize = 24;

/// Which id stands for which.
#[derive(Debug, Default)]
pub(super) struct Ids(HashMap<String, Option<String>>);

impl Ids {
    /// Those that the items invent, none of them real yet.
    pub(super) fn of(items: &[PlanItem]) -> Self {
        Self(items.iter().filter_map(|item| Some((item.creates.clone()?, None))).collect())
    }

    /// Notes the real one.
    pub(super) fn learn(&mut self, invented: &str, real: String) {
        self.0.insert(invented.to_owned(), Some(real));
    }

    /// True where the real id is one of those that were created.
    pub(super) fn holds(&self, real: &str) -> bool {
        self.0.values().flatten().any(|known| known == real)
    }

    /// The real one, the same where it is none of those that were invented; none where it is not there yet.
    pub(super) fn real<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        match self.0.get(id) {
            Some(real) => real.as_deref(),
            None => Some(id),
        }
    }

    /// The text with the real ids in it.
    ///
    /// # Errors
    /// An invented one without a real one.
    pub(super) fn text(&self, text: &str) -> Result<String, String> {
        let (mut done, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(at) = rest.find(PREFIX) {
            let id = rest.get(at..at + LENGTH).and_then(|id| Some((id, self.0.get(id)?)));
            let (real, length) = match id {
                Some((id, real)) => (real.as_deref().ok_or_else(|| id.to_owned())?, LENGTH),
                None => (&rest[at..=at], 1),
            };
            done.push_str(&rest[..at]);
            done.push_str(real);
            rest = &rest[at + length..];
        }
        Ok(done + rest)
    }

    /// The item as it shows in the account: its changes with the real ids in them, as far as they are there.
    pub(super) fn shown(&self, item: &PlanItem) -> PlanItem {
        let mut shown = PlanItem { before: None, ..item.clone() };
        for change in &mut shown.changes {
            change.new = self.value(&change.new).unwrap_or_else(|_| change.new.clone());
        }
        shown
    }

    /// The value with the real ids in all its texts.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub(super) fn value(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => self.text(text)?.into(),
            Value::Array(list) => {
                list.iter().map(|item| self.value(item)).collect::<Result<Vec<_>, _>>()?.into()
            }
            Value::Object(object) => {
                let field =
                    |(name, value): (&String, &Value)| Ok((name.clone(), self.value(value)?));
                Value::Object(object.iter().map(field).collect::<Result<_, String>>()?)
            }
            other => other.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_invented_id_gives_way_wherever_it_stands() {
        let invented = "d0d0c71c7454d758538bc494";
        let mut ids = Ids(HashMap::from([(invented.to_owned(), None)]));
        let body = json!({ "a": [format!("see d0{invented}ñ"), 7], "b": "d0d0d0d0ñññññññññññ" });
        assert_eq!(ids.value(&body), Err(invented.to_owned()));
        assert_eq!(ids.real(invented), None);
        ids.learn(invented, "66".to_owned());
        assert_eq!(
            ids.value(&body),
            Ok(json!({ "a": ["see d066ñ", 7], "b": "d0d0d0d0ñññññññññññ" }))
        );
        assert_eq!((ids.real(invented), ids.real("67")), (Some("66"), Some("67")));
    }
}
