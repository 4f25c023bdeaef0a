//! Copies of atoms, and other molecules, where there is room for them.
//!
//! Room means that no two balls of van der Waals radius overlap, images in the cell included.

use glam::DVec3;

use super::contact::{Ball, balls, beyond_all, first_gap, slab, within_reach};
use super::crowd::least;
use super::shape::directions;
use crate::chem::Structure;

/// Why a copy or a molecule has no place.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PlaceError {
    /// An atom that is not there.
    #[error("there is no atom {atom} to copy: the structure has {atoms}, counted from 0")]
    NoSuchAtom {
        /// The index asked for.
        atom: usize,
        /// Number of atoms.
        atoms: usize,
    },
    /// A way or place that is none.
    #[error("{0} is no direction or place to put atoms: it must be finite, a direction not zero")]
    Nowhere(DVec3),
    /// The cell is full.
    #[error(
        "there is no room for these atoms between those in the cell, within {LAST_REACH} Å: choose \
         the place yourself, enlarge the cell, or take atoms out first"
    )]
    Full,
    /// More work than a hand would wait for.
    #[error(
        "{moving} atoms and {standing} in a periodic cell are too many to look for room: choose the \
         place yourself, or copy fewer atoms"
    )]
    TooMany {
        /// Atoms to be placed.
        moving: usize,
        /// Atoms there.
        standing: usize,
    },
}

/// How many directions to look in at most and at least, and how many pairs of atoms to look at in all
/// of them: about a second's work.
const DIRECTIONS: usize = 60;
const FEWEST_DIRECTIONS: usize = 6;
const PAIRS: usize = 50_000_000;
/// How far to look for room at first, Å; then twice as far, and so on.
const FIRST_REACH: f64 = 8.0;
/// How far to look at most in a periodic cell, Å. Without one there is always an end.
const LAST_REACH: f64 = 32.0;

/// A copy of some atoms, shifted as little as makes it touch nothing, in one of many directions: to be
/// appended. An atom named twice is copied once.
///
/// Labels, masses and stated bonds come along, marks of fixed atoms do not. The copy has the charge of
/// the structure if it is of all its atoms, else none: nobody knows what is whose.
///
/// # Errors
/// If an atom is not there, or there is no room.
pub fn duplicate(structure: &Structure, atoms: &[usize]) -> Result<Structure, PlaceError> {
    let mut atoms = atoms.to_vec();
    atoms.sort_unstable();
    atoms.dedup();
    let missing = |atom| PlaceError::NoSuchAtom {
        atom,
        atoms: structure.len(),
    };
    let last = atoms.last().copied().unwrap_or(0);
    let copy = structure.select(&atoms).ok_or(missing(last))?;
    let mut copy = without_surroundings(copy);
    copy.fixed_mut().fill(false);
    if atoms.len() < structure.len() {
        copy.charge = 0;
    }
    let offset = nearest_room(structure, &balls(&copy, DVec3::ZERO))?;
    Ok(shifted(copy, offset))
}

/// A molecule beside the atoms of a structure, to be appended: from their center along a direction,
/// past all of them, until it touches nothing. In a periodic cell, where there is no outside, it goes to
/// the first room on that way, or else to the nearest in any direction.
///
/// # Errors
/// If the direction is none, or there is no room.
pub fn beside(
    structure: &Structure,
    molecule: &Structure,
    direction: DVec3,
) -> Result<Structure, PlaceError> {
    let nowhere = PlaceError::Nowhere(direction);
    let way = direction.try_normalize().ok_or(nowhere)?;
    let offset = center(structure) - center(molecule);
    let moving = balls(molecule, offset);
    let along = if is_periodic(structure) {
        match first_room(structure, &moving, way) {
            Ok(Some(gap)) => gap * way,
            Ok(None) => nearest_room(structure, &moving)?,
            Err(error) => return Err(error),
        }
    } else {
        let standing = balls(structure, DVec3::ZERO);
        if moving.len().saturating_mul(standing.len()) > PAIRS {
            slab(&moving, &standing, way) * way
        } else {
            beyond_all(&moving, &standing, way) * way
        }
    };
    let molecule = without_surroundings(molecule.clone());
    Ok(shifted(molecule, offset + along))
}

/// A molecule with its center at a point (Å), whatever is there: to be appended.
///
/// # Errors
/// If the point is not finite.
pub fn at_point(molecule: &Structure, point: DVec3) -> Result<Structure, PlaceError> {
    if !point.is_finite() {
        return Err(PlaceError::Nowhere(point));
    }
    let offset = point - center(molecule);
    Ok(shifted(without_surroundings(molecule.clone()), offset))
}

/// The atoms without cell and facts, which belong to where they came from.
fn without_surroundings(mut structure: Structure) -> Structure {
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

/// The mean of the positions, Å; zero for no atoms.
fn center(structure: &Structure) -> DVec3 {
    structure.positions().iter().sum::<DVec3>() / structure.len().max(1) as f64
}

fn is_periodic(structure: &Structure) -> bool {
    let cell = structure.cell.as_ref();
    cell.is_some_and(|cell| cell.is_periodic())
}

/// The shortest shift (Å) that leads to room.
fn nearest_room(structure: &Structure, moving: &[Ball]) -> Result<DVec3, PlaceError> {
    let all = balls(structure, DVec3::ZERO);
    for reach in reaches(structure) {
        let standing = within_reach(moving, &all, structure.cell.as_ref(), reach);
        let pairs = moving.len().saturating_mul(standing.len());
        if pairs > PAIRS / FEWEST_DIRECTIONS {
            return too_many_for_gaps(structure, moving, &all);
        }
        let count = (PAIRS / pairs.max(1)).clamp(FEWEST_DIRECTIONS, DIRECTIONS);
        let shifts = directions(count as u32).map(|way| (first_gap(moving, &standing, way), way));
        let in_reach = shifts.filter(|(gap, _)| *gap <= reach);
        if let Some((gap, way)) = least(in_reach, |(gap, _)| *gap) {
            return Ok(gap * way);
        }
    }
    Err(PlaceError::Full)
}

/// The first room along a way, how far it is (Å); `None` where there is none.
fn first_room(
    structure: &Structure,
    moving: &[Ball],
    way: DVec3,
) -> Result<Option<f64>, PlaceError> {
    let all = balls(structure, DVec3::ZERO);
    for reach in reaches(structure) {
        let standing = within_reach(moving, &all, structure.cell.as_ref(), reach);
        if moving.len().saturating_mul(standing.len()) > PAIRS {
            return Err(PlaceError::TooMany {
                moving: moving.len(),
                standing: all.len(),
            });
        }
        let gap = first_gap(moving, &standing, way);
        if gap <= reach {
            return Ok(Some(gap));
        }
    }
    Ok(None)
}

/// Where looking into gaps would take too long, a way past everything will do, if there is an outside.
fn too_many_for_gaps(
    structure: &Structure,
    moving: &[Ball],
    standing: &[Ball],
) -> Result<DVec3, PlaceError> {
    let too_many = PlaceError::TooMany {
        moving: moving.len(),
        standing: standing.len(),
    };
    if is_periodic(structure) {
        return Err(too_many);
    }
    let shifts = directions(DIRECTIONS as u32).map(|way| (slab(moving, standing, way), way));
    let shortest = least(shifts, |(shift, _)| *shift);
    shortest.map(|(shift, way)| shift * way).ok_or(too_many)
}

/// How far to look, Å: doubling, until all atoms are within, or the last reach in a periodic cell.
fn reaches(structure: &Structure) -> impl Iterator<Item = f64> + use<> {
    let middle = center(structure);
    let positions = structure.positions().iter();
    let extent = positions
        .map(|place| place.distance(middle))
        .fold(0.0, f64::max);
    let farthest = if is_periodic(structure) {
        LAST_REACH
    } else {
        // Past all, a ball of the largest radius at either end.
        4.0 * extent + 4.0 * FIRST_REACH
    };
    std::iter::successors(Some(FIRST_REACH), move |reach| {
        (*reach < farthest).then_some(2.0 * reach)
    })
}
