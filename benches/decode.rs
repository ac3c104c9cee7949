//! How fast the rows of a page become values of a script and of Rust: only the decoding.
//! `cargo bench --bench decode --features bench`

use std::hint::black_box;

use bytes::Bytes;
use cliengo::client::{Contact, Row};
use cliengo::engine::CountingAllocator;
use cliengo::engine::bench::{LuaDecoder, decode_rhai};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// As in the program.
#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const CONTACT: &str = r#"{"id":"6b0449e7faf7e95b9a0000f9","accountId":"5e8f0a1b2c3d4e5f60718290","accountName":"Grupo Ejemplo","name":"Noelia","lastName":"Ñáñez","email":"noelia@example.com","phone":"+55 51 53872-4324","status":"LONG_TERM","rating":4,"message":"Hola, quería consultar por un turno 📅","websiteId":"5e8f0a1b2c3d4e5f60718302","websiteName":"Clínica São Bento","assignedTo":"5e8f0a1b2c3d4e5f60718403","creationDate":"2026-11-22T16:38:15.222Z","lastUpdateDate":"2026-11-22T18:01:10.004Z","geoip":{"city":"Medellín","state":"Antioquia","country":"Colombia"},"leadFields":{"servicio":"Alquiler"},"logs":[{"type":"CREATED","date":"2026-11-22T16:38:15.222Z"}],"notes":[],"tags":["vip"],"utmSource":"google","utmMedium":"cpc"}"#;

/// Contacts differ in their texts: an engine that keeps each text once must not have it too easy.
fn row(number: u32) -> Bytes {
    let named = CONTACT.replace("6b0449e7", &format!("{number:08x}"));
    named
        .replace("noelia@", &format!("noelia{number}@"))
        .replace("53872", &format!("{number}"))
        .into()
}

fn typed(rows: &[Bytes]) -> cliengo::Result<Vec<Contact>> {
    let contact = |json: &Bytes| {
        let mut row = Row::default();
        row.json = json.clone();
        row.contact()
    };
    rows.iter().map(contact).collect()
}

fn decode(criterion: &mut Criterion) {
    let rows: Vec<Bytes> = (0..1_000).map(row).collect();
    let size: usize = rows.iter().map(Bytes::len).sum();
    let Ok(lua) = LuaDecoder::new() else { return };
    let mut group = criterion.benchmark_group("decode 1,000 rows");
    group.throughput(Throughput::Bytes(size as u64)).sample_size(20);
    group.bench_function("lua", |bencher| bencher.iter(|| black_box(lua.decode(&rows))));
    group.bench_function("rhai", |bencher| bencher.iter(|| black_box(decode_rhai(&rows))));
    group.bench_function("typed", |bencher| bencher.iter(|| black_box(typed(&rows))));
    group.finish();
}

criterion_group!(benches, decode);
criterion_main!(benches);
