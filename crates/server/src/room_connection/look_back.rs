//! Summaries of the timeline for one client, and recorded frames that it looks back at.

use std::future::pending;
use std::sync::Arc;

use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use super::RoomConnection;
use crate::bond_perception::perceive;
use crate::room::Room;
use crate::session::RecordedFrame;
use mlipview_core::sim::FrameAddress;
use mlipview_core::sim::timeline::FrameSource;

/// A recorded frame that is being read, one at a time.
#[derive(Default)]
pub(super) struct Reading {
    task: Option<JoinHandle<ReadFrame>>,
    address: Option<FrameAddress>,
    /// The trajectory file of the last frame that was read.
    source: Option<Arc<dyn FrameSource>>,
}

/// A frame that was read, or why it was not.
struct ReadFrame {
    outcome: Result<RecordedFrame, String>,
    source: Option<Arc<dyn FrameSource>>,
}

/// The end of reading a frame.
pub(super) struct ReadEnd {
    address: FrameAddress,
    frame: Result<ReadFrame, JoinError>,
}

impl Reading {
    /// The end of reading; never if nothing is read. Cancel safe.
    pub(super) async fn next(&mut self) -> ReadEnd {
        let (Some(task), Some(address)) = (&mut self.task, self.address) else {
            return pending().await;
        };
        let frame = task.await;
        self.task = None;
        ReadEnd { address, frame }
    }
}

impl RoomConnection {
    /// Reads the next frame that the client looks back at, outside of the tasks for connections: a file
    /// may be slow.
    pub(super) fn start_reading(&mut self) {
        if self.reading.task.is_some() {
            return;
        }
        let session = &mut self.connection.session;
        let Some(address) = session.next_read(self.connection.state.clock.now()) else {
            return;
        };
        let (room, bonds) = (Arc::clone(&self.room), session.wants_bonds());
        self.reading.address = Some(address);
        self.reading.task = Some(tokio::spawn(async move {
            // The semaphore is never closed.
            let _permit = room.reads.clone().acquire_owned().await;
            let read = spawn_blocking(move || read(&room, address, bonds)).await;
            read.unwrap_or_else(|_| ReadFrame {
                outcome: Err(format!("reading frame {address} has failed")),
                source: None,
            })
        }));
    }

    pub(super) fn on_read(&mut self, end: ReadEnd) {
        let failed = |_| ReadFrame {
            outcome: Err("reading has failed".to_owned()),
            source: None,
        };
        let read = end.frame.unwrap_or_else(failed);
        self.reading.source = read.source;
        let session = &mut self.connection.session;
        session.on_read(end.address, read.outcome);
        self.watch_timeline();
    }

    /// Subscribes to summaries of the timeline while the client needs them.
    pub(super) fn watch_timeline(&mut self) {
        let session = &self.connection.session;
        let needs = session.wants_timeline() || session.looks_back();
        if needs != self.timeline_watch.is_some() {
            self.timeline_watch = needs.then(|| self.room.watch_timeline());
            if needs {
                self.on_timeline();
            }
        }
    }

    /// Passes on the newest summary, and ends looking back at a frame that is gone.
    pub(super) fn on_timeline(&mut self) {
        let summary = self.subscriptions.timeline.borrow_and_update().clone();
        let session = &mut self.connection.session;
        if let Some(summary) = summary {
            session.on_timeline(summary);
        }
        if let Some(address) = session.looked_back_at()
            && !has_frame(&self.room, address, self.reading.source.as_ref())
        {
            let reason = format!("frame {address} is no longer in the timeline");
            session.end_look_back(&reason);
            self.watch_timeline();
        }
    }
}

fn read(room: &Room, address: FrameAddress, bonds: bool) -> ReadFrame {
    let timeline = room.sim().timeline();
    let source = timeline.source();
    let read = timeline.frame(address).map_err(|error| error.to_string());
    let outcome = read.map(|frame| RecordedFrame {
        position: timeline.position(address),
        bonds: bonds
            .then(|| perceive(&frame, None).map(|(bonds, _)| bonds))
            .flatten(),
        frame,
    });
    ReadFrame { outcome, source }
}

/// Whether the timeline still has a frame, of the file that it was read from.
fn has_frame(room: &Room, address: FrameAddress, from: Option<&Arc<dyn FrameSource>>) -> bool {
    let timeline = room.sim().timeline();
    match address {
        FrameAddress::Memory(_) => timeline.frame(address).is_ok(),
        FrameAddress::File(_) => match (timeline.source(), from) {
            (Some(source), Some(from)) => Arc::ptr_eq(&source, from),
            _ => false,
        },
    }
}
