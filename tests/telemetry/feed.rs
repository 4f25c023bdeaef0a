//! Reports of foreign trainers as JSON objects.

use mlipview_telemetry::{
    Callback, Callbacks, LogLevel, LogMessage, Progress, Sample, SampleKind, SampleProgress,
    Status, StatusReport, Validation,
};
use std::sync::Mutex;

#[test]
fn each_line_of_the_feed_is_a_report() {
    let text = |text: &str| Some(text.to_owned());
    let lines = [
        (
            r#"{"callback":"status","text":"starting"}"#,
            Callback::Status(StatusReport::new(Status::Starting, "starting")),
        ),
        (
            r#"{"callback":"status","status":"error","message":"m","error":"e"}"#,
            Callback::Status(StatusReport {
                status: Status::Error,
                message: text("m"),
                error: text("e"),
            }),
        ),
        (
            r#"{"callback":"progress","epoch":0,"epoch_step":3,"global_step":3,"max_step":10,"max_epoch":2,"loss":0.5,"learning_rate":1e-4}"#,
            Callback::Progress(Progress {
                epoch: 0,
                epoch_step: 3,
                global_step: 3,
                max_step: 10,
                max_epoch: 2,
                loss: Some(0.5),
                learning_rate: Some(1e-4),
            }),
        ),
        (
            r#"{"callback":"sample","kind":"default","path":"/a/b.png","prompt":"…"}"#,
            Callback::Sample(Sample {
                kind: SampleKind::Default,
                path: text("/a/b.png"),
                prompt: text("…"),
                thumbnail_path: None,
            }),
        ),
        (
            r#"{"callback":"sample","kind":"custom"}"#,
            Callback::Sample(Sample {
                kind: SampleKind::Custom,
                ..Sample::default()
            }),
        ),
        (
            r#"{"callback":"sample_progress","kind":"custom","step":3,"max_step":20}"#,
            Callback::SampleProgress(SampleProgress {
                kind: SampleKind::Custom,
                step: 3,
                max_step: 20,
            }),
        ),
        (
            r#"{"callback":"validation","step":5,"epoch":1,"validation_loss":0.25}"#,
            Callback::Validation(Validation {
                step: 5,
                epoch: 1,
                validation_loss: Some(0.25),
                ..Validation::default()
            }),
        ),
        (
            r#"{"callback":"log","level":"info","message":"…","source":"…"}"#,
            Callback::Log(LogMessage {
                level: LogLevel::Info,
                message: "…".to_owned(),
                source: "…".to_owned(),
            }),
        ),
        (r#"{"callback":"reset"}"#, Callback::Reset),
    ];
    for (line, callback) in lines {
        assert_eq!(line.parse::<Callback>().unwrap(), callback, "{line}");
        let written = serde_json::to_string(&callback).unwrap();
        assert_eq!(written.parse::<Callback>().unwrap(), callback, "{written}");
    }
}

#[test]
fn a_line_that_is_no_report_is_an_error_that_names_the_field() {
    for (line, field) in [
        ("", "EOF"),
        ("{}", "callback"),
        (r#"{"callback":"dance"}"#, "dance"),
        (r#"{"callback":"progress","epoch":0}"#, "epoch_step"),
        (
            r#"{"callback":"progress","epoch":-1,"epoch_step":3,"global_step":3,"max_step":10,"max_epoch":2}"#,
            "-1",
        ),
        (r#"{"callback":"status"}"#, "text"),
        (r#"{"callback":"log"}"#, "message"),
        (r#"{"callback":"sample","kind":"odd"}"#, "odd"),
    ] {
        let error = line.parse::<Callback>().unwrap_err().to_string();
        assert!(error.contains(field), "{line}: {error}");
    }
}

#[test]
fn a_report_as_a_value_calls_its_function() {
    #[derive(Default)]
    struct Names(Mutex<Vec<&'static str>>);
    impl Names {
        fn add(&self, name: &'static str) {
            self.0.lock().unwrap().push(name);
        }
    }
    impl Callbacks for Names {
        fn on_update_train_progress(&self, _: Progress) {
            self.add("progress");
        }
        fn on_status(&self, _: StatusReport) {
            self.add("status");
        }
        fn on_sample(&self, _: Sample) {
            self.add("sample");
        }
        fn on_sample_progress(&self, _: SampleProgress) {
            self.add("sample_progress");
        }
        fn on_validation(&self, _: Validation) {
            self.add("validation");
        }
        fn on_log(&self, _: LogMessage) {
            self.add("log");
        }
        fn reset(&self) {
            self.add("reset");
        }
    }
    let names = Names::default();
    names.on_callback(Callback::Progress(Progress::default()));
    names.on_callback(Callback::Status(StatusReport::default()));
    names.on_callback(Callback::Sample(Sample::default()));
    names.on_callback(Callback::SampleProgress(SampleProgress::default()));
    names.on_callback(Callback::Validation(Validation::default()));
    names.on_callback(Callback::Log(LogMessage::default()));
    names.on_callback(Callback::Reset);
    let expected = [
        "progress",
        "status",
        "sample",
        "sample_progress",
        "validation",
        "log",
        "reset",
    ];
    assert_eq!(*names.0.lock().unwrap(), expected);
}
