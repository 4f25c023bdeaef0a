//! Tickets of a client's commands.

use std::collections::VecDeque;

use mlipview_core::sim::inbox::Ticket;

/// Maximum number of tickets kept in each list.
const MAX_TICKETS: usize = 1024;

/// Tickets of a client's commands: they decide which interaction count a frame answers, and which
/// refusals are the client's own.
#[derive(Default)]
pub(super) struct Tickets {
    /// Commands without a frame, each with its interaction count.
    pending: VecDeque<(Ticket, u64)>,
    /// Commands whose frames were sent; the simulation can still refuse them.
    answered: VecDeque<Ticket>,
    answered_count: u64,
}

impl Tickets {
    /// Adds a command and its interaction count.
    pub(super) fn push(&mut self, ticket: Ticket, count: u64) {
        self.pending.push_back((ticket, count));
        if self.pending.len() > MAX_TICKETS {
            self.answer_first();
        }
    }

    /// Marks all commands as answered that a frame with this ticket includes.
    pub(super) fn on_frame(&mut self, newest: Ticket) {
        while self
            .pending
            .front()
            .is_some_and(|(ticket, _)| *ticket <= newest)
        {
            self.answer_first();
        }
    }

    fn answer_first(&mut self) {
        if let Some((ticket, count)) = self.pending.pop_front() {
            self.answered_count = self.answered_count.max(count);
            self.answered.push_back(ticket);
            if self.answered.len() > MAX_TICKETS {
                self.answered.pop_front();
            }
        }
    }

    /// The highest interaction count of all answered commands.
    pub(super) fn answered_count(&self) -> u64 {
        self.answered_count
    }

    /// Whether a command is the client's own.
    pub(super) fn contains(&self, ticket: Ticket) -> bool {
        self.pending.iter().any(|(own, _)| *own == ticket) || self.answered.contains(&ticket)
    }
}
