//! The documented operations on everything but contacts: account, sites, users, conversations.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::request::Request;
use super::rows::list_within;
use super::{Client, routes};
use crate::Result;

/// The sites of the account; from [`Client::sites`].
#[derive(Debug, Clone, Copy)]
pub struct Sites<'a>(&'a Client);

/// The users of the account; from [`Client::users`].
#[derive(Debug, Clone, Copy)]
pub struct Users<'a>(&'a Client);

/// The conversations of the account; from [`Client::conversations`].
#[derive(Debug, Clone, Copy)]
pub struct Conversations<'a>(&'a Client);

impl Client {
    /// The sites of the account.
    pub fn sites(&self) -> Sites<'_> {
        Sites(self)
    }

    /// The users of the account.
    pub fn users(&self) -> Users<'_> {
        Users(self)
    }

    /// The conversations of the account.
    pub fn conversations(&self) -> Conversations<'_> {
        Conversations(self)
    }

    /// `GET /account`: the account itself.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn account(&self) -> Result<Value> {
        self.read(routes::get(&["account"])?).await
    }

    pub(super) async fn read<T: DeserializeOwned>(&self, request: Request) -> Result<T> {
        self.send(&request).await?.json().map_err(|error| request.blame(error))
    }

    pub(super) async fn write(&self, request: Request) -> Result<()> {
        self.send(&request).await.map(drop)
    }

    pub(super) async fn read_list(&self, request: Request, name: &str) -> Result<Vec<Value>> {
        let body = self.list(&request, name).await?;
        serde_json::from_slice(&body)
            .map_err(|error| request.blame(super::answer::unexpected_shape(&error)))
    }

    /// The rows of a list that is not the contact list, as a JSON array.
    pub(crate) async fn list(&self, request: &Request, name: &str) -> Result<Bytes> {
        let body = self.send(request).await?.body;
        list_within(&body, name).map_err(|error| request.blame(error))
    }
}

impl Sites<'_> {
    /// `GET /sites`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn list(&self) -> Result<Vec<Value>> {
        self.0.read_list(routes::get(&["sites"])?, "sites").await
    }

    /// `GET /sites/:id`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn get(&self, id: &str) -> Result<Value> {
        self.0.read(routes::get(&["sites", id])?).await
    }

    /// `GET /sites/:id/chatbot`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn chatbot(&self, id: &str) -> Result<Value> {
        self.0.read(routes::get(&["sites", id, "chatbot"])?).await
    }

    /// `GET /sites/chatbots`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn chatbots(&self) -> Result<Vec<Value>> {
        self.0.read_list(routes::get(&["sites", "chatbots"])?, "chatbots").await
    }
}

impl Users<'_> {
    /// `GET /users`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn list(&self) -> Result<Vec<Value>> {
        self.0.read_list(routes::get(&["users"])?, "users").await
    }

    /// `GET /users/:id`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn get(&self, id: &str) -> Result<Value> {
        self.0.read(routes::get(&["users", id])?).await
    }
}

impl Conversations<'_> {
    /// `GET /conversations`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn list(&self) -> Result<Vec<Value>> {
        self.0.read_list(routes::get(&["conversations"])?, "conversations").await
    }

    /// `GET /conversations/:id`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn get(&self, id: &str) -> Result<Value> {
        self.0.read(routes::get(&["conversations", id])?).await
    }

    /// `GET /conversations/:id/messages`
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn messages(&self, id: &str) -> Result<Vec<Value>> {
        self.0.read_list(routes::get(&["conversations", id, "messages"])?, "messages").await
    }

    /// `GET /conversations/:websiteId/count`: the API's answer as it is.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn count(&self, website_id: &str) -> Result<Value> {
        self.0.read(routes::get(&["conversations", website_id, "count"])?).await
    }

    /// `POST /conversations` with `companyId`, `websiteId`, `channel`, `from` and perhaps `url`.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn create(&self, fields: &Map<String, Value>) -> Result<Value> {
        self.0.read(routes::create_conversation(&Value::Object(fields.clone()))).await
    }
}
