//! Structures as files hold them.
//!
//! Every reader takes bytes and gives the [`Configuration`]s in them, or a [`ParseError`] that names
//! the line, what was expected and what was found. No reader panics, whatever the bytes.

mod configuration;
mod error;

pub use configuration::Configuration;
pub use error::ParseError;
