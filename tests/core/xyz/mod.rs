//! XYZ files: agreement with ASE, and round trips.

mod against_ase;
mod files;
mod habits;
mod round_trip;
mod selections;
