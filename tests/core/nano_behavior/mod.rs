//! Behavior of molecules with the automatically chosen potential, compared with GFN2-xTB.
//!
//! Reference values are from tblite 0.4, with structures relaxed by GFN2-xTB in the same way as here by nano.

mod hands;
mod motion;
mod reactions;
mod shapes;

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure, library};
use mlipview_core::potential::{Catalog, Potential};
use mlipview_core::sim::propagate::{Method, Relaxation};
use mlipview_core::sim::{Command, Engine, Event, Frame, Task};

/// 1 kcal/mol, eV: 4184 J over Avogadro's number of electronvolts (exact in the revised SI).
const KILOCALORIE_PER_MOLE: f64 = 0.043_364_104_24;

/// Maximum length of a bond, as a multiple of the sum of the covalent radii.
const BOND: f64 = 1.25;

fn built_in(key: &str) -> Structure {
    library::find(key).unwrap().structure().unwrap()
}

/// Atoms by their symbols at positions in Å.
fn molecule(symbols: &[&str], positions: Vec<DVec3>) -> Structure {
    let elements = symbols
        .iter()
        .map(|symbol| Element::from_symbol(symbol).unwrap());
    Structure::new(elements.collect(), positions).unwrap()
}

/// The automatically chosen potential, which must be nano.
fn automatic(structure: &Structure) -> Box<dyn Potential> {
    let catalog = Catalog::built_in();
    let chosen = catalog.provide(&"auto".parse().unwrap(), structure);
    let potential = chosen.unwrap().potential;
    let nano = catalog.provide(&"nano".parse().unwrap(), structure);
    assert_eq!(potential.name(), nano.unwrap().potential.name());
    potential
}

fn engine_of(structure: Structure, seed: u64) -> Engine {
    let potential = automatic(&structure);
    Engine::new(structure, Some(potential), seed)
}

fn relaxation_task(fmax: f64, method: Method) -> Task {
    Task::Relaxation(Relaxation {
        method,
        fmax,
        ..Relaxation::default()
    })
}

/// Relaxes an engine's structure, which must converge to `fmax` (eV/Å) in 1000 steps.
fn relax(engine: &mut Engine, fmax: f64) -> Arc<Frame> {
    engine.take_events();
    engine.apply(1, Command::Steps(relaxation_task(fmax, Method::Auto), 1000));
    while engine.step().is_some() {}
    let events = engine.take_events();
    let converged = matches!(events.last(), Some(Event::Converged { .. }));
    assert!(converged, "{events:?}");
    engine.frame()
}

/// The relaxed structure, and its energy in kcal/mol.
fn relaxed(structure: Structure) -> (Structure, f64) {
    let frame = relax(&mut engine_of(structure, 1), 0.005);
    let energy = frame.evaluation.as_ref().unwrap().energy;
    (frame.structure(), energy / KILOCALORIE_PER_MOLE)
}

fn distance(structure: &Structure, one: usize, other: usize) -> f64 {
    let at = structure.positions();
    at[one].distance(at[other])
}

/// The distance of two atoms as a multiple of the sum of their covalent radii.
fn stretch(structure: &Structure, one: usize, other: usize) -> f64 {
    let radius = |atom: usize| structure.elements()[atom].covalent_radius();
    distance(structure, one, other) / (radius(one) + radius(other))
}

/// The pairs of bonded atoms.
fn bonds(structure: &Structure) -> Vec<(usize, usize)> {
    let atoms = 0..structure.len();
    let pairs = atoms.flat_map(|one| (0..one).map(move |other| (other, one)));
    pairs
        .filter(|&(one, other)| stretch(structure, one, other) < BOND)
        .collect()
}

/// Largest distance of an atom from a plane, Å: through the center of all atoms, the first atom, and the
/// atom that defines the direction best.
fn nonplanarity(structure: &Structure) -> f64 {
    let at = structure.positions();
    let center = at.iter().sum::<DVec3>() / at.len() as f64;
    let normals = (1..at.len()).map(|atom| (at[0] - center).cross(at[atom] - center));
    let normal = normals.max_by(|one, other| one.length().total_cmp(&other.length()));
    let normal = normal.unwrap().normalize();
    at.iter()
        .map(|position| (*position - center).dot(normal).abs())
        .fold(0.0, f64::max)
}
