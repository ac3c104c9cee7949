//! What a call would say of an argument, told before the script runs: of values that are the same in every
//! run, and of names beside values that nobody knows yet.

use serde_json::{Map, Value, json};

use super::function::{ApiFn, ParamType};
use super::{bulk, call, contact_once, options, watch};
use crate::client::upsert::can_match;
use crate::schedule::ScheduleDefinition;
use crate::schema::{
    Field, OnCreate, check_create, check_update, check_upsert, contact_field, did_you_mean,
    parse_duration, same_name,
};
use crate::watch::{WatchDefinition, WatchKind};
use crate::{Error, Result};

type Object = Map<String, Value>;

/// The names and values of an object; none for a value that only the run knows.
pub(crate) type Entries = Vec<(String, Option<Value>)>;

impl ApiFn {
    /// Checks a whole value of this parameter.
    ///
    /// # Errors
    /// As the call itself.
    pub(crate) fn foresee(&self, parameter: usize, value: Value) -> Result<()> {
        let param = &self.params[parameter];
        if value.is_null() {
            return Ok(());
        }
        let checked = match value {
            Value::Object(object) => self.read(parameter, object),
            value => self.argument(param, value).and_then(|it| self.meaning(parameter, &it)),
        };
        checked.map_err(|error| self.blame(error))
    }

    /// Checks one name with its value, whatever stands beside it. Null stands for a value that nobody knows.
    ///
    /// # Errors
    /// As the call itself.
    pub(crate) fn foresee_entry(&self, parameter: usize, name: &str, value: Value) -> Result<()> {
        if let (ParamType::Named(names), true) = (self.params[parameter].kind, self.is_module()) {
            return options::entry(name, value, names).map(drop).map_err(|it| self.blame(it));
        }
        let needed = self.creates(parameter) && same_name("websiteId", name);
        if value.is_null() && (needed || self.takes_function_named(parameter, name)) {
            return Ok(());
        }
        let mut object = self.others(parameter, name);
        object.insert(name.to_owned(), value);
        self.read(parameter, object).map_err(|error| self.blame(error))
    }

    /// That the function may stand under this name.
    ///
    /// # Errors
    /// As the call itself.
    pub(crate) fn foresee_function(&self, parameter: usize, name: &str) -> Result<()> {
        if self.takes_function_named(parameter, name) {
            return Ok(());
        }
        let parameter = &self.params[parameter];
        let names = parameter.kind.functions();
        let hint = did_you_mean(name, names.iter().copied());
        let message = format!("{}: {name} cannot be a function", parameter.name);
        Err(self.blame(Error::invalid(message).with_hint_if(hint)))
    }

    /// Checks what the names are together.
    ///
    /// # Errors
    /// As the call itself.
    pub(crate) fn foresee_object(&self, parameter: usize, entries: Entries) -> Result<()> {
        let all_known = entries.iter().all(|(_, value)| value.is_some());
        let has_site = entries.iter().any(|(name, _)| same_name("websiteId", name));
        let creates = self.creates(parameter);
        if !all_known && (!creates || has_site) {
            return Ok(());
        }
        let known = entries.into_iter().filter_map(|(name, value)| Some((name, value?)));
        self.read(parameter, known.collect()).map_err(|error| self.blame(error))
    }

    /// True where the parameter is a list of objects.
    pub(crate) fn takes_objects(&self, parameter: usize) -> bool {
        matches!(self.params[parameter].kind, ParamType::Objects(_))
    }

    fn takes_function_named(&self, parameter: usize, name: &str) -> bool {
        self.params[parameter].kind.takes_function_named(name)
    }

    fn creates(&self, parameter: usize) -> bool {
        let kind = self.params[parameter].kind;
        matches!(kind, ParamType::NewContact | ParamType::Objects(ParamType::NewContact))
    }

    /// What has to stand beside this name.
    fn others(&self, parameter: usize, name: &str) -> Object {
        let mut others = Object::new();
        if self.creates(parameter) && !same_name("websiteId", name) {
            others.insert("websiteId".into(), "0".repeat(24).into());
        }
        if name == "misfire_max" {
            others.insert("misfire".into(), "all".into());
        }
        others
    }

    /// Reads an object as the function itself reads it.
    fn read(&self, parameter: usize, mut object: Object) -> Result<()> {
        let param = &self.params[parameter];
        if self.is_own() || self.is_module() {
            // An item of the list: any object will do.
            if self.takes_objects(parameter) {
                return Ok(());
            }
            return self.argument(param, object.into()).map(drop);
        }
        if let ParamType::Options(set) = param.kind {
            set.functions()
                .iter()
                .try_for_each(|name| watch::address(object.remove(*name)).map(drop))?;
        }
        let of_watch = [WatchKind::New, WatchKind::Updated, WatchKind::Deleted];
        let watched = of_watch.into_iter().find(|kind| {
            self.path.strip_prefix("watch.").is_some_and(|name| name == kind.as_str())
        });
        match param.kind {
            ParamType::Objects(ParamType::NewContact) => return check_create(object).map(drop),
            ParamType::Objects(ParamType::Changes) => return update_item(object),
            _ => {}
        }
        match (self.path, parameter) {
            _ if watched.is_some() => {
                let kind = watched.unwrap_or(WatchKind::New);
                WatchDefinition::from_map(kind, object, "id").map(drop)
            }
            ("schedule.cron", 1) => ScheduleDefinition::cron("@daily", object, "id").map(drop),
            ("schedule.every", 1) => ScheduleDefinition::every("1h", object, "id").map(drop),
            ("contacts.create", 1) => contact_once::key(object).map(drop),
            ("contacts.upsert", 1) => {
                object.retain(|name, _| !only_matches(name));
                check_upsert(object).map(drop)
            }
            ("contacts.upsert", _) => object.keys().try_for_each(|name| can_match(name)),
            ("call", _) => call::names(&object),
            (path, 1) if path.ends_with("_many") => bulk::options(object).map(drop),
            _ => param.kind.check(param.name, object.into()).map(drop),
        }
    }

    /// What a text means to the function.
    fn meaning(&self, parameter: usize, value: &Value) -> Result<()> {
        let Value::String(text) = value else { return Ok(()) };
        let no_options = Object::new;
        match (self.path, parameter) {
            _ if self.is_own() => Ok(()),
            ("schedule.cron", 0) => ScheduleDefinition::cron(text, no_options(), "id").map(drop),
            ("schedule.every", 0) => ScheduleDefinition::every(text, no_options(), "id").map(drop),
            ("contacts.upsert", 0) => can_match(text),
            ("now", 0) => parse_duration(text.trim_start_matches(['-', '+'])).map(drop),
            _ => Ok(()),
        }
    }
}

/// True for a field of an upsert that may be there to find the contact by, and is not written.
fn only_matches(name: &str) -> bool {
    let is = |field: &Field| field.answered && field.create == OnCreate::Refused && !field.update;
    contact_field(name).is_some_and(is)
}

/// The fields to change beside the id, or in `fields`.
fn update_item(mut item: Object) -> Result<()> {
    item.remove("id");
    let fields = item.remove("fields");
    let inner = fields.and_then(|fields| fields.as_object().cloned()).unwrap_or_default();
    let all: Object = item.into_iter().chain(inner).collect();
    let all = if all.is_empty() { json!({ "name": null }).as_object().cloned() } else { Some(all) };
    check_update(all.unwrap_or_default()).map(drop)
}
