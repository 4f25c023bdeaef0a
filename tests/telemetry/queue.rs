//! The bounded queue of a client.

use std::sync::Arc;

use mlipview_telemetry::{
    Event, EventBody, EventKind, LogEvent, MAX_QUEUED, ProgressEvent, Queue, SampleEvent,
    SharedEvent, StatusEvent, SystemStats, ValidationEvent,
};
use proptest::prelude::*;

use super::fixtures::share;

fn event(event_id: u64, kind: EventKind) -> Arc<SharedEvent> {
    let body = match kind {
        EventKind::TrainingProgress => EventBody::TrainingProgress(ProgressEvent::default()),
        EventKind::TrainingStatus => EventBody::TrainingStatus(StatusEvent::default()),
        EventKind::SampleGenerated => EventBody::SampleGenerated(SampleEvent::default()),
        EventKind::Log => EventBody::Log(LogEvent::default()),
        EventKind::SystemStats => EventBody::SystemStats(SystemStats::default()),
        EventKind::ValidationResult => EventBody::ValidationResult(ValidationEvent::default()),
    };
    share(Event {
        event_id,
        timestamp: String::new(),
        body,
    })
}

/// A queue of events of these types.
fn queue_of(kinds: impl IntoIterator<Item = EventKind>) -> Queue {
    let mut queue = Queue::default();
    for (id, kind) in (1..).zip(kinds) {
        queue.push(event(id, kind));
    }
    queue
}

/// Numbers of all events, and the number that were lost.
fn drain(mut queue: Queue) -> (Vec<u64>, u64) {
    let mut lost = 0;
    let all = std::iter::from_fn(|| queue.pop()).map(|(event, dropped)| {
        lost += dropped;
        event.id()
    });
    let all = all.collect();
    (all, lost)
}

/// [23]
#[test]
fn a_full_queue_replaces_progress_and_load_by_their_newest() {
    for kind in [EventKind::TrainingProgress, EventKind::SystemStats] {
        let others = std::iter::repeat_n(EventKind::TrainingStatus, MAX_QUEUED - 1);
        let (all, lost) = drain(queue_of(others.chain([kind; 50])));
        let statuses = 1..MAX_QUEUED as u64;
        let newest = MAX_QUEUED as u64 + 49;
        assert_eq!(all, statuses.chain([newest]).collect::<Vec<u64>>());
        assert_eq!(lost, 0);
    }
}

/// [23]
#[test]
fn a_full_queue_drops_its_oldest_log_and_says_how_many() {
    let (all, lost) = drain(queue_of([EventKind::Log; MAX_QUEUED + 44]));
    assert_eq!(all, (45..=MAX_QUEUED as u64 + 44).collect::<Vec<u64>>());
    assert_eq!(lost, 44);
    let mut queue = queue_of([EventKind::Log; MAX_QUEUED + 44]);
    assert_eq!(queue.pop().unwrap().1, 44);
    assert_eq!(queue.pop().unwrap().1, 0);
}

/// [23]
#[test]
fn rare_events_survive_floods_of_others() {
    let flood = |kind| std::iter::repeat_n(kind, 1000);
    let rare = [
        EventKind::TrainingStatus,
        EventKind::SampleGenerated,
        EventKind::ValidationResult,
    ];
    let kinds = flood(EventKind::Log)
        .chain(rare)
        .chain(flood(EventKind::Log))
        .chain(flood(EventKind::TrainingProgress))
        .chain(flood(EventKind::SystemStats));
    let (all, _) = drain(queue_of(kinds));
    assert!([1001, 1002, 1003].iter().all(|id| all.contains(id)));
    assert!(all.contains(&4003));
}

proptest! {
    /// [23]
    #[test]
    fn a_queue_is_bounded_in_order_and_loses_only_what_it_says(
        kinds in prop::collection::vec(prop::sample::select(&EventKind::ALL), 0..900)
    ) {
        let queue = queue_of(kinds.iter().copied());
        prop_assert!(queue.len() <= MAX_QUEUED);
        let (all, lost) = drain(queue);
        prop_assert!(all.is_sorted());
        let is_kept = |id: &u64| all.contains(id);
        let counted = (1..=kinds.len() as u64).filter(|id| !is_kept(id)).filter(|id| {
            let kind = kinds[*id as usize - 1];
            kind != EventKind::TrainingProgress && kind != EventKind::SystemStats
        });
        prop_assert_eq!(counted.count() as u64, lost);
    }
}
