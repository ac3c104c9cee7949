//! Which names an embedder's own functions and values may have.

use crate::{Error, Result};

/// What would be hidden: namespaces and functions of Lua, modules of the standard library, and the last
/// result at a prompt.
const TAKEN: &str = "\
    bit32 buffer coroutine debug math os string table utf8 vector integer assert error \
    getmetatable ipairs next pairs pcall print rawequal rawget rawlen rawset require select \
    setmetatable tonumber tostring type typeof unpack xpcall _G _VERSION loadstring getfenv \
    setfenv collectgarbage newproxy gcinfo csv dedupe email fs http json list phone report retry text \
    time _";

/// Functions of Rhai's: a global one of the same name would be called for some arguments and not for others.
const RHAI_FUNCTIONS: &str = "\
    abs acos all append asin atan bits blob bytes ceiling chars chop chunks clear contains cos \
    cosh crop dedup degrees drain elapsed ends_with exp extract fill_with filter find find_map \
    floor for_each fraction get hypot index_of insert int is_empty is_even is_finite \
    is_infinite is_nan is_odd is_zero iter keys len ln log make_lower make_upper map max min \
    mixin order order_by pad parse_float parse_int parse_json pop push radians range reduce \
    reduce_rev remove replace retain reverse round set shift sign sin sinh some sort sort_by \
    splice split split_rev sqrt starts_with sub_string tag tan tanh timestamp to_array \
    to_binary to_bytes to_chars to_debug to_degrees to_float to_hex to_int to_json to_lower \
    to_octal to_radians to_string to_upper trim truncate values zip";

/// Words that mean something to one of the languages wherever they stand.
const RESERVED: &str = "\
    and break continue do else elseif end export false for function if in local nil not or \
    repeat return then true until while Fn as async await call case catch const curry default \
    eval exit fn global go goto import is_def_fn is_def_var is_shared let loop match module \
    new null package private protected public shared spawn static super switch sync this \
    thread throw try type_of use var void with yield is";

/// That the path of a function or a value may stand beside those of the program's others.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it may not, saying why.
pub(in crate::api) fn check_name<'a>(
    path: &str,
    others: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let wrong = |why: String| {
        Err(Error::invalid(format!("\"{path}\" cannot be a name of the program's own: {why}"))
            .with_hint("name it like \"crm.score\""))
    };
    let parts: Vec<&str> = path.split('.').collect();
    if parts.len() > 2 || !parts.iter().all(|part| is_name(part)) {
        return wrong("it is to be a name, or two with a dot between them".to_owned());
    }
    if let Some(word) = parts.iter().find(|part| has(RESERVED, part)) {
        return wrong(format!("{word} is a reserved word"));
    }
    let first = parts[0];
    if first == "cliengo" {
        return wrong("cliengo is this crate's own".to_owned());
    }
    let of_rhai = parts.len() == 1 && has(RHAI_FUNCTIONS, first);
    if has(TAKEN, first) || of_rhai {
        return wrong(format!("scripts have another {first}"));
    }
    for other in others {
        let head = other.split('.').next().unwrap_or_default();
        // A namespace and what is global cannot share a name.
        let clashes = head == first && (!other.contains('.') || parts.len() == 1);
        if other == path || clashes {
            return wrong(format!("there is {other} already"));
        }
    }
    Ok(())
}

fn has(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

fn is_name(text: &str) -> bool {
    let first = text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    first && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
