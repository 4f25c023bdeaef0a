//! The training of the window: started, reported, commanded, and used.

use std::sync::{Arc, Mutex};

use mlipview_core::chem::{Structure, library};
use mlipview_telemetry::{
    Callbacks, Command, CommandReceiver, LogLevel, LogMessage, Progress, Sample, Status,
    StatusReport, Validation,
};
use mlipview_viewer::app::document::DocumentRequest;
use mlipview_viewer::app::notices::{Notices, Severity};
use mlipview_viewer::app::training::{
    TrainedFile, TrainingFailure, TrainingJob, TrainingOutcome, TrainingRecord, TrainingStart,
    WindowTrainingSettings,
};

use super::has_notice;
use crate::test_viewer::TestViewer;

/// Trainings that the tests take the steps of.
type Started = Arc<Mutex<Vec<(WindowTrainingSettings, Arc<TrainingRecord>, CommandReceiver)>>>;

fn job() -> (TrainingJob, Started) {
    let started = Started::default();
    let shared = Arc::clone(&started);
    let job = TrainingJob::started_by(Box::new(move |settings, record, commands| {
        let begun = (settings.clone(), Arc::clone(record), commands);
        shared.lock().unwrap().push(begun);
        Ok(())
    }));
    (job, started)
}

fn viewer() -> (TestViewer, Started) {
    let (job, started) = job();
    let structure: Structure = library::find("water").unwrap().structure().unwrap();
    let viewer = TestViewer::with_plugins(structure, None, |app| {
        app.insert_resource(job);
    });
    (viewer, started)
}

fn step(global_step: u64, loss: f64) -> Progress {
    Progress {
        epoch: global_step / 10,
        epoch_step: global_step % 10,
        global_step,
        max_step: 10,
        max_epoch: 5,
        loss: Some(loss),
        learning_rate: Some(1e-3),
    }
}

#[test]
fn a_training_is_recorded_and_its_end_is_told() {
    let (mut viewer, started) = viewer();
    let labels = DocumentRequest::SelectLabels("data/water.xyz".into());
    viewer.app.world_mut().write_message(labels);
    viewer.app.update();
    let mut job = viewer.app.world_mut().resource_mut::<TrainingJob>();
    assert_eq!(job.settings.labels, "data/water.xyz");
    job.settings.start = TrainingStart::Scratch;
    job.start();
    // One at a time.
    job.start();
    assert!(job.is_running());
    let (settings, record, _) = started.lock().unwrap().remove(0);
    assert!(started.lock().unwrap().is_empty());
    assert_eq!(settings.start.to_string(), "scratch");
    record.on_status(StatusReport::new(Status::Running, "training"));
    for at in 1..=30 {
        record.on_update_train_progress(step(at, 1.0 / at as f64));
    }
    record.on_validation(Validation {
        step: 30,
        epoch: 2,
        validation_loss: Some(0.5),
        force_rmse: Some(0.1),
        energy_rmse: None,
    });
    let progress = viewer.get::<TrainingJob>().progress().unwrap();
    assert_eq!(progress.loss.points().len(), 30);
    assert_eq!(progress.force_rmse.points(), [[30.0, 0.1]]);
    assert!(progress.energy_rmse.points().is_empty());
    assert!(progress.eta.is_some());
    record.finish(Ok(TrainingOutcome {
        sentence: "completed; wrote water.safetensors".to_owned(),
        file: Some(TrainedFile {
            potential: "nano".to_owned(),
            path: "water.safetensors".to_owned(),
        }),
    }));
    viewer.app.update();
    viewer.app.update();
    let told = viewer.get::<Notices>().list();
    let ends = told.filter(|notice| notice.text.contains("wrote water"));
    assert_eq!(ends.count(), 1);
    assert!(!viewer.get::<TrainingJob>().is_running());
}

#[test]
fn commands_reach_the_trainer_if_they_fit_its_status() {
    let (mut viewer, started) = viewer();
    let job = &mut viewer.app.world_mut().resource_mut::<TrainingJob>();
    assert!(job.command(Command::Pause).is_err(), "nothing runs");
    job.start();
    let (_, record, commands) = started.lock().unwrap().remove(0);
    assert!(job.command(Command::Resume).is_err(), "it is not paused");
    record.on_status(StatusReport::new(Status::Running, "training"));
    job.command(Command::Pause).unwrap();
    assert_eq!(commands.try_next(), Some(Command::Pause));
    drop(commands);
    assert!(job.command(Command::Stop).is_err(), "nobody listens");
}

#[test]
fn a_failure_is_told_and_the_settings_stay() {
    let (mut viewer, started) = viewer();
    let mut job = viewer.app.world_mut().resource_mut::<TrainingJob>();
    job.settings.labels = "none.xyz".to_owned();
    job.start();
    let (_, record, _) = started.lock().unwrap().remove(0);
    record.finish(Err(TrainingFailure::new("cannot read none.xyz")));
    viewer.app.update();
    assert!(has_notice(&viewer, Severity::Error, "cannot read none.xyz"));
    let mut job = viewer.app.world_mut().resource_mut::<TrainingJob>();
    assert_eq!(job.progress().unwrap().status, Status::Error);
    job.dismiss();
    assert!(job.progress().is_none());
    assert_eq!(job.settings.labels, "none.xyz");
}

#[test]
fn samples_and_messages_are_bounded() {
    let (mut job, started) = job();
    job.start();
    let (_, record, _) = started.lock().unwrap().remove(0);
    for at in 0..500 {
        record.on_sample(Sample {
            path: Some(format!("{at}.xyz")),
            ..Sample::default()
        });
        record.on_log(LogMessage {
            level: LogLevel::Info,
            message: at.to_string(),
            source: "trainer".to_owned(),
        });
    }
    let progress = record.progress();
    assert!(progress.samples.len() <= 20 && progress.messages.len() <= 200);
    assert_eq!(
        progress.samples.back().unwrap().path.as_deref(),
        Some("499.xyz")
    );
    assert_eq!(progress.messages.back().unwrap().message, "499");
}
