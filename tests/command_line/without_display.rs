//! The program without arguments on a computer without a display: it starts the server.

use std::process::Command;

use tempfile::TempDir;

use super::folder;
use crate::program::text;

#[cfg(feature = "server")]
#[test]
fn without_a_display_it_serves_until_interrupted() {
    use std::io::{BufRead, BufReader, Read, Write};

    let folder = folder();
    let mut child = without_display(&folder)
        .args(["water", "--listen", "127.0.0.1:0"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let link = lines.find_map(|line| {
        let line = line.unwrap();
        let (verb, link) = line.trim().split_once(' ')?;
        (verb == "watch").then(|| link.trim().to_owned())
    });
    let link = link.expect("it prints a link");
    let address = link.strip_prefix("http://").unwrap().trim_end_matches('/');
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = format!("GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("\"version\""), "{answer}");

    assert!(child.try_wait().unwrap().is_none(), "it exited");
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    assert!(child.wait().unwrap().success());
    let mut message = String::new();
    let mut errors = child.stderr.take().unwrap();
    errors.read_to_string(&mut message).unwrap();
    assert!(message.contains("starting the server instead"), "{message}");
}

#[cfg(feature = "server")]
#[test]
fn a_free_port_is_used_and_reported_if_the_default_port_is_in_use() {
    use std::io::{BufRead, BufReader};

    let folder = folder();
    // If this fails, another program occupies the port.
    let _occupied = std::net::TcpListener::bind("127.0.0.1:8000");
    let mut child = without_display(&folder)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut message = String::new();
    for line in lines.map_while(Result::ok) {
        message += &format!("{line}\n");
        if line.contains("watch") {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(message.contains("127.0.0.1:8000 is in use"), "{message}");
    let link = message.lines().last().unwrap();
    assert!(link.contains("http://127.0.0.1:"), "{message}");
    assert!(!link.contains(":8000"), "{message}");

    let arguments = ["water", "--listen", "127.0.0.1:8000"];
    let output = without_display(&folder).args(arguments).output().unwrap();
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        error.contains("127.0.0.1:8000 is in use by another program"),
        "{error}"
    );
}

#[test]
fn arguments_of_the_window_are_refused_without_a_display() {
    let folder = folder();
    for arguments in [["--demo"].as_slice(), &["water", "--no-serve"]] {
        let output = without_display(&folder).args(arguments).output().unwrap();
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {error}");
        assert!(error.contains("mlipview help"), "{arguments:?}: {error}");
    }
}

fn without_display(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mlipview"));
    command
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY");
    command
}
