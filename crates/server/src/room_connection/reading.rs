//! Reading of recorded frames for one client, one at a time.

use std::future::pending;
use std::sync::Arc;

use tokio::task::{JoinHandle, spawn_blocking};

use crate::bond_perception::perceive;
use crate::room::Room;
use crate::session::timeline::TimelinePlace;
use crate::session::{LookBackError, RecordedFrame};
use mlipview_core::sim::FrameAddress;
use mlipview_core::sim::playback::PlaybackStatus;
use mlipview_core::sim::timeline::FrameSource;

/// Reading of a recorded frame, outside of the tasks for connections: a file may be slow.
#[derive(Default)]
pub(super) struct Reading {
    task: Option<JoinHandle<ReadFrame>>,
    address: Option<FrameAddress>,
    /// The trajectory file when the last frame was read.
    source: Option<Arc<dyn FrameSource>>,
}

/// A frame that was read, with the trajectory file at that time.
struct ReadFrame {
    outcome: Result<RecordedFrame, LookBackError>,
    source: Option<Arc<dyn FrameSource>>,
}

impl Reading {
    /// Whether a frame is being read.
    pub(super) fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    /// Starts to read a frame, with its bonds if wanted.
    pub(super) fn start(&mut self, room: Arc<Room>, address: FrameAddress, bonds: bool) {
        self.address = Some(address);
        self.task = Some(tokio::spawn(async move {
            // The semaphore is never closed.
            let _permit = room.reads.acquire().await;
            let shared = Arc::clone(&room);
            let read = spawn_blocking(move || read(&shared, address, bonds)).await;
            read.unwrap_or_else(|_| ReadFrame {
                outcome: Err(LookBackError::Panic(address)),
                source: None,
            })
        }));
    }

    /// The address of the frame that was read, and the frame; never if nothing is read. Cancel safe.
    pub(super) async fn next(&mut self) -> (FrameAddress, Result<RecordedFrame, LookBackError>) {
        let (Some(task), Some(address)) = (&mut self.task, self.address) else {
            return pending().await;
        };
        let read = task.await;
        self.task = None;
        let Ok(read) = read else {
            return (address, Err(LookBackError::Panic(address)));
        };
        self.source = read.source;
        (address, read.outcome)
    }

    /// Whether the timeline of a room still has a frame that was read.
    pub(super) fn is_current(&self, room: &Room, address: FrameAddress) -> bool {
        let timeline = room.sim().timeline();
        match address {
            FrameAddress::Memory(_) => timeline.frame(address).is_ok(),
            FrameAddress::File(_) => match (timeline.source(), &self.source) {
                (Some(source), Some(from)) => Arc::ptr_eq(&source, from),
                _ => false,
            },
        }
    }
}

fn read(room: &Room, address: FrameAddress, bonds: bool) -> ReadFrame {
    let timeline = room.sim().timeline();
    let source = timeline.source();
    let outcome = timeline.frame(address).map(|frame| RecordedFrame {
        place: TimelinePlace::of(timeline, &PlaybackStatus::paused(address), &frame),
        bonds: bonds
            .then(|| perceive(&frame, None).map(|(bonds, _)| bonds))
            .flatten(),
        frame,
    });
    ReadFrame {
        outcome: outcome.map_err(LookBackError::from),
        source,
    }
}
