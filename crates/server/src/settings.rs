//! How a server is to be.

use std::path::PathBuf;
use std::sync::Arc;

use super::Limits;
use mlipview_core::potential::catalog::Catalog;
use mlipview_core::potential::request::Request;

/// The address that a server listens on unless another one is asked for.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:8000";

/// Any free port of the same host.
pub(super) const FREE_PORT: &str = "127.0.0.1:0";

/// What a server listens to, whom it lets in, and what it offers.
#[derive(Clone)]
pub struct Settings {
    /// Where to listen, as `HOST:PORT`; port 0 is any that is free. Empty: at [`DEFAULT_ADDRESS`], or at a
    /// free port of that host if another program listens there.
    pub listen: Vec<String>,
    /// What drivers show; made up where there is none.
    pub driver_token: Option<String>,
    /// What owners show; made up where there is none.
    pub owner_token: Option<String>,
    /// Pages of other servers that may connect, as `https://HOST:PORT`; this server answers to their
    /// names, too.
    pub origins: Vec<String>,
    /// The certificate, for connections that nobody can read or change on their way.
    pub tls: Option<TlsFiles>,
    /// The potentials to choose from.
    pub catalog: Arc<Catalog>,
    /// The one for those who choose none.
    pub potential: Request,
    /// What computes that one, as in "cpu".
    pub device: String,
    /// How much is allowed.
    pub limits: Limits,
}

/// Files in the format PEM.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate, and those that lead from it to one that everybody knows.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

impl Default for Settings {
    /// Only for programs on the same machine.
    fn default() -> Settings {
        Settings {
            listen: Vec::new(),
            driver_token: None,
            owner_token: None,
            origins: Vec::new(),
            tls: None,
            catalog: Arc::new(Catalog::built_in()),
            potential: Request {
                name: mlipview_core::potential::catalog::AUTO.to_owned(),
                options: mlipview_core::potential::request::Options::default(),
            },
            device: "cpu".to_owned(),
            limits: Limits::default(),
        }
    }
}
