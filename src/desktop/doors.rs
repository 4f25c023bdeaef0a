//! The window's doors for others: the server beside it, and what the panels say of it.

use mlipview::server::{self, Main, ServeError, Server};
use mlipview::sim::SimHandle;
use mlipview::sim::roster::Role;
use mlipview::viewer::notices::sentence;
use mlipview::viewer::sharing::{Link, Reach, Sharing};

use crate::cli::View;
use crate::headless::serve;

/// Lets others in, if that is wanted and can be, and says where. A window opens in any case.
pub(super) fn open(view: &View, sim: &SimHandle) -> (Option<Server>, Sharing) {
    if view.no_serve {
        return (None, closed("It was started with --no-serve."));
    }
    if view.pictures.is_some() {
        return (None, closed("Nobody watches while pictures are taken."));
    }
    let mut settings = serve::settings(&view.network, &view.potential);
    let mut remark = None;
    loop {
        let main = Main { sim: sim.clone() };
        match server::start(&settings, main) {
            Ok(server) => {
                let sharing = offered(&server, remark);
                return (Some(server), sharing);
            }
            Err(ServeError::Taken { address }) if evade(&mut settings.listen, &address) => {
                remark = Some(format!(
                    "Another program listens on {address} already, perhaps another window of this \
                     one, so the links have a port that was free."
                ));
            }
            Err(error) => return (None, closed(&format!("{}.", sentence(&error.to_string())))),
        }
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

/// Listens on any free port where another program has the one that was asked for; whether there was
/// such a place.
fn evade(listen: &mut [String], taken: &str) -> bool {
    let Some(place) = listen.iter_mut().find(|place| *place == taken) else {
        return false;
    };
    match place.rsplit_once(':') {
        Some((host, port)) if port != "0" => {
            *place = format!("{host}:0");
            true
        }
        _ => false,
    }
}
