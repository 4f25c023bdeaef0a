//! The command `telemetry`: the feed, the event log and the addresses.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::Value;

use super::folder;
use crate::program::{error_message, mlipview};

const STATUS: &str = r#"{"callback":"status","text":"training"}"#;

/// The program with a feed on its standard input.
struct Program {
    child: Child,
    input: Option<ChildStdin>,
    /// The addresses that it prints.
    addresses: Vec<String>,
}

impl Program {
    fn start(folder: &Path, arguments: &[&str]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mlipview"))
            .current_dir(folder)
            .args(["telemetry", "--listen", "127.0.0.1:0"])
            .args(["--driver-token", "driver-token"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let lines = lines.map(Result::unwrap);
        let addresses = lines
            .take_while(|line| !line.starts_with("Press"))
            .collect();
        let input = child.stdin.take();
        Program {
            child,
            input,
            addresses,
        }
    }

    fn feed(&mut self, lines: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(lines.as_bytes()).unwrap();
    }

    /// Ends the feed, and returns the log of the program.
    fn end(mut self) -> String {
        drop(self.input.take());
        let output = self.child.wait_with_output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    }
}

/// The events of an event log, complete lines only.
/// The events of an event log that have been written completely.
fn events(run: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(run.join("events.jsonl")).unwrap();
    let complete = text.rfind('\n').map_or("", |end| &text[..end]);
    complete
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_feed_is_written_to_the_event_log_up_to_its_last_progress() {
    let folder = folder();
    let mut program = Program::start(folder.path(), &["--feed", "-", "--run", "runs/ethanol"]);
    program.feed(&format!("{STATUS}\n"));
    for step in 1..=50 {
        program.feed(&format!(
            "{{\"callback\":\"progress\",\"epoch\":0,\"epoch_step\":{step},\"global_step\":{step},\
             \"max_step\":50,\"max_epoch\":1}}\n"
        ));
    }
    program.end();
    let events = events(&folder.path().join("runs/ethanol"));
    assert_eq!(events[0]["status"], "running");
    assert_eq!(events.last().unwrap()["global_step"], 50);
    assert!(events.len() < 50, "progress is throttled");
}

#[test]
fn a_line_that_is_no_report_is_left_out_with_a_warning() {
    let folder = folder();
    let mut program = Program::start(folder.path(), &["--feed", "-", "--run", "run"]);
    let long = "x".repeat(70_000);
    program.feed(&format!(
        "nonsense\n\n{long}\n{STATUS}\n{{\"callback\":\"dance\"}}"
    ));
    let log = program.end();
    for line in ["line 1 was", "line 3 is longer", "line 5 was"] {
        assert!(log.contains(line), "{line} is not in {log}");
    }
    assert_eq!(events(&folder.path().join("run")).len(), 2);
}

#[test]
fn a_file_can_be_fed_and_the_addresses_are_printed() {
    let folder = folder();
    std::fs::write(folder.path().join("reports.jsonl"), STATUS).unwrap();
    let program = Program::start(folder.path(), &["--feed", "reports.jsonl", "--run", "run"]);
    let addresses = program.addresses.join("\n");
    assert!(addresses.contains("watch   ws://127.0.0.1:"), "{addresses}");
    let page = |name: &str| {
        let mut lines = addresses.lines().map(str::trim);
        lines.find_map(|line| line.strip_prefix(name)).unwrap()
    };
    let watch = page("page    ");
    assert!(watch.starts_with("http://127.0.0.1:") && watch.ends_with("/training"));
    assert_eq!(page("control "), format!("{watch}#token=driver-token"));
    assert!(
        addresses.contains("/ws/training?token=driver-token"),
        "{addresses}"
    );
    program.end();
    assert_eq!(events(&folder.path().join("run")).len(), 2);
}

#[test]
fn invalid_arguments_are_errors_with_a_remedy() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("damaged")).unwrap();
    std::fs::write(folder.path().join("damaged/events.jsonl"), "nonsense\n").unwrap();
    let listen = ["telemetry", "--listen", "127.0.0.1:0"];
    for (arguments, problem) in [
        (&["--feed", "missing.jsonl"][..], "missing.jsonl"),
        (&["--feed", "-", "--name", "a/b"], "invalid name"),
        (&["--feed", "-", "--run", "damaged"], "events.jsonl:1"),
        (&["--run", "run"], "--feed"),
    ] {
        let output = mlipview(&folder, &[&listen, arguments].concat());
        let error = error_message(&output);
        assert!(error.contains(problem), "{arguments:?}: {error}");
    }
}

/// Statement 29 of docs/training-telemetry.md.
#[cfg(unix)]
#[test]
fn a_program_that_is_killed_loses_no_event_and_the_next_one_continues_the_numbers() {
    let folder = folder();
    let run = folder.path().join("run");
    for runs in 1..=3_u64 {
        let mut program = Program::start(folder.path(), &["--feed", "-", "--run", "run"]);
        program.feed(&format!("{STATUS}\n"));
        while events(&run).len() < 2 * runs as usize {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        program.child.kill().unwrap();
        program.child.wait().unwrap();
    }
    let events = events(&run);
    let ids = events
        .iter()
        .map(|event| event["event_id"].as_u64().unwrap());
    assert_eq!(ids.collect::<Vec<u64>>(), (1..=6).collect::<Vec<u64>>());
}
