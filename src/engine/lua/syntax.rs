//! The place of what does not parse. Lua tells its line, and mostly the token that it did not expect.

use super::vm::{BEFORE_TOKEN, parse};

/// The column, from 1, of the mistake that Lua found in this line.
pub(super) fn column(code: &str, line: usize, message: &str) -> Option<usize> {
    let begin: usize = code.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let text = code.get(begin..)?.lines().next().unwrap_or_default();
    let column = |place: usize| text.get(..place).map(|before| before.chars().count() + 1);
    if message.ends_with("<eof>") {
        return column(text.trim_end().len());
    }
    let token = message.strip_suffix(['\'', '"'])?.rsplit_once(BEFORE_TOKEN)?.1.get(1..)?;
    let mut places = text.match_indices(token).map(|(place, _)| place);
    // Lua stops at the first token that cannot follow: what ends there has the same mistake.
    let place = places.find(|place| {
        let until = &code[..begin + place + token.len()];
        parse(until).is_err_and(|error| error.to_string().contains(message))
    });
    place.and_then(column)
}

#[cfg(feature = "luau")]
#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn stands_at(code: &str, line: usize, expected: usize) {
        let error = parse(code).unwrap_err().to_string();
        let (_, message) = error.split_once(&format!("{line}: ")).unwrap();
        assert_eq!(column(code, line, message), Some(expected), "{message}");
    }

    #[test]
    fn the_column_is_the_one_of_the_token_that_cannot_stand_there() {
        stands_at("x = = 2", 1, 5);
        stands_at("x = 'é' print(a b)", 1, 17);
        stands_at("f()\nif x the y() end", 2, 6);
        stands_at("f(", 1, 3);
        stands_at("return f 'a' 1", 1, 14);
    }
}
