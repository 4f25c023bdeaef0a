//! Settings of the server.

use std::path::PathBuf;
use std::sync::Arc;

use super::Limits;
use mlipview_core::potential::catalog::{AUTO, Catalog};
use mlipview_core::potential::request::{Options, Request};

/// The default listen address.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:8000";

/// A free port of the same host.
pub(super) const FREE_PORT: &str = "127.0.0.1:0";

/// Settings of the server.
#[derive(Clone)]
pub struct Settings {
    /// Listen addresses `HOST:PORT`; port 0 is a free port. Empty: [`DEFAULT_ADDRESS`], or a free port of that
    /// host if the address is in use.
    pub listen: Vec<String>,
    /// Token of drivers; random if `None`.
    pub driver_token: Option<String>,
    /// Token of owners; random if `None`.
    pub owner_token: Option<String>,
    /// Origins `https://HOST:PORT` whose pages may connect, and whose host names this server has, too.
    pub origins: Vec<String>,
    /// Certificate for TLS.
    pub tls: Option<TlsFiles>,
    /// The potentials that clients may select.
    pub catalog: Arc<Catalog>,
    /// The default potential.
    pub potential: Request,
    /// Device of the default potential, such as "cpu".
    pub device: String,
    /// Folder of trainings, each a folder with an event log: those fed over HTTP are written there, and old
    /// ones are read from there for replay.
    pub runs: Option<PathBuf>,
    /// Limits of the server.
    pub limits: Limits,
}

/// Files in PEM format.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate and its chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

impl Default for Settings {
    /// A server for the same machine only.
    fn default() -> Settings {
        Settings {
            listen: Vec::new(),
            driver_token: None,
            owner_token: None,
            origins: Vec::new(),
            tls: None,
            catalog: Arc::new(Catalog::built_in()),
            potential: Request {
                name: AUTO.to_owned(),
                options: Options::default(),
            },
            device: "cpu".to_owned(),
            runs: None,
            limits: Limits::default(),
        }
    }
}
