//! Invented conversations: every third contact had one on its site's chat.

use serde_json::{Value, json};

use super::words::MESSAGES;
use super::{Draw, Seed, pick};
use crate::emulator::clock::{Millis, wire};
use crate::emulator::id::ContactId;

/// Of so many contacts, one had a conversation.
const EVERY: usize = 3;

/// A visitor writes, the chatbot answers within seconds.
const PAUSE: Millis = 20_000;

impl Seed {
    /// How many conversations there are.
    pub(crate) fn conversations(self) -> usize {
        self.count.div_ceil(EVERY)
    }

    /// The index of the contact that had this conversation.
    pub(crate) fn contact_of(self, conversation: usize) -> usize {
        conversation * EVERY
    }

    /// The number of the conversation with this id.
    pub(crate) fn conversation_number(self, id: &str) -> Option<usize> {
        ContactId::parse(id)
            .number_in(self.family(3))
            .filter(|number| *number < self.conversations())
    }

    /// The site of a conversation.
    pub(crate) fn conversation_site(self, conversation: usize) -> &'static str {
        self.row(self.contact_of(conversation), self.start).website
    }

    /// A conversation, begun when its contact was created.
    pub(crate) fn conversation(self, number: usize, created: Millis) -> Value {
        let row = self.row(self.contact_of(number), created);
        json!({
            "id": ContactId::new(created, self.family(3), number as u64).to_string(),
            "companyId": super::ACCOUNT_ID,
            "websiteId": row.website,
            "contactId": row.id.to_string(),
            "channel": "WEB",
            "from": "VISITOR",
            "status": if row.status == "NEW" { "OPEN" } else { "CLOSED" },
            "creationDate": wire(created),
        })
    }

    /// What was said in the conversation of a contact, oldest first.
    pub(crate) fn messages(self, contact: usize, created: Millis) -> Vec<Value> {
        let mut rng = self.rng(contact, Draw::Conversation);
        let family = self.family(4);
        let count = rng.i64(2..6);
        let said = (0..count).map(|number| {
            let from_visitor = number % 2 == 0;
            let text =
                if from_visitor { pick(&mut rng, MESSAGES) } else { "¡Gracias! Te leo 🙂" };
            let at = created + number * PAUSE;
            json!({
                "id": ContactId::new(at, family, (contact as u64) << 3 | number as u64).to_string(),
                "message": text,
                "from": if from_visitor { "VISITOR" } else { "BOT" },
                "creationDate": wire(at),
            })
        });
        said.collect()
    }
}
