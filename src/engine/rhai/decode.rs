//! JSON bytes straight into Rhai values, without a tree in between.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault};

use bytes::Bytes;
use rhai::{Array, Dynamic, Identifier, ImmutableString};
use rustc_hash::FxHasher;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::Result;
use crate::api::memory;
use crate::engine::failure::{answer_not_json, answer_too_large};

/// One JSON document as a Rhai value. A name whose value is null is left out: it reads as `()` all
/// the same.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) where the bytes are not JSON;
/// [`ErrorKind::Limit`](crate::ErrorKind::Limit) where the script's memory does not suffice.
pub(super) fn decode(json: &[u8]) -> Result<Dynamic> {
    let text = simdutf8::basic::from_utf8(json).map_err(|error| answer_not_json(&error))?;
    let mut parser = sonic_rs::Deserializer::from_str(text);
    let full = Cell::new(false);
    let built = Build { nested: false, full: &full }.deserialize(&mut parser);
    let value = built.map_err(|error| match full.get() {
        true => answer_too_large(),
        false => answer_not_json(&error),
    })?;
    parser.end().map_err(|error| answer_not_json(&error))?;
    Ok(value)
}

/// Appends such documents to a list.
///
/// # Errors
/// As [`decode`].
pub(super) fn decode_onto(list: &mut Array, rows: &[Bytes]) -> Result<()> {
    for row in rows {
        list.push(decode(row)?);
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Build<'a> {
    nested: bool,
    /// Becomes true where the script's memory does not suffice.
    full: &'a Cell<bool>,
}

impl Build<'_> {
    /// That there is memory for more. The error's words are not shown.
    fn fits<E: Error>(self) -> Result<(), E> {
        self.full.set(memory::exceeded());
        if self.full.get() { Err(E::custom("too large")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Dynamic;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Dynamic, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Dynamic;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Dynamic, E> {
        Ok(Dynamic::UNIT)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Dynamic, E> {
        Ok(Dynamic::from_bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Dynamic, E> {
        Ok(Dynamic::from_int(value))
    }

    /// Beyond its own integers Rhai has no exact number; a text does not change silently.
    fn visit_u64<E>(self, value: u64) -> Result<Dynamic, E> {
        let exact = i64::try_from(value).map(Dynamic::from_int);
        Ok(exact.unwrap_or_else(|_| value.to_string().into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Dynamic, E> {
        Ok(Dynamic::from_float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Dynamic, E> {
        Ok(TEXTS.with_borrow_mut(|texts| texts.get(text)).into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Dynamic, A::Error> {
        // A contact has some 30 fields; what is nested in it, a few.
        let mut pairs = Vec::with_capacity(if self.nested { 4 } else { 32 });
        while let Some(name) = entries.next_key_seed(Name)? {
            self.fits()?;
            let value = entries.next_value_seed(Self { nested: true, ..self })?;
            if !value.is_unit() {
                pairs.push((name, value));
            }
        }
        // Made from all pairs at once, a map's nodes are full: it takes a third less memory.
        Ok(Dynamic::from_map(pairs.into_iter().collect()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Dynamic, A::Error> {
        let mut list = Array::new();
        while let Some(item) = items.next_element_seed(self)? {
            self.fits()?;
            list.push(item);
        }
        Ok(Dynamic::from_array(list))
    }
}

thread_local! {
    static TEXTS: RefCell<Texts> = RefCell::default();
}

/// Texts that were met lately: the status, the site, the user of one contact are those of many others,
/// which share them.
#[derive(Default)]
struct Texts(Vec<ImmutableString>);

impl Texts {
    /// How many are kept, a power of two.
    const SLOTS: usize = 2_048;
    /// Longer texts are seldom the same.
    const LONGEST: usize = 64;

    fn get(&mut self, text: &str) -> ImmutableString {
        if text.len() > Self::LONGEST {
            return text.into();
        }
        self.0.resize(Self::SLOTS, ImmutableString::new());
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(text);
        // The upper bits are the mixed ones.
        let slot = &mut self.0[(hash >> 40) as usize % Self::SLOTS];
        if slot.as_str() != text {
            *slot = text.into();
        }
        slot.clone()
    }
}

/// A name; short ones need no allocation.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Identifier;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Identifier, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Identifier;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Identifier, E> {
        Ok(name.into())
    }
}
