//! The words that a language brings with it, for completion and colours.

use crate::engine::Language;

const LUA_GLOBALS: &str = "assert error getmetatable ipairs next pairs pcall print rawequal rawget rawlen rawset require select setmetatable tonumber tostring type typeof unpack xpcall";

/// The libraries of Lua that a script at this prompt has a use for.
const LUA_LIBRARIES: [(&str, &str); 8] = [
    (
        "bit32",
        "arshift band bnot bor btest bxor countlz countrz extract lrotate lshift replace rrotate rshift",
    ),
    ("coroutine", "close create isyieldable resume running status wrap yield"),
    (
        "math",
        "abs acos asin atan atan2 ceil clamp cos cosh deg exp floor fmod frexp huge ldexp lerp log log10 map max min modf noise pi pow rad random randomseed round sign sin sinh sqrt tan tanh",
    ),
    ("os", "clock date difftime time"),
    (
        "string",
        "byte char find format gmatch gsub len lower match pack packsize rep reverse split sub unpack upper",
    ),
    (
        "table",
        "clear clone concat create find foreach foreachi freeze getn insert isfrozen maxn move pack remove sort unpack",
    ),
    ("utf8", "char charpattern codepoint codes len offset"),
    (
        "buffer",
        "copy create fill fromstring len readi32 readf64 readstring tostring writei32 writef64 writestring",
    ),
];

const RHAI_GLOBALS: &str = "abs call ceiling curry debug floor is_def_fn is_def_var max min parse_float parse_int parse_json print range round timestamp to_float to_int type_of";

/// What values of Rhai answer to: texts, lists and objects.
const RHAI_METHODS: &str = "all append chars chunks clear contains dedup drain ends_with extract filter for_each index_of insert is_empty keys len map mixin pad pop push reduce remove replace reverse shift some sort splice split starts_with sub_string to_json to_lower to_string to_upper trim truncate type_of values zip";

/// The functions that are there without a namespace.
pub(super) fn globals(language: Language) -> impl Iterator<Item = &'static str> {
    match language {
        Language::Lua => LUA_GLOBALS,
        Language::Rhai => RHAI_GLOBALS,
    }
    .split(' ')
}

/// The libraries that come with the language.
pub(super) fn libraries(language: Language) -> impl Iterator<Item = &'static str> {
    let libraries: &[_] = match language {
        Language::Lua => &LUA_LIBRARIES,
        Language::Rhai => &[],
    };
    libraries.iter().map(|(name, _)| *name)
}

/// What a library holds; none where the language has no library of this name.
pub(super) fn library(
    language: Language,
    name: &str,
) -> Option<impl Iterator<Item = &'static str> + use<>> {
    let known = LUA_LIBRARIES.iter().find(|(known, _)| *known == name);
    known.filter(|_| language == Language::Lua).map(|(_, members)| members.split(' '))
}

/// The methods of values: Lua's are those of its texts.
pub(super) fn methods(language: Language) -> impl Iterator<Item = &'static str> {
    match language {
        Language::Lua => LUA_LIBRARIES.iter().find(|(name, _)| *name == "string").map(|it| it.1),
        Language::Rhai => Some(RHAI_METHODS),
    }
    .into_iter()
    .flat_map(|words| words.split(' '))
}

#[cfg(all(test, feature = "lua"))]
mod tests {
    use super::*;
    use crate::api::Context;
    use crate::engine::{Executor, Limits, Source, run};

    #[allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]
    fn gives(code: &str, language: Language) -> serde_json::Value {
        let source = Source::from_code(code, language);
        let executor = Executor::own();
        run(&source, &Context::builder().build(), Limits::default(), executor).unwrap()
    }

    #[test]
    fn every_word_of_lua_is_there() {
        let mut paths: Vec<String> = globals(Language::Lua).map(str::to_owned).collect();
        for name in libraries(Language::Lua) {
            let members = library(Language::Lua, name).unwrap();
            paths.extend(members.map(|member| format!("{name}.{member}")));
        }
        let checks = paths.iter().map(|path| format!("assert({path} ~= nil, '{path}')\n"));
        let code = checks.collect::<String>() + "return true";
        assert_eq!(gives(&code, Language::Lua), true);
    }
}
