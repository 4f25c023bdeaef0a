//! Rotation of one side of a bond about it.

use glam::{DQuat, DVec3};

use crate::chem::Structure;

/// Why atoms cannot be rotated about a bond.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BondRotationError {
    /// An atom that does not exist.
    #[error("invalid atom {atom}: expected an index from 0 below {atoms}")]
    NoSuchAtom {
        /// The index.
        atom: usize,
        /// Number of atoms.
        atoms: usize,
    },
    /// Two atoms at one position define no axis.
    #[error("atoms {0} and {1} (counted from 0) coincide and define no axis: move them apart")]
    NoAxis(usize, usize),
    /// The angle is infinite or not a number.
    #[error("invalid angle {0}: expected a finite number of radians")]
    Angle(f64),
}

/// Rotates atoms rigidly by an angle (radians, right-handed about the direction from the first atom of
/// the bond to the second), and their velocities (Å/fs) with them. Distances within the side, and from
/// it to the bond, are conserved. Each atom is rotated as the periodic image nearest to the first atom
/// of the bond.
///
/// x ← x₀ + R (x − x₀), v ← R v
///
/// # Errors
/// If an atom does not exist or the axis is undefined; then nothing is changed.
pub fn rotate_about_bond(
    structure: &mut Structure,
    velocities: &mut [DVec3],
    bond: [usize; 2],
    side: &[usize],
    angle: f64,
) -> Result<(), BondRotationError> {
    let atoms = structure.len();
    if let Some(&atom) = bond.iter().chain(side).find(|&&atom| atom >= atoms) {
        return Err(BondRotationError::NoSuchAtom { atom, atoms });
    }
    if !angle.is_finite() {
        return Err(BondRotationError::Angle(angle));
    }
    let cell = structure.cell.clone();
    let nearest = |displacement| match &cell {
        Some(cell) => cell.minimum_image(displacement),
        None => displacement,
    };
    let positions = structure.positions_mut();
    let origin = positions[bond[0]];
    let axis = nearest(positions[bond[1]] - origin).try_normalize();
    let axis = axis.ok_or(BondRotationError::NoAxis(bond[0], bond[1]))?;
    let rotation = DQuat::from_axis_angle(axis, angle);
    let mut side = side.to_vec();
    side.sort_unstable();
    side.dedup();
    for atom in side {
        let arm = nearest(positions[atom] - origin);
        positions[atom] += rotation * arm - arm;
        if let Some(velocity) = velocities.get_mut(atom) {
            *velocity = rotation * *velocity;
        }
    }
    Ok(())
}
