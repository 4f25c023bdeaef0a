//! A conversation with a client that looks through a window on a simulation which others see too.
//!
//! The newest frame is the truth: a guest that is slow skips frames, and costs nobody anything. What it
//! may do depends on its role. \[§3\]

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::conversation::{Conversation, Limits, Link, interval_of};
use super::draft::{Draft, Drafted};
use super::message::{
    Attach, Body, ClientMessage, Closing, Content, Format, Interaction, Notice, Outgoing, People,
    Request, SeenBonds, Start, Welcome,
};
use super::parameters::Parameters;
use super::refusal::Violation;
use super::wire;
use mlipview_core::presence::{PersonId, Presence, Role};
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::inbox::{Full, Ticket};
use mlipview_core::sim::{Command, Event};

/// Hands that one guest may have closed at a time; one more is refused.
const MOST_HANDS: usize = 16;

/// Wishes that may wait to be carried out; a guest with more breaks the limit and has to go.
const MOST_WISHES: usize = 1024;

/// Commands whose fate is remembered, so that a refusal reaches whoever asked.
const REMEMBERED: usize = 1024;

/// What a guest wants of the room.
pub enum Wish {
    /// To send a command to its simulation, and [tell](GuestSession::sent) its ticket.
    Command(Box<Command>),
    /// To be called so, in this color.
    Introduce(Option<String>, Option<[u8; 3]>),
    /// To be seen here.
    Place(Presence),
    /// To give someone a role.
    Admit(PersonId, Role),
    /// To end someone's connection.
    Remove(PersonId),
    /// To make a room.
    CreateRoom(String),
    /// To end a room.
    CloseRoom(String),
}

/// Who comes, and where to.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Who they are to the others.
    pub person: PersonId,
    /// What they may do.
    pub role: Role,
    /// The room's name.
    pub room: String,
    /// All rooms.
    pub rooms: Vec<String>,
    /// What is open there.
    pub title: Arc<str>,
    /// What the server allows.
    pub limits: Limits,
}

/// One conversation with a client in a room.
pub struct GuestSession {
    conversation: Conversation,
    invitation: Invitation,
    parameters: Parameters,
    content: Content,
    wants_bonds: bool,
    /// The least time between two frames.
    interval: Duration,
    /// When the next frame may go.
    due: Duration,
    newest: Option<Arc<Frame>>,
    /// The last frame, structure, bonds and title that were sent.
    sent_frame: Option<u64>,
    sent_structure: Option<u64>,
    sent_title: Arc<str>,
    bonds: Option<Arc<SeenBonds>>,
    people: Option<Arc<People>>,
    hands: BTreeSet<u32>,
    wishes: VecDeque<(Wish, u64)>,
    /// The count of interactions that the last wish answers.
    wish_count: u64,
    /// Tickets of commands and the counts that their frames will echo.
    tickets: VecDeque<(Ticket, u64)>,
    /// Of commands whose frames have gone: a refusal may still come.
    past_tickets: VecDeque<Ticket>,
    echoed: u64,
}

impl GuestSession {
    /// A conversation that begins with a welcome.
    pub fn new(invitation: Invitation) -> GuestSession {
        let interval = interval_of(invitation.limits.max_rate);
        let mut session = GuestSession {
            conversation: Conversation::default(),
            sent_title: Arc::clone(&invitation.title),
            invitation,
            parameters: Parameters::default(),
            // Until a guest says what it wants, it gets what the original's clients know.
            content: Content {
                format: Format::Double,
                velocities: true,
                forces: true,
            },
            wants_bonds: false,
            interval,
            due: Duration::ZERO,
            newest: None,
            sent_frame: None,
            sent_structure: None,
            bonds: None,
            people: None,
            hands: BTreeSet::new(),
            wishes: VecDeque::new(),
            wish_count: 0,
            tickets: VecDeque::new(),
            past_tickets: VecDeque::new(),
            echoed: 0,
        };
        session.welcome();
        session
    }

    fn welcome(&mut self) {
        let welcome = Welcome {
            role: self.invitation.role,
            room: self.invitation.room.clone(),
            person: self.invitation.person,
            limits: self.invitation.limits,
            rooms: self.invitation.rooms.clone(),
        };
        self.conversation.say(Body::Welcome(welcome), 0, None);
    }

    /// Changes what the guest may do, and tells.
    pub fn set_role(&mut self, role: Role) {
        if self.invitation.role != role {
            self.invitation.role = role;
            self.welcome();
        }
        if role < Role::Driver {
            self.open_hands();
        }
    }

    /// Lets go of what a driver held who is none any more, and could not do so.
    fn open_hands(&mut self) {
        let person = self.invitation.person;
        for hand in std::mem::take(&mut self.hands) {
            self.command(Command::Release(person.hand(hand)), 0);
        }
    }

    /// Tells which rooms there are.
    pub fn set_rooms(&mut self, rooms: Vec<String>) {
        if self.invitation.rooms != rooms {
            self.invitation.rooms = rooms;
            self.welcome();
        }
    }

    /// Changes what is said to be open.
    pub fn set_title(&mut self, title: Arc<str>) {
        self.invitation.title = title;
    }

    /// Hears a binary message.
    pub fn receive(&mut self, bytes: &[u8], now: Duration) {
        match wire::decode(bytes) {
            Ok(message) => self.hear(message, now),
            Err(violation) => self.conversation.complain(&violation, now),
        }
    }

    /// Hears a text message, which does not count. \[2\]
    pub fn receive_text(&mut self, now: Duration) {
        self.conversation.complain(&Violation::Text, now);
    }

    /// Hears a message.
    pub fn hear(&mut self, message: ClientMessage, now: Duration) {
        self.conversation.hear(&message, now);
        let count = message.interaction_count;
        match message.request {
            Ok(None) => {}
            Ok(Some(Request::Attach(attach))) => self.attach(attach),
            Ok(Some(Request::Presence(presence))) => self.wish(Wish::Place(presence), count),
            Ok(Some(request)) => self.consider(request, count),
            Err(violation) => self.conversation.refuse(&violation),
        }
    }

    fn attach(&mut self, attach: Attach) {
        self.content = Content {
            format: attach.format,
            velocities: attach.velocities.unwrap_or(false),
            forces: attach.forces.unwrap_or(false),
        };
        self.wants_bonds = attach.bonds;
        let most = self.invitation.limits.max_rate;
        self.interval = interval_of(attach.max_rate.unwrap_or(most).min(most));
        // What it sees changes at once, also where nothing moves.
        self.sent_frame = None;
        self.wish(Wish::Introduce(attach.name, attach.color), 0);
    }

    fn consider(&mut self, request: Request, count: u64) {
        let needed = match request {
            Request::Admit(..)
            | Request::Remove(_)
            | Request::CreateRoom(_)
            | Request::CloseRoom(_) => Role::Owner,
            _ => Role::Driver,
        };
        let role = self.invitation.role;
        if role < needed {
            return self.conversation.notify(format!(
                "FORBIDDEN: you are here as {}, and this takes the role of {}; an owner can admit you",
                role.name(),
                needed.name()
            ));
        }
        let person = self.invitation.person;
        match request {
            Request::Interact(interaction) => self.interact(&interaction, count),
            Request::Start(start) => self.start(&start, count),
            Request::Stop => self.command(Command::Stop, count),
            Request::Grab { hand, atoms, grip } => {
                if !self.hands.contains(&hand) && self.hands.len() >= MOST_HANDS {
                    let limit = format!("LIMIT: a client has {MOST_HANDS} hands at most");
                    return self.conversation.notify(limit);
                }
                self.hands.insert(hand);
                let hand = person.hand(hand);
                self.command(Command::Grab { hand, atoms, grip }, count);
            }
            Request::Move { hand, to } => {
                let hand = person.hand(hand);
                self.command(Command::Move { hand, to }, count);
            }
            Request::Release { hand } => {
                self.hands.remove(&hand);
                self.command(Command::Release(person.hand(hand)), count);
            }
            Request::Undo => self.command(Command::Undo, count),
            Request::Redo => self.command(Command::Redo, count),
            Request::Admit(person, role) => self.wish(Wish::Admit(person, role), count),
            Request::Remove(person) => self.wish(Wish::Remove(person), count),
            Request::CreateRoom(name) => self.wish(Wish::CreateRoom(name), count),
            Request::CloseRoom(name) => self.wish(Wish::CloseRoom(name), count),
            Request::Attach(_) | Request::Presence(_) => {}
        }
    }

    /// A change of the structure, relative to what the guest can have seen.
    fn interact(&mut self, interaction: &Interaction, count: u64) {
        let Some(frame) = &self.newest else { return };
        let most = self.invitation.limits.atoms.max(frame.positions.len());
        let reach = interaction.reach();
        if reach > most {
            let limit = format!("LIMIT: a client may make {most} atoms here, not {reach}");
            return self.conversation.notify(limit);
        }
        match Draft::of(frame).apply(interaction) {
            Ok(Drafted::Edit { edit, .. }) => self.command(Command::Edit(edit), count),
            Ok(Drafted::Incomplete) => self.conversation.notify("IDLE_WAITING_FOR_GEOMETRY"),
            Err(violation) => self.conversation.refuse(&violation),
        }
    }

    fn start(&mut self, start: &Start, count: u64) {
        let before = self.parameters.clone();
        let task = match self.parameters.start(start) {
            // People watch a room: what nobody holds stays in sight.
            Ok(task) => task.damping_rigid_motion(),
            Err(error) => return self.conversation.notify(error.to_string()),
        };
        let asked = self.parameters.calculator().to_owned();
        let here = self
            .newest
            .as_ref()
            .and_then(|frame| frame.potential.clone());
        let here = here.unwrap_or_default();
        if !asked.is_empty() && !asked.eq_ignore_ascii_case(&here) {
            self.parameters = before;
            return self.conversation.notify(format!(
                "CALCULATOR_NOT_SUPPORTED: this room has {here:?}, and who sits at it chooses"
            ));
        }
        let command = match start.steps {
            0 => Command::Run(task),
            steps => Command::Steps(task, steps),
        };
        self.command(command, count);
    }

    fn command(&mut self, command: Command, count: u64) {
        self.wish(Wish::Command(Box::new(command)), count);
    }

    fn wish(&mut self, wish: Wish, count: u64) {
        if self.wishes.len() >= MOST_WISHES {
            self.close(Closing::POLICY, "LIMIT: too many requests wait");
        } else {
            self.wishes.push_back((wish, count));
        }
    }

    /// What the guest wants next.
    pub fn next_wish(&mut self) -> Option<Wish> {
        let (wish, count) = self.wishes.pop_front()?;
        self.wish_count = count;
        Some(wish)
    }

    /// What became of the last [`Wish::Command`].
    pub fn sent(&mut self, outcome: Result<Ticket, Full>) {
        match outcome {
            Ok(ticket) => {
                self.tickets.push_back((ticket, self.wish_count));
                if self.tickets.len() > REMEMBERED {
                    self.pass_ticket();
                }
            }
            Err(full) => self.conversation.notify(format!("REFUSED: {full}")),
        }
    }

    fn pass_ticket(&mut self) {
        if let Some((ticket, count)) = self.tickets.pop_front() {
            self.echoed = self.echoed.max(count);
            self.past_tickets.push_back(ticket);
            if self.past_tickets.len() > REMEMBERED {
                self.past_tickets.pop_front();
            }
        }
    }

    /// Whether the guest wants to see bonds.
    pub fn wants_bonds(&self) -> bool {
        self.wants_bonds
    }

    /// The hands that are closed, to be opened when the guest leaves.
    pub fn hands(&self) -> impl Iterator<Item = mlipview_core::sim::Hand> + '_ {
        let person = self.invitation.person;
        self.hands.iter().map(move |hand| person.hand(*hand))
    }

    /// Sees the newest frame. Those that were not sent yet are forgotten.
    pub fn see(&mut self, frame: Arc<Frame>) {
        self.newest = Some(frame);
    }

    /// Sees what is bonded.
    pub fn see_bonds(&mut self, bonds: Arc<SeenBonds>) {
        self.bonds = Some(bonds);
    }

    /// Sees who is here.
    pub fn see_people(&mut self, people: Arc<People>) {
        self.people = Some(people);
    }

    /// Hears what happened in the simulation.
    pub fn tell(&mut self, event: &Event) {
        match event {
            Event::Stopped { .. } => self.conversation.notify_stopped("SIMULATION_STOPPED"),
            Event::Converged { .. } => self.conversation.notice(Notice {
                message: "CONVERGED".to_owned(),
                stopped: true,
                converged: true,
            }),
            Event::Interrupted { reason } => {
                let message = format!("COMPUTE_ERROR: {reason}");
                self.conversation.notify_stopped(message);
            }
            Event::Unevaluated { reason } => {
                self.conversation.notify(format!("COMPUTE_ERROR: {reason}"));
            }
            Event::Refused { ticket, reason } if self.asked_for(*ticket) => {
                self.conversation.notify(format!("REFUSED: {reason}"));
            }
            _ => {}
        }
    }

    fn asked_for(&self, ticket: Ticket) -> bool {
        self.tickets.iter().any(|(own, _)| *own == ticket) || self.past_tickets.contains(&ticket)
    }

    /// Says something in words that is not of the simulation's doing.
    pub fn notify(&mut self, message: &str) {
        self.conversation.notify(message);
    }

    /// Ends the conversation: the reason is said first.
    pub fn close(&mut self, code: u16, reason: &str) {
        self.conversation.close(code, reason);
    }

    /// How well the client is reached.
    pub fn link(&self) -> Link {
        self.conversation.link()
    }

    /// How long from now until [`GuestSession::poll`] has something to say although nothing new has
    /// come; `None` where something new must come first.
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        let newer = self.newest.as_ref().map(|frame| frame.number) != self.sent_frame;
        (newer && self.due > now).then(|| self.due - now)
    }

    /// What goes out next. To be asked only when what came before has gone: so a reader that is slow
    /// skips frames.
    pub fn poll(&mut self, now: Duration) -> Option<Outgoing> {
        if self.conversation.has_nothing_to_say()
            && !self.conversation.is_closed()
            && let Some((body, count)) = self.news(now)
        {
            self.conversation.say(body, count, Some(now));
        }
        self.conversation.poll()
    }

    /// The most important thing that the guest does not know yet, if the window is open.
    fn news(&mut self, now: Duration) -> Option<(Body, u64)> {
        let frame = Arc::clone(self.newest.as_ref()?);
        let other_title = self.sent_title != self.invitation.title;
        let other_atoms = self.sent_structure != Some(frame.revision);
        let bonds_due = self.wants_bonds
            && self
                .bonds
                .as_ref()
                .is_some_and(|bonds| bonds.structure == frame.revision);
        let frame_due = self.sent_frame != Some(frame.number) && now >= self.due;
        let anything =
            other_atoms || other_title || bonds_due || frame_due || self.people.is_some();
        if !anything || !self.conversation.is_open() {
            return None;
        }
        if other_atoms || other_title {
            self.sent_structure = Some(frame.revision);
            self.sent_title = Arc::clone(&self.invitation.title);
            let title = Arc::clone(&self.sent_title);
            return Some((
                Body::Snapshot(frame, title, self.content.format),
                self.echoed,
            ));
        }
        if bonds_due {
            return Some((Body::Bonds(self.bonds.take()?), self.echoed));
        }
        if let Some(people) = self.people.take() {
            return Some((Body::People(people), self.echoed));
        }
        // A frame that comes late does not delay the next one.
        let next = self.due + self.interval;
        self.due = if next > now {
            next
        } else {
            now + self.interval
        };
        self.sent_frame = Some(frame.number);
        while self
            .tickets
            .front()
            .is_some_and(|(ticket, _)| *ticket <= frame.ticket)
        {
            self.pass_ticket();
        }
        self.conversation.sim_step = frame.step;
        Some((Body::Frame(frame, self.content), self.echoed))
    }
}
