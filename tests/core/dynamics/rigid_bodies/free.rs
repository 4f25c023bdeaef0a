//! Rotation without torque: conservation, and degrees of freedom.

use glam::DVec3;
use mlipview_core::chem::units::BOLTZMANN;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::State;

use super::super::model_potentials::ideal_gas;
use super::super::{begin, nve, run};
use super::{angular_momentum, distances, distortion, rigid, set_motion};
use crate::fixtures::built_in;

const STEPS: usize = 10_000;

fn line(symbols: &[&str], spacing: f64) -> Structure {
    let elements = symbols.iter().map(|it| Element::from_symbol(it).unwrap());
    // Along a line that is no axis.
    let along = DVec3::new(0.36, 0.48, 0.8) * spacing;
    let positions = (0..symbols.len()).map(|i| DVec3::splat(2.0) + along * i as f64);
    Structure::new(elements.collect(), positions.collect()).unwrap()
}

/// A molecule that flies and rotates at some hundred kelvin.
fn rotating(structure: Structure) -> State {
    let mut state = begin(rigid(structure), &mut ideal_gas(), 1);
    let all: Vec<usize> = (0..state.structure.len()).collect();
    let angular = DVec3::new(0.021, -0.013, 0.017);
    set_motion(&mut state, &all, DVec3::new(1e-3, 2e-3, -3e-3), angular);
    state
}

#[test]
fn a_free_rotor_conserves_energy_angular_momentum_and_its_geometry() {
    for (name, structure) in [
        ("water", built_in("water")),
        ("caffeine", built_in("caffeine")),
        ("methane", built_in("methane")),
        ("benzene", built_in("benzene")),
        ("CO2", line(&["O", "C", "O"], 1.16)),
        ("N2", line(&["N", "N"], 1.1)),
    ] {
        let mut state = rotating(structure);
        let all: Vec<usize> = (0..state.structure.len()).collect();
        let geometry = distances(&state.structure);
        let mut potential = ideal_gas();
        // The first kick leaves a linear molecule without rotation about its line.
        run(nve(1.0), &mut state, &mut potential, 1, |_| ());
        let start = (state.kinetic_energy(), angular_momentum(&state, &all));
        let mut worst = [0.0_f64; 3];
        run(nve(1.0), &mut state, &mut potential, STEPS, |state| {
            let energy = state.kinetic_energy() / start.0 - 1.0;
            let momentum = (angular_momentum(state, &all) - start.1).length() / start.1.length();
            let distances = distortion(&distances(&state.structure), &geometry);
            for (worst, found) in worst.iter_mut().zip([energy, momentum, distances]) {
                *worst = worst.max(found.abs());
            }
        });
        let [energy, momentum, distance] = worst;
        println!("{name}: energy {energy:.1e}, angular momentum {momentum:.1e}, {distance:.1e} Å");
        assert!(energy < 1e-8, "{name}: energy {energy}");
        assert!(momentum < 1e-10, "{name}: angular momentum {momentum}");
        assert!(distance < 1e-9, "{name}: {distance} Å");
    }
}

#[test]
fn the_middle_axis_of_an_asymmetric_top_is_unstable() {
    // J. L. Dzhanibekov; L. D. Landau & E. M. Lifshitz, Mechanics, § 37: rotation about the axis of the
    // middle moment turns over again and again; about the others it stays.
    let flips = |axis: usize| {
        let mut state = rotating(built_in("water"));
        let all = [0, 1, 2];
        // Principal axes of water: the symmetry axis, the line of the hydrogens, and the normal.
        let [o, a, b] = all.map(|atom| state.structure.positions()[atom]);
        let symmetry = (0.5 * (a + b) - o).normalize();
        let normal = (a - o).cross(b - o).normalize();
        let axes = [(b - a).normalize(), symmetry, normal];
        let moment = |along: DVec3| {
            let of = |&atom: &usize| {
                let arm = state.structure.positions()[atom] - super::center(&state, &all);
                state.structure.mass(atom) * arm.cross(along).length_squared()
            };
            all.iter().map(of).sum::<f64>()
        };
        let mut order = axes;
        order.sort_by(|one, other| moment(*one).total_cmp(&moment(*other)));
        let along = order[axis];
        let disturbed = along + 1e-3 * (order[0] + order[1] + order[2]);
        set_motion(&mut state, &all, DVec3::ZERO, 0.03 * disturbed);
        // The axis in the body, by two of its arms.
        let arms = |state: &State| {
            let x = state.structure.positions();
            [x[1] - x[0], x[2] - x[0]]
        };
        let frame = |[a, b]: [DVec3; 2]| glam::DMat3::from_cols(a, b, a.cross(b));
        let in_body = frame(arms(&state)).inverse() * along;
        let mut lowest = 1.0_f64;
        run(nve(1.0), &mut state, &mut ideal_gas(), 3_000, |state| {
            let now = (frame(arms(state)) * in_body).normalize();
            lowest = lowest.min(now.dot(along));
        });
        lowest < -0.9
    };
    assert_eq!([0, 1, 2].map(flips), [false, true, false]);
}

#[test]
fn a_body_has_three_five_or_six_degrees_of_freedom() {
    let count = |structure: Structure| {
        let state = begin(rigid(structure), &mut ideal_gas(), 1);
        (
            state.structure.rigid_groups().len(),
            state.degrees_of_freedom(),
        )
    };
    assert_eq!(count(line(&["Ar"], 1.0)), (0, 3));
    assert_eq!(count(line(&["N", "N"], 1.1)), (1, 5));
    assert_eq!(count(line(&["O", "C", "O"], 1.16)), (1, 5));
    assert_eq!(count(built_in("water")), (1, 6));
    let mut both = line(&["N", "N"], 1.1);
    let mut far = line(&["Ar", "Ar"], 9.0);
    far.positions_mut().iter_mut().for_each(|it| it.x += 30.0);
    both.append(&far);
    assert_eq!(count(both.clone()), (1, 5 + 6));
    // Atoms at one point are a point.
    let mut pair = line(&["Ar", "Ar"], 0.0);
    pair.set_rigid_groups(vec![vec![0, 1]]).unwrap();
    let state = begin(pair, &mut ideal_gas(), 1);
    assert_eq!(state.degrees_of_freedom(), 3);
    // A fixed atom fixes its body.
    let mut state = begin(rigid(both), &mut ideal_gas(), 1);
    state.structure.fixed_mut()[1] = true;
    assert_eq!(state.degrees_of_freedom(), 6);
    state.velocities.fill(DVec3::X * 1e-2);
    let kt = BOLTZMANN * state.temperature();
    assert!((state.kinetic_energy() - 0.5 * 6.0 * kt).abs() < 1e-12);
    let start = state.structure.positions().to_vec();
    run(nve(1.0), &mut state, &mut ideal_gas(), 5, |_| ());
    assert_eq!(state.structure.positions()[..2], start[..2]);
    assert_eq!(state.velocities[..2], [DVec3::ZERO; 2]);
}
