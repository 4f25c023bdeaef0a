//! The window's doors for others: the server beside it, and what the panels say of it.

use mlipview_core::presence::Role;
use mlipview_core::sim::SimHandle;
use mlipview_server::{DEFAULT_ADDRESS, Main, Server};
use mlipview_viewer::app::invite_links::{Link, Reach, Sharing};
use mlipview_viewer::app::notices::sentence;

use crate::cli::View;
use crate::headless::serve;

/// Lets others in, if that is wanted and can be, and says where. Without `--listen` a window opens in
/// any case.
///
/// # Errors
/// If the server cannot listen where it was asked to.
pub(super) fn open(view: &View, sim: &SimHandle) -> anyhow::Result<(Option<Server>, Sharing)> {
    if view.no_serve {
        return Ok((None, closed("It was started with --no-serve.")));
    }
    if view.pictures.is_some() {
        return Ok((None, closed("Nobody watches while pictures are taken.")));
    }
    let settings = serve::settings(&view.network, &view.potential);
    match mlipview_server::start(&settings, Main { sim: sim.clone() }) {
        Ok(server) => {
            let remark = server.is_default_taken().then(|| {
                format!("{DEFAULT_ADDRESS} is in use, so the links have a port that was free.")
            });
            let sharing = offered(&server, remark);
            Ok((Some(server), sharing))
        }
        Err(error) if !view.network.listen.is_empty() => Err(error.into()),
        Err(error) => Ok((None, closed(&format!("{}.", sentence(&error.to_string()))))),
    }
}

/// Nobody can come in, for this reason.
fn closed(reason: &str) -> Sharing {
    Sharing {
        remark: Some(reason.to_owned()),
        ..Sharing::default()
    }
}

/// What a server has to offer, with a remark.
fn offered(server: &Server, remark: Option<String>) -> Sharing {
    let mut addresses = server.addresses().iter();
    let links = server.links();
    let link = |role, address: &String| Link {
        role,
        address: address.clone(),
    };
    Sharing {
        reach: if addresses.all(|address| address.ip().is_loopback()) {
            Reach::ThisComputer
        } else {
            Reach::Network
        },
        links: vec![
            link(Role::Spectator, &links.watch),
            link(Role::Driver, &links.drive),
        ],
        remark,
    }
}
