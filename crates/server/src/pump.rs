//! Carries what is new from a simulation to the guests of its room.
//!
//! The simulation rings a bell and goes on; here someone wakes up and looks, as often as eyes can use
//! it. So a simulation of many thousand steps per second costs no more than one of sixty.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::clock::Clock;
use super::room::{News, Room, people_of};
use crate::session::message::{SeenBond, SeenBonds};
use mlipview_core::chem::bonds::Bonds;
use mlipview_core::sim::Frame;

/// The least time between two lists of people.
const BETWEEN_PEOPLE: Duration = Duration::from_millis(33);

/// So many people in all lists of a second together: a crowd is told of less often.
const PEOPLE_PER_SECOND: f64 = 500_000.0;

/// The least time between two looks at bonds of the same structure.
const BETWEEN_BONDS: Duration = Duration::from_millis(250);

/// Bonds of many atoms are looked at less often, so that this takes no more than a fifth of a
/// processor.
const SHARE_FOR_BONDS: u32 = 5;

/// Bonds are told in so many steps of strength.
const STRENGTHS: f64 = 16.0;

/// Starts what carries; it ends when the room is closed.
pub(super) fn start(
    room: &Arc<Room>,
    new_frame: Arc<Notify>,
    new_people: Arc<Notify>,
    max_rate: f64,
    clock: Clock,
) {
    // Twice as often as anybody is told, so that whose time has come finds something new.
    let interval = Duration::from_secs_f64(0.5 / max_rate.clamp(1.0, 1000.0));
    until_closed(room, frames(Arc::clone(room), new_frame, interval));
    until_closed(room, people(Arc::clone(room), new_people));
    until_closed(room, bonds(Arc::clone(room), clock));
    until_closed(room, measure(Arc::clone(room), clock));
}

fn until_closed(room: &Arc<Room>, work: impl Future<Output = ()> + Send + 'static) {
    let mut closing = room.closing.subscribe();
    tokio::spawn(async move {
        tokio::select! {
            _ = closing.wait_for(|closing| *closing) => {}
            () = work => {}
        }
    });
}

/// The newest frame, and what has happened until then.
async fn frames(room: Arc<Room>, new_frame: Arc<Notify>, interval: Duration) {
    let mut events = room.sim().events();
    loop {
        new_frame.notified().await;
        // Nobody may be here to hear it.
        let tell = |news| _ = room.news.send(news);
        let cut_off = loop {
            match events.try_recv() {
                Ok(event) => tell(News::Event(event)),
                Err(error) => break error.is_disconnected(),
            }
        };
        if cut_off {
            tell(News::Words(
                "MISSED: more has happened than could be told".to_owned(),
            ));
            events = room.sim().events();
        }
        room.frames.send_replace(room.sim().newest());
        sleep(interval).await;
    }
}

async fn people(room: Arc<Room>, new_people: Arc<Notify>) {
    loop {
        new_people.notified().await;
        let people = people_of(room.sim());
        let crowd = people.people.len() as f64;
        room.people.send_replace(Arc::new(people));
        let rest = Duration::from_secs_f64(crowd * crowd / PEOPLE_PER_SECOND);
        sleep(rest.max(BETWEEN_PEOPLE)).await;
    }
}

async fn bonds(room: Arc<Room>, clock: Clock) {
    let mut frames = room.frames.subscribe();
    let mut seen: Option<(u64, u64)> = None;
    let mut rest = BETWEEN_BONDS;
    loop {
        if !room.wants_bonds() {
            room.bonds_wanted.notified().await;
            continue;
        }
        let frame = Arc::clone(&frames.borrow_and_update());
        if seen != Some((frame.revision, frame.number)) {
            seen = Some((frame.revision, frame.number));
            let (begun, before) = (clock.now(), room.bonds.borrow().clone());
            let perceived = spawn_blocking(move || perceive(&frame, before.as_deref())).await;
            if let Ok(Some((bonds, complaint))) = perceived {
                room.bonds.send_replace(Some(Arc::new(bonds)));
                if let Some(words) = complaint {
                    let _ = room.news.send(News::Words(words));
                }
            }
            rest = BETWEEN_BONDS.max((clock.now() - begun) * SHARE_FOR_BONDS);
        }
        tokio::select! {
            () = other_structure(&room, seen) => {}
            () = async {
                sleep(rest).await;
                let _ = frames.changed().await;
            } => {}
        }
    }
}

/// Waits until the structure is another than the one that was seen.
async fn other_structure(room: &Room, seen: Option<(u64, u64)>) {
    let mut frames = room.frames.subscribe();
    let revision = seen.map(|(revision, _)| revision);
    let _ = frames
        .wait_for(|frame| Some(frame.revision) != revision)
        .await;
}

/// The bonds of a frame, if they are others than before; and why there are none, where nobody can say
/// which there are.
fn perceive(frame: &Frame, before: Option<&SeenBonds>) -> Option<(SeenBonds, Option<String>)> {
    let mut bonds = Bonds::empty();
    bonds.set_stated(frame.identity.stated_bonds());
    let elements = frame.identity.elements();
    let (positions, cell) = (&frame.positions, frame.cell.as_ref());
    let perceived = bonds.update(elements, positions, cell);
    bonds.perceive_orders(elements, positions, cell);
    let complaint = perceived.err().map(|error| format!("NO_BONDS: {error}"));
    let bonds = bonds.list().iter().map(|bond| {
        let hundredths = |length: f64| (length * 100.0).round() as u32;
        SeenBond {
            atoms: bond.atoms,
            shift: bond.shift,
            strength: (bond.strength * STRENGTHS).ceil() / STRENGTHS,
            limits: [bond.limits.onset, bond.limits.cutoff].map(hundredths),
            order: bond.order,
        }
    });
    let bonds = SeenBonds {
        structure: frame.revision,
        revision: before.map_or(0, |before| before.revision) + 1,
        bonds: bonds.collect(),
    };
    let same = before
        .is_some_and(|before| before.structure == bonds.structure && before.bonds == bonds.bonds);
    (!same).then_some((bonds, complaint))
}

async fn measure(room: Arc<Room>, clock: Clock) {
    loop {
        room.measure(clock.now());
        sleep(Duration::from_secs(1)).await;
    }
}
