//! Embedding of a molecular graph: distance geometry with torsion preferences (ETKDGv3).
//!
//! S. Wang, J. Witte, G. A. Landrum and S. Riniker, J. Chem. Inf. Model. 60, 2044 (2020), DOI
//! 10.1021/acs.jcim.0c00025. Each attempt starts from a random walk along the bonds in four dimensions,
//! minimizes violations of distance bounds, then the fourth coordinate, and finally torsions in three
//! dimensions. RDKit's default start, the metric matrix of random distances, fails for long chains:
//! independent distances give negative squared distances from the centroid, in 72 of 73 starts for the 88
//! atoms of a protease inhibitor and in all 1940 for a chain of 64 carbons.

mod arrangement;
mod attempt;
mod bond_length;
mod build_model;
mod center_bounds;
mod coordination;
mod error_functions;
mod failure;
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
use self::build_model::{EmbeddingModelError, models};
use self::coordination::{Center, centers};
pub(super) use self::failure::EmbeddingFailure;
use self::model::PartModel;
use super::geometry::GeometryError;
use super::graph::MolecularGraph;

/// Maximum number of attempts for a part.
pub(super) const ATTEMPTS: usize = 40;

/// Embeds a molecule with hydrogens and marked dative bonds; positions in Å, each part around the origin.
/// `check` validates the positions of the given atoms.
///
/// # Errors
/// The most frequent failure of the attempts.
pub(super) fn embed(
    molecule: &Molecule,
    graph: &MolecularGraph,
    seed: u64,
    check: impl Fn(&[usize], &[DVec3]) -> Result<(), GeometryError>,
) -> Result<Vec<DVec3>, EmbeddingFailure> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let centers = centers(molecule, graph, &mut random);
    let ideal = arrange(molecule, graph, &centers, &mut random, &check);
    let relaxes = centers.iter().any(|center| center.directions.is_some());
    match ideal {
        // Strained cages fit no ideal polyhedron; retry with free angles.
        Err(failure) if relaxes => {
            let centers: Vec<_> = centers.into_iter().map(Center::relaxed).collect();
            arrange(molecule, graph, &centers, &mut random, &check).map_err(|_| failure)
        }
        ideal => ideal,
    }
}

fn arrange(
    molecule: &Molecule,
    graph: &MolecularGraph,
    centers: &[Center],
    random: &mut impl Rng,
    check: &impl Fn(&[usize], &[DVec3]) -> Result<(), GeometryError>,
) -> Result<Vec<DVec3>, EmbeddingFailure> {
    let models = models(molecule, graph, centers).map_err(|error| match error {
        EmbeddingModelError::Rejected(message) => EmbeddingFailure::Rejected(message),
        EmbeddingModelError::Contradiction => EmbeddingFailure::Contradiction,
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
    model: &PartModel,
    random: &mut impl Rng,
    check: &impl Fn(&[usize], &[DVec3]) -> Result<(), GeometryError>,
) -> Result<Vec<DVec3>, EmbeddingFailure> {
    let mut failures: Vec<(EmbeddingFailure, usize)> = Vec::new();
    for _ in 0..ATTEMPTS {
        let attempt = attempt(model, random).and_then(|positions| {
            check(&model.atoms, &positions).map_err(EmbeddingFailure::Geometry)?;
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
    let most_frequent = failures.into_iter().max_by_key(|(_, count)| *count);
    Err(most_frequent.map_or(EmbeddingFailure::Distances, |(failure, _)| failure))
}
