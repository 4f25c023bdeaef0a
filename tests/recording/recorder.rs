//! The recorder: a sink that never makes the simulation wait.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use mcap::MessageStream;
use mlipview_core::sim::timeline::FrameSource;
use mlipview_core::sim::{Command, Event, FrameSink, spawn};
use mlipview_recording::{
    Recorder, RecordingError, RecordingOptions, RecordingOutput, RecordingWriter,
};
use tempfile::tempdir;

use crate::container::assert_valid;
use crate::fixtures::{argon, assert_begins, detailed, frames, open, running};

/// Texts of the events of a recording.
fn events(path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).unwrap();
    let messages = MessageStream::new(&bytes).unwrap().map(|it| it.unwrap());
    let events = messages.filter(|message| message.channel.topic == "/events");
    events
        .map(|message| String::from_utf8_lossy(&message.data).into_owned())
        .collect()
}

#[test]
fn a_simulation_thread_is_recorded_with_its_events() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let simulation = spawn(running(2)).unwrap();
    // Slow enough for a recorder that has to wait for other tests.
    let options = RecordingOptions {
        rate: Some(100.0),
        ..detailed()
    };
    let (sink, handle) = Recorder::start(&path, options).unwrap();
    simulation.add_sink(sink);
    while handle.status().frames < 50 {
        std::thread::sleep(Duration::from_millis(1));
    }
    simulation.send(Command::Stop).unwrap();
    while simulation.frame().activity != mlipview_core::sim::Activity::Idle {
        std::thread::sleep(Duration::from_millis(1));
    }
    let last = simulation.frame().step;
    let status = handle.stop().unwrap();
    assert_eq!((status.left_out, status.error), (0, None));
    let recording = open(&path);
    assert_eq!(recording.len(), status.frames);
    assert_eq!(assert_valid(&path), status.frames);
    assert_eq!(recording.read(recording.len() - 1).unwrap().step, last);
    assert!(
        events(&path)
            .iter()
            .any(|text| text.contains("stopped after"))
    );
}

#[test]
fn a_recorder_goes_on_in_a_file() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frames = frames(1, 20);
    for part in [&frames[..10], &frames[10..]] {
        let (mut sink, handle) = if path.exists() {
            Recorder::resume(&path, detailed()).unwrap()
        } else {
            Recorder::start(&path, detailed()).unwrap()
        };
        for frame in part {
            assert!(sink.frame(frame));
        }
        handle.stop().unwrap();
        assert!(!sink.frame(&frames[0]), "a sink leaves after the end");
    }
    assert_eq!(assert_begins(&open(&path), &frames, detailed()), 0);
}

/// A disk that does not answer until it is told to.
#[derive(Clone, Default)]
struct SlowDisk {
    gate: Arc<(Mutex<bool>, Condvar)>,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl SlowDisk {
    fn open(&self) {
        *self.gate.0.lock().unwrap() = true;
        self.gate.1.notify_all();
    }
}

impl Write for SlowDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (is_open, changed) = &*self.gate;
        // The header is written by the caller of the recorder.
        let is_header = self.bytes.lock().unwrap().is_empty();
        let mut is_open = is_open.lock().unwrap();
        while !*is_open && !is_header {
            is_open = changed.wait(is_open).unwrap();
        }
        self.bytes.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl RecordingOutput for SlowDisk {
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().truncate(length as usize);
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A recorder to a disk that does not answer.
fn stalled() -> (
    SlowDisk,
    Box<dyn FrameSink>,
    mlipview_recording::RecordingHandle,
) {
    let disk = SlowDisk::default();
    let options = RecordingOptions {
        chunk_seconds: 0.0,
        ..RecordingOptions::default()
    };
    let output = Box::new(disk.clone());
    let writer = RecordingWriter::start(output, Path::new("slow disk"), options).unwrap();
    let (sink, handle) = Recorder::with_writer(writer).unwrap();
    (disk, sink, handle)
}

#[test]
fn frames_are_left_out_and_counted_while_the_disk_does_not_answer() {
    let (disk, mut sink, handle) = stalled();
    let frames = frames(1, 1000);
    for frame in &frames {
        assert!(sink.frame(frame));
    }
    let left_out = handle.status().left_out;
    // The queue, and the two frames that the thread may have taken.
    assert!(
        (1000 - 256 - 2..=1000 - 256).contains(&left_out),
        "{left_out}"
    );
    disk.open();
    let status = handle.stop().unwrap();
    assert_eq!(status.frames + status.left_out, 1000);
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    std::fs::write(&path, &*disk.bytes.lock().unwrap()).unwrap();
    assert_eq!(assert_valid(&path), status.frames);
    let text = format!("frames left out: {left_out}");
    let reports = events(&path);
    assert!(reports.iter().any(|it| it.contains(&text)), "{reports:?}");
}

#[test]
fn memory_of_queued_frames_is_bounded() {
    let (disk, mut sink, handle) = stalled();
    let large = frames(48, 1).remove(0);
    assert!(large.bytes() > 5_000_000);
    for _ in 0..100 {
        assert!(sink.frame(&large));
    }
    let queued = 100 - handle.status().left_out as usize;
    assert!((queued - 2) * large.bytes() <= 128 << 20, "{queued} frames");
    assert!(queued * large.bytes() > 64 << 20, "{queued} frames");
    disk.open();
    handle.stop().unwrap();
}

#[test]
fn events_are_recorded_while_frames_are_left_out() {
    let (disk, mut sink, handle) = stalled();
    for frame in &frames(1, 400) {
        sink.frame(frame);
    }
    let name = "a potential".to_owned();
    sink.event(&Event::PotentialChanged { name });
    disk.open();
    handle.stop().unwrap();
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    std::fs::write(&path, &*disk.bytes.lock().unwrap()).unwrap();
    assert!(events(&path).iter().any(|it| it.contains("a potential")));
}

#[test]
fn stopping_ends_in_time_when_the_disk_does_not_answer() {
    let (disk, mut sink, handle) = stalled();
    for frame in &frames(1, 3) {
        sink.frame(frame);
    }
    let error = handle.stop_within(Duration::from_millis(50)).unwrap_err();
    assert!(matches!(error, RecordingError::Timeout { .. }));
    assert!(error.to_string().contains("slow disk"));
    disk.open();
}

#[test]
fn a_chunk_is_written_in_time_without_new_frames() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let options = RecordingOptions {
        chunk_seconds: 0.01,
        ..detailed()
    };
    let (mut sink, handle) = Recorder::start(&path, options).unwrap();
    let engine = mlipview_core::sim::Engine::new(argon(1), None, 0);
    sink.frame(&engine.frame());
    while open(&path).len() == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    handle.stop().unwrap();
}
