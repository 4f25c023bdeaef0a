//! Forces of a client as pulls of its hands, one per atom.

use std::collections::BTreeMap;

use glam::DVec3;
use mlipview_core::presence::PersonId;
use mlipview_core::sim::{Command, Frame, Grip, Hand, SimHandle};

use crate::version::Version;

/// Distance from an atom to the target of its pull, Å. A constant pull is softened within 0.1 Å: at this
/// distance it is a thousandth too weak.
const REACH: f64 = 3.0;

/// The pulls of a client: a constant force on each of its atoms, towards a target that stays ahead of it.
pub(super) struct Pulls {
    person: PersonId,
    /// eV/Å.
    max_force: f64,
    /// The hands, by atom.
    hands: BTreeMap<usize, Pull>,
    next_hand: u32,
}

/// A hand and its force, eV/Å.
struct Pull {
    hand: Hand,
    force: DVec3,
}

impl Pulls {
    pub(super) fn new(person: PersonId, max_force: f64) -> Pulls {
        Pulls {
            person,
            max_force,
            hands: BTreeMap::new(),
            next_hand: 0,
        }
    }

    /// Replaces all forces, which are in the units of a version; those of an atom that is listed twice are added.
    pub(super) fn set(&mut self, sim: &SimHandle, forces: &[(u32, [f32; 3])], version: Version) {
        let unit = version.energy_unit().in_ev();
        let mut wanted: BTreeMap<usize, DVec3> = BTreeMap::new();
        for (atom, force) in forces {
            let force = unit * DVec3::from(force.map(f64::from));
            *wanted.entry(*atom as usize).or_default() += force;
        }
        wanted.retain(|_, force| *force != DVec3::ZERO);
        self.hands.retain(|atom, pull| {
            let stays = wanted.contains_key(atom);
            if !stays {
                // Never refused.
                let _ = sim.send(Command::Release(pull.hand));
            }
            stays
        });
        let frame = sim.frame();
        for (atom, force) in wanted {
            self.pull(sim, &frame, atom, force.clamp_length_max(self.max_force));
        }
    }

    /// Pulls an atom by a force. A full inbox leaves it as it is until the client sends forces again.
    fn pull(&mut self, sim: &SimHandle, frame: &Frame, atom: usize, force: DVec3) {
        let present = self.hands.get(&atom);
        let same_size = present.is_some_and(|it| it.force.length() == force.length());
        let hand = present.map_or_else(|| self.person.hand(self.next_hand), |it| it.hand);
        if present.is_none() {
            self.next_hand = self.next_hand.wrapping_add(1);
        }
        let grip = Grip::Constant {
            force: force.length(),
        };
        let grab = Command::Grab {
            hand,
            atoms: vec![atom],
            grip,
        };
        if !same_size && sim.send(grab).is_err() {
            return;
        }
        self.hands.insert(atom, Pull { hand, force });
        self.aim(sim, frame, atom);
    }

    /// Keeps the targets ahead of the atoms.
    pub(super) fn follow(&self, sim: &SimHandle, frame: &Frame) {
        for &atom in self.hands.keys() {
            self.aim(sim, frame, atom);
        }
    }

    fn aim(&self, sim: &SimHandle, frame: &Frame, atom: usize) {
        let (Some(pull), Some(position)) = (self.hands.get(&atom), frame.positions.get(atom))
        else {
            return;
        };
        let to = *position + pull.force.normalize_or_zero() * REACH;
        let is_there = frame
            .grips
            .grasps()
            .iter()
            .any(|grasp| grasp.hand == pull.hand && grasp.target.distance(to) < 1e-3 * REACH);
        if !is_there {
            let hand = pull.hand;
            // The next frame tries again.
            let _ = sim.send(Command::Move { hand, to });
        }
    }

    /// Opens all hands.
    pub(super) fn release_all(&mut self, sim: &SimHandle) {
        for pull in std::mem::take(&mut self.hands).into_values() {
            // Never refused.
            let _ = sim.send(Command::Release(pull.hand));
        }
    }
}
