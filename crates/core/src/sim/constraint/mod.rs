//! Constraints and bias potentials: fixed atoms, and atoms that hands hold or pull.
//!
//! Fixed atoms are marked in the structure and feel no force. A hand either holds atoms, which then
//! move rigidly with it, or pulls them by a force with its own energy. A hand that holds moves fixed
//! atoms too; one that pulls does not.

mod grip;

pub use grip::{Grip, SOFTENING};

use glam::{DQuat, DVec3};

use crate::chem::Structure;
pub use crate::presence::Hand;

/// A hand and its atoms.
#[derive(Clone, Debug, PartialEq)]
pub struct Grasp {
    /// The hand.
    pub hand: Hand,
    /// The atoms, the one under the hand first.
    pub atoms: Vec<usize>,
    /// Hold or pull.
    pub grip: Grip,
    /// Target of the first atom, Å.
    pub target: DVec3,
    /// Offset of each atom from `target` at the grab, Å: `[grabbed atoms]`.
    pub offsets: Vec<DVec3>,
    /// Rotation about `target` since the grab.
    pub rotation: DQuat,
}

impl Grasp {
    /// The atoms and the target of each, Å.
    pub fn targets(&self) -> impl Iterator<Item = (usize, DVec3)> {
        let targets = self
            .offsets
            .iter()
            .map(|offset| self.target + self.rotation * *offset);
        self.atoms.iter().copied().zip(targets)
    }
}

/// Why a hand cannot close.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum GripError {
    /// An atom that does not exist.
    #[error("there is no atom {atom} to grab (counted from 0): there are {atoms}")]
    NoSuchAtom {
        /// The index.
        atom: usize,
        /// Number of atoms.
        atoms: usize,
    },
    /// No atoms.
    #[error("a hand grabs at least one atom")]
    NoAtoms,
    /// An invalid parameter of a pull.
    #[error("the {parameter} of a pull must be {bound}, not {value}")]
    Parameter {
        /// Its name.
        parameter: &'static str,
        /// Its bound, in words.
        bound: &'static str,
        /// Its value.
        value: f64,
    },
}

/// All hands that hold or pull atoms.
///
/// Displacements are between coordinates, not between periodic images, so that a hand keeps an atom that
/// leaves the cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grips {
    grasps: Vec<Grasp>,
    /// All held atoms, sorted.
    held: Vec<usize>,
}

impl Grips {
    /// Whether a hand holds the atom.
    pub fn holds(&self, atom: usize) -> bool {
        self.held.binary_search(&atom).is_ok()
    }

    /// The atoms that hands hold, sorted.
    pub fn held(&self) -> &[usize] {
        &self.held
    }

    /// The hands and their atoms.
    pub fn grasps(&self) -> &[Grasp] {
        &self.grasps
    }

    /// Closes a hand around atoms (the one under the hand first) at their present positions, and releases
    /// those it had. A hand that holds an atom of a rigid group holds all of the group; one that pulls an atom
    /// pulls the body at that atom. Of two hands that hold an atom, the last to close moves it.
    ///
    /// # Errors
    /// If an atom does not exist or a parameter is invalid; then the hand keeps its atoms.
    pub fn grab(
        &mut self,
        hand: Hand,
        atoms: Vec<usize>,
        grip: Grip,
        structure: &Structure,
    ) -> Result<(), GripError> {
        grip.check()?;
        let positions = structure.positions();
        let position = |&atom: &usize| {
            let missing = GripError::NoSuchAtom {
                atom,
                atoms: positions.len(),
            };
            positions.get(atom).copied().ok_or(missing)
        };
        let target = position(atoms.first().ok_or(GripError::NoAtoms)?)?;
        let offsets = atoms
            .iter()
            .map(|atom| Ok(position(atom)? - target))
            .collect::<Result<_, _>>()?;
        self.grasps.retain(|grasp| grasp.hand != hand);
        self.grasps.push(Grasp {
            hand,
            atoms,
            grip,
            target,
            offsets,
            rotation: DQuat::IDENTITY,
        });
        self.list_held();
        self.hold_whole_bodies(structure);
        Ok(())
    }

    /// Lets hands that hold an atom of a rigid group hold the others too, where they are.
    pub(super) fn hold_whole_bodies(&mut self, structure: &Structure) {
        let positions = structure.positions();
        for grasp in &mut self.grasps {
            if grasp.grip != Grip::Hold {
                continue;
            }
            let mut held = vec![false; positions.len()];
            grasp.atoms.iter().for_each(|&atom| held[atom] = true);
            let groups = structure.rigid_groups().iter();
            let touched = groups.filter(|group| group.iter().any(|&atom| held[atom]));
            let others = touched.flatten().copied().filter(|&atom| !held[atom]);
            let back = grasp.rotation.conjugate();
            for atom in others {
                grasp.atoms.push(atom);
                grasp.offsets.push(back * (positions[atom] - grasp.target));
            }
        }
        self.list_held();
    }

    /// Adapts held atoms to positions (Å, `[atoms]`) that have changed by cell vectors since `before`; the first
    /// atom of a hand stays at its target.
    pub(super) fn follow_images(&mut self, before: &[DVec3], structure: &Structure) {
        let moved = |atom: usize| structure.positions()[atom] - before[atom];
        for grasp in &mut self.grasps {
            let Some(&first) = grasp.atoms.first().filter(|_| grasp.grip == Grip::Hold) else {
                continue;
            };
            grasp.target += moved(first);
            let back = grasp.rotation.conjugate();
            for (&atom, offset) in grasp.atoms.iter().zip(&mut grasp.offsets) {
                *offset += back * (moved(atom) - moved(first));
            }
        }
    }

    /// Sets the target (Å) of a hand; ignored if the hand is empty or the target is not finite.
    pub fn move_to(&mut self, hand: Hand, target: DVec3) {
        let grasp = self.grasps.iter_mut().find(|grasp| grasp.hand == hand);
        if let Some(grasp) = grasp
            && target.is_finite()
        {
            grasp.target = target;
        }
    }

    /// Rotates the atoms of a hand about the first one, relative to the grab. A quaternion that is not
    /// finite or near zero is ignored.
    pub fn orient(&mut self, hand: Hand, rotation: DQuat) {
        let grasp = self.grasps.iter_mut().find(|grasp| grasp.hand == hand);
        let length = rotation.length();
        if let Some(grasp) = grasp
            && length.is_finite()
            && length > 1e-6
        {
            grasp.rotation = rotation / length;
        }
    }

    /// Opens a hand.
    pub fn release(&mut self, hand: Hand) {
        self.grasps.retain(|grasp| grasp.hand != hand);
        self.list_held();
    }

    /// Renumbers atoms; those without a new index are released, and so are all atoms of a hand that
    /// loses its first one.
    pub fn renumber(&mut self, new: impl Fn(usize) -> Option<usize>) {
        self.grasps.retain_mut(|grasp| {
            let first_stays = grasp.atoms.first().is_some_and(|&atom| new(atom).is_some());
            let kept = grasp.atoms.iter().zip(&grasp.offsets);
            let kept = kept.filter_map(|(&atom, &offset)| Some((new(atom)?, offset)));
            (grasp.atoms, grasp.offsets) = kept.unzip();
            first_stays
        });
        self.list_held();
    }

    /// Moves held atoms to their targets; returns whether one moved.
    pub fn move_held_atoms(&self, structure: &mut Structure) -> bool {
        let moved = !self.are_at_targets(structure);
        let positions = structure.positions_mut();
        for (atom, target) in self.held_targets() {
            if let Some(position) = positions.get_mut(atom) {
                *position = target;
            }
        }
        moved
    }

    /// Whether every held atom is at its target.
    pub fn are_at_targets(&self, structure: &Structure) -> bool {
        let positions = structure.positions();
        let elsewhere = |(atom, target): (usize, DVec3)| {
            positions
                .get(atom)
                .is_some_and(|position| *position != target)
        };
        !self.held_targets().any(elsewhere)
    }

    /// Each held atom and its target by the last hand to close around it, Å.
    fn held_targets(&self) -> impl Iterator<Item = (usize, DVec3)> {
        let holds = |grasp: &&Grasp| grasp.grip == Grip::Hold;
        let grasps = self.grasps.iter().enumerate();
        let holding = grasps.filter(move |(_, grasp)| holds(grasp));
        holding.flat_map(move |(rank, grasp)| {
            let later = &self.grasps[rank + 1..];
            let taken_over = move |atom| {
                let mut hands = later.iter().filter(holds);
                hands.any(|grasp| grasp.atoms.contains(&atom))
            };
            grasp.targets().filter(move |(atom, _)| !taken_over(*atom))
        })
    }

    /// Forces of pulls on mobile atoms, eV/Å; one item for each hand that pulls an atom.
    pub fn pulls(&self, structure: &Structure) -> impl Iterator<Item = (usize, DVec3)> {
        self.pulled(structure)
            .map(|(atom, grip, displacement)| (atom, grip.force(displacement)))
    }

    /// Energy of pulls on mobile atoms, eV; [`Grips::pulls`] are its negative gradients.
    pub fn energy(&self, structure: &Structure) -> f64 {
        self.pulled(structure)
            .map(|(_, grip, displacement)| grip.energy(displacement))
            .sum()
    }

    /// Pulled atoms with their grip and displacement from the target, Å.
    fn pulled(&self, structure: &Structure) -> impl Iterator<Item = (usize, Grip, DVec3)> {
        let (positions, fixed) = (structure.positions(), structure.fixed());
        let pulling = self.grasps.iter().filter(|grasp| grasp.grip != Grip::Hold);
        let targets = pulling.flat_map(|grasp| grasp.targets().map(|target| (grasp.grip, target)));
        targets.filter_map(move |(grip, (atom, target))| {
            let free = !*fixed.get(atom)? && !self.holds(atom);
            free.then(|| (atom, grip, positions[atom] - target))
        })
    }

    fn list_held(&mut self) {
        let holds = self.grasps.iter().filter(|grasp| grasp.grip == Grip::Hold);
        self.held = holds
            .flat_map(|grasp| grasp.atoms.iter().copied())
            .collect();
        self.held.sort_unstable();
        self.held.dedup();
    }
}
