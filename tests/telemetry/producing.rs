//! Events that the bridge makes of reports.

use mlipview_telemetry::{
    Bridge, Callback, EventBody, LogLevel, LogMessage, Progress, ProgressEvent, Sample, SampleKind,
    SampleProgress, Status, StatusReport, Throttle,
};
use proptest::prelude::*;
use std::time::Duration;

use super::fixtures::{at, log, progress, status, text_of};

/// The event of progress that a report or the time makes, if any.
fn progress_event(events: Vec<mlipview_telemetry::Event>) -> Option<ProgressEvent> {
    events.into_iter().find_map(|event| match event.body {
        EventBody::TrainingProgress(progress) => Some(progress),
        _ => None,
    })
}

/// Reports a step of a training, and returns the time to the end, s, of the last event.
fn eta(bridge: &mut Bridge, step: Progress, seconds: f64) -> Option<f64> {
    let events = bridge.on_callback(Callback::Progress(step), at(seconds));
    let event = progress_event(events);
    event
        .expect("the steps of these tests are slow")
        .eta_seconds
}

fn long_training(global_step: u64) -> Progress {
    Progress {
        max_step: 1000,
        max_epoch: 1000,
        ..progress(global_step)
    }
}

/// [17]
#[test]
fn the_last_progress_of_a_burst_is_sent_when_the_interval_is_over() {
    let mut bridge = Bridge::new(1);
    let mut report = |step, seconds| {
        let report = Callback::Progress(progress(step));
        progress_event(bridge.on_callback(report, at(seconds)))
    };
    assert_eq!(report(1, 1.0).unwrap().global_step, 1);
    assert_eq!(report(2, 1.03), None);
    assert_eq!(report(3, 1.06), None);
    assert_eq!(bridge.deadline(), Some(Duration::from_millis(1100)));
    assert_eq!(bridge.on_time(at(1.0999)), None);
    let event = bridge.on_time(at(1.1)).unwrap();
    assert_eq!(progress_event(vec![event]).unwrap().global_step, 3);
    assert_eq!((bridge.deadline(), bridge.on_time(at(9.0))), (None, None));
}

/// [17]
#[test]
fn status_and_log_are_not_throttled() {
    let mut bridge = Bridge::new(1);
    for _ in 0..20 {
        assert_eq!(bridge.on_callback(log("text"), at(1.0)).len(), 1);
        assert_eq!(
            bridge.on_callback(status(Status::Running), at(1.0)).len(),
            2
        );
    }
}

proptest! {
    /// [17]
    #[test]
    fn values_pass_a_throttle_at_most_once_in_an_interval_and_the_last_always(
        gaps in prop::collection::vec(0_u64..250, 1..60)
    ) {
        let interval = Duration::from_millis(100);
        let mut throttle = Throttle::new(interval);
        let (mut now, mut passed) = (Duration::from_secs(5), Vec::new());
        for (value, gap) in gaps.iter().enumerate() {
            let next = now + Duration::from_millis(*gap);
            if let Some(due) = throttle.deadline().filter(|due| *due <= next) {
                passed.push((due, throttle.take_due(due).unwrap()));
            }
            now = next;
            passed.extend(throttle.offer(value, now).map(|value| (now, value)));
        }
        if let Some(due) = throttle.deadline() {
            passed.push((due, throttle.take_due(due).unwrap()));
        }
        prop_assert_eq!(passed.last().unwrap().1, gaps.len() - 1);
        for pair in passed.windows(2) {
            prop_assert!(pair[1].0 - pair[0].0 >= interval);
            prop_assert!(pair[1].1 > pair[0].1);
        }
    }

    /// [18]
    #[test]
    fn the_time_to_the_end_of_a_steady_training_is_exact_whatever_its_pauses(
        seconds_per_step in 0.11_f64..90.0,
        first in 0_u64..10_000,
        pauses in prop::collection::vec(prop::option::weighted(0.2, 0.0_f64..5000.0), 2..80)
    ) {
        let mut bridge = Bridge::new(1);
        bridge.on_callback(status(Status::Running), at(0.0));
        let mut now = 0.0;
        for (step, pause) in (first..).zip(pauses) {
            let eta = eta(&mut bridge, long_training(step), now);
            if step > first {
                let exact = (1_000_000 - step) as f64 * seconds_per_step;
                prop_assert!((eta.unwrap() / exact - 1.0).abs() < 1e-6, "{eta:?} {exact}");
            } else {
                prop_assert_eq!(eta, None);
            }
            if let Some(pause) = pause {
                bridge.on_callback(status(Status::Paused), at(now));
                now += pause;
                bridge.on_callback(status(Status::Running), at(now));
            }
            now += seconds_per_step;
        }
    }
}

/// [18]
#[test]
fn the_time_to_the_end_follows_the_rate_of_the_last_thirty_seconds() {
    let mut bridge = Bridge::new(1);
    let mut now = 0.0;
    for step in 0..=200 {
        eta(&mut bridge, long_training(step), now);
        now += if step < 100 { 0.2 } else { 1.0 };
    }
    let last = eta(&mut bridge, long_training(201), now).unwrap();
    assert!((last - (1_000_000.0 - 201.0)).abs() < 1.0, "{last}");
}

/// [18]
#[test]
fn the_time_to_the_end_is_unknown_before_the_start_at_step_0_and_at_the_end() {
    let mut bridge = Bridge::new(1);
    assert_eq!(eta(&mut bridge, progress(0), 0.0), None);
    assert_eq!(eta(&mut bridge, progress(0), 1.0), None);
    assert!(eta(&mut bridge, progress(1), 2.0).is_some());
    assert_eq!(eta(&mut bridge, progress(20), 3.0), None);
    assert_eq!(eta(&mut bridge, progress(25), 4.0), None);
}

/// [19]
#[test]
fn words_of_a_trainer_become_a_status() {
    for (text, status) in [
        ("starting", Status::Starting),
        ("Loading model", Status::Starting),
        ("loading training data", Status::Starting),
        ("Training ...", Status::Running),
        ("saving", Status::Running),
        ("Paused", Status::Paused),
        ("stopping", Status::Stopped),
        ("training stopped", Status::Stopped),
        ("Error: out of memory", Status::Error),
        ("Training failed", Status::Error),
        ("Training completed", Status::Completed),
        ("FINISHED", Status::Completed),
        ("epoch 3 of 7", Status::Running),
        ("", Status::Running),
    ] {
        assert_eq!(Status::from_words(text), status, "{text:?}");
    }
}

/// [20]
#[test]
fn each_status_is_also_logged() {
    let mut bridge = Bridge::new(1);
    let report = StatusReport::from_words("Training failed: NaN");
    let events = bridge.on_callback(Callback::Status(report), at(0.0));
    let [status, log] = events.as_slice() else {
        panic!("{events:?}")
    };
    let EventBody::TrainingStatus(status) = &status.body else {
        panic!("{status:?}")
    };
    assert_eq!(status.status, Status::Error);
    assert_eq!(status.message.as_deref(), Some("Training failed: NaN"));
    assert_eq!(status.error.as_deref(), Some("Training failed: NaN"));
    let EventBody::Log(log) = &log.body else {
        panic!("{log:?}")
    };
    assert_eq!(
        (log.level, log.source.as_str()),
        (LogLevel::Info, "trainer")
    );
    assert_eq!(log.message, "Training failed: NaN");
}

/// [20] [12]
#[test]
fn each_sample_is_also_logged_and_the_progress_of_a_sampler_is_a_log() {
    let mut bridge = Bridge::new(5);
    bridge.on_callback(Callback::Progress(progress(13)), at(0.0));
    let sample = Sample {
        kind: SampleKind::Custom,
        path: Some("samples/1.png".to_owned()),
        prompt: Some("relaxed ethanol".to_owned()),
        thumbnail_path: None,
    };
    let events = bridge.on_callback(Callback::Sample(sample), at(0.0));
    let EventBody::SampleGenerated(sample) = &events[0].body else {
        panic!("{events:?}")
    };
    assert_eq!(sample.path, "samples/1.png");
    assert_eq!((sample.step, sample.epoch), (Some(3), Some(1)));
    assert_eq!(sample.prompt.as_deref(), Some("relaxed ethanol"));
    let EventBody::Log(log) = &events[1].body else {
        panic!("{events:?}")
    };
    assert_eq!(
        (log.level, log.source.as_str()),
        (LogLevel::Info, "sampler")
    );
    let sampling = Callback::SampleProgress(SampleProgress {
        kind: SampleKind::Custom,
        step: 3,
        max_step: 20,
    });
    let events = bridge.on_callback(sampling, at(0.0));
    assert_eq!(events.len(), 1);
    assert_eq!(text_of(&events[0].body), "custom sample: step 3 of 20");
    let EventBody::Log(log) = &events[0].body else {
        panic!()
    };
    assert_eq!(
        (log.level, log.source.as_str()),
        (LogLevel::Debug, "sampler")
    );
}

/// [21]
#[test]
fn a_sample_without_a_path_is_a_warning_and_no_event() {
    let mut bridge = Bridge::new(1);
    for path in [None, Some(String::new())] {
        let sample = Sample {
            path,
            ..Sample::default()
        };
        let events = bridge.on_callback(Callback::Sample(sample), at(0.0));
        let [event] = events.as_slice() else {
            panic!("{events:?}")
        };
        let EventBody::Log(log) = &event.body else {
            panic!("{event:?}")
        };
        assert_eq!(log.level, LogLevel::Warning);
    }
}

/// [22]
#[test]
fn a_reset_forgets_the_start_and_the_last_step() {
    let mut bridge = Bridge::new(1);
    eta(&mut bridge, progress(1), 0.0);
    assert!(eta(&mut bridge, progress(2), 1.0).is_some());
    assert_eq!(bridge.state().current_step, Some(2));
    assert!(bridge.on_callback(Callback::Reset, at(2.0)).is_empty());
    assert_eq!(bridge.state().current_step, None);
    assert_eq!(bridge.state().last_loss, None);
    assert_eq!(eta(&mut bridge, progress(1), 100.0), None);
    assert_eq!(eta(&mut bridge, progress(2), 102.0), Some(36.0));
}

/// [24]
#[test]
fn the_state_has_the_last_known_values() {
    let mut bridge = Bridge::new(1);
    assert_eq!(bridge.state().status, Status::Idle);
    assert!(!bridge.state().is_training);
    bridge.on_callback(status(Status::Running), at(0.0));
    bridge.on_callback(Callback::Progress(progress(14)), at(0.0));
    let unknown = Progress {
        loss: Some(f64::NAN),
        learning_rate: None,
        ..progress(15)
    };
    bridge.on_callback(Callback::Progress(unknown), at(0.0));
    let state = serde_json::to_value(bridge.state()).unwrap();
    assert_eq!(
        state,
        serde_json::json!({
            "status": "running", "is_training": true, "current_step": 5, "current_epoch": 1,
            "last_loss": 0.5, "last_lr": 1e-4,
        })
    );
    bridge.on_callback(status(Status::Completed), at(0.0));
    assert!(!bridge.state().is_training);
}

/// [23]
#[test]
fn a_long_text_is_cut_at_a_character() {
    let mut bridge = Bridge::new(1);
    let long = "ä".repeat(mlipview_telemetry::MAX_TEXT);
    let message = LogMessage {
        message: format!("x{long}"),
        ..LogMessage::default()
    };
    let events = bridge.on_callback(Callback::Log(message), at(0.0));
    assert_eq!(
        text_of(&events[0].body).len(),
        mlipview_telemetry::MAX_TEXT - 1
    );
}
