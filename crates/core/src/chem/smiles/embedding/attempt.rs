//! One embedding attempt: random start, two minimizations in four dimensions, one in three, validation.

use glam::DVec3;
use rand::{Rng, RngExt};

use super::error_functions::{distance_error, geometry_error};
use super::failure::EmbeddingFailure;
use super::minimize::minimize;
use super::model::PartModel;
use super::restraints::VolumeRestraint;

/// Step length of the initial random walk, Å.
const STEP: f64 = 1.5;

/// Maximum error per atom of accepted distances (RDKit: `MAX_MINIMIZED_E_PER_ATOM`).
const ERROR_PER_ATOM: f64 = 0.05;

/// Tolerance of distances between ligands, Å: 1° at a right angle, 12° at 180°.
const LIGAND_TOLERANCE: f64 = 0.03;

/// Tolerance of bond lengths, Å; longer bonds connect entangled parts.
const BOND_TOLERANCE: f64 = 0.15;

/// Maximum volume of the bonds of a planar trigonal atom, Å³: carbon 0.1 Å out of the plane of its
/// neighbors.
const NONPLANAR: f64 = 0.6;

/// Embeds from a random start; positions in Å.
///
/// # Errors
/// The first restraint that the positions violate.
pub(super) fn attempt(
    model: &PartModel,
    random: &mut impl Rng,
) -> Result<Vec<DVec3>, EmbeddingFailure> {
    let count = model.atoms.len();
    let mut x = random_walk(model, random);
    let stage = |x: &mut Vec<f64>, volume: f64, fourth: f64| {
        minimize(x, 2000, 1e-4, |x, gradient| {
            distance_error(&model.bounds, &model.handed, volume, fourth, x, gradient)
        })
    };
    if stage(&mut x, 1.0, 0.1) > ERROR_PER_ATOM * count as f64 {
        return Err(EmbeddingFailure::Distances);
    }
    stage(&mut x, 0.2, 1.0);
    // At ring fusions the full volume of a stereocenter would stretch bonds.
    let handed = model.handed.iter().map(VolumeRestraint::halved);
    let volumes: Vec<VolumeRestraint> = handed.chain(model.planes.iter().cloned()).collect();
    let mut x: Vec<f64> = x.chunks(4).flat_map(|point| &point[..3]).copied().collect();
    minimize(&mut x, 1000, 1e-2, |x, gradient| {
        geometry_error(
            &model.lengths,
            &model.stiffness,
            &volumes,
            &model.torsions,
            x,
            gradient,
        )
    });
    let positions: Vec<DVec3> = x.chunks(3).map(DVec3::from_slice).collect();
    verify(model, &positions)?;
    Ok(positions)
}

/// Random walk along the bonds in four dimensions, from the first atom outward, `[atoms, 4]`.
fn random_walk(model: &PartModel, random: &mut impl Rng) -> Vec<f64> {
    let count = model.atoms.len();
    let mut neighbors = vec![Vec::new(); count];
    for &[one, other] in &model.bonds {
        neighbors[one].push(other);
        neighbors[other].push(one);
    }
    let mut x = vec![0.0; 4 * count];
    let mut reached = vec![false; count];
    reached[0] = true;
    let mut queue = vec![0];
    let mut next = 0;
    while next < queue.len() {
        let from = queue[next];
        for &to in &neighbors[from] {
            if !std::mem::replace(&mut reached[to], true) {
                for axis in 0..4 {
                    x[4 * to + axis] = x[4 * from + axis] + STEP * random.random_range(-1.0..1.0);
                }
                queue.push(to);
            }
        }
        next += 1;
    }
    x
}

/// Checks ligand distances, bond lengths, stereochemistry and planarity.
fn verify(model: &PartModel, positions: &[DVec3]) -> Result<(), EmbeddingFailure> {
    for &[one, other] in &model.ideal {
        let distance = positions[one].distance(positions[other]);
        let bounds = &model.bounds;
        let nearest = distance.clamp(bounds.lower(one, other), bounds.upper(one, other));
        if (distance - nearest).abs() > LIGAND_TOLERANCE {
            return Err(EmbeddingFailure::Distances);
        }
    }
    for &[one, other] in &model.bonds {
        let length = positions[one].distance(positions[other]);
        if (length - model.lengths.middle(one, other)).abs() > BOND_TOLERANCE {
            return Err(EmbeddingFailure::Distances);
        }
    }
    for center in &model.tetrahedra {
        if !center.holds(positions) {
            let atom = model.atoms[center.atom];
            return Err(match center.sign {
                Some(_) => EmbeddingFailure::Handedness(atom),
                None => EmbeddingFailure::Folded(atom),
            });
        }
    }
    for volume in &model.handed {
        let value = volume.value(|atom| positions[atom]);
        if value * (volume.lower + volume.upper) <= 0.0 {
            return Err(EmbeddingFailure::Handedness(model.atoms[volume.atoms[3]]));
        }
    }
    for bond in &model.double_bonds {
        if !bond.holds(positions) {
            return Err(EmbeddingFailure::DoubleBond(model.atoms[bond.atoms[0]]));
        }
    }
    for plane in &model.planes {
        if plane.value(|atom| positions[atom]).abs() > NONPLANAR {
            return Err(EmbeddingFailure::Plane(model.atoms[plane.atoms[3]]));
        }
    }
    Ok(())
}
