//! Fuzz target: messages of both sides of interactive molecular dynamics.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::check_imd(bytes));
