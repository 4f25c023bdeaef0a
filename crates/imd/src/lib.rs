//! Interactive molecular dynamics (IMD), versions 2 and 3, as a client and as a server.
//!
//! A program that computes dynamics listens on a TCP port. A client that connects receives its frames and may
//! send forces, a pause or the end. [`client`] attaches a simulation to such a program, as LAMMPS (`fix imd`),
//! GROMACS (`mdrun -imdwait -imdpull`) or NAMD (`IMDon`); [`server`] serves one of ours to VMD or MDAnalysis.
//! The other modules are the protocol without I/O. Version 3 is specified at
//! <https://imdclient.readthedocs.io>; version 2 is what the programs have in common, without a
//! specification.

pub mod byte_order;
pub mod client;
pub mod decode;
pub mod encode;
pub mod energies;
pub mod error;
pub mod frame;
pub mod header;
pub mod kind;
pub mod message;
pub mod outgoing_frame;
pub mod server;
pub mod session_info;
pub mod units;
pub mod version;

pub use byte_order::ByteOrder;
pub use client::{Address, Client, ClientOptions};
pub use error::ProtocolError;
pub use header::Header;
pub use kind::Kind;
pub use message::{ClientMessage, ServerMessage, TimeBlock};
pub use server::{ImdServer, ServerSettings};
pub use session_info::SessionInfo;
pub use units::EnergyUnit;
pub use version::Version;
