//! Countries with their cities and the shape of their phone numbers.

/// A country where invented contacts live.
#[derive(Debug)]
pub(crate) struct Country {
    pub(crate) name: &'static str,
    pub(crate) code: &'static str,
    /// The international prefix, without a plus.
    pub(crate) prefix: &'static str,
    /// What a mobile number has between the prefix and the area.
    pub(crate) mobile: &'static str,
    pub(crate) areas: &'static [&'static str],
    /// How many digits follow the area.
    pub(crate) digits: usize,
    /// City, state, latitude, longitude.
    pub(crate) cities: &'static [(&'static str, &'static str, f64, f64)],
}

/// All countries, those with more contacts first.
pub(crate) const COUNTRIES: &[Country] = &[
    Country {
        name: "Argentina",
        code: "AR",
        prefix: "54",
        mobile: "9",
        areas: &["11", "351", "261", "341"],
        digits: 8,
        cities: &[
            ("Buenos Aires", "Ciudad Autónoma de Buenos Aires", -34.6037, -58.3816),
            ("Córdoba", "Córdoba", -31.4201, -64.1888),
            ("Neuquén", "Neuquén", -38.9516, -68.0591),
        ],
    },
    Country {
        name: "Brasil",
        code: "BR",
        prefix: "55",
        mobile: "",
        areas: &["11", "21", "31", "51"],
        digits: 9,
        cities: &[
            ("São Paulo", "São Paulo", -23.5505, -46.6333),
            ("Florianópolis", "Santa Catarina", -27.5949, -48.5482),
        ],
    },
    Country {
        name: "México",
        code: "MX",
        prefix: "52",
        mobile: "",
        areas: &["55", "33", "81"],
        digits: 8,
        cities: &[
            ("Ciudad de México", "CDMX", 19.4326, -99.1332),
            ("Mérida", "Yucatán", 20.9674, -89.5926),
        ],
    },
    Country {
        name: "Chile",
        code: "CL",
        prefix: "56",
        mobile: "",
        areas: &["9"],
        digits: 8,
        cities: &[
            ("Santiago", "Región Metropolitana", -33.4489, -70.6693),
            ("Viña del Mar", "Valparaíso", -33.0153, -71.5500),
        ],
    },
    Country {
        name: "Colombia",
        code: "CO",
        prefix: "57",
        mobile: "",
        areas: &["300", "310", "320"],
        digits: 7,
        cities: &[
            ("Bogotá", "Cundinamarca", 4.7110, -74.0721),
            ("Medellín", "Antioquia", 6.2442, -75.5812),
        ],
    },
    Country {
        name: "Perú",
        code: "PE",
        prefix: "51",
        mobile: "",
        areas: &["9"],
        digits: 8,
        cities: &[("Lima", "Lima", -12.0464, -77.0428), ("Cusco", "Cusco", -13.5320, -71.9675)],
    },
    Country {
        name: "Uruguay",
        code: "UY",
        prefix: "598",
        mobile: "",
        areas: &["99", "98", "94"],
        digits: 6,
        cities: &[
            ("Montevideo", "Montevideo", -34.9011, -56.1645),
            ("Paysandú", "Paysandú", -32.3171, -58.0807),
        ],
    },
];
