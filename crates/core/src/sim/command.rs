//! What may be asked of a simulation.

use glam::{DQuat, DVec3};

use super::constraint::{Grip, Hand};
use super::edit::Edit;
use super::task::Task;
use crate::potential::Potential;

/// Speed limit at which a person can follow molecules and grab their atoms, fs of simulated time per
/// second of wall time.
pub const DEFAULT_SPEED_LIMIT: f64 = 300.0;

/// A request to the engine, carried out between two steps, in the order of arrival.
///
/// A request that cannot be met changes nothing and is answered by an
/// [`Event::Refused`](super::Event::Refused) with the reason.
pub enum Command {
    /// Starts dynamics or relaxation; while running, exchanges the task or its parameters without
    /// stopping. Dynamics that start from rest draw velocities at the temperature of their
    /// ensemble.
    Run(Task),
    /// Takes so many steps of a task, then stops.
    Steps(Task, u64),
    /// Ends the run.
    Stop,
    /// Draws new velocities at a temperature, K.
    Thermalize(f64),
    /// Closes a hand around atoms, the one under the hand first.
    Grab {
        /// Whose hand.
        hand: Hand,
        /// The atoms.
        atoms: Vec<usize>,
        /// Hold or pull.
        grip: Grip,
    },
    /// Moves a hand to where its first atom is to be, Å.
    Move {
        /// Whose hand.
        hand: Hand,
        /// The place, Å.
        to: DVec3,
    },
    /// Turns what a hand has about its place: from the axes of the grab to those of now.
    Orient {
        /// Whose hand.
        hand: Hand,
        /// Rotation since the grab.
        rotation: DQuat,
    },
    /// Opens a hand.
    Release(Hand),
    /// Changes the structure.
    Edit(Edit),
    /// Exchanges the potential.
    SetPotential(Box<dyn Potential>),
    /// Takes the potential away: the structure can be seen and edited but not run. So no potential
    /// is ever asked about a structure that it was not chosen for.
    RemovePotential,
    /// Counts steps, time, and the energy that thermostats have given, from zero: what comes next is
    /// another story.
    RestartClock,
    /// Several requests with nothing between them, neither a step nor another's request. Each is
    /// carried out or refused by itself.
    Several(Vec<Command>),
    /// Maximum simulated time per second of wall time in dynamics, fs/s; `None`: as fast as possible.
    /// Relaxations have no limit.
    SpeedLimit(Option<f64>),
    /// Turns back to a remembered frame, by number, and pauses.
    Show(u64),
    /// Returns from a remembered frame to the newest state, and goes on.
    Live,
    /// Makes a remembered frame, by number, the newest state, and stops there.
    ContinueFrom(u64),
    /// Takes back the last change: an edit, a run back to its start, new velocities, what a hand
    /// moved while nothing ran, or a return to an old frame. A run is stopped.
    Undo,
    /// Makes the change again that was taken back last, as long as no new one was made. A run comes
    /// back to where it was when it was taken back, and does not go on.
    Redo,
}
