//! Fuzz target: files without an extension, whose content determines format and compression.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::check_round_trip(bytes, "file"));
