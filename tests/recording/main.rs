//! Tests of mlipview-recording: recordings replay, survive cuts, crashes and full disks, and resume.

#![allow(
    clippy::disallowed_methods,
    reason = "a test may wait for another thread, and knows how long its vectors are"
)]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

mod container;
mod cut;
mod fixtures;
mod full_disk;
mod killed;
mod malformed;
mod open;
mod recorder;
mod replay;
mod resume;
mod structures;
