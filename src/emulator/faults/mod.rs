//! Faults on demand: which requests fail, and how the failure looks to a client.

mod fault;
mod rule;
mod shape;

pub(crate) use fault::{AccountChange, Fault};
pub(crate) use rule::{FaultRule, FaultRules};
pub(crate) use shape::{Delivery, Shaped};
