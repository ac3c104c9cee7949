//! How each fault looks to a client.

use std::time::Duration;

use serde_json::json;

use super::Fault;
use crate::emulator::answer::Answer;
use crate::emulator::clock::{Millis, http_date};

/// How an answer's bytes go out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Delivery {
    /// All of them.
    Whole,
    /// None: the connection is reset.
    Reset,
    /// Half of the body, then the connection is reset.
    HalfThenReset,
    /// The body in so many chunks with a pause between them.
    Slowly { pause: Duration, chunks: usize },
    /// A body of this many bytes, made as it is sent.
    Flood { bytes: u64 },
}

/// An answer and how it goes out.
#[derive(Debug)]
pub(crate) struct Shaped {
    pub(crate) answer: Answer,
    pub(crate) delivery: Delivery,
}

impl Shaped {
    /// The answer as it should be.
    pub(crate) fn whole(answer: Answer) -> Self {
        Self { answer, delivery: Delivery::Whole }
    }

    /// False where the client sees no status.
    pub(crate) fn is_answered(&self) -> bool {
        self.delivery != Delivery::Reset
    }
}

impl Fault {
    /// The failed answer. `answer` is what was right, or empty where the request was not done.
    pub(crate) fn shape(&self, answer: Answer, now: Millis) -> Shaped {
        let delivery = match self {
            Self::DropBefore | Self::DropAfter => Delivery::Reset,
            Self::ResetMidBody => Delivery::HalfThenReset,
            Self::SlowBody { ms, chunks } => {
                Delivery::Slowly { pause: Duration::from_millis(*ms), chunks: *chunks }
            }
            Self::Oversized { bytes } => Delivery::Flood { bytes: *bytes },
            _ => Delivery::Whole,
        };
        Shaped { answer: self.replace(answer, now), delivery }
    }

    fn replace(&self, answer: Answer, now: Millis) -> Answer {
        match self {
            Self::Status { code, body, retry_after, retry_after_as_date, .. } => {
                let usual = json!({ "message": format!("Emulated status {code}") });
                let answer = Answer::json(*code, body.as_ref().unwrap_or(&usual));
                match retry_after {
                    Some(seconds) if *retry_after_as_date => {
                        let at = now.saturating_add_unsigned(seconds.saturating_mul(1_000));
                        answer.with_header("retry-after", http_date(at))
                    }
                    Some(seconds) => answer.with_header("retry-after", seconds.to_string()),
                    None => answer,
                }
            }
            Self::Html { code, .. } => Answer::html(*code),
            Self::TruncatedJson => {
                Answer { body: answer.body.slice(..answer.body.len() / 2), ..answer }
            }
            Self::WrongShape { body } => {
                let usual = json!({ "ok": true, "data": [[]] });
                Answer::json(answer.status, body.as_ref().unwrap_or(&usual))
            }
            Self::Redirect { location } => Answer::json(302, &json!({ "message": "Found" }))
                .with_header("location", location.as_str()),
            Self::Oversized { .. } => Answer::json_bytes(200, ""),
            _ => answer,
        }
    }
}
