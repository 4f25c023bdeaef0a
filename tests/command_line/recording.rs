//! Recordings: `md --record`, and the commands that read them.

use std::path::Path;
#[cfg(unix)]
use std::process::Command;

use super::{folder, write_copper};
use crate::program::{error_message, json_lines, mlipview, text};

const RECORDED: [&str; 9] = [
    "md", "cu.xyz", "--steps", "30", "--every", "5", "--json", "--record", "run.mcap",
];

/// Energies of the frames of a file, as `mlipview convert` writes them.
fn energies(folder: &tempfile::TempDir, input: &str) -> Vec<String> {
    let output = mlipview(folder, &["convert", input, "out.extxyz"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let written = std::fs::read_to_string(folder.path().join("out.extxyz")).unwrap();
    let energy = |line: &str| Some(line.split_once("energy=")?.1.split(' ').next()?.to_owned());
    written.lines().filter_map(energy).collect()
}

#[test]
fn a_recorded_run_is_read_by_the_other_commands() {
    let folder = folder();
    write_copper(&folder);
    let reported = json_lines(&mlipview(&folder, &RECORDED));
    let reported: Vec<f64> = reported[..7]
        .iter()
        .map(|line| line["potential_energy"].as_f64().unwrap())
        .collect();
    let found: Vec<f64> = energies(&folder, "run.mcap")
        .iter()
        .map(|energy| energy.parse().unwrap())
        .collect();
    assert_eq!(found, reported, "energies are exact");
    assert_eq!(energies(&folder, "run.mcap@-2:").len(), 2);
    let info = mlipview(&folder, &["info", "run.mcap", "--json"]);
    assert_eq!(json_lines(&info)[0]["n_atoms"], 32);
    assert!(text(&info.stderr).contains("7 frames"));
    // A run continues from the last frame of a recording.
    let next = ["md", "run.mcap", "--steps", "2", "--every", "1", "--json"];
    let first = json_lines(&mlipview(&folder, &next))[0]["potential_energy"].as_f64();
    assert!(
        (first.unwrap() - reported[6]).abs() < 1e-4,
        "positions are f32"
    );
}

#[test]
fn a_recording_never_replaces_a_file() {
    let folder = folder();
    write_copper(&folder);
    std::fs::write(folder.path().join("run.mcap"), "mine").unwrap();
    let error = error_message(&mlipview(&folder, &RECORDED));
    assert!(error.contains("run.mcap exists"), "{error}");
    assert_eq!(
        std::fs::read(folder.path().join("run.mcap")).unwrap(),
        b"mine"
    );
}

#[test]
fn no_trajectory_is_written_beside_a_recording() {
    let folder = folder();
    write_copper(&folder);
    let output = mlipview(
        &folder,
        &["md", "cu.xyz", "--steps", "2", "--record", "run.mcap"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("recorded as run.mcap"),
        "{}",
        text(&output.stdout)
    );
    assert!(!Path::new(&folder.path().join("cu.md.xyz")).exists());
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_a_recording_that_opens() {
    let folder = folder();
    write_copper(&folder);
    let mut run = Command::new(env!("CARGO_BIN_EXE_mlipview"))
        .current_dir(&folder)
        .args([
            "md",
            "cu.xyz",
            "--steps",
            "100000000",
            "--every",
            "1",
            "--record",
            "run.mcap",
        ])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let path = folder.path().join("run.mcap");
    let length = || std::fs::metadata(&path).map_or(0, |file| file.len());
    // Some chunks of one second each.
    for _ in 0..600 {
        if length() > 200_000 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(length() > 0, "something was recorded");
    assert!(energies(&folder, "run.mcap").len() > 10);
}

#[cfg(feature = "viewer")]
#[test]
fn a_movie_of_a_recording_is_an_animated_image_of_its_frames() {
    let folder = folder();
    write_copper(&folder);
    json_lines(&mlipview(&folder, &RECORDED));
    let movie = [
        "movie", "run.mcap", "-o", "run.gif", "--size", "160x120", "--fps", "10", "--turn", "360",
    ];
    let output = mlipview(&folder, &movie);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("7 frames"),
        "{}",
        text(&output.stdout)
    );
    let bytes = std::fs::read(folder.path().join("run.gif")).unwrap();
    assert_eq!(&bytes[..6], b"GIF89a");
    assert_eq!(&bytes[6..10], [160, 0, 120, 0]);
    let wrong = mlipview(&folder, &["movie", "run.mcap", "-o", "run.avi"]);
    assert!(error_message(&wrong).contains("expected .gif"));
}

/// A session of ten frames with a text over frames 0 to 4, which are played at 5 frames/s.
#[cfg(feature = "viewer")]
fn write_lesson(folder: &tempfile::TempDir) {
    use mlipview_core::chem::library;
    use mlipview_core::potential::Emt;
    use mlipview_core::script::{Action, FrameRange, Message, ScreenText, Script, Speed};
    use mlipview_core::session_file::{
        EmbeddedFrames, Session, StructureRecord, TimelineContents, write,
    };
    use mlipview_core::sim::task::DynamicsSettings;
    use mlipview_core::sim::{Command, Engine};

    let copper = library::find("copper").unwrap().structure().unwrap();
    let mut engine = Engine::new(copper.clone(), Some(Box::new(Emt::new())), 0);
    engine.apply(1, Command::Steps(DynamicsSettings::default().task(), 9));
    let mut frames = vec![engine.frame()];
    while engine.is_running() {
        frames.extend(engine.step());
    }
    let message = Message {
        range: FrameRange::between(0, 4),
        actions: vec![
            Action::Text(ScreenText::caption("Slowly")),
            Action::Speed(Speed::frames_per_second(5.0)),
        ],
        ..Message::new("start")
    };
    let mut session = Session {
        structure: StructureRecord::new(&copper, None),
        script: Script {
            messages: vec![message],
        },
        ..Session::default()
    };
    let embedded = EmbeddedFrames::of(&frames[..10], &copper);
    session.timeline.contents = TimelineContents::Embedded(embedded);
    std::fs::write(folder.path().join("lesson.json"), write(&session).unwrap()).unwrap();
}

#[cfg(feature = "viewer")]
#[test]
fn a_movie_of_a_session_takes_the_speed_of_its_script() {
    let folder = folder();
    write_lesson(&folder);
    let movie = [
        "movie",
        "lesson.json",
        "-o",
        "lesson.gif",
        "--size",
        "160x120",
        "--fps",
        "20",
        "--speed",
        "20",
    ];
    let output = mlipview(&folder, &movie);
    assert!(output.status.success(), "{}", text(&output.stderr));
    // Frames 0 to 4 take 1 s at 5 frames/s, the others 0.2 s at 20, after the first.
    let words = text(&output.stdout);
    assert!(words.contains("25 frames"), "{words}");
}

#[cfg(all(unix, feature = "viewer"))]
#[test]
fn a_canceled_movie_leaves_nothing_also_if_its_group_gets_the_same_signal() {
    let folder = folder();
    write_lesson(&folder);
    let movie = [
        "movie",
        "lesson.json",
        "-o",
        "lesson.gif",
        "--size",
        "640x480",
        "--fps",
        "60",
        "--speed",
        "1",
    ];
    let mut movie = Command::new(env!("CARGO_BIN_EXE_mlipview"))
        .args(movie)
        .current_dir(&folder)
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    while files() < 2 {
        assert!(movie.try_wait().unwrap().is_none(), "it ended");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let id = movie.id().to_string();
    let kill = Command::new("kill").args(["-TERM", &id]).status();
    let again = Command::new("kill").args(["-TERM", &id]).status();
    assert!(kill.unwrap().success() && again.is_ok());
    assert_eq!(movie.wait().unwrap().code(), Some(130));
    assert_eq!(files(), 1, "the session");
}
