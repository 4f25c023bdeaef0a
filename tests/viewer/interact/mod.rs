//! Effects of mouse and touch on the scene and the simulation.

mod bond_rotation;
mod camera;
mod dragging;
mod editing;
mod keyboard;
mod measurements;
mod picking;
mod rigid;
mod selection;

use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::{Element, Structure, library};
use mlipview_core::potential::Potential;
use mlipview_core::potential::lennard_jones::LennardJones;

use crate::test_viewer::TestViewer;

/// Four argon atoms: 0 in the center, 1 to its right, 2 straight behind it, 3 far to the left.
pub(crate) fn argon() -> Structure {
    let positions = [
        DVec3::ZERO,
        DVec3::new(3.8, 0.0, 0.0),
        DVec3::new(0.0, 0.0, -3.8),
        DVec3::new(-4.0, 2.0, 0.0),
    ];
    Structure::new(vec![Element::AR; 4], positions.to_vec()).unwrap()
}

pub(crate) fn argon_viewer() -> TestViewer {
    TestViewer::new(argon(), Some(lennard_jones()))
}

pub(crate) fn lennard_jones() -> Box<dyn Potential> {
    Box::new(LennardJones::noble_gases())
}

pub(crate) fn built_in(key: &str) -> Structure {
    library::find(key).unwrap().structure().unwrap()
}

/// A structure with negligible forces.
pub(crate) fn still_viewer(structure: Structure) -> TestViewer {
    TestViewer::with_request("lj:sigma=0.1,epsilon=1e-12", structure)
}
