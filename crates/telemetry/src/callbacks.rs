//! The interface between a trainer and telemetry.

use crate::callback::{
    Callback, LogMessage, Progress, Sample, SampleProgress, StatusReport, Validation,
};

/// Receiver of a trainer's reports. A trainer calls these between its steps: each returns at once.
///
/// `()` is a receiver that ignores all reports.
pub trait Callbacks: Send + Sync {
    /// Reports a step; call it after each.
    fn on_update_train_progress(&self, progress: Progress);

    /// Reports a change of the status.
    fn on_status(&self, report: StatusReport);

    /// Reports a sample.
    fn on_sample(&self, sample: Sample);

    /// Reports the progress of a sampler.
    fn on_sample_progress(&self, progress: SampleProgress);

    /// Reports the result of a validation.
    fn on_validation(&self, validation: Validation);

    /// Reports a message for the log.
    fn on_log(&self, message: LogMessage);

    /// Reports that a new training begins: start time and last step are forgotten. \[22\]
    fn reset(&self);

    /// Reports a callback that comes as a value.
    fn on_callback(&self, callback: Callback) {
        match callback {
            Callback::Progress(progress) => self.on_update_train_progress(progress),
            Callback::Status(report) => self.on_status(report),
            Callback::Sample(sample) => self.on_sample(sample),
            Callback::SampleProgress(progress) => self.on_sample_progress(progress),
            Callback::Validation(validation) => self.on_validation(validation),
            Callback::Log(message) => self.on_log(message),
            Callback::Reset => self.reset(),
        }
    }
}

impl Callbacks for () {
    fn on_update_train_progress(&self, _: Progress) {}
    fn on_status(&self, _: StatusReport) {}
    fn on_sample(&self, _: Sample) {}
    fn on_sample_progress(&self, _: SampleProgress) {}
    fn on_validation(&self, _: Validation) {}
    fn on_log(&self, _: LogMessage) {}
    fn reset(&self) {}
}
