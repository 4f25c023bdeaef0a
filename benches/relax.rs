//! Time per step of each optimizer beside the potential, and the number of steps.
//!
//! Prints, for clusters of copper (EMT) and argon (Lennard-Jones) from displaced lattices, the steps to
//! 0.01 eV/Å, and the mean time of a step in units of one evaluation, on one core.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads the clock and prints"
)]

use std::hint::black_box;
use std::time::Instant;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::{Emt, LennardJones, Potential};
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::{Method, Relaxation};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Atoms on a cubic lattice, each displaced by up to `push` times its spacing.
fn cluster(element: Element, atoms: usize, spacing: f64, push: f64) -> Structure {
    let mut random = ChaCha8Rng::seed_from_u64(atoms as u64);
    let side = (atoms as f64).cbrt().ceil() as usize;
    let position = |atom: usize| {
        let lattice = [atom % side, atom / side % side, atom / side / side];
        let off = [0; 3].map(|_| random.random_range(-push..push));
        spacing * (DVec3::from(lattice.map(|index| index as f64)) + DVec3::from(off))
    };
    let positions = (0..atoms).map(position).collect();
    Structure::new(vec![element; atoms], positions).expect("finite positions")
}

fn main() {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .expect("the first pool");
    println!("steps to 0.01 eV/Å × time of a step / time of an evaluation");
    println!(
        "      {:>16} {:>16} {:>16} {:>16}",
        "BFGS", "L-BFGS", "FIRE", "FIRE2"
    );
    for atoms in [10, 30, 100, 200] {
        let copper = cluster(Element::CU, atoms, 2.3, 0.1);
        row(&format!("Cu{atoms}"), &copper, || Box::new(Emt::new()));
        let argon = cluster(Element::AR, atoms, 3.4, 0.1);
        row(&format!("Ar{atoms}"), &argon, || {
            Box::new(LennardJones::noble_gases())
        });
    }
}

fn row(title: &str, structure: &Structure, potential: impl Fn() -> Box<dyn Potential>) {
    let mut cells = String::new();
    let (fmax, max) = (0.01, 2000);
    for method in [Method::Bfgs, Method::Lbfgs, Method::Fire, Method::Fire2] {
        let mut potential = potential();
        let mut state = State::new(structure.clone(), potential.as_mut(), 0).expect("an energy");
        let relaxation = Relaxation {
            method,
            fmax,
            ..Relaxation::default()
        };
        let mut propagator = relaxation.propagator().expect("sound parameters");
        let start = Instant::now();
        while !propagator.is_converged(&state) && state.step < max {
            propagator
                .advance(&mut state, potential.as_mut())
                .expect("a step");
        }
        let step = start.elapsed().as_secs_f64() / state.step as f64;
        let start = Instant::now();
        for _ in 0..20 {
            black_box(potential.evaluate(&state.structure)).expect("an energy");
        }
        let evaluation = start.elapsed().as_secs_f64() / 20.0;
        cells += &format!(" {:>6} × {:>7.1}", state.step, step / evaluation);
    }
    println!("{title:<6}{cells}");
}
