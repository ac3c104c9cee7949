//! The `query` filter: a phrase in the name, the e-mail, the phone or the message, whatever its case
//! and accents.

use super::{Contacts, Slot};

/// The fields that are searched, in one text.
pub(crate) const SEARCHED: [&str; 5] = ["name", "lastName", "email", "phone", "message"];

/// The folded text of every contact, and the last search.
#[derive(Debug)]
pub(crate) struct SearchIndex {
    texts: Vec<Box<str>>,
    /// A walk asks for the same phrase page after page.
    last: Option<(String, Vec<bool>)>,
}

/// The folded text of one contact.
pub(crate) fn search_text<'a>(field: impl Fn(&'static str) -> Option<&'a str>) -> Box<str> {
    let mut text = String::new();
    for value in SEARCHED.into_iter().filter_map(field) {
        text.extend(value.chars().map(fold));
        text.push(' ');
    }
    text.into_boxed_str()
}

impl SearchIndex {
    /// Notes the text of a contact that is new or was changed.
    pub(crate) fn set(&mut self, slot: Slot, text: &str) {
        self.last = None;
        match self.texts.get_mut(slot as usize) {
            Some(old) => *old = text.into(),
            None => self.texts.push(text.into()),
        }
    }

    fn matches(&mut self, query: &str) -> &[bool] {
        let query: String = query.trim().chars().map(fold).collect();
        let last = self.last.take().filter(|(known, _)| *known == query);
        let fresh = || self.texts.iter().map(|text| text.contains(&query)).collect();
        let matches = last.map_or_else(fresh, |(_, matches)| matches);
        &self.last.insert((query, matches)).1
    }
}

impl Contacts {
    /// For every slot, whether its contact holds the phrase.
    pub(crate) fn holding(&mut self, query: &str) -> &[bool] {
        if self.search.is_none() {
            let texts = (0..).take(self.rows.len()).map(|slot| self.text_of(slot)).collect();
            self.search = Some(SearchIndex { texts, last: None });
        }
        self.search.as_mut().map_or(&[], |search| search.matches(query))
    }

    /// Whether the contact's name holds the phrase.
    pub(crate) fn is_named(&self, slot: Slot, query: &str) -> bool {
        let fields = self.fields(slot);
        let name = |field: &'static str| match field {
            "name" | "lastName" => fields.get(field)?.as_str(),
            _ => None,
        };
        let query: String = query.trim().chars().map(fold).collect();
        search_text(name).contains(&query)
    }

    fn text_of(&self, slot: Slot) -> Box<str> {
        if self.written.contains_key(&slot) || !self.is_seeded(slot) {
            let fields = self.fields(slot);
            return search_text(|name| fields.get(name)?.as_str());
        }
        let fields = self.seed.searched_fields(slot as usize);
        search_text(|name| fields.iter().find(|(field, _)| *field == name)?.1.as_str())
    }
}

/// A letter without its case and accent.
fn fold(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    match lower {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}
