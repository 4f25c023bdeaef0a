//! Changes to the structure, each with its inverse.

use glam::DVec3;

use super::State;
use super::bond_rotation::{BondRotationError, rotate_about_bond};
use crate::chem::{Cell, Element, Structure};

/// A change of what is simulated.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Moves atoms to new positions, Å.
    SetPositions(Vec<(usize, DVec3)>),
    /// Adds atoms behind the present ones, at rest.
    Append(Box<Structure>),
    /// Takes atoms out.
    Remove(Vec<usize>),
    /// Makes an atom another element.
    SetElement(usize, Element),
    /// Fixes atoms in space, or frees them.
    SetFixed(Vec<(usize, bool)>),
    /// Exchanges the cell, or takes it away; atoms stay where they are.
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
        /// Radians, right-handed.
        angle: f64,
    },
    /// Several edits, one after the other; all or none.
    Several(Vec<Edit>),
    /// Exchanges everything: atoms and their velocities (Å/fs).
    Replace(Box<Structure>, Vec<DVec3>),
}

/// Why an edit was not made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// No such atom.
    #[error("there is no atom {atom}: the structure has {atoms}, counted from 0")]
    NoSuchAtom {
        /// The index asked for.
        atom: usize,
        /// Number of atoms.
        atoms: usize,
    },
    /// A number that is infinite or not a number.
    #[error("atom {0} was given a position or velocity that is not finite")]
    NotFinite(usize),
    /// Velocities that do not fit the atoms.
    #[error("{velocities} velocities were given for {atoms} atoms")]
    Lengths {
        /// Number of atoms.
        atoms: usize,
        /// Number of velocities.
        velocities: usize,
    },
    /// Data that make no structure.
    #[error(transparent)]
    Structure(#[from] crate::chem::structure::StructureError),
    /// Atoms that cannot be rotated about a bond.
    #[error(transparent)]
    BondRotation(#[from] BondRotationError),
    /// An atom listed twice.
    #[error("an atom is listed twice")]
    Twice,
}

impl Edit {
    /// Makes the change and returns the edit that takes it back.
    ///
    /// # Errors
    /// If the change cannot be made; then nothing is changed.
    pub fn apply(self, state: &mut State) -> Result<Edit, EditError> {
        match self {
            Edit::SetPositions(places) => {
                check_vectors(state, &places)?;
                let positions = state.structure.positions_mut();
                Ok(Edit::SetPositions(exchange(positions, places)))
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
                Ok(Edit::SetFixed(exchange(state.structure.fixed_mut(), marks)))
            }
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
            Edit::Several(edits) => all_or_none(state, edits),
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
                state.grips = super::constraint::Grips::default();
                Ok(before)
            }
        }
    }

    /// The atoms that this edit of a structure of so many atoms adds or moves, by their indices behind
    /// it, with those that were `moved` before and are still there. Sorted.
    pub fn moved(&self, atoms: usize, moved: Vec<usize>) -> Vec<usize> {
        let mut trace = Trace { atoms, moved };
        trace.follow(self);
        trace.moved.sort_unstable();
        trace.moved.dedup();
        trace.moved
    }

    /// Whether the atoms stay the same ones, so that what was learned of them stays useful.
    pub fn keeps_atoms(&self) -> bool {
        match self {
            Edit::SetPositions(_) | Edit::SetVelocities(_) | Edit::RotateAboutBond { .. } => true,
            Edit::Several(edits) => edits.iter().all(Edit::keeps_atoms),
            _ => false,
        }
    }
}

/// Which atoms edits have moved so far.
struct Trace {
    atoms: usize,
    moved: Vec<usize>,
}

impl Trace {
    fn follow(&mut self, edit: &Edit) {
        match edit {
            Edit::SetPositions(places) => self.moved.extend(places.iter().map(|(atom, _)| *atom)),
            Edit::Append(added) => {
                self.moved.extend(self.atoms..self.atoms + added.len());
                self.atoms += added.len();
            }
            Edit::Remove(gone) => {
                let mut gone = gone.clone();
                gone.sort_unstable();
                gone.dedup();
                self.moved.retain(|atom| gone.binary_search(atom).is_err());
                for atom in &mut self.moved {
                    *atom -= gone.partition_point(|other| other < atom);
                }
                self.atoms = self.atoms.saturating_sub(gone.len());
            }
            Edit::SetElement(atom, _) => self.moved.push(*atom),
            Edit::RotateAboutBond { side, .. } => self.moved.extend(side),
            Edit::Several(edits) => edits.iter().for_each(|edit| self.follow(edit)),
            Edit::SetCell(_) => self.moved = (0..self.atoms).collect(),
            Edit::Replace(structure, _) => {
                self.atoms = structure.len();
                self.moved = (0..self.atoms).collect();
            }
            Edit::SetFixed(_) | Edit::SetCharge { .. } | Edit::SetVelocities(_) => {}
        }
    }
}

/// A stated mass is lost with the element it belonged to, so only the whole takes that back.
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
    let (places, velocities) = (of_side(&before.0), of_side(&before.1));
    Ok(Edit::Several(vec![
        Edit::SetPositions(places),
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
                    // What was just done can be taken back: that is what an inverse is.
                    let taken_back = inverse.apply(state);
                    debug_assert!(taken_back.is_ok(), "{taken_back:?}");
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(Edit::Several(inverses))
}

/// The edit that brings back everything as it is now.
fn whole(state: &State) -> Edit {
    Edit::Replace(Box::new(state.structure.clone()), state.velocities.clone())
}

/// Writes the new values and returns the old, last first, so that an atom listed twice gets its
/// first value back in the end.
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
