//! Reports of a trainer to two receivers.

use mlipview_telemetry::{
    Callbacks, LogMessage, Progress, Sample, SampleProgress, StatusReport, Validation,
};

/// Passes every report to both.
pub(super) struct Both<'a>(pub(super) &'a dyn Callbacks, pub(super) &'a dyn Callbacks);

impl Callbacks for Both<'_> {
    fn on_update_train_progress(&self, progress: Progress) {
        self.0.on_update_train_progress(progress);
        self.1.on_update_train_progress(progress);
    }

    fn on_status(&self, report: StatusReport) {
        self.0.on_status(report.clone());
        self.1.on_status(report);
    }

    fn on_sample(&self, sample: Sample) {
        self.0.on_sample(sample.clone());
        self.1.on_sample(sample);
    }

    fn on_sample_progress(&self, progress: SampleProgress) {
        self.0.on_sample_progress(progress);
        self.1.on_sample_progress(progress);
    }

    fn on_validation(&self, validation: Validation) {
        self.0.on_validation(validation);
        self.1.on_validation(validation);
    }

    fn on_log(&self, message: LogMessage) {
        self.0.on_log(message.clone());
        self.1.on_log(message);
    }

    fn reset(&self) {
        self.0.reset();
        self.1.reset();
    }
}
