//! Telemetry of trainings: a trainer reports, any number of clients receive events by subscription.
//!
//! A trainer calls [`Callbacks`]. A [`Bridge`] makes [`Event`]s of the calls: it throttles progress,
//! estimates the time to the end and derives the log. [`Published`] holds what a training has published, in
//! memory and in an [`EventLog`]. A [`Connection`] is one client with its subscriptions and its bounded
//! [`Queue`]. None of these has a socket, a thread or a clock: callers pass the [`Moment`], send the
//! [`Outgoing`] messages and read the replays.
//!
//! Numbers in brackets, as in \[17\], are those of the statements in docs/training-telemetry.md.

mod answer;
mod bridge;
mod callback;
mod callbacks;
mod command;
mod connection;
mod eta;
mod event;
mod event_kind;
mod event_log;
mod history;
mod message;
mod published;
mod queue;
mod rate_limit;
mod replay;
mod sample_files;
mod shared_event;
mod status;
mod subscriptions;
mod throttle;
mod timestamp;
mod trainings;
mod wire;

pub use answer::Answer;
pub use bridge::{Bridge, MAX_TEXT, PROGRESS_INTERVAL, TrainingState};
pub use callback::{
    Callback, CallbackError, LogMessage, Progress, Sample, SampleProgress, StatusReport, Validation,
};
pub use callbacks::Callbacks;
pub use command::{
    Command, CommandError, CommandReceiver, CommandSender, MAX_COMMANDS, command_queue,
};
pub use connection::{ClientLimits, Connection, MAX_ANSWERS, MAX_REPLAYS, Outgoing};
pub use eta::Eta;
pub use event::{
    Event, EventBody, LogEvent, LogLevel, ProgressEvent, SampleEvent, SampleKind, StatusEvent,
    SystemStats, ValidationEvent,
};
pub use event_kind::{EventKind, EventKinds, SYSTEM_INFO};
pub use event_log::{EventLog, EventLogError, FILE_NAME, LogIndex, LogRange, LoggedEvents, scan};
pub use history::{History, MAX_HISTORY};
pub use message::{ClientMessage, MAX_NAMES, MessageError, Past};
pub use published::{Published, ReplaySource};
pub use queue::{MAX_QUEUED, Queue};
pub use rate_limit::RateLimit;
pub use replay::{MAX_PAGE, Page, Replay};
pub use sample_files::{
    MAX_SAMPLE_BYTES, MAX_SAMPLE_PATHS, SampleFile, SampleFileError, SamplePaths,
};
pub use shared_event::SharedEvent;
pub use status::Status;
pub use throttle::Throttle;
pub use timestamp::Moment;
pub use trainings::{MAX_TRAINING_NAME, MAX_TRAININGS, TrainingError, Trainings, check_name};
pub use wire::{Bytes, DESCRIPTORS, SCHEMA};
