//! Durable steps, and settings.

use cliengo::ErrorKind;
use cliengo::store::{StepState, Store};
use serde_json::json;

use crate::samples::*;

promises![
    a_step_is_known_from_its_begin_to_its_result,
    a_step_that_was_taken_never_begins_again,
    a_step_that_was_cut_off_can_begin_again,
    only_a_begun_step_can_be_forgotten,
    a_key_belongs_to_its_scope,
    a_setting_is_kept_until_it_is_set_anew,
];

fn a_step_is_known_from_its_begin_to_its_result(store: &dyn Store) {
    assert_eq!(store.step("s", "k").unwrap(), None);
    store.begin_step("s", "k", &json!({ "email": "a@x" }), at(1)).unwrap();
    let step = store.step("s", "k").unwrap().unwrap();
    assert_eq!(
        (step.state, step.value, step.at),
        (StepState::Begun, json!({ "email": "a@x" }), at(1))
    );
    store.end_step("s", "k", &json!(null), at(2)).unwrap();
    let step = store.step("s", "k").unwrap().unwrap();
    assert_eq!((step.state, step.value, step.at), (StepState::Done, json!(null), at(2)));
}

fn a_step_that_was_taken_never_begins_again(store: &dyn Store) {
    store.end_step("s", "k", &json!("sent"), at(2)).unwrap();
    let error = store.begin_step("s", "k", &nothing(), at(3)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::State);
    assert_eq!(store.step("s", "k").unwrap().unwrap().value, json!("sent"));
}

fn a_step_that_was_cut_off_can_begin_again(store: &dyn Store) {
    store.begin_step("s", "k", &json!(1), at(1)).unwrap();
    store.begin_step("s", "k", &json!(2), at(2)).unwrap();
    let step = store.step("s", "k").unwrap().unwrap();
    assert_eq!((step.state, step.value, step.at), (StepState::Begun, json!(2), at(2)));
}

fn only_a_begun_step_can_be_forgotten(store: &dyn Store) {
    store.begin_step("s", "begun", &nothing(), at(1)).unwrap();
    store.end_step("s", "done", &nothing(), at(1)).unwrap();
    for key in ["begun", "done", "never"] {
        store.forget_step("s", key).unwrap();
    }
    assert!(store.step("s", "begun").unwrap().is_none());
    assert!(store.step("s", "done").unwrap().is_some());
}

fn a_key_belongs_to_its_scope(store: &dyn Store) {
    store.end_step("a", "k", &json!(1), at(1)).unwrap();
    assert_eq!(store.step("b", "k").unwrap(), None);
    store.end_step("a\u{0}", "k", &json!(2), at(1)).unwrap();
    assert_eq!(store.step("a", "k").unwrap().unwrap().value, json!(1));
}

fn a_setting_is_kept_until_it_is_set_anew(store: &dyn Store) {
    assert_eq!(store.setting("x").unwrap(), None);
    store.set_setting("x", &json!([1])).unwrap();
    store.set_setting("x", &json!(null)).unwrap();
    assert_eq!(store.setting("x").unwrap(), Some(json!(null)));
}
