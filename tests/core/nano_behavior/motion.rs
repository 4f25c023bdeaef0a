//! Energy and bonds in dynamics with nano; `models/nano/stability.py` has longer runs.

use mlipview_core::chem::Structure;
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};

use super::{BOND, automatic, built_in, stretch};

/// Dynamics from 300 K, in steps of 1 fs; calls `show` with each new state.
fn run(structure: Structure, ensemble: Ensemble, steps: usize, mut show: impl FnMut(&State)) {
    let mut potential = automatic(&structure);
    let mut state = State::new(structure, potential.as_mut(), 1).unwrap();
    state.thermalize(300.0);
    let dynamics = Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 1.0,
        ensemble,
    };
    let mut propagator = dynamics.propagator().unwrap();
    for _ in 0..steps {
        propagator.advance(&mut state, potential.as_mut()).unwrap();
        show(&state);
    }
}

/// The slope of a straight line through equidistant values, by least squares.
fn slope(values: &[f64]) -> f64 {
    let middle = 0.5 * (values.len() as f64 - 1.0);
    let times = (0..values.len()).map(|index| index as f64 - middle);
    let (mut product, mut square) = (0.0, 0.0);
    for (time, value) in times.zip(values) {
        product += time * value;
        square += time * time;
    }
    product / square
}

#[test]
fn caffeine_conserves_energy() {
    let caffeine = built_in("caffeine");
    let atoms = caffeine.len() as f64;
    let mut energies = Vec::new();
    let constant_energy = Ensemble::Nve {
        initial_temperature: 0.0,
    };
    run(caffeine, constant_energy, 1500, |state| {
        energies.push(1e3 * state.conserved_energy() / atoms);
    });
    let drift = 1e3 * slope(&energies[300..]);
    println!("{drift:.3} meV per atom and ps");
    assert!(drift.abs() < 1.0, "{drift} meV per atom and ps");
}

/// A pair of atoms whose bond is broken or formed, beyond the amplitude of a vibration.
fn changed(start: &Structure, now: &Structure) -> Option<(usize, usize)> {
    const BROKEN: f64 = 1.5;
    const FORMED: f64 = 1.15;
    let mut pairs = (0..start.len()).flat_map(|one| (0..one).map(move |other| (other, one)));
    pairs.find(|&(one, other)| match stretch(now, one, other) {
        near if stretch(start, one, other) < BOND => near > BROKEN,
        near => near < FORMED,
    })
}

#[test]
fn no_bond_changes_in_molecules_at_room_temperature() {
    let warm = Ensemble::Langevin {
        temperature: 300.0,
        friction: 10.0,
    };
    for key in [
        "ethanol",
        "imidazole",
        "azomethane",
        "roy",
        "caffeine",
        "aspirin",
        "alanine-dipeptide",
    ] {
        let start = built_in(key);
        run(start.clone(), warm, 2000, |state| {
            if state.step % 20 == 0 {
                let change = changed(&start, &state.structure);
                assert_eq!(change, None, "{key} after {} fs", state.time);
            }
        });
    }
}
