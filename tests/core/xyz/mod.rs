//! XYZ files: agreement with ASE, and round trips.

mod against_ase;
mod files;
mod round_trip;
mod selections;
mod variants;
