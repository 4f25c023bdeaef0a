//! Positions of atoms from bonds: distance geometry and torsion preferences (ETKDGv3).
//!
//! S. Wang, J. Witte, G. A. Landrum and S. Riniker, J. Chem. Inf. Model. 60, 2044 (2020), DOI
//! 10.1021/acs.jcim.0c00025. Each attempt starts from a random walk along the bonds in four dimensions,
//! brings the distances within their bounds, presses the fourth coordinate out, and lets the torsions
//! relax. RDKit's default start, the metric matrix of random distances, fails for long chains: distances
//! drawn without regard to each other put atoms at negative squared distances from the centroid, in 72
//! of 73 starts at the 88 atoms of a protease inhibitor and in all 1940 at a chain of 64 carbons.

mod arrangement;
mod attempt;
mod bond_length;
mod center_bounds;
mod coordination;
mod error_functions;
mod failure;
mod knowledge;
mod minimize;
mod model;
mod polyhedron;
mod restraints;
mod stated_arrangement;
mod stereo;

use chematic_core::Molecule;
use glam::DVec3;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use self::attempt::attempt;
use self::coordination::{Center, centers};
pub(super) use self::failure::Failure;
use self::knowledge::{ModelError, models};
use self::model::Model;
use super::graph::Graph;

/// Attempts before a part is given up.
pub(super) const ATTEMPTS: usize = 40;

/// Positions of the atoms of a molecule with hydrogens whose dative bonds are marked, Å; each part
/// around the origin. `check` judges the positions of a part, whose atoms it is given.
///
/// # Errors
/// The most frequent failure of the attempts.
pub(super) fn embed(
    molecule: &Molecule,
    graph: &Graph,
    seed: u64,
    check: impl Fn(&[usize], &[DVec3]) -> Result<(), String>,
) -> Result<Vec<DVec3>, Failure> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let centers = centers(molecule, graph, &mut random);
    let ideal = arrange(molecule, graph, &centers, &mut random, &check);
    let relaxes = centers.iter().any(|center| center.directions.is_some());
    match ideal {
        // Ligands that no ideal polyhedron fits, as in a strained cage, take the angles they need.
        Err(failure) if relaxes => {
            let centers: Vec<_> = centers.into_iter().map(Center::relaxed).collect();
            arrange(molecule, graph, &centers, &mut random, &check).map_err(|_| failure)
        }
        ideal => ideal,
    }
}

fn arrange(
    molecule: &Molecule,
    graph: &Graph,
    centers: &[Center],
    random: &mut impl Rng,
    check: &impl Fn(&[usize], &[DVec3]) -> Result<(), String>,
) -> Result<Vec<DVec3>, Failure> {
    let models = models(molecule, graph, centers).map_err(|error| match error {
        ModelError::Refused(words) => Failure::Refused(words),
        ModelError::Contradiction => Failure::Contradiction,
    })?;
    let mut positions = vec![DVec3::ZERO; graph.0.len()];
    for model in &models {
        let part = embed_part(model, random, check)?;
        for (&atom, position) in model.atoms.iter().zip(part) {
            positions[atom] = position;
        }
    }
    Ok(positions)
}

fn embed_part(
    model: &Model,
    random: &mut impl Rng,
    check: &impl Fn(&[usize], &[DVec3]) -> Result<(), String>,
) -> Result<Vec<DVec3>, Failure> {
    let mut failures: Vec<(Failure, usize)> = Vec::new();
    for _ in 0..ATTEMPTS {
        let attempt = attempt(model, random).and_then(|positions| {
            check(&model.atoms, &positions).map_err(Failure::Geometry)?;
            Ok(positions)
        });
        match attempt {
            Ok(positions) => return Ok(positions),
            Err(failure) => match failures.iter_mut().find(|(known, _)| *known == failure) {
                Some((_, count)) => *count += 1,
                None => failures.push((failure, 1)),
            },
        }
    }
    let most = failures.into_iter().max_by_key(|(_, count)| *count);
    Err(most.map_or(Failure::Distances, |(failure, _)| failure))
}
