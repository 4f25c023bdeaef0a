//! Headless tests of the viewer, with synthetic input.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod app;
mod captions;
mod colors;
mod curves;
mod interact;
mod movie_encoders;
mod test_viewer;
mod thumbnails;
