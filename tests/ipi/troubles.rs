//! Drivers that are late, lost, wrong, or come back.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use mlipview_core::potential::{Emt, Evaluation, Nano, Potential, PotentialError};
use mlipview_ipi::{Address, DriverError, Ipi, ServerSettings};

use crate::fixtures::{built_in, drive, free_port, server, settings};

fn port(server: &Ipi) -> String {
    match server.address() {
        Address::Tcp(address) => address.clone(),
        Address::Unix(_) => panic!("not a TCP socket"),
    }
}

/// What a driver does: after each request of so many bytes it sends an answer.
type Script = Vec<(usize, Vec<u8>)>;

/// A driver that follows a script, then it leaves.
fn scripted(server: &Ipi, script: Script) {
    let address = port(server);
    thread::spawn(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        for (bytes, answer) in script {
            let mut request = vec![0; bytes];
            if stream.read_exact(&mut request).is_err() {
                return;
            }
            let _ = stream.write_all(&answer);
        }
        // The server reads before it sees the end.
        thread::sleep(Duration::from_millis(300));
    });
}

fn header(text: &str) -> Vec<u8> {
    format!("{text:<12}").into_bytes()
}

/// Bytes of the message with the positions of water.
const POSITIONS: usize = 12 + 2 * 72 + 4 + 3 * 24;

/// The answer of a driver for so many atoms, with this energy and number of extra bytes.
fn answer(atoms: i32, energy: f64, extra: i32) -> Vec<u8> {
    let mut bytes = header("FORCEREADY");
    bytes.extend(energy.to_le_bytes());
    bytes.extend(atoms.to_le_bytes());
    bytes.extend(vec![0; 24 * usize::try_from(atoms).unwrap_or(0) + 72]);
    bytes.extend(extra.to_le_bytes());
    bytes
}

fn error_of(server: &mut Ipi) -> String {
    let water = built_in("water");
    match server.evaluate(&water) {
        Err(PotentialError::Failed { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nonsense_is_told_in_words() {
    let status = || (12, header("READY"));
    let have = || (POSITIONS + 12, header("HAVEDATA"));
    let cases: Vec<(Script, &str)> = vec![
        (vec![], "the other program has closed the connection"),
        (
            vec![(12, b"GET / HTTP/1".to_vec())],
            "expected a header of the i-PI protocol",
        ),
        (
            vec![(12, header("HAVEDATA"))],
            "expected READY, found HAVEDATA",
        ),
        (
            vec![status(), status(), (POSITIONS + 12, header("READY"))],
            "expected HAVEDATA, found READY",
        ),
        (
            vec![status(), status(), have(), (12, answer(5, 0.0, 0))],
            "forces on 5 atoms, the structure has 3",
        ),
        (
            vec![status(), status(), have(), (12, answer(-7, 0.0, 0))],
            "invalid number of atoms -7",
        ),
        (
            vec![status(), status(), have(), (12, answer(3, f64::NAN, 0))],
            "not finite",
        ),
        (
            vec![status(), status(), have(), (12, answer(3, 0.0, -2))],
            "invalid number of extra bytes -2",
        ),
    ];
    for (script, expected) in cases {
        let mut server = server();
        scripted(&server, script);
        let error = error_of(&mut server);
        assert!(error.contains(expected), "{error:?}, not {expected:?}");
        assert!(
            error.contains("start a driver for these 3 atoms"),
            "{error}"
        );
        assert!(server.status().unwrap().starts_with("No driver: "));
    }
}

#[test]
fn a_silent_driver_times_out() {
    let mut server = server();
    let _silent = TcpStream::connect(port(&server)).unwrap();
    let error = error_of(&mut server);
    assert!(error.contains("has been silent for 1 s"), "{error}");
}

#[test]
fn without_a_driver_an_evaluation_fails_after_its_wait() {
    let mut server = server();
    assert_eq!(server.status().unwrap(), "Waits for a driver");
    let error = error_of(&mut server);
    assert!(
        error.contains("no driver has connected; start a driver"),
        "{error}"
    );
}

#[test]
fn a_driver_that_asks_for_it_is_initialized() {
    let mut server = server();
    let script = vec![
        (12, header("NEEDINIT")),
        // INIT, the bead, one byte of text; and STATUS.
        (12 + 4 + 4 + 1 + 12, header("READY")),
        (12, header("READY")),
        (POSITIONS + 12, header("HAVEDATA")),
        (12, answer(3, -1.0, 0)),
    ];
    scripted(&server, script);
    let found = server.evaluate(&built_in("water")).unwrap();
    assert!((found.energy + 27.211_386).abs() < 1e-5);
    assert_eq!(found.stress, None);
}

#[test]
fn a_lost_driver_may_come_back_and_a_waiting_one_takes_over_at_once() {
    let water = built_in("water");
    let expected = Nano::new().evaluate(&water).unwrap().energy;
    let close = |found: Evaluation| assert!((found.energy - expected).abs() < 1e-9);
    let mut server = server();
    scripted(&server, vec![]);
    error_of(&mut server);
    let first = drive(server.address(), water.clone(), Box::new(Nano::new()));
    close(server.evaluate(&water).unwrap());
    drop(first);
    // One more waits; the one that computes fails in its next evaluation.
    let mut server = self::server();
    scripted(&server, vec![(12, header("READY"))]);
    assert!(server.wait_for_driver(&water));
    let _second = drive(server.address(), water.clone(), Box::new(Nano::new()));
    while !server.status().unwrap().contains("another driver waits") {
        thread::sleep(Duration::from_millis(5));
    }
    close(server.evaluate(&water).unwrap());
}

#[test]
fn a_structure_with_other_atoms_needs_another_driver() {
    let mut server = server();
    let water = built_in("water");
    let driver = drive(server.address(), water.clone(), Box::new(Nano::new()));
    server.evaluate(&water).unwrap();
    let mut heavy = water.clone();
    heavy.set_element(0, mlipview_core::chem::Element::from_symbol("S").unwrap());
    match server.evaluate(&heavy) {
        Err(PotentialError::Failed { reason, .. }) => {
            assert!(
                reason.contains("the atoms of the structure have changed"),
                "{reason}"
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(driver.join().unwrap().is_ok(), "it was told to end");
}

#[test]
fn a_driver_refuses_other_atoms_and_numbers_that_are_not_finite() {
    let mut server = server();
    let driver = drive(server.address(), built_in("copper"), Box::new(Emt::new()));
    error_of(&mut server);
    let error = driver.join().unwrap().unwrap_err();
    assert!(
        matches!(
            error,
            DriverError::Atoms {
                expected: 32,
                found: 3
            }
        ),
        "{error}"
    );

    struct Infinite(Nano);
    impl Potential for Infinite {
        fn name(&self) -> &str {
            "infinite"
        }
        fn description(&self) -> &str {
            ""
        }
        fn capabilities(&self) -> &mlipview_core::potential::Capabilities {
            self.0.capabilities()
        }
        fn evaluate(
            &mut self,
            structure: &mlipview_core::chem::Structure,
        ) -> Result<Evaluation, PotentialError> {
            let energy = f64::INFINITY;
            Ok(Evaluation {
                energy,
                ..self.0.evaluate(structure)?
            })
        }
    }
    let infinite = Box::new(Infinite(Nano::new()));
    let driver = drive(server.address(), built_in("water"), infinite);
    assert!(error_of(&mut server).contains("closed the connection"));
    let error = driver.join().unwrap().unwrap_err().to_string();
    assert!(
        error.starts_with("infinite gives an energy or force that is not finite"),
        "{error}"
    );
}

#[test]
fn a_driver_without_a_server_says_so_and_one_that_is_stopped_leaves() {
    let address: Address = "127.0.0.1:1".parse().unwrap();
    let error = drive(&address, built_in("copper"), Box::new(Emt::new()));
    let error = error.join().unwrap().unwrap_err().to_string();
    assert!(error.contains("cannot connect to 127.0.0.1:1"), "{error}");
    let server = server();
    let mut driver = mlipview_ipi::Driver::new(built_in("copper"), Box::new(Emt::new()));
    let ended = driver.serve(server.address(), || false).unwrap();
    assert_eq!(ended, mlipview_ipi::Served::Stopped);
}

#[test]
fn a_driver_without_a_stress_gives_none() {
    let mut server = server();
    let mut water = built_in("water");
    water.cell = built_in("copper").cell;
    let answer = || {
        let mut bytes = answer(3, -1.0, 0);
        let place = bytes.len() - 4 - 72;
        bytes[place..place + 8].copy_from_slice(&1.0_f64.to_le_bytes());
        bytes
    };
    for (answer, has_stress) in [(self::answer(3, -1.0, 0), false), (answer(), true)] {
        let script = vec![
            (12, header("READY")),
            (12, header("READY")),
            (POSITIONS + 12, header("HAVEDATA")),
            (12, answer),
        ];
        scripted(&server, script);
        let found = server.evaluate(&water).unwrap();
        assert_eq!(found.stress.is_some(), has_stress);
        // The script has ended.
        server.evaluate(&water).unwrap_err();
    }
}

#[test]
fn a_program_that_connects_and_leaves_is_no_driver() {
    let mut server = server();
    let address = port(&server);
    thread::spawn(move || {
        drop(TcpStream::connect(&address).unwrap());
        thread::sleep(Duration::from_millis(300));
        drive(
            &address.parse().unwrap(),
            built_in("water"),
            Box::new(Nano::new()),
        )
    });
    assert!(server.wait_for_driver(&built_in("water")));
    server.evaluate(&built_in("water")).unwrap();
}

#[test]
fn an_interruption_ends_a_wait_for_results() {
    static GOES_ON: AtomicBool = AtomicBool::new(true);
    let settings = ServerSettings {
        timeout: Duration::from_secs(600),
        goes_on: || GOES_ON.load(Ordering::Relaxed),
        ..settings(free_port())
    };
    let mut server = Ipi::start(settings).unwrap();
    scripted(&server, vec![(12, header("READY")), (12, header("READY"))]);
    assert!(server.wait_for_driver(&built_in("water")));
    // It computes for a long time.
    let _other = TcpStream::connect(port(&server)).unwrap();
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(100));
        GOES_ON.store(false, Ordering::Relaxed);
    });
    let error = error_of(&mut server);
    assert!(error.contains("interrupted"), "{error}");
}

#[test]
fn a_driver_refuses_positions_that_are_not_finite() {
    let mut server = server();
    let mut water = built_in("water");
    let driver = drive(server.address(), water.clone(), Box::new(Nano::new()));
    assert!(server.wait_for_driver(&water));
    water.positions_mut()[0].x = f64::NAN;
    server.evaluate(&water).unwrap_err();
    let error = driver.join().unwrap().unwrap_err();
    assert!(matches!(error, DriverError::Positions), "{error}");
}
