//! What modules keep for the length of a run, such as their connections.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Context;

/// One value of each type.
#[derive(Default)]
pub(super) struct Kept(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Context {
    /// The run's value of this type, made where it is first asked for.
    pub(crate) fn kept<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut kept = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        let value = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::<T>::default() as _);
        // Under the id of a type stands a value of that type.
        Arc::clone(value).downcast().unwrap_or_default()
    }
}
