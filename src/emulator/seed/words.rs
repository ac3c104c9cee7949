//! The words that invented people and messages are made of.

/// First names of Latin America.
pub(crate) const FIRST_NAMES: &[&str] = &[
    "María",
    "José",
    "Sofía",
    "Martín",
    "Lucía",
    "Joaquín",
    "Valentina",
    "Matías",
    "Camila",
    "Tomás",
    "Agustina",
    "Nicolás",
    "Begoña",
    "Íñigo",
    "Antônia",
    "João",
    "Conceição",
    "Luís",
    "Fabián",
    "Ana Paula",
    "Juan Cruz",
    "Ximena",
    "Rocío",
    "Iván",
    "Raúl",
    "Mónica",
    "Sebastião",
    "Inês",
    "Gonçalo",
    "Jesús",
    "Belén",
    "Andrés",
    "Verónica",
    "Óscar",
    "Ángela",
    "Hernán",
    "Noelia",
    "Esteban",
    "Graça",
    "Thaís",
    "Vinícius",
    "Mariana",
    "Ezequiel",
    "Milagros",
    "Renata",
    "Bautista",
    "Catalina",
    "Emiliano",
    "Florencia",
    "Guadalupe",
];

/// Last names of Latin America.
pub(crate) const LAST_NAMES: &[&str] = &[
    "González",
    "Rodríguez",
    "Fernández",
    "Núñez",
    "Muñoz",
    "Peña",
    "Ibáñez",
    "Assunção",
    "Gonçalves",
    "Magalhães",
    "Guimarães",
    "Simões",
    "López",
    "Martínez",
    "Pérez",
    "Gómez",
    "Sánchez",
    "Díaz",
    "Álvarez",
    "Romero",
    "Ordóñez",
    "Castaño",
    "Zúñiga",
    "Ñáñez",
    "Araújo",
    "Conceição",
    "da Silva",
    "dos Santos",
    "de la Cruz",
    "Quiñones",
    "Bermúdez",
    "Yáñez",
    "Etcheverry",
    "Mamani",
    "Huamán",
    "Quispe",
    "Ríos",
    "Vera",
    "Sosa",
    "O'Higgins",
    "Benítez",
    "Acuña",
    "Cárdenas",
    "Villagrán",
    "França",
    "Lourenço",
    "Medina",
    "Soto",
    "Maldonado",
    "Lagos",
];

/// Hosts that never belong to anyone.
pub(crate) const MAIL_HOSTS: &[&str] =
    &["example.com", "example.org", "example.net", "correo.test", "mail.test", "empresa.example"];

/// What contacts write first.
pub(crate) const MESSAGES: &[&str] = &[
    "Hola, quisiera más información por favor",
    "Buenas tardes, ¿siguen teniendo disponibilidad para la próxima semana?",
    "Necesito un presupuesto 🙏",
    "Olá! Gostaria de saber o preço e as condições de pagamento",
    "Hola!!\nVi el anuncio y me interesa.\n¿Me pueden llamar después de las 18?",
    "¿Cuánto sale? 💰",
    "Me interesa el departamento de 2 ambientes 🏠\r\nTengo una mascota 🐶, ¿es problema?",
    "Preciso marcar uma consulta para amanhã de manhã",
    "consulta por financiación en cuotas sin interés",
    "Quiero que me contacte un asesor, gracias 😊",
    "Escribo de nuevo porque nadie me respondió \"en el día\" como prometen",
    "Não consegui finalizar a inscrição, podem me ajudar? 👩‍💻",
    "info",
    "Pregunta: ¿aceptan permuta?\tEs un modelo 2019, único dueño",
];

/// Notes that users leave.
pub(crate) const NOTES: &[&str] = &[
    "Llamar mañana por la mañana",
    "Pidió presupuesto por e-mail.\nEnviado.",
    "No contesta el teléfono 📵",
    "Muy interesado, quiere visitar el sábado ✅",
    "Ligou perguntando sobre condições; retornar após as 15h",
];

pub(crate) const TAGS: &[&str] =
    &["vip", "caliente", "frío", "presupuesto enviado", "São Paulo", "feria-2026", "reactivar"];

/// Questions of the chatbot with their answers, as `leadFields` holds them.
pub(crate) const LEAD_FIELDS: &[(&str, &[&str])] = &[
    ("¿Qué servicio te interesa?", &["Alquiler", "Compra", "Tasación"]),
    ("presupuesto", &["Hasta 50.000", "50.000 a 100.000", "Más de 100.000"]),
    ("horarioDeContacto", &["Mañana", "Tarde", "Noche"]),
    ("Você já é paciente?", &["Sim", "Não"]),
    ("modelo", &["Sedán", "Pickup", "Híbrido ⚡"]),
];

/// Source, medium and campaign of a visit.
pub(crate) const CAMPAIGNS: &[(&str, &str, &str)] = &[
    ("google", "cpc", "marca_2026"),
    ("facebook", "paid_social", "remarketing otoño"),
    ("instagram", "social", "historias"),
    ("newsletter", "email", "promoção-maio"),
    ("partner", "referral", "alianza"),
];

pub(crate) const TERMS: &[&str] =
    &["departamentos en alquiler", "clínica são paulo", "autos usados"];

/// Ways a contact gets in: entry method, medium, and the medium in the account's language.
pub(crate) const ENTRIES: &[(&str, &str, &str)] = &[
    ("CHATBOT", "WEB", "Sitio web"),
    ("WHATSAPP", "WHATSAPP", "WhatsApp"),
    ("FORM", "WEB", "Formulario"),
    ("FB_LEADADS", "FACEBOOK", "Facebook Lead Ads"),
    ("API", "API", "API"),
    ("ZAPIER", "API", "Zapier"),
];
