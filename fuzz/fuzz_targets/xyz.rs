//! Fuzz target: XYZ reader, plain and extended, and round trip.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::check_round_trip(bytes, "a.xyz"));
