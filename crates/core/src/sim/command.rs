//! Commands to a simulation.

use std::sync::Arc;

use glam::{DQuat, DVec3};

use super::constraint::{Grip, Hand};
use super::edit::Edit;
use super::external::{ExternalDynamics, ExternalEnd};
use super::playback::{FrameAddress, Play};
use super::task::Task;
use super::timeline::FrameSource;
use crate::packing::Packer;
use crate::potential::Potential;

/// Default speed limit, at which a person can follow molecules and grab atoms, fs of simulated time per
/// second of wall time.
pub const DEFAULT_SPEED_LIMIT: f64 = 300.0;

/// A command to the engine, carried out between two steps, in the order of arrival.
///
/// A command that cannot be carried out changes nothing and is answered by an
/// [`Event::Refused`](super::Event::Refused) with the reason.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::sim::{Command, Edit, Engine};
///
/// let water = library::find("water").unwrap().structure()?;
/// let mut engine = Engine::new(water, None, 0);
/// engine.apply(1, Command::Edit(Edit::Remove(vec![0])));
/// engine.apply(2, Command::Undo);
/// assert_eq!(engine.step().unwrap().positions.len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub enum Command {
    /// Starts dynamics or relaxation; during a run, replaces the task or its parameters without
    /// stopping. Dynamics of atoms at rest start with random velocities at the temperature of the
    /// ensemble.
    Run(Task),
    /// Runs a number of steps of a task, then stops.
    Steps(Task, u64),
    /// Replaces the structure by molecules that are packed around the fixed atoms of the packer, in steps that
    /// can be watched, and into which hands may reach. Undo restores the structure.
    Pack(Box<Packer>),
    /// Follows the dynamics of another program: its frames become the state. Hands pull its atoms by forces;
    /// a hand that would hold them pulls too. `Stop` pauses it, `Run` lets it continue. What only that program
    /// could do, such as edits, is refused until it has ended. Needs no potential.
    Follow(Box<dyn ExternalDynamics>),
    /// Ends to follow another program, whose run goes on or ends too.
    EndFollowing(ExternalEnd),
    /// Ends the run, or the packing; pauses a program that is followed.
    Stop,
    /// Draws new velocities at a temperature, K.
    Thermalize(f64),
    /// Closes a hand around atoms.
    Grab {
        /// The hand.
        hand: Hand,
        /// Indices of the atoms, the one under the hand first.
        atoms: Vec<usize>,
        /// Hold or pull.
        grip: Grip,
    },
    /// Sets the target of the first atom of a hand.
    Move {
        /// The hand.
        hand: Hand,
        /// The target, Å.
        to: DVec3,
    },
    /// Rotates the atoms of a hand about its target.
    Orient {
        /// The hand.
        hand: Hand,
        /// Rotation since the grab.
        rotation: DQuat,
    },
    /// Opens a hand.
    Release(Hand),
    /// Changes the structure.
    Edit(Edit),
    /// Replaces the potential.
    SetPotential(Box<dyn Potential>),
    /// Removes the potential: the structure can be displayed and edited but not run. Sent before a
    /// new structure, so that no potential evaluates one that it was not chosen for.
    RemovePotential,
    /// Sets the counts of steps, time and thermostat energy to zero.
    RestartClock,
    /// Several commands without a step or another client's command in between. Each is carried out or
    /// refused by itself.
    Batch(Vec<Command>),
    /// Maximum simulated time per second of wall time in dynamics, fs/s; `None`: as fast as possible.
    /// Relaxations are not limited.
    SpeedLimit(Option<f64>),
    /// Shows a recorded frame, and pauses the run and playback.
    ShowFrame(FrameAddress),
    /// Plays recorded frames from the shown one on, or from the first of the range; `None` pauses.
    Play(Option<Play>),
    /// Ends playback: shows the newest state and continues the run.
    EndPlayback,
    /// Makes a recorded frame the newest state, and stops there. Dynamics started there with the same
    /// potential and settings take the same steps as those that were recorded.
    ContinueFrom(FrameAddress),
    /// Forgets all recorded frames, and shows those of a trajectory file before new ones.
    RestartTimeline(Option<Arc<dyn FrameSource>>),
    /// Undoes the last change: an edit, a run back to its start, new velocities, atoms moved by a hand
    /// while nothing ran, or a return to an old frame. Stops a run.
    Undo,
    /// Redoes the change undone last, as long as no new one was made. A run returns to its state when it
    /// was undone, and stays stopped.
    Redo,
}
