//! The IMD server of the command line, beside the window or the server for browsers.

use mlipview_core::sim::SimHandle;
use mlipview_imd::server::Report;
use mlipview_imd::{ImdServer, ServerSettings};

use crate::cli::ImdArgs;

/// Starts the server that `--imd` asks for; its sentences go to `report`.
///
/// # Errors
/// If the address is taken.
pub(crate) fn start(
    arguments: &ImdArgs,
    sim: &SimHandle,
    report: Report,
) -> anyhow::Result<Option<ImdServer>> {
    let Some(address) = arguments.imd else {
        return Ok(None);
    };
    let settings = ServerSettings {
        version: arguments.imd_version,
        report: Some(report),
        ..ServerSettings::new(address)
    };
    Ok(Some(ImdServer::start(settings, sim.clone())?))
}
