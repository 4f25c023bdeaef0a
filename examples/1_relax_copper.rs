//! Relaxes a small copper cluster with effective medium theory.

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::Emt;
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::Relaxation;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let corner = |corner: usize| [corner & 1, corner >> 1 & 1, corner >> 2].map(|bit| bit as f64);
    let positions = (0..8).map(|atom| 2.2 * DVec3::from(corner(atom)));
    let structure = Structure::new(vec![Element::CU; 8], positions.collect())?;

    let mut potential = Emt::new();
    let mut state = State::new(structure, &mut potential, 0)?;
    let mut relaxation = Relaxation::default().propagator()?;
    println!("before: {:.6} eV", state.evaluation.energy);
    while !relaxation.is_converged(&state) {
        relaxation.advance(&mut state, &mut potential)?;
    }
    println!(
        "after {} steps: {:.6} eV",
        state.step, state.evaluation.energy
    );
    Ok(())
}
