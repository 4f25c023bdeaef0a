//! Rigid bodies: relaxation, commands, and edits.

mod commands;
mod relaxing;
