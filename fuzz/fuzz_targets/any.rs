//! Files whose name says nothing: format and compression are told by the content.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mlipview_fuzz::reads_and_reads_again(bytes, "file"));
