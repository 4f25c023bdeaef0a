//! Connection of a client in a room.

mod look_back;
mod reading;
mod requests;
mod subscriptions;

use std::future::pending;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::time::sleep;

use super::connection::{Connection, ConnectionEvent, becomes_true};
use super::room::{BondWatch, Room, RoomFrame, RoomNotice, TimelineWatch};
use super::socket::Socket;
use super::state::AppState;
use crate::session::message::{Body, ClientMessage, Outgoing};
use crate::session::{CloseFrame, JoinInfo, PerceivedBonds, RoomSession, Session};
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::Command;
use reading::Reading;
use subscriptions::Subscriptions;

/// Connection of a client in a room.
struct RoomConnection {
    connection: Connection<RoomSession>,
    room: Arc<Room>,
    person: PersonId,
    subscriptions: Subscriptions,
    /// Keeps bonds perceived while the client wants them.
    bond_watch: Option<BondWatch>,
    /// Keeps summaries of the timeline up to date while the client wants them or looks back.
    timeline_watch: Option<TimelineWatch>,
    reading: Reading,
    /// Number of the newest frame; `None` before the first.
    newest_frame: Option<u64>,
    /// Whether the newest frame was sent.
    newest_sent: bool,
    /// Time of the last measurement of the frame rate.
    measured_at: Duration,
    /// Number of frames sent before it.
    measured_frames: u64,
}

/// Runs the session of a client in a room until one side closes it.
pub(super) async fn run(
    socket: Socket,
    room: Arc<Room>,
    role: Role,
    origin: &str,
    state: Arc<AppState>,
) {
    let person = match room.sim().roster().join(role, origin) {
        Ok(person) => person,
        Err(full) => {
            let reason = format!("LIMIT: {full}");
            return socket.refuse(CloseFrame::TRY_AGAIN_LATER, &reason).await;
        }
    };
    state.metrics.count_session("room");
    tracing::info!(
        person = person.0,
        room = room.name(),
        role = role.name(),
        origin,
        "joined"
    );
    let mut subscriptions = Subscriptions::new(&room, &state);
    let session = RoomSession::new(JoinInfo {
        person,
        role,
        room: room.name().to_owned(),
        rooms: subscriptions.rooms.borrow_and_update().clone(),
        title: room.sim().title(),
        limits: state.limits.session,
    });
    let connection = Connection::new(socket, session, state);
    let measured_at = connection.now();
    let mut client = RoomConnection {
        connection,
        room,
        person,
        subscriptions,
        bond_watch: None,
        timeline_watch: None,
        reading: Reading::default(),
        newest_frame: None,
        newest_sent: true,
        measured_at,
        measured_frames: 0,
    };
    let frame = client.run().await;
    client.leave();
    if let Some(frame) = frame {
        client.connection.socket.close(frame).await;
    }
}

impl RoomConnection {
    /// Returns the frame to close with; `None` if the client has disconnected.
    async fn run(&mut self) -> Option<CloseFrame> {
        loop {
            if let ControlFlow::Break(frame) = self.send_all() {
                return Some(frame);
            }
            self.start_reading();
            let sending = self.connection.socket.is_sending();
            let due = self.connection.session.wait(self.connection.now());
            let due = due.filter(|_| !sending);
            let frame_due = async {
                match due {
                    Some(due) => sleep(due).await,
                    None => pending().await,
                }
            };
            let open = !self.connection.is_closing();
            let changes = &mut self.subscriptions;
            tokio::select! {
                event = self.connection.next() => match event {
                    ConnectionEvent::Message(message) => self.on_message(*message).await,
                    ConnectionEvent::Handled => {}
                    ConnectionEvent::Second => self.measure(),
                    ConnectionEvent::Disconnected => return None,
                },
                () = frame_due => {}
                (address, read) = self.reading.next() => self.on_read(address, read),
                _ = changes.timeline.changed(), if self.timeline_watch.is_some() => {
                    self.on_timeline();
                }
                // New frames need not wake a client whose next frame is not due.
                _ = changes.frames.changed(), if !sending && due.is_none() => {}
                _ = changes.people.changed() => {
                    self.on_people();
                    self.execute_all().await;
                }
                _ = changes.bonds.changed(), if self.bond_watch.is_some() => {
                    let bonds = self.subscriptions.bonds.borrow_and_update().clone();
                    self.on_bonds(bonds);
                }
                _ = changes.rooms.changed() => {
                    let names = self.subscriptions.rooms.borrow_and_update().clone();
                    self.connection.session.set_rooms(names);
                }
                notice = changes.notices.recv() => self.on_notice(notice),
                () = becomes_true(&mut changes.closing), if open => {
                    let reason = "ROOM_CLOSED: an owner has closed this room";
                    self.connection.close(CloseFrame::GOING_AWAY, reason);
                }
            }
        }
    }

    /// Sends messages of the session until one cannot be sent at once.
    fn send_all(&mut self) -> ControlFlow<CloseFrame> {
        let newest = self.subscriptions.frames.borrow_and_update().clone();
        if self.newest_frame != Some(newest.frame.number) {
            self.on_frame(newest);
        }
        while !self.connection.socket.is_sending()
            && let Some(outgoing) = self.connection.session.poll(self.connection.now())
        {
            let message = match outgoing {
                Outgoing::Message(message) => message,
                Outgoing::Close(frame) => return ControlFlow::Break(frame),
            };
            if message.body.frame().is_some() {
                self.newest_sent |= !matches!(message.body, Body::LookBack(_));
                self.connection.state.metrics.count_frame_sent();
            }
            let bytes = self.room.encode(&message);
            self.connection.send(message.seq, bytes);
        }
        ControlFlow::Continue(())
    }

    fn on_frame(&mut self, newest: RoomFrame) {
        let session = &mut self.connection.session;
        if !self.newest_sent && !session.looks_back() {
            self.connection.state.metrics.count_frame_skipped();
        }
        (self.newest_frame, self.newest_sent) = (Some(newest.frame.number), false);
        session.set_title(self.room.sim().title());
        session.on_recorded_frame(newest.frame, newest.place);
    }

    fn on_bonds(&mut self, bonds: Option<Arc<PerceivedBonds>>) {
        if let Some(bonds) = bonds {
            self.connection.session.on_bonds(bonds);
        }
    }

    async fn on_message(&mut self, message: ClientMessage) {
        let now = self.connection.now();
        let wanted_timeline = self.connection.session.wants_timeline();
        self.connection.session.on_message(message, now);
        self.execute_all().await;
        let wants_bonds = self.connection.session.wants_bonds();
        if wants_bonds != self.bond_watch.is_some() {
            self.bond_watch = wants_bonds.then(|| self.room.watch_bonds());
            let bonds = self.room.bonds.borrow().clone();
            self.on_bonds(bonds.filter(|_| wants_bonds));
        }
        self.watch_timeline();
        if !wanted_timeline {
            self.on_timeline();
        }
    }

    /// Passes on the list of people. The client's own entry may have a new role, or be dismissed.
    fn on_people(&mut self) {
        let people = Arc::clone(&self.subscriptions.people.borrow());
        let found = people
            .people
            .binary_search_by_key(&self.person, |person| person.id);
        if let Ok(index) = found {
            let own = &people.people[index];
            self.connection.session.set_role(own.role);
            if own.dismissed {
                let reason = "REMOVED: an owner has ended this connection";
                self.connection.close(CloseFrame::POLICY_VIOLATION, reason);
            }
        }
        self.connection.session.on_people(people);
    }

    fn on_notice(&mut self, notice: Result<RoomNotice, RecvError>) {
        let session = &mut self.connection.session;
        match notice {
            Ok(RoomNotice::Event(event)) => session.on_event(&event),
            Ok(RoomNotice::Text(text)) => session.notify(&text),
            Err(RecvError::Lagged(count)) => {
                session.notify(&format!(
                    "MISSED: {count} notices, because this client is slow"
                ));
            }
            // The room has its own signal when it closes.
            Err(RecvError::Closed) => {}
        }
    }

    /// Reports frame rate and latency to the roster.
    fn measure(&mut self) {
        let (now, link) = (self.connection.now(), self.connection.session.statistics());
        let elapsed = now.saturating_sub(self.measured_at).as_secs_f64();
        if elapsed > 0.5 {
            let rate = (link.frames - self.measured_frames) as f64 / elapsed;
            let latency = link.latency.map(|latency| latency.as_secs_f64() * 1e3);
            let roster = self.room.sim().roster();
            roster.set_statistics(self.person, rate, latency);
            (self.measured_frames, self.measured_at) = (link.frames, now);
        }
    }

    /// Releases all hands and leaves the roster.
    fn leave(&mut self) {
        let sim = self.room.sim();
        for hand in self.connection.session.hands() {
            // The inbox never refuses a release.
            let _ = sim.send(Command::Release(hand));
        }
        sim.roster().leave(self.person);
        tracing::info!(person = self.person.0, room = self.room.name(), "left");
    }
}
