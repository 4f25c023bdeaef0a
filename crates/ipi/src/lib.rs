//! The i-PI protocol: energies and forces from other programs, and for them, over sockets.
//!
//! A *server* moves atoms and asks for energies and forces; a *driver* connects to it and computes them. Both are
//! here: [`entry`] is a potential whose energies and forces come from a driver, and a [`Driver`] serves another
//! program with one of our potentials. Programs of both kinds: i-PI, ASE, LAMMPS, DFTB+, CP2K, Quantum ESPRESSO,
//! FHI-aims, ABACUS (docs/ipi.md).
//!
//! Protocol: M. Ceriotti, J. More, D. E. Manolopoulos, Comput. Phys. Commun. 185, 1019 (2014), and
//! <https://docs.ipi-code.org/distributed.html#communication-protocol>. Messages are headers of 12 characters, and
//! numbers in the byte order of x86: i32, f64; lengths in bohr, energies in hartree.
//!
//! ```
//! use mlipview_ipi::Address;
//!
//! let address: Address = "unix:water".parse()?;
//! assert_eq!(address.to_string(), "unix:water");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod answer;
mod driver;
mod error;
mod header;
mod limits;
mod orientation;
mod positions;
mod server;
mod stream;
mod wire;

pub use address::{Address, AddressError};
pub use answer::Answer;
pub use driver::{Driver, DriverError, Served};
pub use error::WireError;
pub use header::Header;
pub use limits::{MAX_ATOMS, MAX_EXTRA_BYTES};
pub use positions::Positions;
pub use server::{Ipi, ServerSettings, Start, StartError, entry};
pub use wire::Wire;
