//! Tests of mlipview-core: structures, formats, potentials, dynamics.

#![allow(
    clippy::disallowed_methods,
    reason = "a test may wait for another thread, and knows how long its vectors are"
)]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]
#![allow(
    clippy::print_stdout,
    reason = "a test that measures says what it measured"
)]

mod analysis;
mod bond_orders;
mod bonds;
mod bonds_chemistry;
mod build;
mod cases_cif;
mod cases_molfile;
mod cases_pdb;
mod cases_trajectory;
mod cases_vasp;
mod cases_xyz;
mod catalog;
mod cell;
mod dynamics;
mod eam;
mod edit_relaxation;
mod elements;
mod engine;
mod fixtures;
mod following;
mod formats_compression;
mod formats_content;
mod formats_encoding;
mod formats_errors;
mod formats_gro_mol2_cube;
mod formats_mol2;
mod formats_reference;
mod formats_table;
mod formats_trajectory;
mod formats_truncated;
mod frame_analysis;
mod lammps_reference;
mod library;
mod malformed_files;
mod measure;
mod nano;
mod nano_behavior;
mod neighbors;
mod nep;
mod packing;
mod packing_live;
mod potentials;
mod queries;
mod relaxation;
mod rigid_bodies;
mod script;
mod session_file;
mod simd;
mod simulation_thread;
#[cfg(feature = "smiles")]
mod smiles;
#[cfg(feature = "smiles")]
mod smiles_coordination;
mod solid;
mod sw;
mod tersoff;
mod timeline;
mod trajectory_files;
mod undo;
mod xyz;
