//! A server for tests.

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::potential::catalog::{Catalog, Entry};
use mlipview_core::sim::{Engine, SimHandle, spawn};
use mlipview_server::{Server, Settings};

/// Token of drivers.
pub(crate) const DRIVER: &str = "the-drivers-token";

/// Token of owners.
pub(crate) const OWNER: &str = "the-owners-token";

/// The default potential: Lennard-Jones with ε = 1 eV and σ = 1 Å.
pub(crate) const DEFAULT: &str = "lj:sigma=1,epsilon=1";

/// A server, and the simulation of its room `main`.
pub(crate) struct TestServer {
    // Dropped before its simulation.
    pub(crate) server: Server,
    pub(crate) sim: SimHandle,
}

/// A server of eight argon atoms in a row.
pub(crate) fn test_server() -> TestServer {
    test_server_with(settings())
}

pub(crate) fn settings() -> Settings {
    Settings {
        listen: vec!["127.0.0.1:0".to_owned()],
        driver_token: Some(DRIVER.to_owned()),
        owner_token: Some(OWNER.to_owned()),
        potential: DEFAULT.parse().unwrap(),
        ..Settings::default()
    }
}

pub(crate) fn test_server_with(settings: Settings) -> TestServer {
    let at = (0..8).map(|atom| DVec3::new(3.8 * f64::from(atom), 0.0, 0.0));
    let argon = Structure::new(vec![Element::AR; 8], at.collect()).unwrap();
    test_server_of(settings, argon)
}

pub(crate) fn test_server_of(settings: Settings, structure: Structure) -> TestServer {
    let potential = LennardJones::universal(3.405, 0.0104, 10.2).unwrap();
    let sim = spawn(Engine::new(structure, Some(Box::new(potential)), 1)).unwrap();
    sim.set_title("argon");
    let server = mlipview_server::start(&settings, sim.clone()).unwrap();
    TestServer { server, sim }
}

impl TestServer {
    /// The WebSocket address of a path and query.
    pub(crate) fn url(&self, query: &str) -> String {
        format!("ws://{}{query}", self.server.addresses()[0])
    }

    /// A server with other limits.
    pub(crate) fn limited(limit: impl FnOnce(&mut mlipview_server::Limits)) -> TestServer {
        let mut settings = settings();
        limit(&mut settings.limits);
        test_server_with(settings)
    }
}

/// A catalog with one more potential.
pub(crate) fn catalog_with(entry: Entry) -> Arc<Catalog> {
    Arc::new(Catalog::built_in().with_preferred(entry))
}
