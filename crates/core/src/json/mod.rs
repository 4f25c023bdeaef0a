//! JSON files: errors that name the path of a value, and text that people can read.

mod cursor;
mod error;
mod layout;
mod typed;

pub(crate) use cursor::Cursor;
pub use error::JsonError;
pub(crate) use layout::lay_out;
pub(crate) use typed::{parse, typed};
