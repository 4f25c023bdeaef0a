//! A server to visit.

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::sim::{Engine, SimHandle, spawn};
use mlipview_server::{Main, Server, Settings};

/// What drivers and owners show.
pub(crate) const DRIVER: &str = "the-drivers-token";
pub(crate) const OWNER: &str = "the-owners-token";

/// What private sessions get by default: Lennard-Jones with ε = 1 eV and σ = 1 Å.
pub(crate) const DEFAULT: &str = "lj:sigma=1,epsilon=1";

/// A server, and the simulation of its room `main`.
pub(crate) struct Place {
    // Dropped first: it ends before its simulation does.
    pub(crate) server: Server,
    pub(crate) sim: SimHandle,
}

/// A server around eight argon atoms in a row.
pub(crate) fn place() -> Place {
    place_with(settings())
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

pub(crate) fn place_with(settings: Settings) -> Place {
    let at = (0..8).map(|atom| DVec3::new(3.8 * f64::from(atom), 0.0, 0.0));
    let argon = Structure::new(vec![Element::AR; 8], at.collect()).unwrap();
    place_of(settings, argon)
}

pub(crate) fn place_of(settings: Settings, structure: Structure) -> Place {
    let potential = LennardJones::universal(3.405, 0.0104, 10.2).unwrap();
    let sim = spawn(Engine::new(structure, Some(Box::new(potential)), 1)).unwrap();
    sim.set_title("argon");
    let server = mlipview_server::start(&settings, Main { sim: sim.clone() }).unwrap();
    Place { server, sim }
}

impl Place {
    /// `ws://HOST:PORT` and what is wanted there.
    pub(crate) fn at(&self, wanted: &str) -> String {
        format!("ws://{}{wanted}", self.server.addresses()[0])
    }

    /// Settings with other limits.
    pub(crate) fn limited(limit: impl FnOnce(&mut mlipview_server::Limits)) -> Place {
        let mut settings = settings();
        limit(&mut settings.limits);
        place_with(settings)
    }
}

/// A catalog with one more potential.
pub(crate) fn catalog_with(
    entry: mlipview_core::potential::catalog::Entry,
) -> Arc<mlipview_core::potential::catalog::Catalog> {
    Arc::new(mlipview_core::potential::catalog::Catalog::built_in().with_preferred(entry))
}
