//! Server: a potential whose energies and forces come from a driver, another program that connects.

mod connected_driver;
mod drivers;
mod entry;
mod listener;
mod potential;
mod settings;
#[cfg(unix)]
mod unix_socket;

pub use entry::{Start, entry};
pub use listener::StartError;
pub use potential::Ipi;
pub use settings::ServerSettings;
