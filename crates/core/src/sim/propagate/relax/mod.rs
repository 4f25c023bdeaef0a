//! Relaxation: geometry optimization to a local minimum of the energy.

mod bfgs;
mod coordinates;
mod fire;
mod fire2;
mod lbfgs;
mod optimizer;
pub(super) mod parameters;
mod potential_energy_surface;
mod relaxer;
mod strain;
