//! A write and the contact after it, whoever keeps account of the write.

use bytes::Bytes;

use super::{Client, Request, Response};
use crate::Result;

/// What writes go through: the client itself, or what notes them before they are sent.
pub(crate) trait Writer: Sync {
    /// Sends a write.
    ///
    /// # Errors
    /// As [`Client::send`], and where the write is not allowed.
    fn write(&self, request: &Request) -> impl Future<Output = Result<Response>> + Send;
}

impl Writer for Client {
    async fn write(&self, request: &Request) -> Result<Response> {
        self.send(request).await
    }
}

/// Sends a write, and gives the contact after it.
pub(crate) async fn written(
    client: &Client,
    writer: &impl Writer,
    request: &Request,
    id: Option<&str>,
) -> Result<Bytes> {
    let answer = writer.write(request).await?;
    client.whole_contact(request, answer, id).await
}
