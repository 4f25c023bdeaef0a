//! Session files: round trips, the schema, frames, malformed files, and sessions of the browser original.

mod arbitrary;
mod frames;
mod json_schema;
mod layout;
mod malformed;
mod original;
mod original_malformed;
mod original_write;
mod round_trip;
mod schema;

/// A file of `tests/data/sessions`.
fn data(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/sessions");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}
