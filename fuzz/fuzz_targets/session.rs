//! Fuzz target: sessions with random messages.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::run_sessions(bytes));
