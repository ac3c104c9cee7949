//! How fast a page of contacts becomes values: the typed contact against a plain JSON tree.

use std::hint::black_box;

use cliengo::client::Contact;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;

const CONTACT: &str = r#"{"id":"6b0449e7faf7e95b9a0000f9","accountId":"5e8f0a1b2c3d4e5f60718290","accountName":"Grupo Ejemplo","name":"Noelia","lastName":"Ñáñez","email":"noelia@example.com","phone":"+55 51 53872-4324","status":"LONG_TERM","rating":4,"message":"Hola, quería consultar por un turno 📅","websiteId":"5e8f0a1b2c3d4e5f60718302","websiteName":"Clínica São Bento","assignedTo":"5e8f0a1b2c3d4e5f60718403","creationDate":"2026-11-22T16:38:15.222Z","lastUpdateDate":"2026-11-22T18:01:10.004Z","geoip":{"city":"Medellín","state":"Antioquia","country":"Colombia"},"leadFields":{"servicio":"Alquiler"},"logs":[{"type":"CREATED","date":"2026-11-22T16:38:15.222Z"}],"notes":[],"tags":["vip"],"utmSource":"google","utmMedium":"cpc"}"#;

fn decode(criterion: &mut Criterion) {
    let page = format!("[{}]", vec![CONTACT; 1_000].join(","));
    let mut group = criterion.benchmark_group("1,000 contacts");
    group.throughput(Throughput::Bytes(page.len() as u64)).sample_size(20);
    group.bench_function("typed", |bencher| {
        bencher.iter(|| black_box(serde_json::from_str::<Vec<Contact>>(&page)));
    });
    group.bench_function("tree", |bencher| {
        bencher.iter(|| black_box(serde_json::from_str::<Value>(&page)));
    });
    group.finish();
}

criterion_group!(benches, decode);
criterion_main!(benches);
