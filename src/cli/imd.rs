//! Arguments of the IMD server.

use std::net::SocketAddr;

use clap::Args;
use mlipview_imd::Version;

/// Address and version of the IMD server, which other programs watch.
#[derive(Args, Clone, Copy)]
pub(crate) struct ImdArgs {
    /// Serve IMD too, for VMD and MDAnalysis, on a port of this machine or an address, as in 0.0.0.0:8889. Anyone
    /// who reaches it may watch, pull and stop.
    #[arg(long, value_name = "PORT", value_parser = parse_address, help_heading = "Network")]
    pub(crate) imd: Option<SocketAddr>,
    /// Version of IMD to serve: 3 has time, cell, velocities and forces; VMD reads 2.
    #[arg(
        long,
        value_name = "N",
        default_value = "3",
        value_parser = parse_version,
        requires = "imd",
        help_heading = "Network"
    )]
    pub(crate) imd_version: Version,
}

/// Error of an address.
#[derive(Debug, thiserror::Error)]
#[error("expected a port, as in 8889, or an address, as in 0.0.0.0:8889")]
struct AddressError;

fn parse_address(text: &str) -> Result<SocketAddr, AddressError> {
    match text.parse::<u16>() {
        Ok(port) => Ok(SocketAddr::from(([127, 0, 0, 1], port))),
        Err(_) => text.parse().map_err(|_| AddressError),
    }
}

/// Error of a version.
#[derive(Debug, thiserror::Error)]
#[error("expected 2 or 3")]
struct VersionError;

fn parse_version(text: &str) -> Result<Version, VersionError> {
    let number = text.parse().map_err(|_| VersionError)?;
    Version::of_number(number).ok_or(VersionError)
}
