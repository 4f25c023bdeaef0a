//! Trainings that are fed from outside of this program.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::error::OpenTrainingError;
use super::handle::TrainingHandle;
use mlipview_telemetry::{Callback, Callbacks, MAX_TRAININGS, RateLimit, Status};

/// Name of a training that is fed without a name.
const DEFAULT_NAME: &str = "training";

/// Number of trainings from which on the oldest that is over ends.
const MAX_FED: usize = MAX_TRAININGS / 2;

/// Trainings that are fed from outside, with the limit of their rate.
pub(super) struct Feed {
    trainings: Mutex<Vec<FedTraining>>,
    rate: Mutex<RateLimit>,
}

/// A training that is fed from outside.
struct FedTraining {
    name: String,
    handle: TrainingHandle,
    /// Whether its last status is an end.
    is_over: bool,
}

impl Feed {
    pub(super) fn new(feeds_per_second: u32, now: Duration) -> Feed {
        Feed {
            trainings: Mutex::default(),
            rate: Mutex::new(RateLimit::new(feeds_per_second, now)),
        }
    }

    /// Ends all trainings that are fed.
    pub(super) fn clear(&self) {
        self.trainings().clear();
    }

    /// Counts a feed; returns the maximum per second if it is exceeded.
    pub(super) fn exceeded_rate(&self, now: Duration) -> Option<u32> {
        let mut rate = self.rate.lock().unwrap_or_else(PoisonError::into_inner);
        (!rate.admits(now)).then(|| rate.per_second())
    }

    /// Passes reports to the training of a name, which is opened if there is none; without a name to the one
    /// opened last.
    pub(super) fn take(
        &self,
        name: Option<&str>,
        callbacks: Vec<Callback>,
        open: impl FnOnce(&str) -> Result<TrainingHandle, OpenTrainingError>,
    ) -> Result<(), OpenTrainingError> {
        let mut trainings = self.trainings();
        let last = trainings.last().map(|fed| fed.name.as_str());
        let name = name.or(last).unwrap_or(DEFAULT_NAME).to_owned();
        if !trainings.iter().any(|fed| fed.name == name) {
            make_space(&mut trainings);
            let handle = open(&name)?;
            trainings.push(FedTraining {
                name: name.clone(),
                handle,
                is_over: false,
            });
        }
        let fed = trainings.iter_mut().find(|fed| fed.name == name);
        if let Some(fed) = fed {
            callbacks
                .into_iter()
                .for_each(|callback| fed.report(callback));
        }
        Ok(())
    }

    fn trainings(&self) -> MutexGuard<'_, Vec<FedTraining>> {
        self.trainings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl FedTraining {
    fn report(&mut self, callback: Callback) {
        if let Callback::Status(report) = &callback {
            let ends = [Status::Completed, Status::Stopped, Status::Error];
            self.is_over = ends.contains(&report.status);
        }
        self.handle.on_callback(callback);
    }
}

/// Ends the oldest training that is over, if there are many.
fn make_space(trainings: &mut Vec<FedTraining>) {
    let over = trainings.iter().position(|fed| fed.is_over);
    if let Some(index) = over.filter(|_| trainings.len() >= MAX_FED) {
        trainings.remove(index);
    }
}
