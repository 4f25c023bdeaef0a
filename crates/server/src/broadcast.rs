//! Tasks of a room that publish the changes of its simulation to all connections.
//!
//! The simulation wakes a task and continues; the task publishes the newest state at a bounded rate. The
//! cost is therefore independent of the number of simulation steps per second.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::bond_perception::perceive;
use super::clock::Clock;
use super::room::{Room, RoomFrame, RoomNotice, people_of};
use crate::session::timeline::TimelineTracker;
use mlipview_core::sim::SimHandle;

/// Minimum interval between two lists of people.
const PEOPLE_INTERVAL: Duration = Duration::from_millis(33);

/// Maximum number of people in all lists sent within a second: n clients get lists of n people.
const PEOPLE_PER_SECOND: f64 = 500_000.0;

/// Minimum interval between two perceptions of bonds in the same structure.
const BONDS_INTERVAL: Duration = Duration::from_millis(250);

/// Minimum interval between two summaries of the timeline.
const TIMELINE_INTERVAL: Duration = Duration::from_millis(500);

/// The interval is at least this many times the duration of a perception, so that the perception of many
/// atoms takes no more than a fifth of a CPU core.
const BONDS_INTERVAL_RATIO: u32 = 5;

/// Opens a room inside the server's runtime, and starts its tasks, which end when the room closes. `max_rate`
/// is the maximum number of frames per second to one client.
pub(super) fn open_room(name: &str, sim: SimHandle, max_rate: f64, clock: Clock) -> Arc<Room> {
    let (room, changes) = Room::new(name, sim);
    // Twice the maximum rate, so that a client whose next frame is due finds a new one.
    let interval = Duration::from_secs_f64(0.5 / max_rate.clamp(1.0, 1000.0));
    let shared = || Arc::clone(&room);
    spawn_until_closed(&room, publish_frames(shared(), changes.frame, interval));
    spawn_until_closed(&room, publish_people(shared(), changes.people));
    spawn_until_closed(&room, publish_bonds(shared(), clock));
    spawn_until_closed(&room, publish_timeline(shared()));
    spawn_until_closed(&room, measure_steps(shared(), clock));
    room
}

fn spawn_until_closed(room: &Arc<Room>, task: impl Future<Output = ()> + Send + 'static) {
    let mut closing = room.closing.subscribe();
    tokio::spawn(async move {
        tokio::select! {
            _ = closing.wait_for(|closing| *closing) => {}
            () = task => {}
        }
    });
}

/// Publishes the newest frame after all events before it.
async fn publish_frames(room: Arc<Room>, new_frame: Arc<Notify>, interval: Duration) {
    let mut events = room.sim().events();
    loop {
        new_frame.notified().await;
        // An error means that the room has no clients.
        let publish = |notice| _ = room.notices.send(notice);
        let disconnected = loop {
            match events.try_recv() {
                Ok(event) => publish(RoomNotice::Event(event)),
                Err(error) => break error.is_disconnected(),
            }
        };
        if disconnected {
            publish(RoomNotice::Text(
                "MISSED: some events, because the simulation had too many at once".to_owned(),
            ));
            events = room.sim().events();
        }
        room.frames.send_replace(RoomFrame::of(room.sim()));
        sleep(interval).await;
    }
}

async fn publish_people(room: Arc<Room>, new_people: Arc<Notify>) {
    loop {
        new_people.notified().await;
        let people = people_of(room.sim());
        let count = people.people.len() as f64;
        room.people.send_replace(Arc::new(people));
        let interval = Duration::from_secs_f64(count * count / PEOPLE_PER_SECOND);
        sleep(interval.max(PEOPLE_INTERVAL)).await;
    }
}

async fn publish_bonds(room: Arc<Room>, clock: Clock) {
    let mut frames = room.frames.subscribe();
    let mut perceived: Option<(u64, u64)> = None;
    let mut interval = BONDS_INTERVAL;
    loop {
        if !room.wants_bonds() {
            room.bonds_wanted.notified().await;
            continue;
        }
        let frame = Arc::clone(&frames.borrow_and_update().frame);
        if perceived != Some((frame.revision, frame.number)) {
            perceived = Some((frame.revision, frame.number));
            let (start, last) = (clock.now(), room.bonds.borrow().clone());
            let result = spawn_blocking(move || perceive(&frame, last.as_deref())).await;
            if let Ok(Some((bonds, failure))) = result {
                room.bonds.send_replace(Some(Arc::new(bonds)));
                if let Some(text) = failure {
                    let _ = room.notices.send(RoomNotice::Text(text));
                }
            }
            interval = BONDS_INTERVAL.max((clock.now() - start) * BONDS_INTERVAL_RATIO);
        }
        tokio::select! {
            () = new_structure(&room, perceived) => {}
            () = async {
                sleep(interval).await;
                let _ = frames.changed().await;
            } => {}
        }
    }
}

/// Waits for a structure other than the one of the last perception.
async fn new_structure(room: &Room, perceived: Option<(u64, u64)>) {
    let mut frames = room.frames.subscribe();
    let revision = perceived.map(|(revision, _)| revision);
    let differs = |newest: &RoomFrame| Some(newest.frame.revision) != revision;
    let _ = frames.wait_for(differs).await;
}

/// Publishes summaries of the timeline while a client wants them.
async fn publish_timeline(room: Arc<Room>) {
    let mut frames = room.frames.subscribe();
    let tracker = || TimelineTracker::new(room.sim().timeline().clone());
    let mut current = tracker();
    loop {
        if !room.wants_timeline() {
            // Forgets what it has read, which takes memory.
            current = tracker();
            room.timeline_wanted.notified().await;
            continue;
        }
        let activity = frames.borrow_and_update().frame.activity.clone();
        let update = spawn_blocking(move || {
            let summary = current.update(activity);
            (current, summary)
        });
        let Ok((updated, summary)) = update.await else {
            current = tracker();
            continue;
        };
        current = updated;
        room.timeline.send_if_modified(|last| {
            let same = last.as_ref().is_some_and(|last| last.says_same(&summary));
            if !same {
                *last = Some(Arc::new(summary));
            }
            !same
        });
        sleep(TIMELINE_INTERVAL).await;
        if current.is_complete() {
            tokio::select! {
                _ = frames.changed() => {}
                () = room.timeline_wanted.notified() => {}
            }
        }
    }
}

async fn measure_steps(room: Arc<Room>, clock: Clock) {
    loop {
        let step = room.sim().frame().step;
        room.step_rate.measure(step, clock.now());
        sleep(Duration::from_secs(1)).await;
    }
}
