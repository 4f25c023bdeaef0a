//! Fuzz target: checkpoints of UMA.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::check_checkpoint(bytes));
