//! Progress of a training on the terminal: a bar, lines, or JSON objects.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use mlipview_telemetry::{
    Callback, Callbacks, LogLevel, LogMessage, Progress, Sample, SampleProgress, StatusReport,
    Validation,
};
use mlipview_training::Trainer;
use serde_json::Value;

/// Time between two lines of progress in JSON.
const INTERVAL: Duration = Duration::from_millis(100);

/// Receives the reports of a trainer and prints them.
pub(super) struct ProgressReport {
    style: Style,
    state: Mutex<State>,
}

enum Style {
    /// One JSON object per line: the reports that `mlipview telemetry --feed -` reads.
    Json,
    /// A line for each validation.
    Lines,
    /// A progress bar, on a terminal, and a line for each validation.
    Bar(ProgressBar),
}

#[derive(Default)]
struct State {
    loss: Option<f64>,
    printed: Option<Instant>,
}

impl ProgressReport {
    /// A report in the style that fits the output.
    pub(super) fn new(json: bool) -> ProgressReport {
        let is_terminal = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
        let style = match (json, is_terminal) {
            (true, _) => Style::Json,
            (false, true) => Style::Bar(ProgressBar::hidden()),
            (false, false) => Style::Lines,
        };
        ProgressReport {
            style,
            state: Mutex::default(),
        }
    }

    /// Shows the bar.
    pub(super) fn begin(&self, trainer: &Trainer) {
        let Style::Bar(bar) = &self.style else {
            return;
        };
        let template = "{bar:20.cyan/blue} step {pos}/{len} · {per_sec} · {eta} left · {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_length(trainer.steps());
        bar.set_position(trainer.counters().steps);
        bar.reset_eta();
        bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
    }

    /// Prints a message; with JSON as a report of the log.
    fn message(&self, text: &str) {
        match &self.style {
            Style::Json => self.json(&Callback::Log(LogMessage {
                level: LogLevel::Info,
                message: text.to_owned(),
                source: "train".to_owned(),
            })),
            Style::Lines => print(text),
            Style::Bar(bar) => bar.suspend(|| print(text)),
        }
    }

    /// Prints the outcome, as a sentence or as a JSON object.
    pub(super) fn outcome(&self, sentence: &str, object: &Value) {
        match &self.style {
            Style::Json => print(&object.to_string()),
            Style::Lines => print(sentence),
            Style::Bar(bar) => {
                bar.abandon();
                print(sentence);
            }
        }
    }

    fn json(&self, callback: &Callback) {
        if let (Style::Json, Ok(line)) = (&self.style, serde_json::to_string(callback)) {
            print(&line);
        }
    }
}

impl Callbacks for ProgressReport {
    fn on_update_train_progress(&self, progress: Progress) {
        let mut state = self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        state.loss = progress.loss;
        let is_last = progress.global_step == progress.max_step * progress.max_epoch;
        match &self.style {
            Style::Bar(bar) => {
                bar.set_position(progress.global_step);
                let loss = progress.loss.unwrap_or_default();
                bar.set_message(format!("loss {loss:.5}"));
            }
            Style::Json if is_last || state.printed.is_none_or(|at| at.elapsed() >= INTERVAL) => {
                state.printed = Some(now());
                self.json(&Callback::Progress(progress));
            }
            Style::Json | Style::Lines => {}
        }
    }

    fn on_status(&self, report: StatusReport) {
        self.json(&Callback::Status(report));
    }

    fn on_sample(&self, sample: Sample) {
        if let Some(prompt) = &sample.prompt {
            let path = sample.path.as_deref().unwrap_or("no file");
            if !matches!(self.style, Style::Json) {
                self.message(&format!("sample: {prompt}, {path}"));
            }
        }
        self.json(&Callback::Sample(sample));
    }

    fn on_sample_progress(&self, progress: SampleProgress) {
        self.json(&Callback::SampleProgress(progress));
    }

    fn on_validation(&self, validation: Validation) {
        self.json(&Callback::Validation(validation));
        if matches!(self.style, Style::Json) {
            return;
        }
        let state = self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        self.message(&format!(
            "epoch {:>4} · step {:>6} · loss {:.5} · validation: loss {:.5}, forces {:.4} eV/Å, \
             energies {:.2} meV/atom",
            validation.epoch,
            validation.step,
            state.loss.unwrap_or_default(),
            validation.validation_loss.unwrap_or_default(),
            validation.force_rmse.unwrap_or_default(),
            validation.energy_rmse.unwrap_or_default(),
        ));
    }

    fn on_log(&self, message: LogMessage) {
        if message.level != LogLevel::Debug && !matches!(self.style, Style::Json) {
            self.message(&message.message);
        }
        self.json(&Callback::Log(message));
    }

    fn reset(&self) {
        self.json(&Callback::Reset);
    }
}

/// Prints a line; a reader that has closed the output does not end the training.
fn print(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "lines of progress are printed some times a second"
)]
fn now() -> Instant {
    Instant::now()
}
