//! Bytes to values, and nothing else: our decoders, and the way around them over a JSON tree.

use std::hint::black_box;

use bytes::Bytes;
use cliengo::client::{Contact, Row};
use cliengo::engine::bench::{LuaDecoder, decode_rhai};
use mlua::{IntoLua, Lua};
use rhai::Dynamic;
use serde_json::Value;

use crate::Outcome;

type Decoded = Result<usize, Box<dyn std::error::Error>>;

/// Decodes the rows of the file again and again, and prints how many came out.
pub fn run(how: &str, file: &str, rounds: usize) -> Outcome {
    let rows = rows_of(&std::fs::read_to_string(file)?);
    match how {
        "lua" => {
            let decoder = LuaDecoder::new()?;
            repeat(rounds, || Ok(decoder.decode(&rows)?))
        }
        "lua-tree" => {
            let lua = Lua::new();
            repeat(rounds, || lua_over_a_tree(&lua, &rows))
        }
        "rhai" => repeat(rounds, || Ok(decode_rhai(&rows)?)),
        "rhai-tree" => repeat(rounds, || rhai_over_a_tree(&rows)),
        "typed" => repeat(rounds, || typed(&rows)),
        _ => Err("there is no such decoder".into()),
    }
}

/// The rows of a JSON list that has each on a line of its own.
fn rows_of(list: &str) -> Vec<Bytes> {
    let rows = list.lines().map(|line| line.trim_end_matches(','));
    rows.filter(|row| row.starts_with('{'))
        .map(|row| Bytes::copy_from_slice(row.as_bytes()))
        .collect()
}

fn repeat(rounds: usize, mut decode: impl FnMut() -> Decoded) -> Outcome {
    let mut count = 0;
    for _ in 0..rounds {
        count = black_box(decode()?);
    }
    println!("{count}");
    Ok(())
}

fn typed(rows: &[Bytes]) -> Decoded {
    let contact = |json: &Bytes| {
        let mut row = Row::default();
        row.json = json.clone();
        row.contact()
    };
    let contacts: Vec<Contact> = rows.iter().map(contact).collect::<Result<_, _>>()?;
    Ok(black_box(contacts).len())
}

fn lua_over_a_tree(lua: &Lua, rows: &[Bytes]) -> Decoded {
    let list = lua.create_table_with_capacity(rows.len(), 0)?;
    for (place, row) in (1..).zip(rows) {
        let tree: Value = serde_json::from_slice(row)?;
        list.raw_set(place, to_lua(lua, tree)?)?;
    }
    Ok(list.raw_len())
}

fn to_lua(lua: &Lua, tree: Value) -> mlua::Result<mlua::Value> {
    match tree {
        Value::Null => Ok(mlua::Value::Nil),
        Value::Bool(value) => Ok(mlua::Value::Boolean(value)),
        Value::Number(value) => value.as_f64().into_lua(lua),
        Value::String(text) => text.into_lua(lua),
        Value::Array(items) => {
            let list = lua.create_table_with_capacity(items.len(), 0)?;
            for (place, item) in (1..).zip(items) {
                list.raw_set(place, to_lua(lua, item)?)?;
            }
            Ok(mlua::Value::Table(list))
        }
        Value::Object(fields) => {
            let table = lua.create_table_with_capacity(0, fields.len())?;
            for (name, value) in fields {
                table.raw_set(name, to_lua(lua, value)?)?;
            }
            Ok(mlua::Value::Table(table))
        }
    }
}

fn rhai_over_a_tree(rows: &[Bytes]) -> Decoded {
    let mut list = rhai::Array::with_capacity(rows.len());
    for row in rows {
        list.push(to_rhai(serde_json::from_slice(row)?));
    }
    Ok(black_box(Dynamic::from_array(list)).as_array_ref()?.len())
}

fn to_rhai(tree: Value) -> Dynamic {
    match tree {
        Value::Null => Dynamic::UNIT,
        Value::Bool(value) => value.into(),
        Value::Number(value) => match value.as_i64() {
            Some(value) => value.into(),
            None => value.as_f64().map_or(Dynamic::UNIT, Dynamic::from_float),
        },
        Value::String(text) => text.into(),
        Value::Array(items) => items.into_iter().map(to_rhai).collect::<rhai::Array>().into(),
        Value::Object(fields) => {
            let entries = fields.into_iter().map(|(name, value)| (name.into(), to_rhai(value)));
            Dynamic::from_map(entries.collect())
        }
    }
}
