//! The client with a program that the tests play: frames, pulls, pause, the end, loss and return.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::sim::external::{ExternalDynamics, ExternalEnd, ExternalFrame, ExternalPhase};
use mlipview_imd::decode::ClientDecoder;
use mlipview_imd::{
    Address, ByteOrder, Client, ClientMessage, ClientOptions, ServerMessage, SessionInfo, Version,
    encode,
};

const TIMEOUT: Duration = Duration::from_secs(20);
const ATOMS: usize = 3;

/// A program that listens.
struct Program {
    listener: TcpListener,
    version: Version,
    order: ByteOrder,
}

/// A connection to the client.
struct Connection {
    stream: TcpStream,
    decoder: ClientDecoder,
    order: ByteOrder,
}

impl Program {
    fn new(version: Version, order: ByteOrder) -> Program {
        Program {
            listener: TcpListener::bind("127.0.0.1:0").unwrap(),
            version,
            order,
        }
    }

    fn options(&self) -> ClientOptions {
        let port = self.listener.local_addr().unwrap().port();
        let address: Address = format!("imd://127.0.0.1:{port}").parse().unwrap();
        ClientOptions {
            program: Some("Played".to_owned()),
            timeout: Duration::from_millis(500),
            ..ClientOptions::new(address, ATOMS)
        }
    }

    /// Accepts the client and its go.
    fn accept(&self) -> Connection {
        let (stream, _) = self.listener.accept().unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        let mut connection = Connection {
            stream,
            decoder: ClientDecoder::new(ATOMS, self.order),
            order: self.order,
        };
        connection.send(&ServerMessage::Handshake(self.version, self.order));
        if self.version == Version::Three {
            let info = SessionInfo {
                coordinates: true,
                ..SessionInfo::default()
            };
            connection.send(&ServerMessage::SessionInfo(info));
        }
        assert_eq!(connection.receive(), Some(ClientMessage::Go));
        connection
    }
}

impl Connection {
    fn send(&mut self, message: &ServerMessage) {
        let mut bytes = Vec::new();
        encode::server_message(message, self.order, &mut bytes);
        self.stream.write_all(&bytes).unwrap();
    }

    /// Sends coordinates in which all atoms are at `x`, Å.
    fn send_frame(&mut self, x: f32) {
        self.send(&ServerMessage::Coordinates(vec![[x, 0.0, 0.0]; ATOMS]));
    }

    /// The next message of the client; `None` once it has closed.
    fn receive(&mut self) -> Option<ClientMessage> {
        loop {
            if let Some(message) = self.decoder.next_message().unwrap() {
                return Some(message);
            }
            let mut chunk = [0; 512];
            match self.stream.read(&mut chunk).unwrap() {
                0 => return None,
                length => self.decoder.push(&chunk[..length]),
            }
        }
    }
}

/// The dynamics of a client, with the signals of its news.
struct Followed {
    dynamics: Box<dyn ExternalDynamics>,
    news: Receiver<()>,
}

impl Followed {
    fn of(client: &Client) -> Followed {
        let (sender, news) = sync_channel(64);
        let mut dynamics = client.dynamics();
        dynamics.on_news(Arc::new(move || sender.try_send(()).unwrap_or(())));
        Followed { dynamics, news }
    }

    /// Waits until a condition holds. News that were not taken are not signaled again.
    fn wait_for<T>(&mut self, mut found: impl FnMut(&mut dyn ExternalDynamics) -> Option<T>) -> T {
        for _ in 0..4000 {
            if let Some(found) = found(self.dynamics.as_mut()) {
                return found;
            }
            let _ = self.news.recv_timeout(Duration::from_millis(5));
        }
        panic!("nothing in time: {:?}", self.dynamics.status());
    }

    fn frame(&mut self) -> ExternalFrame {
        self.wait_for(|dynamics| dynamics.take_frame())
    }

    /// Waits for a phase; returns its sentence.
    fn phase(&mut self, phase: ExternalPhase) -> String {
        self.wait_for(|dynamics| {
            let status = dynamics.status();
            (status.phase == phase).then(|| status.sentence.to_string())
        })
    }
}

const KINDS: [(Version, ByteOrder); 4] = [
    (Version::Two, ByteOrder::Little),
    (Version::Two, ByteOrder::Big),
    (Version::Three, ByteOrder::Little),
    (Version::Three, ByteOrder::Big),
];

#[test]
fn frames_arrive_and_forces_are_sent_in_the_units_and_byte_order_of_the_program() {
    for (version, order) in KINDS {
        let program = Program::new(version, order);
        let client = Client::attach(program.options()).unwrap();
        let mut followed = Followed::of(&client);
        let mut connection = program.accept();
        connection.send_frame(1.5);
        let frame = followed.frame();
        assert_eq!(frame.positions, vec![DVec3::new(1.5, 0.0, 0.0); ATOMS]);
        let words = followed.phase(ExternalPhase::Running);
        assert!(words.contains("Played"), "{words}");
        followed
            .dynamics
            .set_forces(vec![(2, DVec3::new(0.0, 1.0, 0.0))]);
        let Some(ClientMessage::Forces(forces)) = connection.receive() else {
            panic!("not forces");
        };
        let [(atom, force)] = forces[..] else {
            panic!("{forces:?}");
        };
        let ev = 1.0 / version.energy_unit().in_ev();
        assert_eq!(atom, 2);
        assert!((f64::from(force[1]) - ev).abs() < 1e-4 * ev, "{force:?}");
    }
}

#[test]
fn a_frame_that_nobody_took_is_replaced_by_a_newer_one() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let client = Client::attach(program.options()).unwrap();
    let mut followed = Followed::of(&client);
    let mut connection = program.accept();
    for x in 0..100_u8 {
        connection.send_frame(x.into());
    }
    let last = followed.wait_for(|dynamics| {
        let frame = dynamics.take_frame()?;
        (frame.positions[0].x > 98.5).then_some(frame)
    });
    assert_eq!(last.positions[0].x, 99.0);
    assert!(!followed.dynamics.has_news() && followed.dynamics.take_frame().is_none());
}

#[test]
fn news_are_signaled_once_until_they_are_taken() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let client = Client::attach(program.options()).unwrap();
    let mut followed = Followed::of(&client);
    let mut connection = program.accept();
    followed.phase(ExternalPhase::Running);
    followed.dynamics.take_frame();
    while followed.news.try_recv().is_ok() {}
    for x in 0..50_u8 {
        connection.send_frame(x.into());
    }
    followed.news.recv_timeout(TIMEOUT).unwrap();
    assert!(
        followed
            .news
            .recv_timeout(Duration::from_millis(300))
            .is_err()
    );
    followed.wait_for(|dynamics| {
        let frame = dynamics.take_frame()?;
        (frame.positions[0].x > 48.5).then_some(())
    });
    connection.send_frame(60.0);
    followed.news.recv_timeout(TIMEOUT).unwrap();
}

#[test]
fn a_pause_is_sent_once_and_undone_as_the_version_says() {
    for (version, order) in KINDS {
        let program = Program::new(version, order);
        let client = Client::attach(program.options()).unwrap();
        let mut followed = Followed::of(&client);
        let mut connection = program.accept();
        followed.phase(ExternalPhase::Running);
        followed.dynamics.pause();
        followed.dynamics.pause();
        assert_eq!(connection.receive(), Some(ClientMessage::Pause));
        followed.phase(ExternalPhase::Paused);
        followed.dynamics.resume();
        let resumed = match version {
            Version::Two => ClientMessage::Pause,
            Version::Three => ClientMessage::Resume,
        };
        assert_eq!(connection.receive(), Some(resumed));
        followed.phase(ExternalPhase::Running);
    }
}

#[test]
fn the_end_of_the_client_is_told_before_it_closes() {
    for end in [ExternalEnd::Detach, ExternalEnd::Kill] {
        let program = Program::new(Version::Two, ByteOrder::Little);
        let client = Client::attach(program.options()).unwrap().end_by(end);
        let mut followed = Followed::of(&client);
        let mut connection = program.accept();
        followed.phase(ExternalPhase::Running);
        let told = std::thread::scope(|scope| {
            scope.spawn(|| drop(client));
            let told = connection.receive();
            // A program that closes lets the client end at once.
            drop(connection);
            told
        });
        let expected = match end {
            ExternalEnd::Detach => ClientMessage::Disconnect,
            ExternalEnd::Kill => ClientMessage::Kill,
        };
        assert_eq!(told, Some(expected));
        followed.phase(ExternalPhase::Ended);
    }
}

#[test]
fn a_lost_program_may_come_back_and_is_paused_again() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let mut options = program.options();
    options.timeout = TIMEOUT;
    let client = Client::attach(options).unwrap();
    let mut followed = Followed::of(&client);
    let mut connection = program.accept();
    connection.send_frame(1.0);
    followed.frame();
    followed.dynamics.pause();
    assert_eq!(connection.receive(), Some(ClientMessage::Pause));
    drop(connection);
    let words = followed.phase(ExternalPhase::Waiting);
    assert!(
        words.contains("closed") && words.contains("1 frames"),
        "{words}"
    );
    let mut connection = program.accept();
    assert_eq!(connection.receive(), Some(ClientMessage::Pause));
    followed.phase(ExternalPhase::Paused);
    connection.send_frame(2.0);
    assert_eq!(followed.frame().positions[0].x, 2.0);
}

#[test]
fn the_end_of_a_run_is_told_in_words_when_the_program_does_not_come_back() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let client = Client::attach(program.options()).unwrap();
    let mut followed = Followed::of(&client);
    let connection = program.accept();
    followed.phase(ExternalPhase::Running);
    drop((connection, program));
    let words = followed.phase(ExternalPhase::Ended);
    assert!(words.contains("its run has ended"), "{words}");
}

#[test]
fn nobody_at_the_address_is_told_in_words() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let options = program.options();
    drop(program);
    let client = Client::attach(options).unwrap();
    let mut followed = Followed::of(&client);
    let words = followed.phase(ExternalPhase::Ended);
    assert!(
        words.contains("nothing answers") && words.contains("start the program"),
        "{words}"
    );
}

#[test]
fn a_program_that_accepts_and_says_nothing_is_told_and_holds_nobody_up() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let client = Client::attach(program.options()).unwrap();
    let mut followed = Followed::of(&client);
    let words = followed.wait_for(|dynamics| {
        let sentence = dynamics.status().sentence;
        sentence.contains("does not answer yet").then_some(sentence)
    });
    assert!(words.contains("another client"), "{words}");
    // Ends at once, although the program never answers.
    drop(client);
    followed.phase(ExternalPhase::Ended);
}

#[test]
fn another_number_of_atoms_ends_the_client_in_words() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let client = Client::attach(program.options()).unwrap();
    let mut followed = Followed::of(&client);
    let mut connection = program.accept();
    connection.send(&ServerMessage::Coordinates(vec![[0.0; 3]; ATOMS + 1]));
    let words = followed.phase(ExternalPhase::Ended);
    assert!(
        words.contains("of 4 atoms") && words.contains("has 3"),
        "{words}"
    );
}

#[test]
fn atoms_that_are_released_before_their_force_was_sent_are_sent_with_zero() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let client = Client::attach(program.options()).unwrap();
    let mut followed = Followed::of(&client);
    // Not connected yet: both wait.
    followed.dynamics.set_forces(vec![(0, DVec3::X)]);
    followed.dynamics.set_forces(vec![(1, DVec3::X)]);
    let mut connection = program.accept();
    let Some(ClientMessage::Forces(mut forces)) = connection.receive() else {
        panic!("not forces");
    };
    forces.sort_by_key(|(atom, _)| *atom);
    assert_eq!((forces[0], forces[1].0), ((0, [0.0; 3]), 1));
}

#[test]
fn an_atom_that_is_wrapped_stays_beside_its_last_position() {
    let program = Program::new(Version::Two, ByteOrder::Little);
    let positions = vec![DVec3::new(9.0, 0.0, 0.0); ATOMS];
    let elements = vec![Element::from_symbol("Ar").unwrap(); ATOMS];
    let mut structure = Structure::new(elements, positions).unwrap();
    structure.cell = Some(Cell::orthorhombic(DVec3::splat(10.0)).unwrap());
    let mut options = program.options();
    options.unwrap_from = Some(structure);
    let client = Client::attach(options).unwrap();
    let mut followed = Followed::of(&client);
    let mut connection = program.accept();
    // Around the cell: 9.5, then wrapped.
    for (sent, expected) in [
        (9.5, 9.5),
        (0.5, 10.5),
        (4.0, 14.0),
        (8.0, 18.0),
        (1.0, 21.0),
    ] {
        connection.send_frame(sent);
        let found = followed.frame().positions[0].x;
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }
}

#[test]
fn addresses_have_a_host_and_a_port() {
    let cases = [
        ("imd://127.0.0.1:8888", Some(("127.0.0.1", 8888))),
        (
            "imd://cluster.example:54321/",
            Some(("cluster.example", 54321)),
        ),
        ("imd://[::1]:8888", Some(("::1", 8888))),
        ("imd://[::1]", Some(("::1", 8888))),
        ("127.0.0.1:8888", None),
        ("http://127.0.0.1:8888", None),
        ("imd://", None),
        ("imd://:8888", None),
        ("imd://host:0", None),
        ("imd://host:70000", None),
        ("imd://a:b:1", None),
        ("imd://[]:1", None),
    ];
    for (text, expected) in cases {
        let found = text.parse::<Address>();
        let found = found.map(|it| (it.host, it.port)).ok();
        let expected = expected.map(|(host, port)| (host.to_owned(), port));
        assert_eq!(found, expected, "{text}");
    }
    let six: Address = "imd://[::1]:9".parse().unwrap();
    assert_eq!(six.to_string(), "imd://[::1]:9");
}
