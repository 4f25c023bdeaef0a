//! What may not move freely: atoms fixed, held by a hand, or pulled by one.
//!
//! Fixed atoms are marked in the structure and feel no force. A hand either holds atoms, which are
//! then where the hand is, or pulls them by a force with an energy of its own. A hand that holds
//! takes a fixed atom along too; one that pulls does not.

mod grip;

pub use grip::{Grip, SOFTENING};

use glam::{DQuat, DVec3};

use crate::chem::Structure;
pub use crate::presence::Hand;

/// One hand on some atoms.
#[derive(Clone, Debug, PartialEq)]
pub struct Grasp {
    /// Whose hand.
    pub hand: Hand,
    /// The atoms, the one under the hand first.
    pub atoms: Vec<usize>,
    /// Hold or pull.
    pub grip: Grip,
    /// Where the first atom is to be, Å.
    pub target: DVec3,
    /// Each atom's place relative to `target`, Å, as it was at the grab.
    pub offsets: Vec<DVec3>,
    /// Rotation about `target` since the grab.
    pub rotation: DQuat,
}

impl Grasp {
    /// The atoms and where the hand wants each of them, Å.
    pub fn targets(&self) -> impl Iterator<Item = (usize, DVec3)> {
        let places = self
            .offsets
            .iter()
            .map(|offset| self.target + self.rotation * *offset);
        self.atoms.iter().copied().zip(places)
    }
}

/// Why a hand cannot close.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum GripError {
    /// An atom that is not there.
    #[error("there is no atom {atom} to take (counted from 0): there are {atoms}")]
    NoSuchAtom {
        /// The index asked for.
        atom: usize,
        /// How many atoms there are.
        atoms: usize,
    },
    /// Nothing to take.
    #[error("a hand takes at least one atom")]
    NoAtoms,
    /// A pull with a parameter that makes no sense.
    #[error("the {parameter} of a pull must be {bound}, not {value}")]
    Parameter {
        /// Its name.
        parameter: &'static str,
        /// What it may be.
        bound: &'static str,
        /// What it was.
        value: f64,
    },
}

/// All hands at work.
///
/// Hands see atoms where their coordinates say, not at periodic images: an atom that leaves the cell
/// stays in the hand that pulls it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grips {
    grasps: Vec<Grasp>,
    /// Every atom that some hand holds, in order.
    held: Vec<usize>,
}

impl Grips {
    /// Whether a hand holds the atom in place.
    pub fn holds(&self, atom: usize) -> bool {
        self.held.binary_search(&atom).is_ok()
    }

    /// The atoms that hands hold in place, in order.
    pub fn held(&self) -> &[usize] {
        &self.held
    }

    /// Whether a hand pulls.
    pub fn pull(&self) -> bool {
        self.grasps.iter().any(|grasp| grasp.grip != Grip::Hold)
    }

    /// The hands at work.
    pub fn grasps(&self) -> &[Grasp] {
        &self.grasps
    }

    /// Closes a hand around atoms (the one under the hand first) where they are now; whatever the
    /// hand had before is let go. Of two hands that hold the same atom the last to close has it.
    ///
    /// # Errors
    /// If there is no such atom or a parameter makes no sense; the hand then keeps what it had.
    pub fn grab(
        &mut self,
        hand: Hand,
        atoms: Vec<usize>,
        grip: Grip,
        structure: &Structure,
    ) -> Result<(), GripError> {
        grip.check()?;
        let positions = structure.positions();
        let place = |&atom: &usize| {
            let missing = GripError::NoSuchAtom {
                atom,
                atoms: positions.len(),
            };
            positions.get(atom).copied().ok_or(missing)
        };
        let target = place(atoms.first().ok_or(GripError::NoAtoms)?)?;
        let offsets = atoms
            .iter()
            .map(|atom| Ok(place(atom)? - target))
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
        Ok(())
    }

    /// Moves a hand; one that has nothing stays empty, and a target that is not finite is no place.
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

    /// Follows atoms to new indices; those that have none are let go, and so is a hand whose first
    /// atom is gone.
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

    /// Puts held atoms where their hands are; says whether one moved.
    pub fn place(&self, structure: &mut Structure) -> bool {
        let moved = !self.are_in_place(structure);
        let positions = structure.positions_mut();
        for (atom, place) in self.places() {
            if let Some(position) = positions.get_mut(atom) {
                *position = place;
            }
        }
        moved
    }

    /// Whether every held atom is where its hand is.
    pub fn are_in_place(&self, structure: &Structure) -> bool {
        let positions = structure.positions();
        let elsewhere = |(atom, place): (usize, DVec3)| {
            positions
                .get(atom)
                .is_some_and(|position| *position != place)
        };
        !self.places().any(elsewhere)
    }

    /// Each held atom and where the last hand to close around it wants it, Å.
    fn places(&self) -> impl Iterator<Item = (usize, DVec3)> {
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

    /// Each pull on an atom that may move: the atom and the force on it, eV/Å. An atom in several
    /// hands comes several times.
    pub fn pulls(&self, structure: &Structure) -> impl Iterator<Item = (usize, DVec3)> {
        self.pulled(structure)
            .map(|(atom, grip, displacement)| (atom, grip.force(displacement)))
    }

    /// Energy of the pulls on atoms that may move, eV: the forces of [`Grips::pulls`] are its
    /// negative slope.
    pub fn energy(&self, structure: &Structure) -> f64 {
        self.pulled(structure)
            .map(|(_, grip, displacement)| grip.energy(displacement))
            .sum()
    }

    /// Pulled atoms with the grip and the displacement from where the hand wants them, Å.
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
