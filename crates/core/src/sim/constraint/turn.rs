//! Turning one side of a bond about it.

use glam::{DQuat, DVec3};

use crate::chem::Structure;

/// Why atoms cannot be turned.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum TurnError {
    /// An atom that is not there.
    #[error("there is no atom {atom} to turn (counted from 0): there are {atoms}")]
    NoSuchAtom {
        /// The index asked for.
        atom: usize,
        /// How many atoms there are.
        atoms: usize,
    },
    /// Two atoms at one place make no axis.
    #[error("atoms {0} and {1} (counted from 0) are at one place and make no axis")]
    NoAxis(usize, usize),
    /// The angle is no number.
    #[error("the angle of a turn must be a finite number of radians, not {0}")]
    Angle(f64),
}

/// Turns atoms rigidly by an angle (radians, right-handed about the direction from the first atom of
/// the bond to the second), their velocities (Å/fs) with them. Distances within the side, and from
/// it to the bond, stay as they are. Each atom is turned as the image nearest to the first atom of
/// the bond; forces are to be computed anew.
///
/// # Errors
/// If an atom is not there or there is no axis; then nothing has moved.
pub fn turn_about_bond(
    structure: &mut Structure,
    velocities: &mut [DVec3],
    bond: [usize; 2],
    side: &[usize],
    angle: f64,
) -> Result<(), TurnError> {
    let atoms = structure.len();
    if let Some(&atom) = bond.iter().chain(side).find(|&&atom| atom >= atoms) {
        return Err(TurnError::NoSuchAtom { atom, atoms });
    }
    if !angle.is_finite() {
        return Err(TurnError::Angle(angle));
    }
    let cell = structure.cell.clone();
    let nearest = |displacement| match &cell {
        Some(cell) => cell.minimum_image(displacement),
        None => displacement,
    };
    let positions = structure.positions_mut();
    let anchor = positions[bond[0]];
    let axis = nearest(positions[bond[1]] - anchor).try_normalize();
    let axis = axis.ok_or(TurnError::NoAxis(bond[0], bond[1]))?;
    let rotation = DQuat::from_axis_angle(axis, angle);
    let mut side = side.to_vec();
    side.sort_unstable();
    side.dedup();
    for atom in side {
        let arm = nearest(positions[atom] - anchor);
        positions[atom] += rotation * arm - arm;
        if let Some(velocity) = velocities.get_mut(atom) {
            *velocity = rotation * *velocity;
        }
    }
    Ok(())
}
