//! Conversations with clients that say anything.

use std::time::Duration;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_server::session::{
    Ask, GuestSession, Invitation, Limits, Outgoing, PrivateSession, Wish, wire,
};
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::{Command, Engine};

/// So few atoms that a step takes no time.
const LIMITS: Limits = Limits {
    atoms: 12,
    message_bytes: 1 << 16,
    messages_per_second: 200,
    max_rate: 60.0,
};

/// Numbers never fall and the ends never panic, whatever is said: before each message a byte says how
/// long the pause before it is and how much the server does behind it, and another how long it is.
pub fn converses(bytes: &[u8]) {
    let mut private = Private::new();
    let mut guest = Guest::new();
    let mut rest = bytes;
    let mut now = Duration::ZERO;
    while let &[head, length, ref behind @ ..] = rest {
        let (message, behind) = behind.split_at(behind.len().min(usize::from(length)));
        rest = behind;
        now += Duration::from_millis(u64::from(head));
        private.session.receive(message, now);
        guest.session.receive(message, now);
        let turns = usize::from(head >> 6) * 4;
        private.listen(turns, now);
        guest.listen(turns, now);
    }
    private.listen(50, now);
    guest.listen(3, now);
}

struct Private {
    session: PrivateSession,
    engine: Engine,
    seq: u64,
}

impl Private {
    fn new() -> Private {
        let mut engine = Engine::new(Structure::empty(), None, 1).without_settling();
        engine.take_events();
        Private {
            session: PrivateSession::new(LIMITS),
            engine,
            seq: 0,
        }
    }

    fn listen(&mut self, turns: usize, mut now: Duration) {
        for _ in 0..turns {
            let Some(ask) = self.session.next_ask(now) else {
                match self.session.wait(now) {
                    Some(wait) => now += wait,
                    None => break,
                }
                continue;
            };
            let frame = match ask {
                Ask::Apply(ticket, command) => {
                    self.engine.apply(ticket, *command);
                    None
                }
                Ask::Choose { calculator, .. } => {
                    let known = calculator.len() < 5;
                    if known {
                        let potential = Box::new(LennardJones::noble_gases());
                        self.engine.apply(0, Command::SetPotential(potential));
                    }
                    let caution = (calculator.len() == 3).then(|| "it is crude".to_owned());
                    let outcome = known.then_some(caution).ok_or("unknown".to_owned());
                    self.session.potential_chosen(outcome);
                    None
                }
                Ask::Step => self.engine.step(),
            };
            self.session.happened(frame, self.engine.take_events(), now);
        }
        while let Some(outgoing) = self.session.poll() {
            self.seq = sent(&outgoing, self.seq);
        }
    }
}

struct Guest {
    session: GuestSession,
    engine: Engine,
    tickets: u64,
    seq: u64,
}

impl Guest {
    fn new() -> Guest {
        let places = (0..4).map(|atom| DVec3::new(3.8 * f64::from(atom), 0.0, 0.0));
        let argon = Structure::new(vec![Element::AR; 4], places.collect()).expect("lists as long");
        let session = GuestSession::new(Invitation {
            person: PersonId(1),
            role: Role::Owner,
            room: "main".to_owned(),
            rooms: Vec::new(),
            title: "".into(),
            limits: LIMITS,
        });
        Guest {
            session,
            engine: Engine::new(argon, Some(Box::new(LennardJones::noble_gases())), 1),
            tickets: 0,
            seq: 0,
        }
    }

    fn listen(&mut self, turns: usize, now: Duration) {
        while let Some(wish) = self.session.next_wish() {
            if let Wish::Command(command) = wish {
                self.tickets += 1;
                self.engine.apply(self.tickets, *command);
                self.session.sent(Ok(self.tickets));
            }
        }
        for _ in 0..turns {
            self.engine.step();
        }
        for event in self.engine.take_events() {
            self.session.tell(&event);
        }
        self.session.see(self.engine.newest());
        while let Some(outgoing) = self.session.poll(now) {
            self.seq = sent(&outgoing, self.seq);
        }
    }
}

/// The number of a message that goes out; never below the last.
fn sent(outgoing: &Outgoing, last: u64) -> u64 {
    let Outgoing::Message(message) = outgoing else {
        return last;
    };
    assert!(message.seq >= last);
    assert!(!wire::encode(message).is_empty());
    message.seq
}
