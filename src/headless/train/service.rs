//! The server of a training: its progress for browsers and programs, and their commands.

use std::io::Write;
use std::path::Path;

use mlipview_server::{Limits, LiveLimits, Server, Settings, TrainingHandle, start_for_trainings};
use mlipview_telemetry::{Callbacks, CommandSender};

use super::super::{serve, telemetry};
use crate::cli::TrainArgs;

/// A server with one training. It ends when this is dropped.
pub(super) struct Service {
    // Before the server, which waits for the events of its trainings.
    handle: TrainingHandle,
    _server: Server,
}

impl Service {
    /// Starts the server if the arguments ask for one; the commands of drivers go to `commands`. The links go to the standard error output with
    /// --json.
    ///
    /// # Errors
    /// If an address is in use or the event log cannot be written.
    pub(super) fn start(
        arguments: &TrainArgs,
        name: &str,
        folder: &Path,
        commands: CommandSender,
    ) -> anyhow::Result<Option<Service>> {
        if !arguments.serve && arguments.network.listen.is_empty() {
            return Ok(None);
        }
        let settings = serve::network_settings(&arguments.network);
        let server = start_for_trainings(&Settings {
            limits: Limits {
                private_sessions: 0,
                live: LiveLimits {
                    connections: 0,
                    ..settings.limits.live
                },
                ..settings.limits
            },
            ..settings
        })?;
        let handle = server.open_training(name, Some(folder))?;
        handle.send_commands_to(commands);
        let links = telemetry::links(&server);
        match arguments.format.json {
            true => write!(std::io::stderr(), "{links}")?,
            false => write!(std::io::stdout(), "{links}")?,
        }
        Ok(Some(Service {
            handle,
            _server: server,
        }))
    }

    /// Receives the reports of the trainer.
    pub(super) fn callbacks(&self) -> &dyn Callbacks {
        &self.handle
    }
}
