//! Names as people type them: snake_case beside camelCase, and the one that was probably meant.

use strsim::damerau_levenshtein;

/// The snake_case form of a wire name: `websiteId` becomes `website_id`.
pub fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// The camelCase form of a snake_case name: `website_id` becomes `websiteId`. None where the name
/// has no underscore, and so is its own form.
pub fn camel_case(name: &str) -> Option<String> {
    let (first, rest) = name.split_once('_')?;
    let mut camel = first.to_owned();
    for word in rest.split('_') {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    Some(camel)
}

/// True where `typed` is the wire name itself or its snake_case form.
pub fn same_name(wire: &str, typed: &str) -> bool {
    wire == typed || (typed.contains('_') && snake_case(wire) == typed)
}

/// `did you mean "status"?` for the nearest of the candidates, or nothing where none is near.
pub fn did_you_mean<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(typed, candidates).map(|candidate| format!("did you mean \"{candidate}\"?"))
}

/// The candidate that was probably meant.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let typed = plain(typed);
    let near = |distance: usize, candidate: &str| {
        distance <= (typed.chars().count().max(candidate.chars().count()) / 3).max(1)
    };
    candidates
        .into_iter()
        .map(|candidate| (damerau_levenshtein(&typed, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| near(*distance, candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_word_and_nonsense_finds_none() {
        let words = ["NEW", "ACTIVE", "LONG_TERM", "CLIENT"];
        assert_eq!(did_you_mean("ACTVE", words).as_deref(), Some("did you mean \"ACTIVE\"?"));
        assert_eq!(did_you_mean("longterm", words).as_deref(), Some("did you mean \"LONG_TERM\"?"));
        assert_eq!(did_you_mean("zzzzzz", words), None);
    }

    #[test]
    fn both_spellings_of_a_name_are_the_same_name() {
        assert!(same_name("utmAdGroup", "utm_ad_group"));
        assert!(same_name("name", "name"));
        assert!(!same_name("websiteId", "websiteid"));
        assert_eq!(camel_case("utm_ad_group").as_deref(), Some("utmAdGroup"));
    }
}
