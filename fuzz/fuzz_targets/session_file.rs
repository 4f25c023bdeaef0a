//! Fuzz target: session files of mlipview and of the browser original.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::check_session_file(bytes));
