//! Movies and pictures, decoded again: pixels, delays, numbers of plays, and files that are left behind.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod decoded;
mod ffmpeg;
mod files;
mod frames;
mod pictures;
mod pillow;
mod pixels;
mod time;
