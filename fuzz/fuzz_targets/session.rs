//! Whole conversations: messages, each behind a byte that says its length and how long to listen then.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::converses(bytes));
