//! Links to the server for browsers.

use std::net::{IpAddr, SocketAddr};

use super::access::Access;
use super::authority::host_of;
use super::listener::reachable;
use super::settings::Settings;

/// Links for browsers, one for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// For spectators.
    pub watch: String,
    /// For drivers, who may drag, edit, start and stop.
    pub drive: String,
    /// For owners, who may also admit and remove people and create rooms.
    pub own: String,
}

impl Links {
    /// Links to the first address of the server.
    pub(super) fn new(settings: &Settings, access: &Access, address: SocketAddr) -> Links {
        let scheme = match settings.tls {
            Some(_) => "https",
            None => "http",
        };
        // A host name is kept, since certificates are for names.
        let host = settings.listen.first().map(|address| host_of(address));
        let is_name = |host: &String| host.trim_matches(['[', ']']).parse::<IpAddr>().is_err();
        let authority = match host.filter(is_name) {
            Some(host) => format!("{host}:{}", address.port()),
            None => reachable(address).to_string(),
        };
        let watch = format!("{scheme}://{authority}/");
        Links {
            drive: format!("{watch}#token={}", access.driver_token()),
            own: format!("{watch}#token={}", access.owner_token()),
            watch,
        }
    }

    /// The page of trainings, for spectators.
    pub fn watch_trainings(&self) -> String {
        format!("{}training", self.watch)
    }

    /// The page of trainings, for drivers, who may send commands.
    pub fn control_trainings(&self) -> String {
        let token = self.drive.split_once('#').map_or("", |(_, token)| token);
        format!("{}training#{token}", self.watch)
    }
}
