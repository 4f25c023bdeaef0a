//! The input of a simulation: a bounded queue of commands that merges repeated ones.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::command::Command;
use super::constraint::Hand;
use super::edit::Edit;

/// Maximum number of queued commands; further ones are refused.
pub const CAPACITY: usize = 1024;

/// Number of a command: 1, 2, … in the order of arrival.
pub type Ticket = u64;

/// Error of a full inbox: the simulation does not keep up, and the command was not queued.
#[derive(Debug, thiserror::Error)]
#[error("the simulation has {CAPACITY} commands waiting; try again after the next frame")]
pub struct InboxFull;

/// A bounded queue between many senders and one engine.
///
/// - A `Move` replaces a queued `Move` of the same hand, unless that hand was opened or closed in
///   between.
/// - An `Orient` replaces a queued `Orient` in the same way.
/// - A `ShowFrame` directly behind another replaces it.
/// - An [`Edit::SetPositions`] directly behind another is merged with it; the last position of an atom
///   counts.
/// - A second `Release` of a hand that was not closed in between is dropped, with the moves between
///   them. The move before a `Release` stays, because it sets where the atoms are released.
/// - A full queue refuses commands with [`InboxFull`], except `Release` and `Stop`, which must not be lost:
///   at most one `Release` per hand and one `Stop` exceed [`CAPACITY`].
pub struct Inbox {
    queue: Mutex<Queue>,
    notify: Sender<()>,
    signal: Receiver<()>,
}

/// The queue and the number of its last command.
#[derive(Default)]
struct Queue {
    last_ticket: Ticket,
    waiting: VecDeque<(Ticket, Command)>,
    closed: bool,
}

impl Default for Inbox {
    fn default() -> Self {
        let (notify, signal) = bounded(1);
        Inbox {
            queue: Mutex::default(),
            notify,
            signal,
        }
    }
}

impl Inbox {
    /// Queues a command.
    ///
    /// # Errors
    /// [`InboxFull`] at [`CAPACITY`].
    pub fn send(&self, command: Command) -> Result<Ticket, InboxFull> {
        let mut queue = self.lock();
        let ticket = queue.last_ticket + 1;
        if let Some(command) = queue.merge(ticket, command) {
            let must_not_be_lost = matches!(command, Command::Release(_) | Command::Stop);
            if queue.waiting.len() >= CAPACITY && !must_not_be_lost {
                return Err(InboxFull);
            }
            queue.waiting.push_back((ticket, command));
        }
        queue.last_ticket = ticket;
        drop(queue);
        self.notify();
        Ok(ticket)
    }

    /// Removes and returns all queued commands.
    pub fn drain(&self) -> VecDeque<(Ticket, Command)> {
        std::mem::take(&mut self.lock().waiting)
    }

    /// Closes the queue: the simulation is to end.
    pub fn close(&self) {
        self.lock().closed = true;
        self.notify();
    }

    /// Whether the queue is closed.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// A channel to wait on; it has a message if a command was queued since the last one was read.
    pub fn signal(&self) -> &Receiver<()> {
        &self.signal
    }

    /// Wakes the reader of [`Inbox::signal`] without a command.
    pub fn notify(&self) {
        // A full channel has signaled already.
        let _ = self.notify.try_send(());
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// Merges a command with a queued one; returns it if there is none to merge with.
    fn merge(&mut self, ticket: Ticket, command: Command) -> Option<Command> {
        match command {
            Command::Move { hand, .. } => {
                let is_rotation = |other: &Command| matches!(other, Command::Orient { .. });
                match self.last_of(hand, is_rotation) {
                    Some(waiting @ (_, Command::Move { .. })) => *waiting = (ticket, command),
                    _ => return Some(command),
                }
            }
            Command::Orient { hand, .. } => {
                let is_move = |other: &Command| matches!(other, Command::Move { .. });
                match self.last_of(hand, is_move) {
                    Some(waiting @ (_, Command::Orient { .. })) => *waiting = (ticket, command),
                    _ => return Some(command),
                }
            }
            Command::Release(hand) => {
                let last = self
                    .waiting
                    .iter()
                    .rposition(|(_, other)| hand_of(other) == Some(hand) && !is_motion(other));
                match last {
                    Some(index) if matches!(self.waiting[index].1, Command::Release(_)) => {
                        self.waiting[index].0 = ticket;
                        self.drop_moves(hand, index + 1);
                    }
                    _ => return Some(command),
                }
            }
            Command::ShowFrame(_) => match self.waiting.back_mut() {
                Some(waiting @ (_, Command::ShowFrame(_))) => *waiting = (ticket, command),
                _ => return Some(command),
            },
            Command::Stop => match self.waiting.back_mut() {
                Some(waiting @ (_, Command::Stop)) => waiting.0 = ticket,
                _ => return Some(command),
            },
            Command::Edit(Edit::SetPositions(mut positions)) => match self.waiting.back_mut() {
                Some((number, Command::Edit(Edit::SetPositions(before)))) => {
                    let newer: HashSet<usize> = positions.iter().map(|(atom, _)| *atom).collect();
                    before.retain(|(atom, _)| !newer.contains(atom));
                    before.append(&mut positions);
                    *number = ticket;
                }
                _ => return Some(Command::Edit(Edit::SetPositions(positions))),
            },
            _ => return Some(command),
        }
        None
    }

    /// The last queued command of a hand, other than those to ignore.
    fn last_of(
        &mut self,
        hand: Hand,
        ignore: impl Fn(&Command) -> bool,
    ) -> Option<&mut (Ticket, Command)> {
        let mut waiting = self.waiting.iter_mut().rev();
        waiting.find(|(_, other)| hand_of(other) == Some(hand) && !ignore(other))
    }

    /// Removes the moves and rotations of a hand from an index on.
    fn drop_moves(&mut self, hand: Hand, from: usize) {
        let mut index = 0;
        self.waiting.retain(|(_, other)| {
            index += 1;
            let is_obsolete = is_motion(other) && hand_of(other) == Some(hand);
            index <= from || !is_obsolete
        });
    }
}

/// Whether a command moves or rotates a closed hand.
fn is_motion(command: &Command) -> bool {
    matches!(command, Command::Move { .. } | Command::Orient { .. })
}

/// The hand of a command.
fn hand_of(command: &Command) -> Option<Hand> {
    match command {
        Command::Grab { hand, .. }
        | Command::Move { hand, .. }
        | Command::Orient { hand, .. }
        | Command::Release(hand) => Some(*hand),
        _ => None,
    }
}
