//! Form of the events in JSON.

use mlipview_telemetry::{
    Bridge, Callback, Event, EventBody, LogEvent, LogLevel, Progress, Sample, Status, StatusReport,
    SystemStats, Validation,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::fixtures::{at, progress, share};

/// The first event of a report, as JSON.
fn event_of(callback: Callback) -> Value {
    let mut bridge = Bridge::new(7);
    let events = bridge.on_callback(callback, at(1.0));
    json_of(events[0].clone())
}

fn json_of(event: Event) -> Value {
    serde_json::from_str(share(event).json()).unwrap()
}

/// [10] [4] [26]
#[test]
fn progress_has_loss_and_learning_rate_and_null_for_the_unknown() {
    let mut event = json!({
        "type": "training_progress", "event_id": 7, "timestamp": "2024-01-01T00:00:00.000Z",
        "step": 4, "epoch": 1, "epoch_step": 4, "global_step": 14, "max_step": 10, "max_epoch": 2,
        "loss": 0.5, "learning_rate": 1e-4, "eta_seconds": null,
    });
    assert_eq!(event_of(Callback::Progress(progress(14))), event);
    let unknown = Progress {
        loss: Some(f64::NAN),
        learning_rate: None,
        ..progress(14)
    };
    event["loss"] = Value::Null;
    event["learning_rate"] = Value::Null;
    assert_eq!(event_of(Callback::Progress(unknown)), event);
}

/// [11]
#[test]
fn a_status_has_one_of_eight_names() {
    let names = [
        "idle",
        "starting",
        "running",
        "paused",
        "stopping",
        "stopped",
        "error",
        "completed",
    ];
    for name in names {
        let status: Status = serde_json::from_value(json!(name)).unwrap();
        assert_eq!(status.name(), name);
        let report = StatusReport {
            status,
            ..StatusReport::default()
        };
        let event = event_of(Callback::Status(report));
        assert_eq!(event["type"], "training_status");
        assert_eq!(event["status"], name);
        assert_eq!(
            (&event["message"], &event["error"]),
            (&Value::Null, &Value::Null)
        );
    }
}

/// [12]
#[test]
fn a_sample_has_an_id_a_path_and_its_step() {
    let sample = Sample {
        path: Some("/a/b.png".to_owned()),
        prompt: Some("relaxed ethanol".to_owned()),
        ..Sample::default()
    };
    let event = event_of(Callback::Sample(sample));
    assert_eq!(
        event,
        json!({
            "type": "sample_generated", "event_id": 7, "timestamp": "2024-01-01T00:00:00.000Z",
            "sample_id": "sample_7", "path": "/a/b.png", "sample_type": "default", "step": null,
            "epoch": null, "prompt": "relaxed ethanol", "thumbnail_path": null,
        })
    );
}

/// [13]
#[test]
fn a_log_has_one_of_five_levels_and_a_source() {
    for name in ["debug", "info", "warning", "error", "critical"] {
        let line = json!({"callback": "log", "level": name, "message": "m", "source": "s"});
        let event = event_of(line.to_string().parse().unwrap());
        assert_eq!(event["type"], "log");
        assert_eq!(
            (&event["level"], &event["message"]),
            (&json!(name), &json!("m"))
        );
        assert_eq!(event["source"], "s");
    }
}

/// [14]
#[test]
fn the_load_has_two_decimals_and_percent_one() {
    let mut bridge = Bridge::new(7);
    let stats = SystemStats {
        gpu_memory_used_gb: Some(1.234_56),
        cpu_percent: 12.345,
        ram_used_gb: 3.999,
        ram_total_gb: 16.0,
        ..SystemStats::default()
    };
    let event = json_of(bridge.on_stats(stats, at(1.0)));
    assert_eq!(
        event,
        json!({
            "type": "system_stats", "event_id": 7, "timestamp": "2024-01-01T00:00:00.000Z",
            "gpu_memory_used_gb": 1.23, "gpu_memory_total_gb": null,
            "gpu_utilization_percent": null, "cpu_percent": 12.3, "ram_used_gb": 4.0,
            "ram_total_gb": 16.0,
        })
    );
}

/// [15]
#[test]
fn a_validation_has_errors_of_forces_and_energies() {
    let event = event_of(Callback::Validation(Validation {
        step: 5,
        epoch: 1,
        validation_loss: Some(0.25),
        force_rmse: Some(0.03),
        energy_rmse: None,
    }));
    assert_eq!(
        event,
        json!({
            "type": "validation_result", "event_id": 7, "timestamp": "2024-01-01T00:00:00.000Z",
            "step": 5, "epoch": 1, "validation_loss": 0.25, "force_rmse": 0.03,
            "energy_rmse": null,
        })
    );
}

proptest! {
    /// [26]
    #[test]
    fn events_are_numbered_without_gaps_and_survive_json(
        loss in prop::option::of(any::<f64>().prop_filter("JSON has no others", |x| x.is_finite())),
        message in ".{0,60}",
        first in 1_u64..1 << 53
    ) {
        let mut bridge = Bridge::new(first);
        let mut events = bridge.on_callback(
            Callback::Progress(Progress { loss, ..progress(3) }), at(1.0));
        events.extend(bridge.on_callback(
            Callback::Status(StatusReport::new(Status::Running, message)), at(1.0)));
        events.push(bridge.on_stats(SystemStats::default(), at(2.0)));
        for (id, event) in (first..).zip(events) {
            prop_assert_eq!(event.event_id, id);
            let read: Event = serde_json::from_str(share(event.clone()).json()).unwrap();
            prop_assert_eq!(read, event);
        }
    }
}

/// [23]
#[test]
fn lost_events_are_said_in_the_next_one() {
    let event = Event {
        event_id: 1,
        timestamp: String::new(),
        body: EventBody::Log(LogEvent {
            level: LogLevel::Info,
            message: "}".to_owned(),
            source: String::new(),
        }),
    };
    let event = share(event);
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(read(&event.json_after(17))["dropped"], 17);
    assert_eq!(event.json_after(0), event.json());
}
