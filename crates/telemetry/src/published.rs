//! Published state of a training: the part that connections read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bridge::TrainingState;
use crate::command::{Command, CommandError, CommandSender};
use crate::event::EventBody;
use crate::event_kind::EventKinds;
use crate::event_log::{FILE_NAME, LogIndex, LogRange, LoggedEvents};
use crate::history::History;
use crate::replay::{Page, Replay};
use crate::sample_files::{SampleFile, SampleFileError, SamplePaths};
use crate::shared_event::SharedEvent;

/// Published state of a training: its name, its state, its last events, and where the older ones lie.
#[derive(Debug, Default)]
pub struct Published {
    name: Option<String>,
    folder: Option<PathBuf>,
    newest_id: u64,
    history: History,
    /// Where events lie in the event log; `None` without one.
    index: Option<LogIndex>,
    /// Number of the newest event in the event log.
    logged_id: u64,
    samples: SamplePaths,
    state: TrainingState,
    commands: Option<CommandSender>,
}

/// Where the next events of a replay are.
#[derive(Debug)]
pub enum ReplaySource {
    /// In memory: the events.
    Memory(Page),
    /// In the event log, which is still to be read.
    Log(LogRange),
}

impl Published {
    /// A training without events. Without a name it stands for no training.
    pub fn new(name: Option<&str>) -> Published {
        Published {
            name: name.map(str::to_owned),
            ..Published::default()
        }
    }

    /// A training whose events so far are in the event log of a folder.
    pub fn with_log(name: &str, folder: &Path, logged: LoggedEvents) -> Published {
        Published {
            name: Some(name.to_owned()),
            folder: Some(folder.to_owned()),
            newest_id: logged.newest_id,
            logged_id: logged.newest_id,
            history: logged.history,
            index: Some(logged.index),
            samples: logged.samples,
            state: TrainingState {
                status: logged.status,
                ..TrainingState::default()
            },
            commands: None,
        }
    }

    /// The name; `None` for no training.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Number of the newest event; 0 if there is none.
    pub fn newest_id(&self) -> u64 {
        self.newest_id
    }

    /// The present state.
    pub fn state(&self) -> TrainingState {
        self.state
    }

    /// Sets the present state.
    pub fn set_state(&mut self, state: TrainingState) {
        self.state = state;
    }

    /// Sets the receiver of commands; without one they are rejected.
    pub fn set_commands(&mut self, commands: Option<CommandSender>) {
        self.commands = commands;
    }

    /// Adds an event; `offset` is its position in the event log, if it was written there.
    pub fn push(&mut self, event: &Arc<SharedEvent>, offset: Option<u64>) {
        self.newest_id = event.id();
        if let (Some(index), Some(offset)) = (&mut self.index, offset) {
            index.push(event.id(), event.kind(), offset);
            self.logged_id = event.id();
        }
        if let EventBody::SampleGenerated(sample) = &event.event().body {
            self.samples.add(sample);
        }
        self.history.push(Arc::clone(event));
    }

    /// The replay of the last `count` events of these types.
    pub(crate) fn last(&self, number: u64, count: u64, kinds: EventKinds) -> Replay {
        let (after, skip) = match (self.history.id_before_last(count, kinds), &self.index) {
            _ if count == 0 => (self.newest_id, 0),
            (Some(after), _) => (after, 0),
            (None, Some(index)) => index.last(count, kinds),
            (None, None) => (0, 0),
        };
        Replay {
            number,
            kinds,
            after,
            until: self.newest_id,
            skip,
        }
    }

    /// The replay of the events of these types after one, and the number of events after it that are lost.
    pub(crate) fn since(&self, number: u64, after: u64, kinds: EventKinds) -> (Replay, u64) {
        // Neither in the event log nor in memory.
        let first = self.history.first_id().unwrap_or(self.newest_id + 1);
        let missed = (first - 1).saturating_sub(after.max(self.logged_id));
        let replay = Replay {
            number,
            kinds,
            after,
            until: self.newest_id,
            skip: 0,
        };
        (replay, missed)
    }

    /// Where the next events of a replay are.
    pub fn replay(&self, replay: Replay) -> ReplaySource {
        let first = self.history.first_id().unwrap_or(self.newest_id + 1);
        match (&self.index, &self.folder) {
            (Some(index), Some(folder)) if replay.after.saturating_add(1) < first => {
                let path = folder.join(FILE_NAME);
                ReplaySource::Log(LogRange::new(&path, index, replay, first - 1))
            }
            _ => ReplaySource::Memory(self.history.page(replay)),
        }
    }

    /// Sends a command to the trainer.
    pub(crate) fn command(&self, command: Command) -> Result<(), CommandError> {
        let sender = self.commands.as_ref().ok_or(CommandError::NoTrainer)?;
        command.check(self.state.status)?;
        sender.send(command)
    }

    /// The file of a sample.
    ///
    /// # Errors
    /// As [`SamplePaths::find`].
    pub fn sample(&self, path: &str) -> Result<SampleFile, SampleFileError> {
        self.samples.find(path, self.folder.as_deref())
    }
}
