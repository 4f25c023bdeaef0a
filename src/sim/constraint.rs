//! What may not move freely: atoms fixed, held by a hand, or pulled by one.

use glam::DVec3;

use crate::chem::Structure;

/// Names a hand: the mouse, a controller, a browser's finger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hand(pub u64);

/// How a hand has its atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grip {
    /// The atoms are where the hand is.
    Hold,
    /// A spring of `stiffness` (eV/Å²) between hand and atom, its force never above `max_force` (eV/Å).
    Spring {
        /// Spring constant, eV/Å².
        stiffness: f64,
        /// Cap of the force on one atom, eV/Å.
        max_force: f64,
    },
    /// A gaussian well of depth `strength` (eV) and `width` (Å) at the hand.
    Gaussian {
        /// Depth of the well, eV.
        strength: f64,
        /// Standard deviation, Å.
        width: f64,
    },
    /// A force of constant size (eV/Å) towards the hand.
    Constant {
        /// Size of the force, eV/Å.
        force: f64,
    },
}

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
}

/// All hands at work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grips {
    grasps: Vec<Grasp>,
}

impl Grips {
    /// Whether a hand holds the atom in place.
    pub fn holds(&self, atom: usize) -> bool {
        let held = |grasp: &Grasp| grasp.grip == Grip::Hold && grasp.atoms.contains(&atom);
        self.grasps.iter().any(held)
    }

    /// The hands at work.
    pub fn grasps(&self) -> &[Grasp] {
        &self.grasps
    }

    /// Closes a hand around atoms (the one under the hand first) where they are now; whatever the
    /// hand had before is let go.
    pub fn grab(&mut self, hand: Hand, atoms: Vec<usize>, grip: Grip, structure: &Structure) {
        let _ = (hand, atoms, grip, structure);
        unimplemented!()
    }

    /// Moves a hand; one that has nothing is ignored.
    pub fn move_to(&mut self, hand: Hand, target: DVec3) {
        let _ = (hand, target);
        unimplemented!()
    }

    /// Opens a hand.
    pub fn release(&mut self, hand: Hand) {
        self.grasps.retain(|grasp| grasp.hand != hand);
    }
}
