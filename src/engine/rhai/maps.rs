//! Maps whose names can be read in snake_case too, and where a name that is not there reads as `()`.
//!
//! Rhai asks what a missing name means without saying whether it is being read or set, and it sets
//! through the place it is given. So a missing name gets a place in the map, with a mark that tells it
//! from a `()` that the script wrote; whoever looks at the whole map does not see marked places.

use rhai::{Array, Dynamic, Engine, INT, Map, Target};

use super::encode::to_value;
use crate::schema::camel_case;

/// The mark. A script has no way to set it.
const NOTHING_HERE: i32 = 0x6e6f;

/// True for the place of a name that was read and never set, and for what a function gave that found nothing.
pub(super) fn is_vacant(value: &Dynamic) -> bool {
    value.is_unit() && value.tag() == NOTHING_HERE
}

/// A `()` that nobody wrote. Put into an object it is as if its name were not there, as `nil` is in Lua: a field
/// that is updated from it stays as it is.
pub(super) fn vacant() -> Dynamic {
    let mut vacant = Dynamic::UNIT;
    vacant.set_tag(NOTHING_HERE);
    vacant
}

/// `contact.website_id` reads and sets `websiteId` where that is there.
pub(super) fn read_leniently(engine: &mut Engine) {
    engine.on_map_missing_property(|map: &mut Map, name, _| {
        let known = camel_case(name).filter(|camel| map.contains_key(camel.as_str()));
        let place = map.entry(known.as_deref().unwrap_or(name).into()).or_insert_with(vacant);
        Target::try_from(place)
    });
    engine.register_fn("len", |map: &mut Map| swept(map).len() as INT);
    engine.register_fn("is_empty", |map: &mut Map| swept(map).is_empty());
    engine.register_fn("contains", |map: &mut Map, name: &str| swept(map).contains_key(name));
    engine.register_fn("keys", |map: &mut Map| -> Array {
        swept(map).keys().map(|name| name.as_str().into()).collect()
    });
    engine
        .register_fn("values", |map: &mut Map| -> Array { swept(map).values().cloned().collect() });
}

/// Maps and lists print as JSON, as they do in Lua.
pub(super) fn print_as_json(engine: &mut Engine) {
    for name in ["print", "debug", "to_string", "to_debug", "to_json"] {
        engine.register_fn(name, |map: &mut Map| json(Dynamic::from_map(map.clone())));
        engine.register_fn(name, |list: &mut Array| json(Dynamic::from_array(list.clone())));
    }
}

/// The value as JSON; what JSON does not know is named.
fn json(value: Dynamic) -> String {
    to_value(&value).map_or_else(|error| error.to_string(), |json| json.to_string())
}

/// The map without its vacant places.
fn swept(map: &mut Map) -> &mut Map {
    map.retain(|_, value| !is_vacant(value));
    map
}
