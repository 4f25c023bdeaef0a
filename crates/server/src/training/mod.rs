//! Telemetry of trainings over HTTP and WebSocket: `/ws/training` and `/api/ws`.
//!
//! A trainer reports by a [`TrainingHandle`] or by `POST /api/ws/feed`. A thread for each training makes
//! events of the reports and passes them to the bounded queues of its clients; each client has a task that
//! sends them. Neither the trainer nor another client waits for a slow one.

mod client;
mod connection;
mod error;
mod feed;
pub(super) mod feed_endpoint;
mod find;
mod gpu;
mod handle;
mod inbox;
mod machine_load;
mod now;
mod publisher;
mod query;
pub(super) mod rest;
mod runs;
mod service;
mod state;
mod system_stats;
pub(super) mod upgrade;

pub use error::OpenTrainingError;
pub use handle::TrainingHandle;
pub use machine_load::MachineLoad;
pub(super) use service::TrainingService;
