//! Server: a potential whose energies and forces come from a driver, another program that connects.

mod drivers;
mod entry;
mod listener;
mod potential;
mod settings;

pub use entry::entry;
pub use listener::StartError;
pub use potential::Ipi;
pub use settings::ServerSettings;
