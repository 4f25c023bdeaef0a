//! XYZ files: what ASE reads from them, we read; what we write, is read back.

mod against_ase;
mod files;
mod habits;
mod round_trip;
mod selections;
