//! Session of a client in a room, a simulation that many clients share.
//!
//! A client receives the newest frame: a slow one skips frames, and delays nobody. Its role decides which
//! requests it may make. \[§3\]

mod client_requests;
mod events;
mod join_info;
mod look_back;
mod room_request;
mod tickets;
mod updates;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::Session;
use super::limits::{Limits, interval_of};
use super::message::{
    Body, ClientMessage, FrameContent, Outgoing, People, PerceivedBonds, Welcome,
};
use super::outbox::{LinkStatistics, Outbox};
use super::parameters::Parameters;
use super::timeline::{TimelinePlace, TimelineSummary};
use super::violation::Violation;
pub use join_info::JoinInfo;
pub use look_back::{LookBackError, RecordedFrame};
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::{Command, FrameAddress, Hand};
pub use room_request::RoomRequest;
use tickets::Tickets;
use updates::Updates;

/// Session of a client in a room.
pub struct RoomSession {
    outbox: Outbox,
    person: PersonId,
    role: Role,
    room: String,
    rooms: Vec<String>,
    limits: Limits,
    parameters: Parameters,
    content: FrameContent,
    wants_bonds: bool,
    wants_timeline: bool,
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
            content: FrameContent::ORIGINAL,
            wants_bonds: false,
            wants_timeline: false,
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
        self.on_recorded_frame(frame, TimelinePlace::default());
    }

    /// Sets the newest frame, with its place in the timeline if it is a recorded one.
    pub fn on_recorded_frame(&mut self, frame: Arc<Frame>, place: TimelinePlace) {
        (self.updates.frame, self.updates.place) = (Some(frame), place);
    }

    /// Sets the newest bonds.
    pub fn on_bonds(&mut self, bonds: Arc<PerceivedBonds>) {
        self.updates.set_bonds(bonds);
    }

    /// Whether the client wants summaries of the timeline.
    pub fn wants_timeline(&self) -> bool {
        self.wants_timeline
    }

    /// Sets the newest summary of the timeline; an earlier one that was not sent is skipped.
    pub fn on_timeline(&mut self, summary: Arc<TimelineSummary>) {
        if self.wants_timeline {
            self.updates.timeline = Some(summary);
        }
    }

    /// Whether the client looks back, or has requested to.
    pub fn looks_back(&self) -> bool {
        self.updates.look_back.is_active()
    }

    /// The frame that the client looks back at, once it was read.
    pub fn looked_back_at(&self) -> Option<FrameAddress> {
        let shown = self.updates.look_back.frame.as_ref()?;
        Some(shown.frame.playback?.address)
    }

    /// The recorded frame to read now, if there is one; report it to [`RoomSession::on_read`]. At most one
    /// frame is read at a time, and no more than are sent.
    pub fn next_read(&mut self, now: Duration) -> Option<FrameAddress> {
        let may_read = !self.outbox.is_closed() && self.updates.may_read(now);
        may_read
            .then(|| self.updates.look_back.start_reading())
            .flatten()
    }

    /// Reports a frame of [`RoomSession::next_read`], or why it cannot be read.
    pub fn on_read(
        &mut self,
        address: FrameAddress,
        outcome: Result<RecordedFrame, LookBackError>,
    ) {
        let updates = &mut self.updates;
        match outcome {
            Ok(recorded) => {
                let newest = updates.frame.as_deref();
                updates.look_back.on_read(address, recorded, newest);
            }
            Err(error) => {
                if updates.look_back.on_unreadable(address) {
                    self.end_look_back(&error);
                }
            }
        }
    }

    /// Ends looking back with a notice: the newest frames follow.
    pub fn end_look_back(&mut self, reason: &LookBackError) {
        self.updates.follow();
        self.outbox.notify(format!(
            "LOOK_BACK_ENDED: {reason}; the newest frames follow"
        ));
    }

    /// Sets the newest list of people.
    pub fn on_people(&mut self, people: Arc<People>) {
        self.updates.people = Some(people);
    }

    /// Sends a text notice.
    pub fn notify(&mut self, message: &str) {
        self.outbox.notify(message);
    }

    /// Statistics of the connection.
    pub fn statistics(&self) -> LinkStatistics {
        self.outbox.statistics()
    }

    /// Time until [`RoomSession::poll`] returns a frame or a summary, or [`RoomSession::next_read`] an
    /// address; `None` if there is none to wait for.
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
            if let Some(frame) = body.frame() {
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
