//! Killed programs: at most the last chunk is missing.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::{Recorder, RecordingOptions, RecordingWriter};
use tempfile::tempdir;

use crate::container::assert_valid;
use crate::fixtures::{add, detailed, frames, open, running, time};

/// Path of the recording for the program that is to be killed.
const PATH: &str = "MLIPVIEW_TEST_RECORDING";

/// Options of chunks of 20 ms.
fn options() -> RecordingOptions {
    RecordingOptions {
        chunk_seconds: 0.02,
        ..detailed()
    }
}

/// Not a test but the program that is killed: records until it is.
#[test]
fn recording_until_killed() {
    let Some(path) = std::env::var_os(PATH).map(PathBuf::from) else {
        return;
    };
    let (mut sink, handle) = Recorder::start(&path, options()).unwrap();
    let mut engine = running(2);
    loop {
        // The test reads how many steps there were when a chunk had certainly been written.
        sink.frame(&engine.step().unwrap());
        let status = handle.status();
        assert_eq!(status.error, None);
        std::thread::sleep(std::time::Duration::from_micros(200));
    }
}

#[test]
fn a_killed_program_loses_at_most_its_last_chunk() {
    for chunks in [1, 3, 10] {
        let folder = tempdir().unwrap();
        let path = folder.path().join("run.mcap");
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::recording_until_killed"])
            .env(PATH, &path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Frames that another process sees before the end are there after it.
        let seen = loop {
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert!(child.try_wait().unwrap().is_none(), "ended by itself");
            if path.exists() && mlipview_recording::Recording::open(&path).is_ok() {
                let seen = open(&path).len();
                if seen > 10 * chunks {
                    break seen;
                }
            }
        };
        // SIGKILL on Unix.
        child.kill().unwrap();
        child.wait().unwrap();
        let recording = open(&path);
        assert!(recording.len() >= seen);
        let steps: Vec<u64> = (0..recording.len())
            .map(|index| recording.read(index).unwrap().step)
            .collect();
        // No gap: only the end is missing.
        assert!(steps.windows(2).all(|pair| pair[1] == pair[0] + 1));
        let kept = recording.len();
        let mut writer = RecordingWriter::resume(&path, options(), time(0)).unwrap();
        add(&mut writer, &frames(2, 5), 1);
        writer.finish().unwrap();
        assert_eq!(assert_valid(&path), kept + 5);
    }
}
