//! Headless tests of the viewer, with synthetic input.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod captions;
mod colors;
mod curves;
mod desk;
mod thumbnails;
mod touching;
mod working;
