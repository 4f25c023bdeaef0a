//! Laws of IMD: the codec, frames in our units, the client with a program that the tests play, and the server
//! with a client that the tests play.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod client;
mod codec;
mod frames;
mod server;
