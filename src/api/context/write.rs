//! Writes that are sent, each noted before it is.

use super::Context;
use crate::Result;
use crate::api::WriteState;
use crate::api::write_log::Noted;
use crate::client::{Client, Method, Request, Response};

impl Context {
    /// Sends a write, and notes how it ended: in the journal of the run, and for an undo where that is kept.
    pub(super) async fn write(&self, client: &Client, request: &Request) -> Result<Response> {
        let noted = match &self.write_log {
            Some(log) => Some(Noted::begin(log, client, request).await?),
            None => None,
        };
        let number = self.journal.begin(request.method().as_str(), request.path());
        let result = client.send(request).await;
        match &result {
            Ok(response) => {
                // A post below a thing, such as a tag, answers with that thing.
                let creates =
                    request.method() == Method::Post && !request.path()[1..].contains('/');
                let created = creates.then(|| id_of(&response.body)).flatten();
                self.journal.end(number, WriteState::Done(response.status), created);
            }
            Err(error) if error.is_refusal() => {
                self.journal.end(number, WriteState::Refused, None);
            }
            Err(_) => {}
        }
        if let Some(noted) = noted {
            noted.end(&result).await;
        }
        result
    }
}

fn id_of(body: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Identified {
        id: Option<String>,
    }
    serde_json::from_slice::<Identified>(body).ok()?.id
}
