//! Server beside the window, and its links for the section *People*.

use std::sync::Arc;

use mlipview_core::presence::Role;
use mlipview_core::sim::SimHandle;
use mlipview_server::{DEFAULT_ADDRESS, Server};
use mlipview_viewer::app::invite_links::{InviteLink, InviteLinks, Reachability};
use mlipview_viewer::app::notices::sentence;

use crate::cli::WindowArgs;
use crate::headless::serve;

/// Starts the server unless it is turned off. Without `--listen`, a server that cannot start is only a
/// note in the window.
///
/// # Errors
/// If the server cannot listen on an address of `--listen`.
pub(super) fn start(
    arguments: &WindowArgs,
    sim: &SimHandle,
) -> anyhow::Result<(Option<Arc<Server>>, InviteLinks)> {
    if arguments.no_serve {
        return Ok((None, not_shared("The server is turned off (--no-serve).")));
    }
    if arguments.pictures.is_some() {
        return Ok((None, not_shared("The server is off during --pictures.")));
    }
    let settings = serve::settings(
        &arguments.network,
        &arguments.simulation.calculation.potential,
    );
    match mlipview_server::start(&settings, sim.clone()) {
        Ok(server) => {
            let note = server
                .is_default_taken()
                .then(|| format!("{DEFAULT_ADDRESS} is in use, so the links have another port."));
            let invite_links = shared(&server, note);
            Ok((Some(Arc::new(server)), invite_links))
        }
        Err(error) if !arguments.network.listen.is_empty() => Err(error.into()),
        Err(error) => Ok((
            None,
            not_shared(&format!("{}.", sentence(&error.to_string()))),
        )),
    }
}

/// No links, with the reason.
fn not_shared(reason: &str) -> InviteLinks {
    InviteLinks {
        note: Some(reason.to_owned()),
        ..InviteLinks::default()
    }
}

/// Links of a server, with a note.
fn shared(server: &Server, note: Option<String>) -> InviteLinks {
    let mut addresses = server.addresses().iter();
    let links = server.links();
    let link = |role, address: &String| InviteLink {
        role,
        address: address.clone(),
    };
    InviteLinks {
        reachability: if addresses.all(|address| address.ip().is_loopback()) {
            Reachability::ThisComputer
        } else {
            Reachability::Network
        },
        links: vec![
            link(Role::Spectator, &links.watch),
            link(Role::Driver, &links.drive),
        ],
        note,
    }
}
