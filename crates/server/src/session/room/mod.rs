//! Session of a client in a room, a simulation that many clients share.
//!
//! A client receives the newest frame: a slow one skips frames, and delays nobody. Its role decides which
//! requests it may make. \[§3\]

mod requests;
mod tickets;
mod updates;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::Session;
use super::limits::{Limits, interval_of};
use super::message::{
    Body, ClientMessage, Content, Notice, Outgoing, People, PerceivedBonds, Welcome,
};
use super::outbox::{LinkStatistics, Outbox};
use super::parameters::Parameters;
use super::violation::Violation;
use mlipview_core::presence::{PersonId, Presence, Role};
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::inbox::{InboxFull, Ticket};
use mlipview_core::sim::{Command, Event, Hand};
use tickets::Tickets;
use updates::Updates;

/// A request for the owner of the session to execute in its room.
pub enum RoomRequest {
    /// Sends a command to the simulation and reports its [ticket](RoomSession::on_ticket).
    Command(Box<Command>),
    /// Sets the client's name and color.
    SetProfile(Option<String>, Option<[u8; 3]>),
    /// Sets the poses of the client's head and hands.
    SetPresence(Presence),
    /// Gives a person a role.
    Admit(PersonId, Role),
    /// Disconnects a person.
    Remove(PersonId),
    /// Creates a room.
    CreateRoom(String),
    /// Closes a room.
    CloseRoom(String),
}

/// A client that joins a room.
#[derive(Clone, Debug)]
pub struct JoinInfo {
    /// The client's id in the room.
    pub person: PersonId,
    /// The client's role.
    pub role: Role,
    /// The room's name.
    pub room: String,
    /// Names of all rooms.
    pub rooms: Vec<String>,
    /// Title of the room's structure.
    pub title: Arc<str>,
    /// Limits of the session.
    pub limits: Limits,
}

/// Session of a client in a room.
pub struct RoomSession {
    outbox: Outbox,
    person: PersonId,
    role: Role,
    room: String,
    rooms: Vec<String>,
    limits: Limits,
    parameters: Parameters,
    content: Content,
    wants_bonds: bool,
    updates: Updates,
    hands: BTreeSet<u32>,
    /// Requests, each with the interaction count that it answers.
    requests: VecDeque<(RoomRequest, u64)>,
    /// The interaction count of the last request that was returned.
    request_count: u64,
    tickets: Tickets,
}

impl RoomSession {
    /// A session that begins with a welcome.
    pub fn new(info: JoinInfo) -> RoomSession {
        let mut session = RoomSession {
            outbox: Outbox::default(),
            updates: Updates::new(info.title, interval_of(info.limits.max_rate)),
            person: info.person,
            role: info.role,
            room: info.room,
            rooms: info.rooms,
            limits: info.limits,
            parameters: Parameters::default(),
            content: Content::ORIGINAL,
            wants_bonds: false,
            hands: BTreeSet::new(),
            requests: VecDeque::new(),
            request_count: 0,
            tickets: Tickets::default(),
        };
        session.welcome();
        session
    }

    fn welcome(&mut self) {
        let welcome = Welcome {
            role: self.role,
            room: self.room.clone(),
            person: self.person,
            limits: self.limits,
            rooms: self.rooms.clone(),
        };
        self.outbox.push(Body::Welcome(welcome), 0, None);
    }

    /// Changes the client's role. A client that is no driver any more releases its hands.
    pub fn set_role(&mut self, role: Role) {
        if self.role != role {
            self.role = role;
            self.welcome();
        }
        if role < Role::Driver {
            for hand in std::mem::take(&mut self.hands) {
                self.command(Command::Release(self.person.hand(hand)), 0);
            }
        }
    }

    /// Sets the names of all rooms.
    pub fn set_rooms(&mut self, rooms: Vec<String>) {
        if self.rooms != rooms {
            self.rooms = rooms;
            self.welcome();
        }
    }

    /// Sets the title of the room's structure.
    pub fn set_title(&mut self, title: Arc<str>) {
        self.updates.title = title;
    }

    /// The next request to execute.
    pub fn next_request(&mut self) -> Option<RoomRequest> {
        let (request, count) = self.requests.pop_front()?;
        self.request_count = count;
        Some(request)
    }

    /// Reports the ticket of the last [`RoomRequest::Command`].
    pub fn on_ticket(&mut self, outcome: Result<Ticket, InboxFull>) {
        match outcome {
            Ok(ticket) => self.tickets.push(ticket, self.request_count),
            Err(full) => self.outbox.notify(format!("REFUSED: {full}")),
        }
    }

    /// Whether the client wants bonds.
    pub fn wants_bonds(&self) -> bool {
        self.wants_bonds
    }

    /// The client's closed hands, to release when it leaves.
    pub fn hands(&self) -> impl Iterator<Item = Hand> + '_ {
        let person = self.person;
        self.hands.iter().map(move |hand| person.hand(*hand))
    }

    /// Sets the newest frame; an earlier one that was not sent is skipped.
    pub fn on_frame(&mut self, frame: Arc<Frame>) {
        self.updates.frame = Some(frame);
    }

    /// Sets the newest bonds.
    pub fn on_bonds(&mut self, bonds: Arc<PerceivedBonds>) {
        self.updates.bonds = Some(bonds);
    }

    /// Sets the newest list of people.
    pub fn on_people(&mut self, people: Arc<People>) {
        self.updates.people = Some(people);
    }

    /// Reports an event of the simulation.
    pub fn on_event(&mut self, event: &Event) {
        match event {
            Event::Stopped { .. } => self.outbox.notify_stopped("SIMULATION_STOPPED"),
            Event::Converged { .. } => self.outbox.push_notice(Notice {
                message: "CONVERGED".to_owned(),
                stopped: true,
                converged: true,
            }),
            Event::Interrupted { reason } => {
                let message = format!("COMPUTE_ERROR: {reason}");
                self.outbox.notify_stopped(message);
            }
            Event::Unevaluated { reason } => {
                self.outbox.notify(format!("COMPUTE_ERROR: {reason}"));
            }
            Event::Refused { ticket, reason } if self.tickets.contains(*ticket) => {
                self.outbox.notify(format!("REFUSED: {reason}"));
            }
            _ => {}
        }
    }

    /// Sends a text notice.
    pub fn notify(&mut self, message: &str) {
        self.outbox.notify(message);
    }

    /// Statistics of the connection.
    pub fn statistics(&self) -> LinkStatistics {
        self.outbox.statistics()
    }

    /// Time until [`RoomSession::poll`] returns the newest frame; `None` if there is none to wait for.
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        self.updates.wait(now)
    }

    /// The next item to send. Call it only when the last one has been sent, so that a slow client skips
    /// frames.
    pub fn poll(&mut self, now: Duration) -> Option<Outgoing> {
        if self.outbox.is_empty()
            && !self.outbox.is_closed()
            && let Some(kind) = self.updates.next(now, self.wants_bonds)
            && self.outbox.may_stream()
            && let Some(body) = self.updates.take(kind, self.content, now)
        {
            if let Body::Frame(frame, _) = &body {
                self.tickets.on_frame(frame.ticket);
                self.outbox.sim_step = frame.step;
            }
            self.outbox
                .push(body, self.tickets.answered_count(), Some(now));
        }
        self.outbox.pop()
    }
}

impl Session for RoomSession {
    fn on_message(&mut self, message: ClientMessage, now: Duration) {
        self.outbox.on_message(&message, now);
        match message.request {
            Ok(None) => {}
            Ok(Some(request)) => self.on_request(request, message.interaction_count),
            Err(violation) => self.outbox.refuse(&violation),
        }
    }

    fn on_invalid(&mut self, violation: &Violation, now: Duration) {
        self.outbox.reject(violation, now);
    }

    fn close(&mut self, code: u16, reason: &str) {
        self.outbox.close(code, reason);
    }
}
