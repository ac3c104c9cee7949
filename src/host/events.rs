//! What happens to an account's contacts, as a stream.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Stream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::Host;
use crate::Result;
use crate::runtime::{Live, LiveNews};
use crate::watch::WatchDefinition;

/// What happens to an account's contacts from when it was begun, in order, as a stream: [`Host::events`].
/// Nothing of it is kept; [`Host::serve`] has watches that outlive the program.
///
/// Polls go on whether it is read or not, and what was not read yet is held in memory.
///
/// ```
/// # #[cfg(all(feature = "lua", feature = "emulator"))]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> cliengo::Result<()> {
/// use std::time::Duration;
///
/// use cliengo::Host;
/// use cliengo::client::Client;
/// use cliengo::emulator::{Emulator, EmulatorOptions};
/// use cliengo::runtime::LiveNews;
/// use cliengo::watch::{WatchDefinition, WatchKind};
///
/// # let emulator = Emulator::start(EmulatorOptions::default())?;
/// # let client =
/// #     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
/// let host = Host::builder().client(client).build();
/// let every = Duration::from_millis(50);
/// let new = WatchDefinition { every, ..WatchDefinition::new(WatchKind::New, "new-leads") };
/// let mut events = host.events(new)?;
/// while let Some(news) = events.next().await {
///     match news {
///         LiveNews::Event(event) => {
///             println!("{} {}", event.kind, String::from_utf8_lossy(&event.contact));
/// #           break;
///         }
///         LiveNews::Began => {
///             // What exists now is no news.
/// #           let code = "cliengo.contacts.create{ name = 'Ana', phone = '+541155550100', \
/// #               websiteId = cliengo.sites.list()[1].id }.name";
/// #           let _: String = host.lua().eval(code).await?;
///         }
///         _ => {}
///     }
/// }
/// # Ok(())
/// # }
/// # #[cfg(not(all(feature = "lua", feature = "emulator")))]
/// # fn main() {}
/// ```
#[derive(Debug)]
#[must_use = "dropping it ends it"]
pub struct Events {
    news: UnboundedReceiver<LiveNews>,
    _live: Live,
    /// The thread that the polls are made on.
    _host: Host,
}

impl Events {
    pub(super) fn follow(host: &Host, definition: WatchDefinition) -> Result<Self> {
        let (tell, news) = unbounded_channel();
        let client = host.base().client()?;
        let tell = move |it| drop(tell.send(it));
        let live = Live::follow(definition, client, &host.runtime()?, tell);
        Ok(Self { news, _live: live, _host: host.clone() })
    }

    /// Waits for what comes next; none where there is no more to come, as when its memory could not be
    /// written to.
    pub async fn next(&mut self) -> Option<LiveNews> {
        self.news.recv().await
    }
}

impl Stream for Events {
    type Item = LiveNews;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<LiveNews>> {
        self.news.poll_recv(context)
    }
}
