//! Commands on their way to the engine: a bounded queue that folds what repeats.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::command::Command;
use super::constraint::Hand;
use super::edit::Edit;

/// Commands that may wait; one more is refused.
pub const CAPACITY: usize = 1024;

/// The number of a command, rising from 1 in the order of arrival.
pub type Ticket = u64;

/// The queue is full because the simulation does not keep up; the command was not taken.
#[derive(Debug, thiserror::Error)]
#[error("the simulation has {CAPACITY} commands waiting; try again after the next frame")]
pub struct Full;

/// A bounded queue between many senders and one engine.
///
/// - A `Move` replaces a waiting `Move` of the same hand, unless that hand was opened or closed in
///   between: the last place wins.
/// - A `Place` directly behind a `Place` joins it: the last place of an atom wins.
/// - A second `Release` of a hand that was not closed in between is the first one, and moves between
///   them are needless; the move before a `Release` stays, for it says where atoms are let go.
/// - At the bound a command is refused with [`Full`], except `Release` and `Stop`, which must not be
///   lost: of these at most one per hand, and one, wait beyond the bound.
pub struct Inbox {
    queue: Mutex<Queue>,
    bell: Sender<()>,
    bell_rung: Receiver<()>,
}

#[derive(Default)]
struct Queue {
    last_ticket: Ticket,
    waiting: VecDeque<(Ticket, Command)>,
    closed: bool,
}

impl Default for Inbox {
    fn default() -> Self {
        let (bell, bell_rung) = bounded(1);
        Inbox {
            queue: Mutex::default(),
            bell,
            bell_rung,
        }
    }
}

impl Inbox {
    /// Puts a command in the queue.
    ///
    /// # Errors
    /// [`Full`] at the bound.
    pub fn send(&self, command: Command) -> Result<Ticket, Full> {
        let mut queue = self.lock();
        let ticket = queue.last_ticket + 1;
        if let Some(left) = queue.fold(ticket, command) {
            let must_not_be_lost = matches!(left, Command::Release(_) | Command::Stop);
            if queue.waiting.len() >= CAPACITY && !must_not_be_lost {
                return Err(Full);
            }
            queue.waiting.push_back((ticket, left));
        }
        queue.last_ticket = ticket;
        drop(queue);
        self.ring();
        Ok(ticket)
    }

    /// Takes all that waits.
    pub fn drain(&self) -> VecDeque<(Ticket, Command)> {
        std::mem::take(&mut self.lock().waiting)
    }

    /// Says that no more commands will come.
    pub fn close(&self) {
        self.lock().closed = true;
        self.ring();
    }

    /// Whether no more commands will come.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Something to wait on: has a message when something was sent since the last look.
    pub fn bell(&self) -> &Receiver<()> {
        &self.bell_rung
    }

    fn ring(&self) {
        // A full bell channel means that the bell is ringing already.
        let _ = self.bell.try_send(());
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// Merges a command with one that waits; gives it back where there is none to merge with.
    fn fold(&mut self, ticket: Ticket, command: Command) -> Option<Command> {
        match command {
            Command::Move { hand, .. } => {
                let is_turn = |other: &Command| matches!(other, Command::Orient { .. });
                match self.last_of(hand, is_turn) {
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
                    .rposition(|(_, other)| names(other, hand) && !steers(other));
                match last {
                    Some(index) if matches!(self.waiting[index].1, Command::Release(_)) => {
                        self.waiting[index].0 = ticket;
                        self.drop_moves(hand, index + 1);
                    }
                    _ => return Some(command),
                }
            }
            Command::Stop => match self.waiting.back_mut() {
                Some(waiting @ (_, Command::Stop)) => waiting.0 = ticket,
                _ => return Some(command),
            },
            Command::Edit(Edit::Place(mut places)) => match self.waiting.back_mut() {
                Some((number, Command::Edit(Edit::Place(before)))) => {
                    let newer: HashSet<usize> = places.iter().map(|(atom, _)| *atom).collect();
                    before.retain(|(atom, _)| !newer.contains(atom));
                    before.append(&mut places);
                    *number = ticket;
                }
                _ => return Some(Command::Edit(Edit::Place(places))),
            },
            _ => return Some(command),
        }
        None
    }

    /// The last command of a hand that waits, but for those that make no difference to the new one.
    fn last_of(
        &mut self,
        hand: Hand,
        apart: impl Fn(&Command) -> bool,
    ) -> Option<&mut (Ticket, Command)> {
        let mut waiting = self.waiting.iter_mut().rev();
        waiting.find(|(_, other)| names(other, hand) && !apart(other))
    }

    fn drop_moves(&mut self, hand: Hand, from: usize) {
        let mut index = 0;
        self.waiting.retain(|(_, other)| {
            index += 1;
            let needless = steers(other) && names(other, hand);
            index <= from || !needless
        });
    }
}

/// Whether a command says where a closed hand is and how it is turned.
fn steers(command: &Command) -> bool {
    matches!(command, Command::Move { .. } | Command::Orient { .. })
}

fn names(command: &Command, hand: Hand) -> bool {
    match command {
        Command::Grab { hand: owner, .. }
        | Command::Move { hand: owner, .. }
        | Command::Orient { hand: owner, .. } => *owner == hand,
        Command::Release(owner) => *owner == hand,
        _ => false,
    }
}
