//! The thread that writes a recording.

use std::io;
use std::time::{Duration, SystemTime};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use super::queue::{Entry, Queue, QueueState};
use crate::{RecordingError, RecordingWriter};

/// Time to wait for an entry while there is no chunk to be written.
const IDLE: Duration = Duration::from_secs(3600);

/// Time of the wall clock.
#[expect(
    clippy::disallowed_methods,
    reason = "a recording has the time of the wall clock, which its writer takes as an argument"
)]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}

/// Starts the thread; the returned channel gets its result.
pub(super) fn start(
    mut writer: RecordingWriter,
    entries: Receiver<Entry>,
    queue: &Queue,
) -> io::Result<Receiver<Result<(), RecordingError>>> {
    let state = queue.state();
    let (sender, done) = bounded(1);
    let builder = std::thread::Builder::new().name("recorder".to_owned());
    builder.spawn(move || {
        report(&writer, &state);
        let result = write(&mut writer, &entries, &state);
        state.stop();
        report(&writer, &state);
        if let Err(error) = &result {
            state.set(|status| status.error = Some(error.to_string()));
        }
        // Frames that nobody writes any more are freed before the handle learns of the end.
        drop((writer, entries));
        let _ = sender.send(result);
    })?;
    Ok(done)
}

/// Writes entries until the recording ends.
fn write(
    writer: &mut RecordingWriter,
    entries: &Receiver<Entry>,
    state: &QueueState,
) -> Result<(), RecordingError> {
    let mut reported = 0;
    loop {
        let timeout = writer.time_left(now()).unwrap_or(IDLE);
        let entry = entries.recv_timeout(timeout);
        // Frames are left out until the queue has been emptied once.
        let left_out = state.left_out();
        if left_out > reported && entries.is_empty() {
            writer.left_out(left_out - reported, now())?;
            reported = left_out;
        }
        match entry {
            Ok(Entry::Frame(frame, time)) => {
                state.release(&frame);
                writer.record(&frame, time)?;
            }
            Ok(Entry::Event(event, time)) => writer.event(&event, time)?,
            Ok(Entry::Stop) | Err(RecvTimeoutError::Disconnected) => return writer.finish(),
            Err(RecvTimeoutError::Timeout) => writer.write_due(now())?,
        }
        report(writer, state);
    }
}

fn report(writer: &RecordingWriter, state: &QueueState) {
    state.set(|status| {
        status.frames = writer.frames();
        status.bytes = writer.bytes();
    });
}
