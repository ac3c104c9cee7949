//! The names of days and months in the languages of the accounts.

/// The languages, by the codes that people write.
pub(super) const LANGUAGES: &[&str] = &["en", "es", "pt"];

/// The names of one language.
pub(super) struct Language {
    /// From January.
    pub(super) months: [&'static str; 12],
    /// From Monday.
    pub(super) days: [&'static str; 7],
}

impl Language {
    /// The language of this code; English for any other.
    pub(super) fn of(code: &str) -> &'static Self {
        match code {
            "es" => &SPANISH,
            "pt" => &PORTUGUESE,
            _ => &ENGLISH,
        }
    }

    /// The month of this name, from 1, whole or in its first three letters, with its accents or without, in any
    /// language.
    pub(super) fn month(word: &str) -> Option<i8> {
        let (month, _) = find(word, |language| &language.months)?;
        i8::try_from(month + 1).ok()
    }

    /// True for the name of a day of the week, as of a month.
    pub(super) fn is_day(word: &str) -> bool {
        Self::day_in_english(word).is_some()
    }

    /// The English name of the month of this name, as short as the name is.
    pub(super) fn month_in_english(word: &str) -> Option<String> {
        find(word, |language| &language.months).map(|(month, is_short)| {
            let name = ENGLISH.months[month];
            if is_short { abbreviation(name) } else { name.to_owned() }
        })
    }

    /// The same of the day of the week.
    pub(super) fn day_in_english(word: &str) -> Option<String> {
        find(word, |language| &language.days).map(|(day, is_short)| {
            let name = ENGLISH.days[day];
            if is_short { abbreviation(name) } else { name.to_owned() }
        })
    }
}

/// The place of the name in the list of some language, and whether it is shortened.
fn find(
    word: &str,
    names: fn(&'static Language) -> &'static [&'static str],
) -> Option<(usize, bool)> {
    let word = plain(word.trim_end_matches('.'));
    let is = |name: &&str| {
        let name = plain(name);
        // Brazilians leave out what all days of work have.
        let short = abbreviation(&name) == word || (word == "sept" && name.starts_with("sept"));
        let whole = name == word || name.strip_suffix("-feira") == Some(&word);
        (whole || short).then_some(!whole)
    };
    [&ENGLISH, &SPANISH, &PORTUGUESE].into_iter().find_map(|language| {
        let names = names(language).iter().enumerate();
        names.filter_map(|(place, name)| Some((place, is(name)?))).next()
    })
}

/// The name in small letters without its accents.
fn plain(name: &str) -> String {
    let letter = |letter| match letter {
        'á' => 'a',
        'é' => 'e',
        'ç' => 'c',
        other => other,
    };
    name.to_lowercase().chars().map(letter).collect()
}

/// The first three letters.
pub(super) fn abbreviation(name: &str) -> String {
    name.chars().take(3).collect()
}

const ENGLISH: Language = Language {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};

const SPANISH: Language = Language {
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
};

const PORTUGUESE: Language = Language {
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    days: [
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "sábado",
        "domingo",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_known_in_every_language_whole_and_short() {
        for (word, month) in [
            ("enero", 1),
            ("Ene.", 1),
            ("março", 3),
            ("SET", 9),
            ("sept", 9),
            ("Dec", 12),
            ("dez", 12),
            ("marco", 3),
        ] {
            assert_eq!(Language::month(word), Some(month), "{word}");
        }
        assert_eq!(Language::month("e"), None);
    }
}
