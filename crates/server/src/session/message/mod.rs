//! Messages of clients and of the server.

mod client;
mod interaction;
mod server;

pub use client::{
    Attach, ClientMessage, ClientRequest, FrameContent, NumberFormat, Start, StartParameters,
};
pub use interaction::{CellChange, Interaction};
pub use server::{
    Body, Notice, Outgoing, People, PerceivedBond, PerceivedBonds, ServerMessage, Welcome,
};
