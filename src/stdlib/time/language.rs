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

    /// The month of this name, from 1, whole or in its first three letters, in any language.
    pub(super) fn month(word: &str) -> Option<i8> {
        let word = word.trim_end_matches('.').to_lowercase();
        let is = |name: &&str| {
            let name = name.to_lowercase();
            name == word
                || abbreviation(&name) == word
                || (word == "sept" && name.starts_with("sept"))
        };
        let position = |language: &Self| language.months.iter().position(is);
        let found = [&ENGLISH, &SPANISH, &PORTUGUESE].into_iter().find_map(position)?;
        i8::try_from(found + 1).ok()
    }
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
        ] {
            assert_eq!(Language::month(word), Some(month), "{word}");
        }
        assert_eq!(Language::month("e"), None);
    }
}
