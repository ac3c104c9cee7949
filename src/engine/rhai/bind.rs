//! The registry as Rhai sees it: `cliengo` with its namespaces.

use std::any::TypeId;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rhai::{Dynamic, Engine, EvalAltResult, Module, NativeCallContext, Position, Token};

use super::call::{Functions, Room};
use super::tokens::{Places, Tokens};
use super::values::{Problem, Rows, raise};
use crate::Error;
use crate::api::{Namespace, Registry, VALUES, ValueKind};
use crate::engine::bridge::Bridge;
use crate::schema::did_you_mean;

/// A call is looked up with so many arguments more than the function takes, so that one too many is our
/// error and not "function not found".
const TOO_MANY: usize = 2;

/// Marks the name of a function that is a reserved word of Rhai: under the word itself Rhai would treat
/// the call as one of its own.
const RESERVED: char = '′';

/// Makes `cliengo` visible everywhere: a variable of a global module is, in functions, closures and
/// imported modules too, where a constant of the scope is not.
pub(super) fn globals(engine: &mut Engine, bridge: &Rc<Bridge>, tokens: &Rc<Tokens>) -> Rc<Room> {
    engine.register_type_with_name::<Namespace>("cliengo");
    types(engine);
    let room = Rc::new(Room::new(bridge, by_name(bridge.context().registry())));
    for (name, most) in most_arguments(&room.functions) {
        for count in 0..=most + TOO_MANY {
            method(engine, name, count, &room);
        }
    }
    global_functions(engine, &room);
    others(engine, &room, &tokens.places);
    members(engine, &room);
    allow_reserved_words(engine, &room.functions, tokens);
    let mut module = Module::new();
    module.set_var("cliengo", Namespace::CLIENGO);
    for namespace in own_namespaces(&room.functions) {
        module.set_var(namespace.name(), namespace);
    }
    for ((namespace, name), value) in &room.values {
        match *namespace == Namespace::GLOBAL {
            true => module.set_var(*name, value.clone()),
            false => module.set_var(namespace.name(), *namespace),
        };
    }
    engine.register_global_module(module.into());
    room
}

/// What scripts do with the values that the registry gives.
pub(super) fn types(engine: &mut Engine) {
    Problem::register(engine);
    Rows::register(engine);
    super::maps::read_leniently(engine);
    super::maps::print_as_json(engine);
}

/// Has the engine parse what is no Rhai but for the names of these functions, though it cannot run it.
#[cfg(feature = "repl")]
pub(super) fn words(engine: &mut Engine, registry: &Registry, tokens: &Rc<Tokens>) {
    allow_reserved_words(engine, &by_name(registry), tokens);
}

fn by_name(registry: &Registry) -> Functions {
    let mut table = Functions::new();
    for function in registry.functions() {
        let (namespace, (_, name)) = (function.namespace(), function.namespace_and_name());
        table.insert((namespace, name), function.clone());
        table.extend(function.alias.map(|alias| ((namespace, alias), function.clone())));
    }
    table
}

/// The namespaces beside `cliengo`.
fn own_namespaces(functions: &Functions) -> HashSet<Namespace> {
    let namespaces = functions.keys().map(|(namespace, _)| *namespace);
    namespaces.filter(|it| !it.is_below_cliengo() && !it.name().is_empty()).collect()
}

/// The functions that stand in no namespace.
fn global_functions(engine: &mut Engine, room: &Rc<Room>) {
    let global = |(namespace, _): &&(Namespace, &str)| *namespace == Namespace::GLOBAL;
    for key in room.functions.keys().filter(global) {
        let name = key.1;
        let most = room.functions.get(key).map_or(0, |function| function.params.len());
        for count in 0..=most + TOO_MANY {
            let room = Rc::clone(room);
            let types = vec![TypeId::of::<Dynamic>(); count];
            engine.register_raw_fn(name, types, move |native, arguments| {
                room.invoke(&native, Namespace::GLOBAL, name, arguments)
            });
        }
    }
}

/// Each name, with the most parameters that a function of that name has in any namespace.
fn most_arguments(functions: &Functions) -> HashMap<&'static str, usize> {
    let mut most = HashMap::new();
    for ((namespace, name), function) in functions {
        if *namespace == Namespace::GLOBAL {
            continue;
        }
        let known = most.entry(*name).or_insert(0);
        *known = function.params.len().max(*known);
    }
    most
}

/// One name with one number of arguments, whichever namespace it is called on.
fn method(engine: &mut Engine, name: &'static str, count: usize, room: &Rc<Room>) {
    let mut types = vec![TypeId::of::<Namespace>()];
    types.resize(count + 1, TypeId::of::<Dynamic>());
    let room = Rc::clone(room);
    engine.register_raw_fn(name, types, move |native, arguments| {
        let (on, arguments) = arguments.split_at_mut(1);
        let namespace = on[0].clone().try_cast::<Namespace>().unwrap_or(Namespace::CLIENGO);
        room.invoke(&native, namespace, name, arguments)
    });
}

/// Every other name that is called on a namespace: a reserved word of Rhai, or a misspelt name, which
/// is an error that a script can catch and that says which name was meant.
#[allow(deprecated, reason = "rhai marks the hook as subject to change, not as going away")]
fn others(engine: &mut Engine, room: &Rc<Room>, places: &Places) {
    let (room, places) = (Rc::clone(room), Rc::clone(places));
    engine.on_missing_function(move |name, arguments, _, context| {
        let Some((on, arguments)) = arguments.split_first_mut() else { return Ok(None) };
        let Some(namespace) = on.read_lock::<Namespace>().map(|namespace| *namespace) else {
            return Ok(None);
        };
        let reserved = name.strip_suffix(RESERVED);
        // Rhai asks here about every call that failed: one that was made must not be made again.
        if reserved.is_none() && room.functions.keys().any(|(_, known)| *known == name) {
            return Ok(None);
        }
        let place = places.borrow().get(name).copied().flatten().unwrap_or(Position::NONE);
        let name = reserved.unwrap_or(name);
        let (engine, global) = (context.engine(), context.global_runtime_state());
        let native = NativeCallContext::new_with_all_fields(engine, name, None, global, place);
        let done = room.invoke(&native, namespace, name, arguments);
        done.map(Some).map_err(|mut error| {
            error.set_position(place);
            error
        })
    });
}

/// `cliengo.contacts`, `cliengo.args`.
fn members(engine: &mut Engine, room: &Rc<Room>) {
    let room = Rc::clone(room);
    // Those of the run: a later call of one of its functions has no others, in Lua neither.
    let given = room.bridge.context().arguments().to_vec();
    engine.register_indexer_get(
        move |on: &mut Namespace, name: &str| -> Result<Dynamic, Box<EvalAltResult>> {
            let mut below = room.functions.keys().map(|(namespace, _)| *namespace);
            let below = below.find(|below| below.is_below_cliengo() && below.name() == name);
            if let (Namespace::CLIENGO, Some(namespace)) = (*on, below) {
                return Ok(Dynamic::from(namespace));
            }
            if let Some((_, value)) = room.values.iter().find(|(place, _)| **place == (*on, name)) {
                return Ok(value.clone());
            }
            let of_cliengo = *on == Namespace::CLIENGO;
            let value = VALUES.iter().find(|value| value.path == name && of_cliengo);
            match value.map(|value| value.kind) {
                Some(ValueKind::Null) => Ok(Dynamic::UNIT),
                Some(ValueKind::Arguments) => Ok(given
                    .iter()
                    .map(|text| Dynamic::from(text.clone()))
                    .collect::<Vec<_>>()
                    .into()),
                None => Err(raise(&room.bridge, missing(*on, name, &room))),
            }
        },
    );
}

pub(super) fn missing(namespace: Namespace, name: &str, room: &Room) -> Error {
    let table = &room.functions;
    let mut names: Vec<_> =
        table.keys().filter(|(known, _)| *known == namespace).map(|(_, name)| *name).collect();
    if namespace == Namespace::CLIENGO {
        let below = table.keys().filter(|(namespace, _)| namespace.is_below_cliengo());
        names.extend(below.map(|(namespace, _)| namespace.name()));
        names.extend(VALUES.iter().map(|value| value.path));
    }
    let own = room.values.keys().filter(|(known, _)| *known == namespace);
    names.extend(own.map(|(_, name)| *name));
    names.sort_unstable();
    names.dedup();
    if let Some(function) = table.get(&(namespace, name)) {
        return Error::invalid(format!("{} is a function", function.full_path()))
            .with_hint(format!("call it: {}", function.usage()));
    }
    let hint = did_you_mean(name, names.iter().copied())
        .unwrap_or_else(|| format!("it has {}", names.join(", ")));
    Error::invalid(format!("{namespace} has no \"{name}\"")).with_hint(hint)
}

/// Some names of the registry are reserved words of Rhai. In a chain that begins with `cliengo` they
/// are names all the same; `f.call()` on function pointers stays what it is.
#[allow(deprecated, reason = "rhai marks the hook as subject to change, not as going away")]
fn allow_reserved_words(engine: &mut Engine, table: &Functions, tokens: &Rc<Tokens>) {
    let (places, tokens) = (Rc::clone(&tokens.places), Rc::clone(tokens));
    let functions: HashSet<&'static str> = table.keys().map(|(_, name)| *name).collect();
    let roots: HashSet<&'static str> =
        own_namespaces(table).into_iter().map(Namespace::name).chain(["cliengo"]).collect();
    // 1 after `cliengo`, or a namespace beside it, 2 after its period, 3 after the next name, and so on.
    let place = Cell::new(0_usize);
    let in_cliengo = Cell::new(false);
    let names_follow = Cell::new(false);
    let note = move |name: &str, position| {
        let mut places = places.borrow_mut();
        let place = if places.contains_key(name) { None } else { Some(position) };
        places.insert(name.to_owned(), place);
    };
    engine.on_parse_token(move |token, position, _| {
        let token = tokens.read(token);
        let before = place.take();
        // The filter `until` is a keyword too. It ends a loop after `}`, and is a name after `#{` or a
        // comma, where no loop can end.
        let in_map = names_follow.replace(matches!(token, Token::MapStart | Token::Comma));
        if in_map && token == Token::Until {
            return Token::Identifier(Box::new("until".into()));
        }
        let (after_name, after_period) = (before % 2 == 1, before > 0 && before.is_multiple_of(2));
        let word = match &token {
            Token::Identifier(name) if after_period => {
                place.set(before + 1);
                if !functions.contains(name.as_str()) {
                    note(name, position);
                }
                return token;
            }
            Token::Identifier(name) if roots.contains(name.as_str()) => {
                in_cliengo.set(name.as_str() == "cliengo");
                place.set(1);
                return token;
            }
            Token::Period if after_name => {
                place.set(before + 1);
                return token;
            }
            Token::Reserved(word) if after_period => word.as_str(),
            _ => return token,
        };
        let name = match word {
            "call" if before == 2 && in_cliengo.get() => "request".to_owned(),
            value if VALUES.iter().any(|known| known.path == value) => value.to_owned(),
            function if functions.contains(function) => {
                let name = format!("{function}{RESERVED}");
                note(&name, position);
                name
            }
            _ => return token,
        };
        Token::Identifier(Box::new(name.into()))
    });
}
