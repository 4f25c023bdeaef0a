//! Placing copies of atoms and other molecules without overlap of van der Waals spheres, periodic images
//! included.

use glam::DVec3;

use super::geometry::directions;
use super::spheres::{Sphere, first_gap, past_all, separating_shift, spheres, within_reach};
use super::steric::min_by_cost;
use crate::chem::Structure;

/// Why a copy or a molecule cannot be placed.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PlacementError {
    /// An atom index out of range.
    #[error("there is no atom {atom} to copy: the structure has {atoms}, counted from 0")]
    NoSuchAtom {
        /// The requested index.
        atom: usize,
        /// Number of atoms.
        atoms: usize,
    },
    /// A direction or position that is not finite, or a direction of length zero.
    #[error("invalid direction or position {0}: expected finite numbers, and no zero direction")]
    Invalid(DVec3),
    /// No free space in the cell.
    #[error(
        "no free space for these atoms in the cell within {MAX_REACH} Å: place them by hand, enlarge \
         the cell, or delete atoms first"
    )]
    NoSpace,
    /// Too many pairs of atoms for an interactive search.
    #[error(
        "{moving} atoms and {fixed} in a periodic cell are too many to search for free space: place \
         them by hand, or copy fewer atoms"
    )]
    TooMany {
        /// Number of atoms to place.
        moving: usize,
        /// Number of atoms in the cell.
        fixed: usize,
    },
}

/// Numbers of directions to search, and of pairs of atoms to test in all of them: about one second.
const MAX_DIRECTIONS: usize = 60;
const MIN_DIRECTIONS: usize = 6;
const MAX_PAIRS: usize = 50_000_000;
/// First search distance, Å; doubled until there is space.
const FIRST_REACH: f64 = 8.0;
/// Maximum search distance in a periodic cell, Å.
const MAX_REACH: f64 = 32.0;

/// Copies atoms, translated by the shortest of many directions without overlap; returns the structure to
/// append. Repeated indices count once.
///
/// The copy keeps labels, masses, stated bonds and rigid groups, not marks of fixed atoms. It has the charge of the
/// structure if it is of all atoms, else none, since charges of parts are unknown.
///
/// # Errors
/// If an atom is out of range, or there is no free space.
pub fn duplicate(structure: &Structure, atoms: &[usize]) -> Result<Structure, PlacementError> {
    let mut atoms = atoms.to_vec();
    atoms.sort_unstable();
    atoms.dedup();
    let missing = |atom| PlacementError::NoSuchAtom {
        atom,
        atoms: structure.len(),
    };
    let last = atoms.last().copied().unwrap_or(0);
    let copy = structure.select(&atoms).ok_or(missing(last))?;
    let mut copy = without_cell(copy);
    copy.fixed_mut().fill(false);
    if atoms.len() < structure.len() {
        copy.charge = 0;
    }
    let offset = nearest_gap(structure, &spheres(&copy, DVec3::ZERO))?;
    Ok(shifted(copy, offset))
}

/// Places a molecule beside a structure: moved from the structure's center along a direction past all
/// atoms; returns the structure to append. In a periodic cell it goes to the first free space along the
/// direction, or else to the nearest in any direction.
///
/// # Errors
/// If the direction is zero or not finite, or there is no free space.
pub fn place_beside(
    structure: &Structure,
    molecule: &Structure,
    direction: DVec3,
) -> Result<Structure, PlacementError> {
    let invalid = PlacementError::Invalid(direction);
    let direction = direction.try_normalize().ok_or(invalid)?;
    let offset = center(structure) - center(molecule);
    let moving = spheres(molecule, offset);
    let shift = if is_periodic(structure) {
        match first_gap_along(structure, &moving, direction) {
            Ok(Some(gap)) => gap * direction,
            Ok(None) => nearest_gap(structure, &moving)?,
            Err(error) => return Err(error),
        }
    } else {
        let fixed = spheres(structure, DVec3::ZERO);
        if moving.len().saturating_mul(fixed.len()) > MAX_PAIRS {
            separating_shift(&moving, &fixed, direction) * direction
        } else {
            past_all(&moving, &fixed, direction) * direction
        }
    };
    let molecule = without_cell(molecule.clone());
    Ok(shifted(molecule, offset + shift))
}

/// Places a molecule with its center at a point (Å), regardless of overlap; returns the structure to
/// append.
///
/// # Errors
/// If the point is not finite.
pub fn place_at(molecule: &Structure, point: DVec3) -> Result<Structure, PlacementError> {
    if !point.is_finite() {
        return Err(PlacementError::Invalid(point));
    }
    let offset = point - center(molecule);
    Ok(shifted(without_cell(molecule.clone()), offset))
}

/// The atoms without cell and info.
fn without_cell(mut structure: Structure) -> Structure {
    structure.cell = None;
    structure.info.clear();
    structure
}

fn shifted(mut structure: Structure, offset: DVec3) -> Structure {
    for position in structure.positions_mut() {
        *position += offset;
    }
    structure
}

/// Mean of the positions, Å; zero without atoms.
fn center(structure: &Structure) -> DVec3 {
    structure.positions().iter().sum::<DVec3>() / structure.len().max(1) as f64
}

fn is_periodic(structure: &Structure) -> bool {
    let cell = structure.cell.as_ref();
    cell.is_some_and(|cell| cell.is_periodic())
}

/// The shortest translation (Å) to free space.
fn nearest_gap(structure: &Structure, moving: &[Sphere]) -> Result<DVec3, PlacementError> {
    let all = spheres(structure, DVec3::ZERO);
    for reach in reaches(structure) {
        let fixed = within_reach(moving, &all, structure.cell.as_ref(), reach);
        let pairs = moving.len().saturating_mul(fixed.len());
        if pairs > MAX_PAIRS / MIN_DIRECTIONS {
            return outside_all(structure, moving, &all);
        }
        let count = (MAX_PAIRS / pairs.max(1)).clamp(MIN_DIRECTIONS, MAX_DIRECTIONS);
        let shifts = directions(count as u32)
            .map(|direction| (first_gap(moving, &fixed, direction), direction));
        let in_reach = shifts.filter(|(gap, _)| *gap <= reach);
        if let Some((gap, direction)) = min_by_cost(in_reach, |(gap, _)| *gap) {
            return Ok(gap * direction);
        }
    }
    Err(PlacementError::NoSpace)
}

/// Distance (Å) to the first free space along a direction, if any.
fn first_gap_along(
    structure: &Structure,
    moving: &[Sphere],
    direction: DVec3,
) -> Result<Option<f64>, PlacementError> {
    let all = spheres(structure, DVec3::ZERO);
    for reach in reaches(structure) {
        let fixed = within_reach(moving, &all, structure.cell.as_ref(), reach);
        if moving.len().saturating_mul(fixed.len()) > MAX_PAIRS {
            return Err(PlacementError::TooMany {
                moving: moving.len(),
                fixed: all.len(),
            });
        }
        let gap = first_gap(moving, &fixed, direction);
        if gap <= reach {
            return Ok(Some(gap));
        }
    }
    Ok(None)
}

/// The shortest translation (Å) past all atoms of a non-periodic structure, for too many pairs to search
/// gaps.
fn outside_all(
    structure: &Structure,
    moving: &[Sphere],
    fixed: &[Sphere],
) -> Result<DVec3, PlacementError> {
    let too_many = PlacementError::TooMany {
        moving: moving.len(),
        fixed: fixed.len(),
    };
    if is_periodic(structure) {
        return Err(too_many);
    }
    let shifts = directions(MAX_DIRECTIONS as u32)
        .map(|direction| (separating_shift(moving, fixed, direction), direction));
    let shortest = min_by_cost(shifts, |(shift, _)| *shift);
    shortest
        .map(|(shift, direction)| shift * direction)
        .ok_or(too_many)
}

/// Search distances, Å: doubling until all atoms are within, or to the maximum in a periodic cell.
fn reaches(structure: &Structure) -> impl Iterator<Item = f64> + use<> {
    let middle = center(structure);
    let positions = structure.positions().iter();
    let extent = positions
        .map(|position| position.distance(middle))
        .fold(0.0, f64::max);
    let farthest = if is_periodic(structure) {
        MAX_REACH
    } else {
        // Beyond all atoms, with a sphere of the largest radius at either end.
        4.0 * extent + 4.0 * FIRST_REACH
    };
    std::iter::successors(Some(FIRST_REACH), move |reach| {
        (*reach < farthest).then_some(2.0 * reach)
    })
}
