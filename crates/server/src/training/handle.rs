//! Handle of a training, for its trainer.

use std::sync::{Arc, OnceLock};

use super::inbox::Report;
use super::now::now;
use super::state::Training;
use crate::clock::Clock;
use mlipview_telemetry::{
    Callback, Callbacks, CommandReceiver, CommandSender, LogMessage, Progress, Sample,
    SampleProgress, StatusReport, Validation, command_queue,
};

/// Handle of a training that a server publishes. Its trainer reports by [`Callbacks`], each of which returns
/// at once: a queue of 1024 reports lies between the trainer and the thread that publishes them, and at that
/// bound progress is replaced by newer progress, and messages for the log are left out and counted.
///
/// Dropping it ends the training: what was reported is still published, and clients may replay it.
pub struct TrainingHandle {
    training: Arc<Training>,
    commands: OnceLock<CommandReceiver>,
    clock: Clock,
}

impl TrainingHandle {
    pub(super) fn new(training: Arc<Training>, clock: Clock) -> TrainingHandle {
        TrainingHandle {
            training,
            commands: OnceLock::new(),
            clock,
        }
    }

    /// The commands of drivers, at most 16 at a time. They are rejected before the first call of this, since
    /// nobody would carry them out.
    pub fn commands(&self) -> CommandReceiver {
        let receiver = self.commands.get_or_init(|| {
            let (sender, receiver) = command_queue();
            self.send_commands_to(sender);
            receiver
        });
        receiver.clone()
    }

    /// Sends the commands of drivers to a queue that others use too, as a window does.
    pub fn send_commands_to(&self, queue: CommandSender) {
        self.training.shared().published.set_commands(Some(queue));
    }

    /// Whether the training has ended, because the server has stopped.
    pub fn has_ended(&self) -> bool {
        self.training.has_ended()
    }

    fn report(&self, callback: Callback) {
        let report = Report::Callback(callback, now(self.clock));
        self.training.inbox.push(report);
    }
}

impl Callbacks for TrainingHandle {
    fn on_update_train_progress(&self, progress: Progress) {
        self.report(Callback::Progress(progress));
    }

    fn on_status(&self, report: StatusReport) {
        self.report(Callback::Status(report));
    }

    fn on_sample(&self, sample: Sample) {
        self.report(Callback::Sample(sample));
    }

    fn on_sample_progress(&self, progress: SampleProgress) {
        self.report(Callback::SampleProgress(progress));
    }

    fn on_validation(&self, validation: Validation) {
        self.report(Callback::Validation(validation));
    }

    fn on_log(&self, message: LogMessage) {
        self.report(Callback::Log(message));
    }

    fn reset(&self) {
        self.report(Callback::Reset);
    }
}

impl Drop for TrainingHandle {
    fn drop(&mut self) {
        self.training.end();
    }
}
