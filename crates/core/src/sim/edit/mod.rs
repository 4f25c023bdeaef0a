//! Edits of the structure, each with its inverse.

mod error;
mod moved_atoms;

use glam::DVec3;

use super::State;
use super::bond_rotation::rotate_about_bond;
use super::constraint::Grips;
use crate::chem::{Cell, Element, Structure};
pub use error::EditError;

/// An edit of the structure or the velocities.
///
/// ```
/// use mlipview_core::chem::{Element, library};
/// use mlipview_core::sim::{Edit, State};
///
/// let water = library::find("water").unwrap().structure()?;
/// let mut state = State::unevaluated(water.clone(), 0);
/// let inverse = Edit::SetElement(0, Element::from_symbol("S").unwrap()).apply(&mut state)?;
/// inverse.apply(&mut state)?;
/// assert_eq!(state.structure.elements(), water.elements());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Moves atoms to new positions, Å.
    SetPositions(Vec<(usize, DVec3)>),
    /// Adds atoms after the present ones, at rest.
    Append(Box<Structure>),
    /// Removes atoms, by index.
    Remove(Vec<usize>),
    /// Changes the element of an atom.
    SetElement(usize, Element),
    /// Fixes atoms in space (true), or frees them (false), and the rigid groups that they are in.
    SetFixed(Vec<(usize, bool)>),
    /// Makes groups of atoms rigid (true), in place of the rigid groups that share an atom with them, or
    /// dissolves the latter only (false).
    SetRigid {
        /// The groups, such as the molecules of
        /// [`Bonds::molecules_with`](crate::chem::Bonds::molecules_with).
        groups: Vec<Vec<usize>>,
        /// Whether they become rigid.
        rigid: bool,
    },
    /// Replaces or removes the cell; positions stay.
    SetCell(Option<Box<Cell>>),
    /// Sets the total charge (e) and the spin multiplicity.
    SetCharge {
        /// Total charge, e.
        charge: i32,
        /// Spin multiplicity 2S + 1.
        multiplicity: u32,
    },
    /// Sets velocities, Å/fs.
    SetVelocities(Vec<(usize, DVec3)>),
    /// Rotates one side of a bond about it.
    RotateAboutBond {
        /// The bond: the axis points from the first atom to the second.
        bond: [usize; 2],
        /// The atoms to rotate.
        side: Vec<usize>,
        /// Angle, radians, right-handed.
        angle: f64,
    },
    /// Several edits in sequence; all or none.
    Batch(Vec<Edit>),
    /// Replaces all atoms and their velocities (Å/fs), and opens all hands.
    Replace(Box<Structure>, Vec<DVec3>),
}

impl Edit {
    /// Applies the edit and returns its inverse.
    ///
    /// # Errors
    /// If the edit is invalid for this state; then nothing is changed.
    pub fn apply(self, state: &mut State) -> Result<Edit, EditError> {
        match self {
            Edit::SetPositions(positions) => {
                check_vectors(state, &positions)?;
                let present = state.structure.positions_mut();
                Ok(Edit::SetPositions(exchange(present, positions)))
            }
            Edit::SetVelocities(velocities) => {
                check_vectors(state, &velocities)?;
                Ok(Edit::SetVelocities(exchange(
                    &mut state.velocities,
                    velocities,
                )))
            }
            Edit::SetFixed(marks) => {
                for &(atom, _) in &marks {
                    check_atom(state, atom)?;
                }
                let marks = marks_of_bodies(&state.structure, marks);
                Ok(Edit::SetFixed(exchange(state.structure.fixed_mut(), marks)))
            }
            Edit::SetRigid { groups, rigid } => set_rigid(state, groups, rigid),
            Edit::SetElement(atom, element) => {
                check_atom(state, atom)?;
                set_element(state, atom, element)
            }
            Edit::SetCell(cell) => {
                let cell = cell.map(|cell| *cell);
                let before = std::mem::replace(&mut state.structure.cell, cell);
                Ok(Edit::SetCell(before.map(Box::new)))
            }
            Edit::SetCharge {
                charge,
                multiplicity,
            } => {
                let structure = &mut state.structure;
                let before = structure.multiplicity();
                structure.set_multiplicity(multiplicity)?;
                let charge = std::mem::replace(&mut structure.charge, charge);
                Ok(Edit::SetCharge {
                    charge,
                    multiplicity: before,
                })
            }
            Edit::Append(added) => {
                let before = whole(state);
                state.structure.append(&added);
                state.velocities.resize(state.structure.len(), DVec3::ZERO);
                Ok(before)
            }
            Edit::Remove(atoms) => remove(state, &atoms),
            Edit::RotateAboutBond { bond, side, angle } => rotate(state, bond, &side, angle),
            Edit::Batch(edits) => all_or_none(state, edits),
            Edit::Replace(structure, velocities) => {
                let (atoms, given) = (structure.len(), velocities.len());
                if atoms != given {
                    return Err(EditError::Lengths {
                        atoms,
                        velocities: given,
                    });
                }
                let before = whole(state);
                state.structure = *structure;
                state.velocities = velocities;
                state.grips = Grips::default();
                Ok(before)
            }
        }
    }

    /// Whether elements and indices stay, so that a propagator's memory remains valid.
    pub fn keeps_atoms(&self) -> bool {
        match self {
            Edit::SetPositions(_) | Edit::SetVelocities(_) | Edit::RotateAboutBond { .. } => true,
            Edit::Batch(edits) => edits.iter().all(Edit::keeps_atoms),
            _ => false,
        }
    }
}

/// The marks, each of all atoms of the rigid group of its atom.
fn marks_of_bodies(structure: &Structure, marks: Vec<(usize, bool)>) -> Vec<(usize, bool)> {
    let groups = structure.rigid_groups();
    if groups.is_empty() {
        return marks;
    }
    let group_of = structure.rigid_group_of_atoms();
    let of_body = |(atom, mark): (usize, bool)| -> Vec<(usize, bool)> {
        let atoms = group_of[atom].map_or(vec![atom], |group| groups[group].clone());
        atoms.into_iter().map(|atom| (atom, mark)).collect()
    };
    marks.into_iter().flat_map(of_body).collect()
}

fn set_rigid(state: &mut State, groups: Vec<Vec<usize>>, rigid: bool) -> Result<Edit, EditError> {
    let mut changed = vec![false; state.structure.len()];
    for &atom in groups.iter().flatten() {
        check_atom(state, atom)?;
        changed[atom] = true;
    }
    let present = state.structure.rigid_groups().iter();
    let (dissolved, kept): (Vec<_>, Vec<_>) = present
        .cloned()
        .partition(|group| group.iter().any(|&atom| changed[atom]));
    let added = if rigid { groups } else { Vec::new() };
    let all = kept.into_iter().chain(added.iter().cloned()).collect();
    state.structure.set_rigid_groups(all)?;
    let set = |groups, rigid| Edit::SetRigid { groups, rigid };
    Ok(Edit::Batch(vec![set(added, false), set(dissolved, true)]))
}

/// A stated mass is lost with its element, so the inverse restores the whole structure.
fn set_element(state: &mut State, atom: usize, element: Element) -> Result<Edit, EditError> {
    let inverse = match state.structure.stated_masses() {
        Some(_) => whole(state),
        None => Edit::SetElement(atom, state.structure.elements()[atom]),
    };
    let atoms = state.structure.len();
    let done = state.structure.set_element(atom, element);
    done.map(|()| inverse)
        .ok_or(EditError::NoSuchAtom { atom, atoms })
}

fn remove(state: &mut State, atoms: &[usize]) -> Result<Edit, EditError> {
    let mut stays = vec![true; state.structure.len()];
    for &atom in atoms {
        check_atom(state, atom)?;
        stays[atom] = false;
    }
    let kept: Vec<usize> = (0..stays.len()).filter(|&atom| stays[atom]).collect();
    let structure = state.structure.select(&kept).ok_or(EditError::Twice)?;
    let before = whole(state);
    state.velocities = kept.iter().map(|&atom| state.velocities[atom]).collect();
    state.structure = structure;
    state.grips.renumber(|atom| kept.binary_search(&atom).ok());
    Ok(before)
}

/// Rotating back would leave rounding errors, so the inverse sets the old positions.
fn rotate(
    state: &mut State,
    bond: [usize; 2],
    side: &[usize],
    angle: f64,
) -> Result<Edit, EditError> {
    let before = (
        state.structure.positions().to_vec(),
        state.velocities.clone(),
    );
    rotate_about_bond(
        &mut state.structure,
        &mut state.velocities,
        bond,
        side,
        angle,
    )?;
    let of_side = |values: &[DVec3]| side.iter().map(|&atom| (atom, values[atom])).collect();
    let (positions, velocities) = (of_side(&before.0), of_side(&before.1));
    Ok(Edit::Batch(vec![
        Edit::SetPositions(positions),
        Edit::SetVelocities(velocities),
    ]))
}

fn all_or_none(state: &mut State, edits: Vec<Edit>) -> Result<Edit, EditError> {
    let mut inverses = Vec::with_capacity(edits.len());
    for edit in edits {
        match edit.apply(state) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                for inverse in inverses.into_iter().rev() {
                    let reverted = inverse.apply(state);
                    debug_assert!(reverted.is_ok(), "{reverted:?}");
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(Edit::Batch(inverses))
}

/// The edit that restores the present structure and velocities.
fn whole(state: &State) -> Edit {
    Edit::Replace(Box::new(state.structure.clone()), state.velocities.clone())
}

/// Writes new values and returns the old ones in reverse order, so that the inverse restores an atom
/// listed twice to its first value.
fn exchange<T: Copy>(values: &mut [T], changes: Vec<(usize, T)>) -> Vec<(usize, T)> {
    let mut before: Vec<(usize, T)> = changes
        .into_iter()
        .map(|(index, value)| (index, std::mem::replace(&mut values[index], value)))
        .collect();
    before.reverse();
    before
}

fn check_atom(state: &State, atom: usize) -> Result<(), EditError> {
    let atoms = state.structure.len();
    if atom < atoms {
        Ok(())
    } else {
        Err(EditError::NoSuchAtom { atom, atoms })
    }
}

fn check_vectors(state: &State, vectors: &[(usize, DVec3)]) -> Result<(), EditError> {
    for &(atom, vector) in vectors {
        check_atom(state, atom)?;
        if !vector.is_finite() {
            return Err(EditError::NotFinite(atom));
        }
    }
    Ok(())
}
