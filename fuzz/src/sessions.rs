//! Sessions with clients that send random messages.

use std::time::Duration;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::{Command, Engine};
use mlipview_server::session::{
    EngineRequest, JoinInfo, Limits, Outgoing, PrivateSession, RoomRequest, RoomSession, Session,
    wire,
};

/// Limits with few atoms, so that a step is fast.
const LIMITS: Limits = Limits {
    atoms: 12,
    message_bytes: 1 << 16,
    messages_per_second: 200,
    max_rate: 60.0,
};

/// Checks that sequence numbers never fall and that sessions never panic. Two bytes precede each message: one
/// encodes the pause before it and the number of requests executed after it, the other is its length.
pub fn run_sessions(bytes: &[u8]) {
    let mut private = Private::new();
    let mut room = Room::new();
    let mut rest = bytes;
    let mut now = Duration::ZERO;
    while let &[head, length, ref behind @ ..] = rest {
        let (message, behind) = behind.split_at(behind.len().min(usize::from(length)));
        rest = behind;
        now += Duration::from_millis(u64::from(head));
        pass(&mut private.session, message, now);
        pass(&mut room.session, message, now);
        let turns = usize::from(head >> 6) * 4;
        private.receive(turns, now);
        room.receive(turns, now);
    }
    private.receive(50, now);
    room.receive(3, now);
}

/// Decodes a message and passes it to a session, as the server does.
fn pass(session: &mut impl Session, bytes: &[u8], now: Duration) {
    match wire::decode(bytes) {
        Ok(message) => session.on_message(message, now),
        Err(violation) => session.on_invalid(&violation, now),
    }
}

struct Private {
    session: PrivateSession,
    engine: Engine,
    seq: u64,
}

impl Private {
    fn new() -> Private {
        let mut engine = Engine::new(Structure::empty(), None, 1).without_edit_relaxation();
        engine.take_events();
        Private {
            session: PrivateSession::new(LIMITS),
            engine,
            seq: 0,
        }
    }

    fn receive(&mut self, turns: usize, mut now: Duration) {
        for _ in 0..turns {
            let Some(request) = self.session.next_request(now) else {
                match self.session.wait(now) {
                    Some(wait) => now += wait,
                    None => break,
                }
                continue;
            };
            let frame = match request {
                EngineRequest::Apply(ticket, command) => {
                    self.engine.apply(ticket, *command);
                    None
                }
                EngineRequest::SelectPotential { calculator, .. } => {
                    let known = calculator.len() < 5;
                    if known {
                        let potential = Box::new(LennardJones::noble_gases());
                        self.engine.apply(0, Command::SetPotential(potential));
                    }
                    let caution = (calculator.len() == 3).then(|| "it is crude".to_owned());
                    let outcome = known.then_some(caution).ok_or("unknown".to_owned());
                    self.session.on_potential(outcome);
                    None
                }
                EngineRequest::Step => self.engine.step(),
            };
            self.session
                .on_events(frame, self.engine.take_events(), now);
        }
        while let Some(outgoing) = self.session.poll() {
            self.seq = sent(&outgoing, self.seq);
        }
    }
}

struct Room {
    session: RoomSession,
    engine: Engine,
    tickets: u64,
    seq: u64,
}

impl Room {
    fn new() -> Room {
        let positions = (0..4).map(|atom| DVec3::new(3.8 * f64::from(atom), 0.0, 0.0));
        let argon = Structure::new(vec![Element::AR; 4], positions.collect()).expect("lists as long");
        let session = RoomSession::new(JoinInfo {
            person: PersonId(1),
            role: Role::Owner,
            room: "main".to_owned(),
            rooms: Vec::new(),
            title: "".into(),
            limits: LIMITS,
        });
        Room {
            session,
            engine: Engine::new(argon, Some(Box::new(LennardJones::noble_gases())), 1),
            tickets: 0,
            seq: 0,
        }
    }

    fn receive(&mut self, turns: usize, now: Duration) {
        while let Some(request) = self.session.next_request() {
            if let RoomRequest::Command(command) = request {
                self.tickets += 1;
                self.engine.apply(self.tickets, *command);
                self.session.on_ticket(Ok(self.tickets));
            }
        }
        for _ in 0..turns {
            self.engine.step();
        }
        for event in self.engine.take_events() {
            self.session.on_event(&event);
        }
        self.session.on_frame(self.engine.frame());
        while let Some(outgoing) = self.session.poll(now) {
            self.seq = sent(&outgoing, self.seq);
        }
    }
}

/// The number of an outgoing message, which must not be below the last.
fn sent(outgoing: &Outgoing, last: u64) -> u64 {
    let Outgoing::Message(message) = outgoing else {
        return last;
    };
    assert!(message.seq >= last);
    assert!(!wire::encode(message).is_empty());
    message.seq
}
