//! The command `attach` and the argument `--imd`: sentences about what goes wrong, and the end of the program.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::folder;

const PAIR: &str = "2\n\nAr 0 0 0\nAr 3.8 0 0\n";

/// The program in a folder with two argon atoms.
fn program(folder: &TempDir, arguments: &[&str]) -> Command {
    std::fs::write(folder.path().join("pair.xyz"), PAIR).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mlipview"));
    command
        .current_dir(folder)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The standard error output of a program that fails.
fn error(arguments: &[&str]) -> String {
    let folder = folder();
    let output = program(&folder, arguments).output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// Waits for a line of the standard error output.
fn wait_for(child: &mut Child, words: &str) -> String {
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut seen = Vec::new();
    for line in lines.map_while(Result::ok) {
        if line.contains(words) {
            return line;
        }
        seen.push(line);
    }
    panic!("no {words:?} in {seen:?}");
}

#[test]
fn an_address_without_a_scheme_and_a_missing_topology_are_told() {
    let scheme = error(&["attach", "127.0.0.1:8888", "--topology", "pair.xyz"]);
    assert!(scheme.contains("expected imd://HOST:PORT"), "{scheme}");
    let topology = error(&["attach", "imd://127.0.0.1:8888"]);
    assert!(topology.contains("--topology"), "{topology}");
    let absent = error(&[
        "attach",
        "imd://127.0.0.1:1",
        "--headless",
        "--topology",
        "absent.xyz",
    ]);
    assert!(absent.contains("absent.xyz"), "{absent}");
}

#[test]
fn a_port_that_is_taken_and_a_wrong_one_are_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let serve = [
        "serve",
        "pair.xyz",
        "--potential",
        "lj",
        "--listen",
        "127.0.0.1:0",
        "--imd",
    ];
    let in_use = error(&[&serve[..], &[&port]].concat());
    assert!(
        in_use.contains("choose another port with --imd"),
        "{in_use}"
    );
    let wrong = error(&[&serve[..], &["there"]].concat());
    assert!(wrong.contains("expected a port, as in 8889"), "{wrong}");
    let version = error(&[&serve[..], &["0", "--imd-version", "1"]].concat());
    assert!(version.contains("expected 2 or 3"), "{version}");
}

#[test]
fn nobody_at_the_address_is_told_while_the_server_goes_on() {
    let folder = folder();
    let address = ["attach", "imd://127.0.0.1:1", "--topology", "pair.xyz"];
    let more = ["--headless", "--wait", "0", "--listen", "127.0.0.1:0"];
    let mut child = program(&folder, &[&address[..], &more].concat())
        .spawn()
        .unwrap();
    wait_for(&mut child, "nothing answers at imd://127.0.0.1:1");
    assert!(child.try_wait().unwrap().is_none(), "still serving");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The connection of the program, which has to be made before it ends.
#[cfg(unix)]
fn connection(listener: &TcpListener, child: &mut Child) -> TcpStream {
    listener.set_nonblocking(true).unwrap();
    loop {
        if let Ok((stream, _)) = listener.accept() {
            stream.set_nonblocking(false).unwrap();
            return stream;
        }
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "it ended without a connection: {ended:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(unix)]
#[test]
fn a_signal_detaches_or_kills_as_asked() {
    for (at_end, kind) in [("detach", 0), ("kill", 5)] {
        let folder = folder();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("imd://{}", listener.local_addr().unwrap());
        let arguments = ["attach", &address, "--topology", "pair.xyz", "--headless"];
        let more = ["--at-end", at_end, "--listen", "127.0.0.1:0"];
        let mut child = program(&folder, &[&arguments[..], &more].concat())
            .spawn()
            .unwrap();
        let mut stream = connection(&listener, &mut child);
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        // A handshake of version 2, little endian, and the go.
        stream.write_all(&[0, 0, 0, 4, 2, 0, 0, 0]).unwrap();
        assert_eq!(message(&mut stream), 3);
        wait_for(&mut child, "attached to");
        let id = child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert_eq!(message(&mut stream), kind);
        drop(stream);
        assert!(child.wait().unwrap().success());
    }
}

/// The kind of the next message, without a body.
#[cfg(unix)]
fn message(stream: &mut TcpStream) -> u8 {
    let mut header = [0; 8];
    stream.read_exact(&mut header).unwrap();
    header[3]
}
