//! The fields of one invented contact.
//!
//! Real lists have gaps: any field may be absent or null, and the same person comes twice.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::account::{ACCOUNT_ID, ACCOUNT_NAME, Site, UNASSIGNED, USERS, User};
use super::person::{Person, typed_email, typed_name};
use super::words::{CAMPAIGNS, ENTRIES, LEAD_FIELDS, MESSAGES, NOTES, TAGS, TERMS};
use super::{Draw, Seed, SeededRow, percent, pick, pick_weighted};
use crate::emulator::clock::wire;
use crate::emulator::id::ContactId;

type Fields = Vec<(&'static str, Value)>;

/// All fields of the contact, in the schema's order.
pub(super) fn fields(seed: Seed, index: usize, row: &SeededRow) -> Fields {
    let mut rng = seed.rng(index, Draw::Body);
    let mut fields: Fields = Vec::with_capacity(40);
    fields.push(("id", row.id.to_string().into()));
    let mut typed = written_by_contact(seed, index);
    let message = typed.pop_if(|(name, _)| *name == "message");
    fields.extend(typed);
    standing(&mut fields, &mut rng, row);
    fields.extend(message);
    belonging(&mut fields, row);
    entry(&mut fields, &mut rng, seed, index);
    origin(&mut fields, &mut rng, &owner(seed, index));
    history(&mut fields, &mut rng, row);
    visit(&mut fields, &mut rng, row);
    fields
}

/// What the contact typed: name, e-mail, phone and message. About 6 % are someone who was there before.
pub(super) fn written_by_contact(seed: Seed, index: usize) -> Fields {
    let mut rng = seed.rng(index, Draw::Spelling);
    let (person, twice) = (owner(seed, index), earlier(seed, index).is_some());
    let mut fields: Fields = Vec::with_capacity(8);
    name(&mut fields, &mut rng, &person);
    // Someone who comes again is known by the phone or by the e-mail, so one of them must be there.
    let keeps_phone = twice && rng.bool();
    let keeps_email = twice && !keeps_phone;
    let email = typed_email(&mut rng, &person.email);
    let email = if keeps_email { email.to_uppercase() } else { email };
    let missing = if keeps_email { 0 } else { 15 };
    push(&mut fields, &mut rng, missing, "email", email);
    let phone = person.phone(&mut rng);
    let missing = if keeps_phone { 0 } else { 12 };
    push(&mut fields, &mut rng, missing, "phone", phone);
    let message = pick(&mut rng, MESSAGES);
    push(&mut fields, &mut rng, 25, "message", message);
    fields
}

/// Whose contact it is.
fn owner(seed: Seed, index: usize) -> Person {
    Person::new(seed, earlier(seed, index).unwrap_or(index))
}

/// The earlier contact that this one repeats.
fn earlier(seed: Seed, index: usize) -> Option<usize> {
    let mut rng = seed.rng(index, Draw::Repeat);
    let repeats = percent(&mut rng, 6) && index > 0;
    repeats.then(|| rng.usize(..index))
}

fn name(fields: &mut Fields, rng: &mut Rng, person: &Person) {
    let (first, last) = (person.first_name, person.last_name);
    if percent(rng, 20) {
        fields.push(("name", typed_name(rng, &format!("{first} {last}")).into()));
    } else {
        let (first, last) = (typed_name(rng, first), typed_name(rng, last));
        push(fields, rng, 1, "name", first);
        push(fields, rng, 5, "lastName", last);
    }
}

fn standing(fields: &mut Fields, rng: &mut Rng, row: &SeededRow) {
    fields.push(("status", row.status.into()));
    if percent(rng, 15) {
        let sub_status = pick(rng, &["Visita agendada", "Sin respuesta", "Em negociação"]);
        fields.push(("subStatus", sub_status.into()));
    }
    let rating = rng.u8(0..=5);
    push(fields, rng, 45, "rating", rating);
    let age = rng.u8(18..80);
    push(fields, rng, 80, "age", age);
}

fn belonging(fields: &mut Fields, row: &SeededRow) {
    fields.push(("assignedTo", row.assignee.into()));
    fields.push(("websiteId", row.website.into()));
    fields.extend(Site::find(row.website).map(|site| ("websiteName", site.name.into())));
    fields.push(("accountId", ACCOUNT_ID.into()));
    fields.push(("accountName", ACCOUNT_NAME.into()));
    fields.push(("creationDate", wire(row.created).into()));
    fields.push(("lastUpdateDate", wire(row.updated).into()));
}

fn entry(fields: &mut Fields, rng: &mut Rng, seed: Seed, index: usize) {
    let (method, medium, translated) = ENTRIES[pick_weighted(rng, &[40, 25, 15, 10, 7, 3])];
    fields.push(("medium", medium.into()));
    fields.push(("mediumTranslate", translated.into()));
    fields.push(("entryMethod", method.into()));
    // The API does not notice everyone who comes again.
    if earlier(seed, index).is_some() && rng.bool() {
        fields.push(("duplicatedContact", "DUPLICATED".into()));
    }
}

fn origin(fields: &mut Fields, rng: &mut Rng, person: &Person) {
    let (city, state, latitude, longitude) = pick(rng, person.country.cities);
    let geoip = json!({
        "city": city, "state": state, "country": person.country.name,
        "countryCode": person.country.code, "latitude": latitude, "longitude": longitude,
    });
    push(fields, rng, 10, "geoip", geoip);
    let mut answers = Map::new();
    for (question, choices) in LEAD_FIELDS {
        if percent(rng, 35) {
            answers.insert((*question).into(), pick(rng, choices).into());
        }
    }
    push(fields, rng, 8, "leadFields", answers);
}

fn history(fields: &mut Fields, rng: &mut Rng, row: &SeededRow) {
    let mut logs = vec![log(row.created, "CREATED", "Contacto creado")];
    if row.assignee != UNASSIGNED {
        let name = User::find(row.assignee).map_or("", |user| user.name);
        logs.push(log(row.created, "ASSIGNED", &format!("Asignado a {name}")));
    }
    if row.status != "NEW" {
        logs.push(log(row.updated, "STATUS", &format!("NEW → {}", row.status)));
    }
    fields.push(("logs", logs.into()));
    let note = json!({
        "id": ContactId::new(row.updated, rng.u64(..), 1).to_string(),
        "message": pick(rng, NOTES), "userId": pick(rng, &USERS).id, "creationDate": wire(row.updated),
    });
    let notes = if percent(rng, 25) { vec![note] } else { Vec::new() };
    fields.push(("notes", notes.into()));
    push(fields, rng, 20, "calls", Value::Array(Vec::new()));
    let tags: Vec<_> = TAGS.iter().copied().filter(|_| percent(rng, 9)).collect();
    push(fields, rng, 6, "tags", tags);
}

fn log(at: i64, kind: &str, text: &str) -> Value {
    json!({ "date": wire(at), "type": kind, "description": text })
}

fn visit(fields: &mut Fields, rng: &mut Rng, row: &SeededRow) {
    let host = Site::find(row.website).map_or("example.com", |site| site.host);
    if percent(rng, 55) {
        let (source, medium, campaign) = pick(rng, CAMPAIGNS);
        fields.push(("utmSource", source.into()));
        fields.push(("utmMedium", medium.into()));
        fields.push(("utmCampaign", campaign.into()));
        push(fields, rng, 60, "utmContent", "anuncio_2");
        let term = pick(rng, TERMS);
        push(fields, rng, 60, "utmTerm", term);
    }
    fields.push(("conversionUrl", format!("https://{host}/contacto").into()));
    push(fields, rng, 15, "landingUrl", format!("https://{host}/?ref=inicio&x=1"));
    push(fields, rng, 50, "referalUrl", "https://buscador.example/search?q=a%C3%B1o");
}

/// Adds the field, but in `missing` of a hundred contacts leaves it out or sets it to null.
fn push(
    fields: &mut Fields,
    rng: &mut Rng,
    missing: u8,
    name: &'static str,
    value: impl Into<Value>,
) {
    if !percent(rng, missing) {
        fields.push((name, value.into()));
    } else if rng.bool() {
        fields.push((name, Value::Null));
    }
}
