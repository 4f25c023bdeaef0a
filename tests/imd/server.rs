//! The server with a client that the tests play: frames, pulls, pause and kill, limits.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use glam::DVec3;
use mlipview_core::chem::library;
use mlipview_core::potential::Nano;
use mlipview_core::presence::Role;
use mlipview_core::sim::external::ExternalFrame;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Activity, Command, Edit, Engine, SimHandle, spawn};
use mlipview_imd::decode::ServerDecoder;
use mlipview_imd::frame::FrameAssembler;
use mlipview_imd::{
    ByteOrder, ClientMessage, ImdServer, ServerMessage, ServerSettings, Version, encode,
};

const TIMEOUT: Duration = Duration::from_secs(20);

fn water() -> SimHandle {
    let water = library::find("water").unwrap().structure().unwrap();
    spawn(Engine::new(water, Some(Box::new(Nano::new())), 3)).unwrap()
}

fn settings(version: Version) -> ServerSettings {
    ServerSettings {
        version,
        timeout: Duration::from_secs(5),
        ..ServerSettings::new(SocketAddr::from(([127, 0, 0, 1], 0)))
    }
}

/// A client that reads frames.
struct Viewer {
    stream: TcpStream,
    decoder: ServerDecoder,
    assembler: Option<FrameAssembler>,
}

impl Viewer {
    /// Connects and sends a go.
    fn connect(server: &ImdServer) -> Viewer {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        let mut viewer = Viewer {
            stream,
            decoder: ServerDecoder::new(3),
            assembler: None,
        };
        viewer.send(&ClientMessage::Go);
        viewer
    }

    fn send(&mut self, message: &ClientMessage) {
        let mut bytes = Vec::new();
        encode::client_message(message, ByteOrder::Little, &mut bytes);
        self.stream.write_all(&bytes).unwrap();
    }

    /// The next frame; `None` once the server has closed.
    fn next(&mut self) -> Option<ExternalFrame> {
        loop {
            while let Some(message) = self.decoder.next_message().unwrap() {
                if let ServerMessage::Handshake(version, _) = message {
                    let assembler = FrameAssembler::new(version, version.energy_unit());
                    self.assembler = Some(assembler);
                } else if let Some(frame) = self.assembler.as_mut()?.push(message).unwrap() {
                    return Some(frame);
                }
            }
            let mut chunk = [0; 4096];
            match self.stream.read(&mut chunk) {
                Ok(0) | Err(_) => return None,
                Ok(length) => self.decoder.push(&chunk[..length]),
            }
        }
    }

    /// Reads frames until a condition holds.
    fn read_until(&mut self, mut is_met: impl FnMut(&ExternalFrame) -> bool) {
        while !is_met(&self.next().expect("a frame")) {}
    }
}

fn run(sim: &SimHandle) {
    sim.send(Command::Run(DynamicsSettings::default().task()))
        .unwrap();
}

/// Reads frames until the simulation has an activity: without frames nothing happens.
fn wait_for(sim: &SimHandle, is_met: impl Fn(&Activity) -> bool) {
    for _ in 0..2000 {
        if is_met(&sim.frame().activity) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("still {:?}", sim.frame().activity);
}

fn is_running(activity: &Activity) -> bool {
    matches!(activity, Activity::Running(_))
}

#[test]
fn a_client_sees_the_present_frame_and_then_the_run() {
    for version in [Version::Two, Version::Three] {
        let sim = water();
        let server = ImdServer::start(settings(version), sim.clone()).unwrap();
        let mut viewer = Viewer::connect(&server);
        let first = viewer.next().unwrap();
        assert_eq!(first.positions.len(), 3);
        run(&sim);
        viewer.read_until(|frame| frame.step >= Some(20));
        sim.send(Command::Stop).unwrap();
        wait_for(&sim, |activity| *activity == Activity::Idle);
        let end = sim.frame();
        viewer.read_until(|frame| frame.step == Some(end.step));
        assert_eq!(first.velocities.is_some(), version == Version::Three);
    }
}

#[test]
fn a_rate_leaves_steps_out() {
    let sim = water();
    let server = ImdServer::start(settings(Version::Three), sim.clone()).unwrap();
    let mut viewer = Viewer::connect(&server);
    viewer.next().unwrap();
    viewer.send(&ClientMessage::Rate(10));
    // Requests are carried out in order: behind a pull, the rate is set.
    viewer.send(&ClientMessage::Forces(vec![(0, [1.0, 0.0, 0.0])]));
    while sim.frame().grips.grasps().is_empty() {
        std::thread::sleep(Duration::from_millis(2));
    }
    run(&sim);
    let mut last = None;
    for _ in 0..8 {
        let step = viewer.next().unwrap().step.unwrap();
        if let Some(last) = last.filter(|last| *last > 0) {
            assert!(step - last >= 10, "{step} after {last}");
        }
        last = Some(step);
    }
}

#[test]
fn forces_of_a_client_pull_along_them_until_they_are_replaced() {
    let sim = water();
    let server = ImdServer::start(settings(Version::Three), sim.clone()).unwrap();
    let mut viewer = Viewer::connect(&server);
    viewer.next().unwrap();
    // 96.485 kJ/mol/Å is 1 eV/Å.
    viewer.send(&ClientMessage::Forces(vec![(0, [0.0, 0.0, 96.48533])]));
    let grasp = loop {
        let frame = sim.frame();
        let grasps = frame.grips.grasps();
        // Behind the grab, a move aims the pull.
        let aimed = grasps
            .first()
            .filter(|it| it.target.distance(frame.positions[0]) > 1.0);
        if let Some(grasp) = aimed {
            break grasp.clone();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert_eq!(grasp.atoms, [0]);
    let frame = sim.frame();
    let (atom, force) = frame.grips.pulls(&frame.structure()).next().unwrap();
    assert_eq!(atom, 0);
    assert!(force.distance(DVec3::Z) < 2e-3, "{force}");
    run(&sim);
    let start = frame.positions.iter().map(|it| it.z).sum::<f64>() / 3.0;
    let height = |frame: &ExternalFrame| frame.positions.iter().map(|it| it.z).sum::<f64>() / 3.0;
    viewer.read_until(|frame| height(frame) > start + 1.0);
    viewer.send(&ClientMessage::Forces(Vec::new()));
    viewer.read_until(|_| sim.frame().grips.grasps().is_empty());
}

#[test]
fn a_client_that_leaves_lets_go() {
    let sim = water();
    let server = ImdServer::start(settings(Version::Two), sim.clone()).unwrap();
    let mut viewer = Viewer::connect(&server);
    viewer.next().unwrap();
    run(&sim);
    viewer.send(&ClientMessage::Forces(vec![(1, [5.0, 0.0, 0.0])]));
    viewer.read_until(|_| !sim.frame().grips.grasps().is_empty());
    let people = sim.roster().people();
    assert_eq!((people.len(), people[0].role), (1, Role::Driver));
    drop(viewer);
    while !sim.frame().grips.grasps().is_empty() || !sim.roster().is_empty() {
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_pause_stops_the_run_and_its_counterpart_continues_it() {
    for version in [Version::Two, Version::Three] {
        let sim = water();
        let server = ImdServer::start(settings(version), sim.clone()).unwrap();
        let mut viewer = Viewer::connect(&server);
        run(&sim);
        viewer.read_until(|frame| frame.step > Some(3));
        viewer.send(&ClientMessage::Pause);
        wait_for(&sim, |activity| *activity == Activity::Idle);
        viewer.send(&match version {
            Version::Two => ClientMessage::Pause,
            Version::Three => ClientMessage::Resume,
        });
        wait_for(&sim, is_running);
    }
}

#[test]
fn a_kill_stops_the_run_and_nothing_else() {
    let sim = water();
    let server = ImdServer::start(settings(Version::Three), sim.clone()).unwrap();
    let mut viewer = Viewer::connect(&server);
    run(&sim);
    viewer.read_until(|frame| frame.step > Some(3));
    viewer.send(&ClientMessage::Kill);
    wait_for(&sim, |activity| *activity == Activity::Idle);
    run(&sim);
    wait_for(&sim, is_running);
    viewer.read_until(|frame| frame.step > Some(6));
}

/// A server with the sentences of its log.
fn reporting(settings: ServerSettings, sim: &SimHandle) -> (ImdServer, Arc<Mutex<Vec<String>>>) {
    let sentences: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = Arc::clone(&sentences);
    let settings = ServerSettings {
        report: Some(Arc::new(move |words: &str| {
            log.lock().unwrap().push(words.to_owned());
        })),
        ..settings
    };
    (ImdServer::start(settings, sim.clone()).unwrap(), sentences)
}

fn wait_for_words(sentences: &Mutex<Vec<String>>, words: &str) {
    for _ in 0..2000 {
        if sentences
            .lock()
            .unwrap()
            .iter()
            .any(|it| it.contains(words))
        {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("no {words:?} in {:?}", sentences.lock().unwrap());
}

#[test]
fn one_client_more_than_the_maximum_is_closed() {
    let sim = water();
    let few = ServerSettings {
        max_clients: 1,
        ..settings(Version::Three)
    };
    let (server, sentences) = reporting(few, &sim);
    let mut first = Viewer::connect(&server);
    first.next().unwrap();
    let mut second = Viewer::connect(&server);
    assert!(second.next().is_none());
    wait_for_words(&sentences, "1 are connected, which is the maximum");
    run(&sim);
    first.read_until(|frame| frame.step > Some(3));
}

#[test]
fn nonsense_a_wrong_atom_and_a_wait_are_told_in_words() {
    let sim = water();
    let (server, sentences) = reporting(settings(Version::Three), &sim);
    let mut viewer = Viewer::connect(&server);
    viewer.next().unwrap();
    viewer.send(&ClientMessage::Wait(true));
    wait_for_words(&sentences, "never waits for a reader");
    viewer.send(&ClientMessage::Forces(vec![(3, [1.0; 3])]));
    wait_for_words(&sentences, "atom 3, counted from 0: there are 3");
    while viewer.next().is_some() {}
    let mut other = TcpStream::connect(server.address()).unwrap();
    other.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    wait_for_words(&sentences, "unknown IMD message");
    assert!(sim.frame().grips.grasps().is_empty());
}

#[test]
fn another_number_of_atoms_disconnects_in_words() {
    let sim = water();
    let (server, sentences) = reporting(settings(Version::Two), &sim);
    let mut viewer = Viewer::connect(&server);
    viewer.next().unwrap();
    sim.send(Command::Edit(Edit::Remove(vec![2]))).unwrap();
    while viewer.next().is_some() {}
    wait_for_words(&sentences, "number of atoms has changed from 3 to 2");
}

#[test]
fn a_client_without_a_go_is_dropped_in_time_and_a_closed_server_closes() {
    let sim = water();
    let hasty = ServerSettings {
        timeout: Duration::from_millis(50),
        ..settings(Version::Two)
    };
    let (server, sentences) = reporting(hasty, &sim);
    let mut silent = TcpStream::connect(server.address()).unwrap();
    silent.set_read_timeout(Some(TIMEOUT)).unwrap();
    let mut bytes = Vec::new();
    silent.read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes.len(), 8, "the handshake, then the end");
    wait_for_words(&sentences, "was disconnected");
    let mut viewer = Viewer::connect(&server);
    viewer.next().unwrap();
    drop(server);
    while viewer.next().is_some() {}
}
