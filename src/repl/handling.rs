//! What happens at an event of a followed watch.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use super::following::noun;
use super::shared::Shared;
use super::trouble::Trouble;
use super::worker::Worker;
use crate::api::{Callback, Cancel};
use crate::client::Client;
use crate::engine::{Language, Session};
use crate::runtime::{Live, LiveEvent, LiveNews};
use crate::terminal::harmless;
use crate::watch::WatchDefinition;
use crate::{Error, ErrorKind};

/// A function of a session that events are given to.
#[derive(Debug, Clone)]
pub(super) struct Handler {
    /// Its name, where it had one when it was given.
    pub(super) name: Option<String>,
    pub(super) callback: Callback,
    pub(super) language: Language,
    pub(super) worker: Arc<Worker>,
    /// How long a call may take.
    pub(super) timeout: Option<Duration>,
}

impl Handler {
    /// `on_lead (lua)`, or where it was given.
    pub(super) fn describe(&self) -> String {
        let place = || format!("a function of {}", self.callback.place);
        let name = self.name.clone().unwrap_or_else(place);
        format!("{name} ({})", self.language.extension())
    }
}

/// What a handler is called for.
pub(super) struct Occasion<'a> {
    /// `watch` or `schedule`.
    pub(super) noun: &'static str,
    pub(super) id: &'a str,
    /// JSON documents.
    pub(super) arguments: &'a [Bytes],
    /// Ends the call too, where there is one.
    pub(super) cancel: Option<&'a Cancel>,
}

/// An event that came, with what it was given to.
#[derive(Debug, Clone)]
pub(super) struct Happened {
    pub(super) event: LiveEvent,
    pub(super) handler: Option<Handler>,
}

/// Hears what a followed watch tells, on the thread of the prompt's runtime.
pub(super) struct Listener {
    pub(super) shared: Arc<Shared>,
    pub(super) definition: WatchDefinition,
    pub(super) handler: Option<Handler>,
    pub(super) events: Arc<AtomicU64>,
    pub(super) wanted: Arc<AtomicBool>,
    pub(super) last: Arc<Mutex<Option<Happened>>>,
    /// How many watches are followed.
    pub(super) count: Arc<AtomicUsize>,
    /// Told at the first sign of life.
    pub(super) begun: Option<Sender<()>>,
    /// True while its polls fail: one word about that is enough.
    pub(super) troubled: bool,
}

impl Listener {
    /// Begins to follow the watch.
    pub(super) fn follow(mut self, client: &Client) -> Live {
        let (definition, runtime) = (self.definition.clone(), self.shared.runtime.clone());
        Live::follow(definition, client, &runtime, move |news| self.hear(news))
    }

    fn hear(&mut self, news: LiveNews) {
        let id = harmless(&self.definition.id);
        let screen = &self.shared.screen;
        match news {
            LiveNews::Event(event) => self.handle(event),
            LiveNews::Began => self.say_begun(&id),
            LiveNews::Note(note) if self.shared.recorder.traces() => {
                screen.trace(&format!("watch {id}: {note}"));
            }
            LiveNews::Note(_) => {}
            LiveNews::Recovered => {
                self.troubled = false;
                screen.note(&format!("watch {id}: goes well again"));
            }
            LiveNews::Problem(error) => self.complain(&id, &error),
        }
    }

    fn say_begun(&mut self, id: &str) {
        let WatchDefinition { kind, every, .. } = self.definition;
        let seconds = every.as_secs_f64();
        let screen = &self.shared.screen;
        let how = screen.paint().dim(&format!("(.unwatch {id} stops it)"));
        screen.note(&format!("watching {} every {seconds} s as \"{id}\" {how}", noun(kind)));
        self.begun = None;
    }

    fn complain(&mut self, id: &str, error: &Error) {
        if std::mem::replace(&mut self.troubled, true) {
            return;
        }
        let screen = &self.shared.screen;
        let word = screen.paint().warning(&format!("watch {id}:"));
        screen.note(&format!("{word} {}; it tries again", harmless(&error.to_string())));
        self.begun = None;
    }

    fn handle(&self, event: LiveEvent) {
        self.events.fetch_add(1, Ordering::Relaxed);
        let handler = self.handler.clone();
        let happened = Happened { event: event.clone(), handler: handler.clone() };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(happened);
        let Some(handler) = handler else {
            return self.shared.screen.note(&self.line(&event));
        };
        let told = self.line(&event);
        let (shared, wanted) = (Arc::clone(&self.shared), Arc::clone(&self.wanted));
        let worker = Arc::clone(&handler.worker);
        let work = move |session: &mut Session| {
            if wanted.load(Ordering::SeqCst) {
                shared.screen.trace(&told);
                let arguments = [event.contact.clone(), event.event.clone()];
                let (noun, id, arguments) = ("watch", event.watch.as_str(), &arguments);
                let occasion = Occasion { noun, id, arguments, cancel: None };
                handler.take(&occasion, session, &shared);
            }
        };
        worker.give(work, |()| {});
    }

    /// The event in words; where several watches are followed, with whose it is.
    fn line(&self, event: &LiveEvent) -> String {
        match self.count.load(Ordering::SeqCst) {
            0 | 1 => line(event),
            _ => format!("{}: {}", harmless(&self.definition.id), line(event)),
        }
    }
}

impl Handler {
    /// Is called, and says where it fails.
    pub(super) fn take(&self, occasion: &Occasion<'_>, session: &mut Session, shared: &Shared) {
        let (noun, id) = (occasion.noun, harmless(occasion.id));
        let _busy = self.worker.handles(&id);
        let context = shared.context_of_handler();
        let cancel = context.cancel();
        occasion.cancel.iter().for_each(|other| other.link(cancel));
        let _under_way = shared.interrupts.hold(cancel);
        let end = |time| shared.end_after(time, cancel, too_long(noun, time));
        let _time = self.timeout.map(end);
        // What was defined anew under the handler's name takes its place.
        let now = self.name.as_deref().and_then(|name| session.function(name));
        let function = now.unwrap_or_else(|| self.callback.clone());
        if let Err(failure) = session.call(&function, occasion.arguments, &context) {
            let trouble = Trouble::of(failure, &context);
            // Which of several handlers it was, and not the line that waited for it.
            let how = if trouble.is_cancelled() { "is ended" } else { "failed" };
            shared.screen.note(&format!("the handler of the {noun} \"{id}\" {how}:"));
            shared.report(&trouble);
        }
    }
}

/// `new  Ana Pérez · +54 9 11 5555 0100 · NEW · 5f…`
pub(super) fn line(event: &LiveEvent) -> String {
    let contact: Value = serde_json::from_slice(&event.contact).unwrap_or_default();
    let text = |name: &str| contact[name].as_str().map(str::trim).filter(|text| !text.is_empty());
    let name = [text("name"), text("lastName")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let rest = ["phone", "email", "status", "id"].into_iter().filter_map(text);
    let name = Some(name.as_str()).filter(|name| !name.is_empty());
    let parts: Vec<&str> = name.into_iter().chain(rest).collect();
    harmless(&format!("{}  {}", event.kind, parts.join(" · ")))
}

fn too_long(noun: &str, time: Duration) -> Error {
    let message = format!("the handler ran longer than its {} s", time.as_secs_f64());
    Error::new(ErrorKind::Limit, message).with_hint(format!("give the {noun} a longer timeout"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_whatever_the_contact_holds() {
        let event = |contact: &str| LiveEvent {
            watch: "w".into(),
            kind: "new".into(),
            contact: contact.to_owned().into(),
            event: "{}".into(),
        };
        let ana =
            event(r#"{"id":"5f","name":"Ana","lastName":"Pérez","phone":"+54","status":"NEW"}"#);
        assert_eq!(line(&ana), "new  Ana Pérez · +54 · NEW · 5f");
        let steering = event("{\"id\":\"5f\",\"name\":\"A\\u001b[2J\\nB\"}");
        assert_eq!(line(&steering), "new  A\\u{1b}[2J\\nB · 5f");
        assert_eq!(line(&event("?")), "new  ");
    }
}
