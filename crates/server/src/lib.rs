//! HTTP and WebSocket server of simulations.
//!
//! A [`Server`] serves the page for browsers at `/` and sessions at `/ws`: private ones, each with a
//! simulation of its own, and rooms, whose simulation many clients share. The room `main` has the
//! simulation that the server was started with.
//!
//! Rigid bodies run live at `/api/v1/live`, by the feature `bodies`.
//!
//! Progress of trainings goes to clients of `/ws/training`: see [`Server::open_training`].
//!
//! [`session`] implements the protocol without sockets; the other modules carry it. Each connection is a
//! task, each room's simulation a thread; no task waits for a slow client, and every queue is bounded. A
//! request passes, in this order: `listener`, `connection_limit` and `stream` (bytes), `routes` (paths,
//! host names and headers), `upgrade` (authentication), `private_connection` or `room_connection`.

mod access;
mod admission;
mod authority;
mod bond_perception;
mod broadcast;
mod clock;
#[cfg(test)]
mod conformance;
mod connection;
mod connection_limit;
mod create_room;
mod debounce;
mod error;
mod first_byte_timeout;
mod limits;
mod links;
mod listener;
#[cfg(feature = "bodies")]
mod live;
mod log;
mod metrics;
mod page;
mod potentials;
mod private_connection;
mod rate_limiter;
mod rest;
mod room;
mod room_connection;
mod rooms;
mod routes;
mod server;
pub mod session;
mod settings;
mod socket;
mod state;
mod step_rate;
mod stream;
mod tls;
mod training;
mod upgrade;

pub use error::ServeError;
pub use limits::{Limits, LiveLimits};
pub use links::Links;
pub use log::log_to_stderr;
pub use server::{Server, start, start_for_trainings};
pub use settings::{DEFAULT_ADDRESS, Settings, TlsFiles};
pub use training::{MachineLoad, OpenTrainingError, TrainingHandle};
