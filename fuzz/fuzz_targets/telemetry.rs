//! Fuzz target: messages of clients, reports of trainers and event logs of training telemetry.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::check_telemetry(bytes));
