//! A guest in a room: the socket of a [`GuestSession`].

use std::future::pending;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::task::{block_in_place, spawn_blocking};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::calculators;
use super::house::House;
use super::limits::Allowance;
use super::room::{BondWatch, News, Room};
use super::rooms::NoRoom;
use super::socket::{Occurrence, Socket};
use crate::session::message::{Body, Closing, Outgoing, People};
use crate::session::{GuestSession, Invitation, Wish, wire};
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::{Command, Engine, Frame, spawn};

/// The other end is going away (RFC 6455, 7.4.1).
pub(super) const GOING_AWAY: u16 = 1001;

/// What is said to all when the server stops.
pub(super) const STOPPING: &str = "SERVER_STOPPING: the server is being shut down";

/// From this size on, reading a message takes so long that others should not wait for it, bytes.
const LARGE: usize = 64 << 10;

/// One guest in a room.
struct Guest {
    house: Arc<House>,
    room: Arc<Room>,
    person: PersonId,
    session: GuestSession,
    allowance: Allowance,
    bond_watch: Option<BondWatch>,
    /// The number of the last frame that was seen, and whether it was sent.
    seen: (u64, bool),
    /// Frames that had been sent when this was last looked at, and when that was.
    measured: (u64, Duration),
    /// Whether the last words are said.
    ending: bool,
}

/// What may be new in the room.
struct Windows {
    frames: watch::Receiver<Arc<Frame>>,
    people: watch::Receiver<Arc<People>>,
    bonds: watch::Receiver<Option<Arc<crate::session::SeenBonds>>>,
    news: broadcast::Receiver<News>,
    rooms: watch::Receiver<Vec<String>>,
    closing: watch::Receiver<bool>,
    stopping: watch::Receiver<bool>,
}

/// Holds the conversation until one side ends it.
pub(super) async fn attend(
    mut socket: Socket,
    room: Arc<Room>,
    role: Role,
    origin: &str,
    house: Arc<House>,
) {
    let person = match room.sim().roster().join(role, origin) {
        Ok(person) => person,
        Err(crowded) => {
            let words = format!("LIMIT: {crowded}");
            return socket.refuse(Closing::TRY_LATER, &words).await;
        }
    };
    house.telemetry.begun("room");
    tracing::info!(
        person = person.0,
        room = room.name(),
        role = role.name(),
        origin,
        "joined"
    );
    let mut windows = Windows::of(&room, &house);
    let session = GuestSession::new(Invitation {
        person,
        role,
        room: room.name().to_owned(),
        rooms: windows.rooms.borrow_and_update().clone(),
        title: room.sim().title(),
        limits: house.limits.conversation,
    });
    let now = house.clock.now();
    let rate = house.limits.conversation.messages_per_second;
    let mut guest = Guest {
        allowance: Allowance::new(rate, now),
        house,
        room,
        person,
        session,
        bond_watch: None,
        seen: (u64::MAX, true),
        measured: (0, now),
        ending: false,
    };
    let closing = guest.converse(&mut socket, &mut windows).await;
    guest.leave();
    if let Some(closing) = closing {
        socket.close(closing).await;
    }
}

impl Windows {
    fn of(room: &Room, house: &House) -> Windows {
        let mut windows = Windows {
            frames: room.frames.subscribe(),
            people: room.people.subscribe(),
            bonds: room.bonds.subscribe(),
            news: room.news.subscribe(),
            rooms: house.rooms.names(),
            closing: room.closing.subscribe(),
            stopping: house.stopping(),
        };
        // What is there already is new to who comes.
        windows.frames.mark_changed();
        windows.people.mark_changed();
        windows.bonds.mark_changed();
        windows
    }
}

impl Guest {
    /// Ends with how to close the connection; `None` where it is gone already.
    async fn converse(&mut self, socket: &mut Socket, windows: &mut Windows) -> Option<Closing> {
        let mut second = interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            if let ControlFlow::Break(closing) = self.say_all(socket, windows) {
                return Some(closing);
            }
            let free = !socket.is_sending();
            let due = self.session.wait(self.house.clock.now()).filter(|_| free);
            let wait = async {
                match due {
                    Some(due) => sleep(due).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                occurrence = socket.next(!self.ending) => match occurrence {
                    Occurrence::Sent => {}
                    Occurrence::Message(bytes) => self.hear(&bytes).await,
                    Occurrence::Text(_) => self.hear_text(),
                    Occurrence::Unreadable(how) => self.end(how.code, &how.reason),
                    Occurrence::Gone => return None,
                },
                () = wait => {}
                // Nobody who waits for the next frame's time is woken by others.
                _ = windows.frames.changed(), if free && due.is_none() => {}
                _ = windows.people.changed() => {
                    self.look_around(&windows.people);
                    self.grant_all().await;
                }
                _ = windows.bonds.changed(), if self.bond_watch.is_some() => {
                    let bonds = windows.bonds.borrow_and_update().clone();
                    bonds.into_iter().for_each(|bonds| self.session.see_bonds(bonds));
                }
                _ = windows.rooms.changed() => {
                    let names = windows.rooms.borrow_and_update().clone();
                    self.session.set_rooms(names);
                }
                news = windows.news.recv() => self.tell(news),
                _ = second.tick() => {
                    self.measure();
                    if !socket.is_alive() {
                        return None;
                    }
                }
                () = raised(&mut windows.closing), if !self.ending => {
                    self.end(GOING_AWAY, "ROOM_CLOSED: an owner has ended this room");
                }
                () = raised(&mut windows.stopping), if !self.ending => {
                    self.end(GOING_AWAY, STOPPING);
                }
            }
        }
    }

    /// Sends what is to be said until something does not go at once.
    fn say_all(&mut self, socket: &mut Socket, windows: &mut Windows) -> ControlFlow<Closing> {
        let newest = Arc::clone(&windows.frames.borrow_and_update());
        if newest.number != self.seen.0 {
            self.see(newest);
        }
        while !socket.is_sending()
            && let Some(outgoing) = self.session.poll(self.house.clock.now())
        {
            let message = match outgoing {
                Outgoing::Message(message) => message,
                Outgoing::Close(closing) => return ControlFlow::Break(closing),
            };
            if let Body::Frame(frame, _) = &message.body {
                self.seen = (frame.number, true);
                self.house.telemetry.frame_sent();
            }
            self.allowance.sent(message.seq);
            socket.send(message.seq, self.room.encode(&message));
        }
        ControlFlow::Continue(())
    }

    fn see(&mut self, frame: Arc<Frame>) {
        if !self.seen.1 {
            self.house.telemetry.frame_skipped();
        }
        self.seen = (frame.number, false);
        self.session.set_title(self.room.sim().title());
        self.session.see(frame);
    }

    async fn hear(&mut self, bytes: &[u8]) {
        let now = self.house.clock.now();
        let decoded = match bytes.len() {
            LARGE.. => block_in_place(|| wire::decode(bytes)),
            _ => wire::decode(bytes),
        };
        let message = decoded.as_ref().ok();
        if !self.allowance.admits(message, bytes.len(), now) {
            let words = self.allowance.exceeded();
            return self.end(Closing::POLICY, &words);
        }
        match decoded {
            Ok(message) => self.session.hear(message, now),
            // Heard once more, to be complained about.
            Err(_) => self.session.receive(bytes, now),
        }
        self.grant_all().await;
        let watches = self.session.wants_bonds();
        if watches != self.bond_watch.is_some() {
            self.bond_watch = watches.then(|| self.room.watch_bonds());
            let bonds = self.room.bonds.borrow().clone().filter(|_| watches);
            bonds
                .into_iter()
                .for_each(|bonds| self.session.see_bonds(bonds));
        }
    }

    fn hear_text(&mut self) {
        let now = self.house.clock.now();
        if self.allowance.admits(None, 0, now) {
            self.session.receive_text(now);
        } else {
            let words = self.allowance.exceeded();
            self.end(Closing::POLICY, &words);
        }
    }

    fn end(&mut self, code: u16, words: &str) {
        if !self.ending {
            self.ending = true;
            self.house.telemetry.refused(words);
            self.session.close(code, words);
        }
    }

    async fn grant_all(&mut self) {
        while let Some(wish) = self.session.next_wish() {
            self.grant(wish).await;
        }
    }

    async fn grant(&mut self, wish: Wish) {
        let room = Arc::clone(&self.room);
        let (roster, person) = (room.sim().roster(), self.person);
        match wish {
            Wish::Command(command) => {
                self.session.sent(room.sim().send(*command));
            }
            Wish::Introduce(name, color) => roster.set_profile(person, name.as_deref(), color),
            Wish::Place(presence) => roster.set_presence(person, presence),
            Wish::Admit(other, role) => {
                let here = roster.set_role(other, role);
                self.expect_person(here, other);
            }
            Wish::Remove(other) => {
                let here = roster.dismiss(other);
                self.expect_person(here, other);
            }
            Wish::CreateRoom(name) => {
                let outcome = create_room(&self.house, &room, &name).await;
                let made =
                    |caution| format!("ROOM_CREATED: {name} has a copy of this structure{caution}");
                self.session
                    .notify(&outcome.map_or_else(|reason| reason, made));
            }
            Wish::CloseRoom(name) => {
                let outcome = self.house.rooms.close(&name);
                let words = outcome.map_or_else(
                    |error| error.to_string(),
                    |()| format!("ROOM_CLOSED: {name}"),
                );
                self.session.notify(&words);
            }
        }
    }

    fn expect_person(&mut self, here: bool, other: PersonId) {
        if !here {
            let words = format!("REFUSED: nobody here has the number {}", other.0);
            self.session.notify(&words);
        }
    }

    /// Sees who is here, among them oneself: someone may have changed one's role.
    fn look_around(&mut self, people: &watch::Receiver<Arc<People>>) {
        let people = Arc::clone(&people.borrow());
        let found = people
            .people
            .binary_search_by_key(&self.person, |person| person.id);
        if let Ok(index) = found {
            let own = &people.people[index];
            self.session.set_role(own.role);
            if own.dismissed {
                self.end(
                    Closing::POLICY,
                    "REMOVED: an owner has ended this connection",
                );
            }
        }
        self.session.see_people(people);
    }

    fn tell(&mut self, news: Result<News, RecvError>) {
        match news {
            Ok(News::Event(event)) => self.session.tell(&event),
            Ok(News::Words(words)) => self.session.notify(&words),
            Err(RecvError::Lagged(count)) => {
                let words = format!("MISSED: {count} notices, because this reader is slow");
                self.session.notify(&words);
            }
            // Only the room itself closes it, and says so.
            Err(RecvError::Closed) => {}
        }
    }

    fn measure(&mut self) {
        let (now, link) = (self.house.clock.now(), self.session.link());
        let (frames, before) = self.measured;
        let passed = now.saturating_sub(before).as_secs_f64();
        if passed > 0.5 {
            let rate = (link.frames - frames) as f64 / passed;
            let latency = link.latency.map(|latency| latency.as_secs_f64() * 1e3);
            let roster = self.room.sim().roster();
            roster.set_statistics(self.person, rate, latency);
            self.measured = (link.frames, now);
        }
    }

    /// Opens all hands and goes.
    fn leave(&mut self) {
        let sim = self.room.sim();
        for hand in self.session.hands() {
            // The release of a hand is never refused.
            let _ = sim.send(Command::Release(hand));
        }
        sim.roster().leave(self.person);
        tracing::info!(person = self.person.0, room = self.room.name(), "left");
    }
}

/// Waits until something is true.
pub(super) async fn raised(flag: &mut watch::Receiver<bool>) {
    let _ = flag.wait_for(|raised| *raised).await;
}

/// Makes a room with a copy of what another one shows. Says what is to be minded about it, or why there
/// is none.
async fn create_room(house: &Arc<House>, room: &Room, name: &str) -> Result<String, String> {
    let said = |error: NoRoom| error.to_string();
    house.rooms.check(name).map_err(said)?;
    let structure = room.sim().newest().structure();
    let chooser = Arc::clone(house);
    let made = spawn_blocking(move || {
        let (potential, caution) = match calculators::provide(&chooser, "", &structure) {
            Ok(chosen) => {
                let caution = chosen.caution.map(|caution| format!("; note: {caution}"));
                (Some(chosen.potential), caution.unwrap_or_default())
            }
            // What cannot be run can still be looked at.
            Err(reason) => (None, format!("; it can be seen but not run: {reason}")),
        };
        let sim = spawn(Engine::new(structure, potential, 0));
        sim.map(|sim| (sim, caution))
            .map_err(|error| format!("REFUSED: no thread for it ({error})"))
    });
    let (sim, caution) = made
        .await
        .map_err(|_| "REFUSED: it could not be made".to_owned())??;
    sim.set_title(&room.sim().title());
    let max_rate = house.limits.conversation.max_rate;
    let made = Room::open(name, sim, max_rate, house.clock);
    let added = house.rooms.add(Arc::clone(&made));
    if added.is_err() {
        made.close();
    }
    added.map_err(said).map(|()| caution)
}
