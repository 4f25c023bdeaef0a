//! Requests of a client in a room: checked against its role and limits, then queued.

use super::{RoomRequest, RoomSession};
use crate::session::Session;
use crate::session::close::CloseFrame;
use crate::session::draft::{Draft, DraftUpdate};
use crate::session::limits::interval_of;
use crate::session::message::{Attach, ClientRequest, FrameContent, Interaction, Start};
use mlipview_core::presence::Role;
use mlipview_core::sim::{Command, FrameAddress};

/// Maximum number of closed hands of one client.
const MAX_HANDS: usize = 16;

/// Maximum number of queued requests; a client with more is disconnected.
const MAX_REQUESTS: usize = 1024;

impl RoomSession {
    /// Queues a request, or refuses it with a notice. `count` is the interaction count that it answers.
    pub(super) fn on_request(&mut self, request: ClientRequest, count: u64) {
        let required = required_role(&request);
        if self.role < required {
            return self.outbox.notify(format!(
                "FORBIDDEN: your role is {}, this requires {}; an owner can admit you",
                self.role.name(),
                required.name()
            ));
        }
        let person = self.person;
        match request {
            ClientRequest::Attach(attach) => self.attach(attach),
            ClientRequest::Presence(presence) => {
                self.push(RoomRequest::SetPresence(presence), count);
            }
            ClientRequest::Interact(interaction) => self.interact(&interaction, count),
            ClientRequest::Start(start) => self.start(&start, count),
            ClientRequest::Stop => self.command(Command::Stop, count),
            ClientRequest::Grab { hand, atoms, grip } => {
                if !self.hands.contains(&hand) && self.hands.len() >= MAX_HANDS {
                    let limit =
                        format!("LIMIT: {MAX_HANDS} hands per client at most; release one first");
                    return self.outbox.notify(limit);
                }
                self.hands.insert(hand);
                let hand = person.hand(hand);
                self.command(Command::Grab { hand, atoms, grip }, count);
            }
            ClientRequest::Move { hand, to } => {
                let hand = person.hand(hand);
                self.command(Command::Move { hand, to }, count);
            }
            ClientRequest::Release { hand } => {
                self.hands.remove(&hand);
                self.command(Command::Release(person.hand(hand)), count);
            }
            ClientRequest::Undo => self.command(Command::Undo, count),
            ClientRequest::Redo => self.command(Command::Redo, count),
            ClientRequest::Admit(person, role) => {
                self.push(RoomRequest::Admit(person, role), count);
            }
            ClientRequest::Remove(person) => self.push(RoomRequest::Remove(person), count),
            ClientRequest::CreateRoom(name) => self.push(RoomRequest::CreateRoom(name), count),
            ClientRequest::CloseRoom(name) => self.push(RoomRequest::CloseRoom(name), count),
            ClientRequest::ShowFrame(address) => self.playback(Command::ShowFrame(address), count),
            ClientRequest::Play(play) => self.playback(Command::Play(play), count),
            ClientRequest::EndPlayback => self.playback(Command::EndPlayback, count),
            ClientRequest::ContinueFrom(address) => {
                self.playback(Command::ContinueFrom(address), count);
            }
            ClientRequest::LookBack(address) => self.look_back(address),
        }
    }

    fn attach(&mut self, attach: Attach) {
        self.content = FrameContent::select(&attach, false);
        self.wants_bonds = attach.bonds;
        self.wants_timeline = attach.timeline;
        let max_rate = self.limits.max_rate;
        let rate = attach.max_rate.unwrap_or(max_rate).min(max_rate);
        self.updates.reset_frames(interval_of(rate));
        self.push(RoomRequest::SetProfile(attach.name, attach.color), 0);
    }

    /// Applies a change to the newest frame that the client can have received.
    fn interact(&mut self, interaction: &Interaction, count: u64) {
        let Some(frame) = &self.updates.frame else {
            return;
        };
        let max_atoms = self.limits.atoms.max(frame.positions.len());
        let reach = interaction.reach();
        if reach > max_atoms {
            let limit =
                format!("LIMIT: this room has {max_atoms} atoms at most, not {reach}; send fewer");
            return self.outbox.notify(limit);
        }
        match Draft::from_frame(frame).apply(interaction) {
            Ok(DraftUpdate::Edit { edit, .. }) => self.command(Command::Edit(edit), count),
            Ok(DraftUpdate::Incomplete) => self.outbox.notify("IDLE_WAITING_FOR_GEOMETRY"),
            Err(violation) => self.outbox.refuse(&violation),
        }
    }

    fn start(&mut self, start: &Start, count: u64) {
        let previous = self.parameters.clone();
        let task = match self.parameters.start(start) {
            // People watch a room: a structure that nobody holds stays in view.
            Ok(task) => task.damping_rigid_motion(),
            Err(error) => return self.outbox.notify(error.to_string()),
        };
        let requested = self.parameters.calculator();
        let frame = self.updates.frame.as_ref();
        let current = frame.and_then(|frame| frame.potential.clone());
        let current = current.unwrap_or_default();
        if !requested.is_empty() && !requested.eq_ignore_ascii_case(&current) {
            self.parameters = previous;
            return self.outbox.notify(format!(
                "CALCULATOR_NOT_SUPPORTED: this room has {current:?}, which clients cannot change"
            ));
        }
        let command = match start.steps {
            0 => Command::Run(task),
            steps => Command::Steps(task, steps),
        };
        self.command(command, count);
    }

    /// Looks back at a frame, or follows the newest ones.
    fn look_back(&mut self, address: Option<FrameAddress>) {
        match address {
            Some(address) => self.updates.look_back.request(address),
            None if self.looks_back() => self.updates.follow(),
            None => {}
        }
    }

    /// Sends a command about what the room shows, which the client then sees too.
    fn playback(&mut self, command: Command, count: u64) {
        self.look_back(None);
        self.command(command, count);
    }

    pub(super) fn command(&mut self, command: Command, count: u64) {
        self.push(RoomRequest::Command(Box::new(command)), count);
    }

    fn push(&mut self, request: RoomRequest, count: u64) {
        if self.requests.len() >= MAX_REQUESTS {
            let reason =
                format!("LIMIT: {MAX_REQUESTS} requests wait at most; send fewer at a time");
            self.close(CloseFrame::POLICY_VIOLATION, &reason);
        } else {
            self.requests.push_back((request, count));
        }
    }
}

/// The lowest role that may make a request.
fn required_role(request: &ClientRequest) -> Role {
    match request {
        ClientRequest::Attach(_) | ClientRequest::Presence(_) | ClientRequest::LookBack(_) => {
            Role::Spectator
        }
        ClientRequest::Admit(..)
        | ClientRequest::Remove(_)
        | ClientRequest::CreateRoom(_)
        | ClientRequest::CloseRoom(_) => Role::Owner,
        _ => Role::Driver,
    }
}
