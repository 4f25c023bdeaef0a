//! Events as protobuf messages of `proto/training.proto`, decoded by generated types of the tests' own.

use mlipview_telemetry::{
    Bridge, Callback, Event, EventBody, LogMessage, Sample, Status, StatusReport, SystemStats,
    Validation,
};
use prost::Message;

use super::fixtures::{at, progress, share};

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    reason = "generated from proto/training.proto, which has the documentation"
)]
mod pb {
    include!(concat!(env!("OUT_DIR"), "/mlipview.training.rs"));
}

fn decode(event: &Event, dropped: u64) -> pb::Event {
    pb::Event::decode(share(event.clone()).protobuf_after(dropped)).unwrap()
}

/// [30]
#[test]
fn every_event_has_the_same_content_as_protobuf() {
    use pb::event::Body;
    let mut bridge = Bridge::new(1);
    let mut events = Vec::new();
    for callback in [
        Callback::Progress(progress(3)),
        Callback::Status(StatusReport::new(Status::Running, "m")),
        Callback::Sample(Sample {
            path: Some("a.png".to_owned()),
            ..Sample::default()
        }),
        Callback::Validation(Validation {
            step: 5,
            epoch: 1,
            force_rmse: Some(0.5),
            ..Validation::default()
        }),
        Callback::Log(LogMessage {
            message: "text".to_owned(),
            ..LogMessage::default()
        }),
    ] {
        events.extend(bridge.on_callback(callback, at(1.0)));
    }
    events.push(bridge.on_stats(SystemStats::default(), at(1.0)));
    for event in &events {
        let read = decode(event, 0);
        assert_eq!(
            (read.event_id, &read.timestamp),
            (event.event_id, &event.timestamp)
        );
        assert_eq!(read.dropped, None);
        match (&event.body, read.body.unwrap()) {
            (EventBody::TrainingProgress(sent), Body::TrainingProgress(read)) => {
                assert_eq!(
                    (read.step, read.epoch, read.epoch_step, read.global_step),
                    (sent.step, sent.epoch, sent.epoch_step, sent.global_step)
                );
                assert_eq!(
                    (read.max_step, read.max_epoch),
                    (sent.max_step, sent.max_epoch)
                );
                assert_eq!(
                    (read.loss, read.learning_rate, read.eta_seconds),
                    (sent.loss, sent.learning_rate, sent.eta_seconds)
                );
            }
            (EventBody::TrainingStatus(sent), Body::TrainingStatus(read)) => {
                assert_eq!(read.status, sent.status.name());
                assert_eq!((read.message, read.error), (sent.message.clone(), None));
            }
            (EventBody::SampleGenerated(sent), Body::SampleGenerated(read)) => {
                assert_eq!((&read.sample_id, &read.path), (&sent.sample_id, &sent.path));
                assert_eq!((read.step, read.epoch), (sent.step, sent.epoch));
                assert_eq!(read.sample_type, "default");
            }
            (EventBody::Log(sent), Body::Log(read)) => {
                assert_eq!(read.level, sent.level.name());
                assert_eq!((&read.message, &read.source), (&sent.message, &sent.source));
            }
            (EventBody::SystemStats(sent), Body::SystemStats(read)) => {
                assert_eq!(read.gpu_memory_total_gb, sent.gpu_memory_total_gb);
                assert_eq!(read.cpu_percent, sent.cpu_percent);
            }
            (EventBody::ValidationResult(sent), Body::ValidationResult(read)) => {
                assert_eq!((read.step, read.epoch), (sent.step, sent.epoch));
                assert_eq!(
                    (read.validation_loss, read.force_rmse),
                    (None, sent.force_rmse)
                );
            }
            (sent, read) => panic!("{sent:?} was read as {read:?}"),
        }
    }
}

/// [30] [23]
#[test]
fn lost_events_are_said_in_protobuf_too() {
    let mut bridge = Bridge::new(9);
    let event = bridge.on_stats(SystemStats::default(), at(0.0));
    let read = decode(&event, 17);
    assert_eq!((read.event_id, read.dropped), (9, Some(17)));
}

/// [30]
#[test]
fn a_progress_is_smaller_as_protobuf() {
    let mut bridge = Bridge::new(1);
    let event = &bridge.on_callback(Callback::Progress(progress(3)), at(1.0))[0];
    let event = share(event.clone());
    assert!(2 * event.protobuf_after(0).len() < event.json().len());
}
