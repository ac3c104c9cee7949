//! A stateful server that behaves like the Cliengo contacts API, for tests, demos and `--emulator`.
//!
//! It listens on 127.0.0.1 only, holds invented contacts that look real, and keeps what is written
//! to it. What the real API does on a bad day can be asked of it through `/__admin/faults`. Where the vendor's
//! behaviour is not known, a [`Knobs`] value says which of the possible readings it shows.
//!
//! | folder or file | what is in it |
//! |---|---|
//! | `server`, `gate`, `connection` | the thread, the socket, connections that can be reset |
//! | `front` | the way of one request: journal, fault, key, rate, route, gzip |
//! | `routes/` | one table of the API's routes, and what each does |
//! | `contacts/` | all contacts: order, filters, changes, search |
//! | `seed/` | invented contacts, made on demand from a seed |
//! | `faults/` | rules that make an answer fail, and how each failure looks |
//! | `admin/` | `/__admin`: clock, knobs, faults, journal, snapshot |
//! | `world`, `persistence` | everything that is remembered, and its file |
//!
//! # Its own routes
//! Under [`Emulator::admin_url`]; they need no key.
//!
//! | route | does |
//! |---|---|
//! | `POST /reset` `{ contacts?, seed?, knobs? }` | gives the beginning back, or another one |
//! | `GET /snapshot` | all contacts as an array, in the order of the list |
//! | `POST /contacts` `[ … ]` | puts contacts in exactly as given; the same id replaces |
//! | `DELETE /contacts` `[ ID, … ]` | takes contacts out |
//! | `GET`, `PUT /clock` `{ now?, frozen? }` | the clock |
//! | `POST /clock/advance` `{ "by": "15m" }` | moves the clock |
//! | `GET`, `PUT`, `PATCH /knobs` | the [`Knobs`]: `PUT` sets all, `PATCH` those given |
//! | `GET`, `DELETE /journal` | the last 100,000 calls: `{ number, at, method, path, query, headers, body, status, fault }`, without keys |
//! | `GET`, `POST`, `DELETE /faults` | rules for faults, each with its counters |
//! | `POST /refuse` `{ "ms": 500 }` | refuses all connections for so long |
//!
//! # Faults
//! A rule is `{ "route": "GET /contacts/:id", "first": 2, "fault": { "kind": "drop_after" } }`. The
//! route is a method and a path relative to the base URL, with `*` for any. It fires always, or by one
//! of `"probability": 0.2`, `"nth": [1, 3]`, `"first": 2`; `"times"` bounds how often. Rules are tried
//! in order; the first that fires wins, and those behind it do not count the request.
//!
//! | kind | the client sees | the request is |
//! |---|---|---|
//! | `status` `{ code, body?, retry_after?, retry_after_as_date?, processed? }` | this status | not done, unless `processed` |
//! | `html` `{ code, processed? }` | a gateway's HTML, also with 200 | not done, unless `processed` |
//! | `drop_before`, `drop_after` | the connection reset without an answer | not done, done |
//! | `reset_mid_body` | half a body, then a reset | done |
//! | `truncated_json` | half the JSON, with a content-length that fits | done |
//! | `wrong_shape` `{ body? }` | JSON of another shape | done |
//! | `delay` `{ ms }` | a late answer | done after the delay, if the client still waits |
//! | `slow_headers` `{ ms }` | a late answer | done at once |
//! | `slow_body` `{ ms, chunks? }` | a body in 10 or so many chunks, `ms` apart | done |
//! | `oversized` `{ bytes }` | a body of so many bytes | not done |
//! | `redirect` `{ location }` | a 302 | not done |
//! | `change` `{ put?, delete?, advance? }` | nothing: others put contacts in, delete ids, or time passes | done after that |
//!
//! ```
//! use cliengo::emulator::{Emulator, EmulatorOptions};
//!
//! let emulator = Emulator::start(EmulatorOptions { contacts: 10, ..Default::default() })?;
//! assert!(emulator.base_url().starts_with("http://127.0.0.1:"));
//! # Ok::<(), cliengo::Error>(())
//! ```

mod admin;
mod answer;
mod call;
mod clock;
mod connection;
mod contacts;
mod faults;
mod front;
mod gate;
mod id;
mod journal;
mod knobs;
mod options;
mod pattern;
mod persistence;
mod rate;
mod routes;
mod seed;
mod server;
mod transport;
mod world;

pub use knobs::{Granularity, Knobs, LastUpdateReading, QueryReading, RowsUnder};
pub use options::{EMULATOR_KEY, EmulatorOptions};
pub use server::Emulator;
