//! Full disks: the recording ends with an error and stays valid, and the simulation goes on.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use mlipview_core::sim::FrameSink;
use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::{
    Recorder, RecordingError, RecordingHandle, RecordingOptions, RecordingOutput, RecordingWriter,
};
use tempfile::tempdir;

use crate::container::assert_valid;
use crate::fixtures::{add, assert_begins, detailed, frames, open, running, time};

/// A disk with space for a number of bytes.
struct SmallDisk {
    space: usize,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Write for SmallDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut stored = self.bytes.lock().unwrap();
        let count = bytes.len().min(self.space - stored.len());
        stored.extend_from_slice(&bytes[..count]);
        if count == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl RecordingOutput for SmallDisk {
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().truncate(length as usize);
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Records to a disk of a size; returns its content and the error, if any.
fn record_to(space: usize) -> (Vec<u8>, Option<RecordingError>) {
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let disk = SmallDisk {
        space,
        bytes: Arc::clone(&bytes),
    };
    let path = Path::new("small disk");
    let result = RecordingWriter::start(Box::new(disk), path, detailed()).and_then(|mut writer| {
        for (index, frame) in frames(1, 40).iter().enumerate() {
            writer.frame(frame, time(index))?;
        }
        writer.finish()
    });
    let content = bytes.lock().unwrap().clone();
    (content, result.err())
}

#[test]
fn a_disk_that_is_full_at_any_byte_leaves_a_valid_recording() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frames = frames(1, 40);
    let (whole, error) = record_to(usize::MAX);
    assert!(error.is_none());
    let mut errors = 0;
    for space in (50..whole.len()).step_by(97) {
        let (content, error) = record_to(space);
        let error = error.unwrap().to_string();
        assert!(
            error.contains("small disk") && error.contains("free space"),
            "{error}"
        );
        errors += 1;
        if content.is_empty() {
            continue;
        }
        std::fs::write(&path, &content).unwrap();
        let recording = open(&path);
        assert_eq!(recording.search_error(), None);
        let kept = recording.len() as usize;
        assert_eq!(kept % 10, 0);
        assert_begins(&recording, &frames[..kept], detailed());
        // The way out: free space, then resume.
        let mut writer = RecordingWriter::resume(&path, detailed(), time(kept)).unwrap();
        add(&mut writer, &frames[kept..], kept);
        writer.finish().unwrap();
        assert_eq!(assert_valid(&path), 40);
    }
    assert!(errors > 50);
}

#[test]
fn a_simulation_goes_on_when_its_disk_is_full() {
    let disk = SmallDisk {
        space: 20_000,
        bytes: Arc::default(),
    };
    let options = RecordingOptions {
        chunk_seconds: 0.0,
        ..detailed()
    };
    let path = PathBuf::from("small disk");
    let writer = RecordingWriter::start(Box::new(disk), &path, options).unwrap();
    let (sink, handle) = Recorder::with_writer(writer).unwrap();
    goes_on(sink, handle);
}

#[cfg(target_os = "linux")]
#[test]
fn a_simulation_goes_on_when_its_device_is_full() {
    // The device takes no byte at all: already the header fails.
    let error = RecordingWriter::replace(Path::new("/dev/full"), detailed()).err();
    assert!(
        matches!(error, Some(RecordingError::Write { .. })),
        "{error:?}"
    );
    // A disk that is full after the header.
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = AfterHeader {
        file,
        is_first: true,
    };
    let options = RecordingOptions {
        chunk_seconds: 0.0,
        ..detailed()
    };
    let path = PathBuf::from("/dev/full");
    let writer = RecordingWriter::start(Box::new(output), &path, options).unwrap();
    let (sink, handle) = Recorder::with_writer(writer).unwrap();
    goes_on(sink, handle);
}

/// A device whose first write succeeds.
struct AfterHeader {
    file: std::fs::File,
    is_first: bool,
}

impl Write for AfterHeader {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if std::mem::take(&mut self.is_first) {
            return Ok(bytes.len());
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl RecordingOutput for AfterHeader {
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        RecordingOutput::truncate(&mut self.file, length)
    }

    fn close(&mut self) -> io::Result<()> {
        RecordingOutput::close(&mut self.file)
    }
}

/// Runs a simulation until its recorder has ended by an error, and then on.
fn goes_on(mut sink: Box<dyn FrameSink>, handle: RecordingHandle) {
    let mut engine = running(2);
    let mut is_recorded = true;
    let mut steps = 0;
    while is_recorded {
        let frame = engine.step().unwrap();
        is_recorded = sink.frame(&frame);
        steps += 1;
        assert!(steps < 10_000_000, "the recorder reports no error");
    }
    let before = engine.frame().step;
    engine.step().unwrap();
    assert_eq!(engine.frame().step, before + 1);
    while handle.status().error.is_none() {
        std::thread::yield_now();
    }
    assert!(handle.has_ended());
    let error = handle.stop().unwrap_err();
    assert!(matches!(error, RecordingError::Write { .. }), "{error}");
}
