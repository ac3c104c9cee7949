//! The providers where anybody gets an address, above all those of Latin America.

/// A provider with addresses under these endings.
pub(super) struct Provider {
    /// What stands in front of the ending.
    pub(super) name: &'static str,
    /// The endings, the most common one first.
    pub(super) endings: &'static [&'static str],
    /// True where a name that is near to this one is a misspelling: the name is long and common, and near to no
    /// other.
    pub(super) misspelt: bool,
}

const fn common(name: &'static str, endings: &'static [&'static str]) -> Provider {
    Provider { name, endings, misspelt: true }
}

const fn plain(name: &'static str, endings: &'static [&'static str]) -> Provider {
    Provider { name, endings, misspelt: false }
}

/// Every provider.
pub(super) const PROVIDERS: &[Provider] = &[
    common("gmail", &["com"]),
    common(
        "hotmail",
        &[
            "com", "es", "com.ar", "com.br", "com.mx", "cl", "co", "it", "fr", "co.uk", "de", "be",
            "nl",
        ],
    ),
    common("outlook", &["com", "es", "com.ar", "com.br", "cl", "pt", "it", "fr", "de", "co"]),
    common(
        "yahoo",
        &[
            "com", "com.ar", "com.br", "com.mx", "es", "cl", "com.co", "com.pe", "com.ve",
            "com.uy", "fr", "it", "co.uk", "de", "ca",
        ],
    ),
    common("icloud", &["com"]),
    common("protonmail", &["com", "ch"]),
    plain("live", &["com", "com.ar", "com.mx", "cl", "com.pt", "fr", "it", "co.uk"]),
    plain("msn", &["com"]),
    plain("ymail", &["com"]),
    plain("rocketmail", &["com"]),
    plain("googlemail", &["com"]),
    plain("me", &["com"]),
    plain("mac", &["com"]),
    plain("aol", &["com"]),
    plain("mail", &["com", "ru"]),
    plain("email", &["com"]),
    plain("gmx", &["com", "es", "net", "de"]),
    plain("zoho", &["com"]),
    plain("proton", &["me"]),
    plain("pm", &["me"]),
    plain("yandex", &["com", "ru"]),
    plain("fastmail", &["com"]),
    plain("tutanota", &["com"]),
    // Brazil
    plain("uol", &["com.br"]),
    plain("bol", &["com.br"]),
    plain("terra", &["com.br", "com", "es", "cl", "com.mx"]),
    plain("ig", &["com.br"]),
    plain("globo", &["com"]),
    plain("globomail", &["com"]),
    plain("oi", &["com.br"]),
    plain("r7", &["com"]),
    plain("zipmail", &["com.br"]),
    plain("superig", &["com.br"]),
    // Argentina, Uruguay, Chile, Mexico, Colombia, Peru
    plain("fibertel", &["com.ar"]),
    plain("speedy", &["com.ar"]),
    plain("arnet", &["com.ar"]),
    plain("ciudad", &["com.ar"]),
    plain("uolsinectis", &["com.ar"]),
    plain("adinet", &["com.uy"]),
    plain("vera", &["com.uy"]),
    plain("vtr", &["net"]),
    plain("prodigy", &["net.mx"]),
    plain("une", &["net.co"]),
    plain("speedy", &["com.pe"]),
    plain("terra", &["com.pe", "com.ar", "com.co"]),
    // Spain and Portugal
    plain("telefonica", &["net"]),
    plain("ya", &["com"]),
    plain("sapo", &["pt"]),
];

/// True for a domain of one of them.
pub(super) fn is_provider(domain: &str) -> bool {
    let Some((name, ending)) = domain.split_once('.') else { return false };
    PROVIDERS.iter().any(|it| it.name == name && it.endings.contains(&ending))
}
