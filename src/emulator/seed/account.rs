//! The invented account: its sites, chatbots and users. They are the same under every seed, so that
//! examples can name them.

use serde_json::{Value, json};

/// The assignee of contacts that nobody looks after.
pub(crate) const UNASSIGNED: &str = "UNASSIGNED";

pub(crate) const ACCOUNT_ID: &str = "5e8f0a1b2c3d4e5f60718290";
pub(crate) const ACCOUNT_NAME: &str = "Grupo Ejemplo";

/// A website of the account.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) host: &'static str,
    chatbot: &'static str,
    greeting: &'static str,
}

/// The account's sites, the busiest first.
pub(crate) const SITES: [Site; 4] = [
    Site {
        id: "5e8f0a1b2c3d4e5f60718301",
        name: "Inmobiliaria del Río",
        host: "inmobiliaria.example.com",
        chatbot: "Sofía",
        greeting: "¡Hola! 👋 ¿Buscás comprar o alquilar?",
    },
    Site {
        id: "5e8f0a1b2c3d4e5f60718302",
        name: "Clínica São Bento",
        host: "clinica.example.com",
        chatbot: "João",
        greeting: "Olá! Como posso ajudar?",
    },
    Site {
        id: "5e8f0a1b2c3d4e5f60718303",
        name: "Autos del Ñandú",
        host: "autos.example.org",
        chatbot: "Toño",
        greeting: "¡Hola! ¿Qué auto te interesa?",
    },
    Site {
        id: "5e8f0a1b2c3d4e5f60718304",
        name: "Instituto Pehuén",
        host: "instituto.test",
        chatbot: "Lucía",
        greeting: "¿Querés información de las carreras?",
    },
];

/// Someone who looks after contacts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct User {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    email: &'static str,
    role: &'static str,
}

/// The account's users.
pub(crate) const USERS: [User; 5] = [
    user("5e8f0a1b2c3d4e5f60718401", "Julieta Peña", "julieta@example.com", "ADMIN"),
    user("5e8f0a1b2c3d4e5f60718402", "Bruno Gonçalves", "bruno@example.com", "MANAGER"),
    user("5e8f0a1b2c3d4e5f60718403", "Ximena Núñez", "ximena@example.com", "AGENT"),
    user("5e8f0a1b2c3d4e5f60718404", "Andrés Ibáñez", "andres@example.com", "AGENT"),
    user("5e8f0a1b2c3d4e5f60718405", "Maitê Assunção", "maite@example.com", "AGENT"),
];

const fn user(
    id: &'static str,
    name: &'static str,
    email: &'static str,
    role: &'static str,
) -> User {
    User { id, name, email, role }
}

/// The account, as `GET /account` answers it.
pub(crate) fn account() -> Value {
    json!({
        "id": ACCOUNT_ID,
        "name": ACCOUNT_NAME,
        "country": "AR",
        "language": "es",
        "timezone": "America/Argentina/Buenos_Aires",
        "plan": "PREMIUM",
        "creationDate": "2020-04-09T12:00:00.000Z",
    })
}

impl Site {
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        SITES.iter().find(|site| site.id == id)
    }

    pub(crate) fn to_json(self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "url": format!("https://{}", self.host),
            "accountId": ACCOUNT_ID,
            "language": if self.chatbot == "João" { "pt" } else { "es" },
            "active": true,
        })
    }

    /// The site's chatbot, as `GET /sites/:id/chatbot` answers it.
    pub(crate) fn chatbot(self) -> Value {
        json!({
            "id": format!("{}b{}", &self.id[..20], &self.id[21..]),
            "websiteId": self.id,
            "name": self.chatbot,
            "greeting": self.greeting,
            "active": true,
        })
    }
}

impl User {
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        USERS.iter().find(|user| user.id == id)
    }

    pub(crate) fn to_json(self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "email": self.email,
            "role": self.role,
            "accountId": ACCOUNT_ID,
            "active": true,
        })
    }
}
