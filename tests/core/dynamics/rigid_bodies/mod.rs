//! Rigid bodies in dynamics: free rotation, condensed matter, sampling, hands.

mod barostat;
mod condensed;
mod free;
mod hands;
mod sampling;

use std::f64::consts::TAU;

use glam::{DQuat, DVec3};
use mlipview_core::chem::{Bonds, Cell, Element, Structure};
use mlipview_core::potential::lennard_jones::{LennardJones, Truncation};
use mlipview_core::sim::State;

use crate::potentials::{reference, vectors};

/// The structure with every molecule rigid.
pub(crate) fn rigid(mut structure: Structure) -> Structure {
    let bonds = Bonds::of(&structure).unwrap();
    let all = vec![true; structure.len()];
    structure
        .set_rigid_groups(bonds.molecules_with(&all).unwrap())
        .unwrap();
    structure
}

/// Gives a group the velocities of a rigid motion about its center (Å/fs, rad/fs).
fn set_motion(state: &mut State, group: &[usize], linear: DVec3, angular: DVec3) {
    let center = center(state, group);
    for &atom in group {
        let arm = state.structure.positions()[atom] - center;
        state.velocities[atom] = linear + angular.cross(arm);
    }
}

/// Center of mass of a group, Å.
fn center(state: &State, group: &[usize]) -> DVec3 {
    let weighted = |&atom: &usize| state.structure.mass(atom) * state.structure.positions()[atom];
    let mass = |&atom: &usize| state.structure.mass(atom);
    group.iter().map(weighted).sum::<DVec3>() / group.iter().map(mass).sum::<f64>()
}

/// Velocity of the center of mass of a group, Å/fs.
fn velocity(state: &State, group: &[usize]) -> DVec3 {
    let momentum = |&atom: &usize| state.structure.mass(atom) * state.velocities[atom];
    let mass = |&atom: &usize| state.structure.mass(atom);
    group.iter().map(momentum).sum::<DVec3>() / group.iter().map(mass).sum::<f64>()
}

/// Angular momentum of a group about its center, amu Å²/fs.
fn angular_momentum(state: &State, group: &[usize]) -> DVec3 {
    let center = center(state, group);
    let of_atom = |&atom: &usize| {
        let arm = state.structure.positions()[atom] - center;
        state.structure.mass(atom) * arm.cross(state.velocities[atom])
    };
    group.iter().map(of_atom).sum()
}

/// Distances within the rigid groups, Å.
pub(crate) fn distances(structure: &Structure) -> Vec<f64> {
    let positions = structure.positions();
    let mut distances = Vec::new();
    for group in structure.rigid_groups().iter() {
        for (index, &one) in group.iter().enumerate() {
            for &other in &group[..index] {
                distances.push(positions[one].distance(positions[other]));
            }
        }
    }
    distances
}

/// Largest change of a distance within the rigid groups, Å.
pub(crate) fn distortion(one: &[f64], other: &[f64]) -> f64 {
    assert_eq!(one.len(), other.len());
    let changes = one.iter().zip(other).map(|(a, b)| (a - b).abs());
    changes.fold(0.0, f64::max)
}

/// Eight rigid triangles of the ASE reference, with their velocities; each has three different masses.
fn trimers(seed: u64) -> (State, LennardJones) {
    let start = reference("rigid_trimers.json");
    let number = |key: &str| start[key].as_f64().unwrap();
    let universal = LennardJones::universal(number("sigma"), number("epsilon"), number("cutoff"));
    let onset = number("onset");
    let smooth = universal.unwrap().truncated(Truncation::Smooth { onset });
    let mut potential = smooth.unwrap();
    let positions = vectors(&start["positions"]);
    let cell = Cell::orthorhombic(DVec3::splat(number("side"))).unwrap();
    let mut structure = super::atoms(Element::AR, positions).with_cell(cell);
    let masses = crate::potentials::numbers(&start["masses"]);
    structure.set_masses(Some(masses)).unwrap();
    let groups = (0..8).map(|i| vec![3 * i, 3 * i + 1, 3 * i + 2]).collect();
    structure.set_rigid_groups(groups).unwrap();
    let mut state = super::begin(structure, &mut potential, seed);
    let velocities = vectors(&start["velocities_ASE_units"]);
    state.velocities = velocities
        .iter()
        .map(|velocity| *velocity / mlipview_core::chem::units::ASE_TIME)
        .collect();
    (state, potential)
}

/// A rotation of its own for each index.
fn orientation(index: usize) -> DQuat {
    let [a, b, c] =
        [0.754_877_67, 0.569_840_29, 0.430_159_71].map(|x: f64| (x * index as f64).fract());
    // Uniform over all rotations: K. Shoemake, Graphics Gems III, 124 (1992).
    let (one, other) = ((1.0 - a).sqrt(), a.sqrt());
    let (b, c) = (TAU * b, TAU * c);
    DQuat::from_xyzw(
        one * b.sin(),
        one * b.cos(),
        other * c.sin(),
        other * c.cos(),
    )
}
