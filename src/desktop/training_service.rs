//! The service that shows a training of the window to browsers, and measures the load of the machine.

use std::path::Path;
use std::sync::Arc;

use mlipview_telemetry::Callbacks;
use mlipview_viewer::app::training::TrainingRecord;

#[cfg(feature = "server")]
use {
    crate::headless::train::reports::Both,
    mlipview_server::{MachineLoad, Server},
    mlipview_telemetry::{LogLevel, LogMessage},
    mlipview_viewer::app::training::TrainingLinks,
    std::time::Duration,
};

/// Interval of the measurements of the machine.
#[cfg(feature = "server")]
const INTERVAL: Duration = Duration::from_secs(2);

/// The window's server, if it has one.
#[derive(Clone, Default)]
pub(super) struct TrainingService {
    #[cfg(feature = "server")]
    server: Option<Arc<Server>>,
}

#[cfg(feature = "server")]
impl TrainingService {
    /// A service on a server.
    pub(super) fn of(server: Option<Arc<Server>>) -> TrainingService {
        TrainingService { server }
    }

    /// Runs a training whose reports go to the record, and to browsers if there is a server.
    pub(super) fn run<R>(
        &self,
        name: &str,
        folder: &Path,
        record: &TrainingRecord,
        run: impl FnOnce(&dyn Callbacks) -> R,
    ) -> R {
        let Some(server) = &self.server else {
            return run(record);
        };
        match server.open_training(name, Some(folder)) {
            Ok(handle) => {
                handle.send_commands_to(record.commands());
                record.set_links(TrainingLinks {
                    watch: server.links().watch_trainings(),
                    control: server.links().control_trainings(),
                });
                run(&Both {
                    user: record,
                    server: &handle,
                    folder,
                })
            }
            Err(error) => {
                record.on_log(LogMessage {
                    level: LogLevel::Warning,
                    message: format!("browsers cannot watch this training: {error}"),
                    source: "server".to_owned(),
                });
                run(record)
            }
        }
    }

    /// Measures the load of the machine until a training ends, on a thread of its own.
    pub(super) fn measure_machine(&self, record: &Arc<TrainingRecord>) -> std::io::Result<()> {
        let record = Arc::clone(record);
        let thread = std::thread::Builder::new().name("machine load".to_owned());
        thread.spawn(move || {
            let mut load = MachineLoad::new();
            while !record.has_ended() {
                std::thread::sleep(INTERVAL);
                record.set_machine(load.stats());
            }
        })?;
        Ok(())
    }
}

#[cfg(not(feature = "server"))]
impl TrainingService {
    /// Runs a training whose reports go to the record.
    pub(super) fn run<R>(
        &self,
        _: &str,
        _: &Path,
        record: &TrainingRecord,
        run: impl FnOnce(&dyn Callbacks) -> R,
    ) -> R {
        run(record)
    }

    /// Measures nothing: the server has the means.
    pub(super) fn measure_machine(&self, _: &Arc<TrainingRecord>) -> std::io::Result<()> {
        Ok(())
    }
}
