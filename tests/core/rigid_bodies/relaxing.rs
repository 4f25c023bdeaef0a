//! Relaxation of rigid molecules.

use glam::{DQuat, DVec3};
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::lennard_jones::LennardJones;
use mlipview_core::potential::{Emt, Nano, Potential};
use mlipview_core::sim::propagate::{CellRelaxation, Method, Relaxation, StepError};
use mlipview_core::sim::{Command, Edit, Engine, Event, State, Task};

use crate::dynamics::rigid_bodies::{distances, distortion, rigid};
use crate::fixtures::built_in;

const METHODS: [Method; 5] = [
    Method::Auto,
    Method::Bfgs,
    Method::Lbfgs,
    Method::Fire,
    Method::Fire2,
];

fn relaxation(method: Method, fmax: f64) -> Relaxation {
    Relaxation {
        method,
        fmax,
        ..Relaxation::default()
    }
}

/// Relaxes, and returns the number of steps.
fn relax(state: &mut State, potential: &mut dyn Potential, relaxation: Relaxation) -> usize {
    let mut propagator = relaxation.propagator().unwrap();
    propagator.check(state).unwrap();
    for step in 0..3_000 {
        if propagator.is_converged(state) {
            return step;
        }
        propagator.advance(state, potential).unwrap();
    }
    panic!("not converged")
}

/// Two rigid waters, 4 Å apart and turned away from the hydrogen bond.
fn apart() -> Structure {
    let mut pair = built_in("water");
    let mut other = built_in("water");
    let rotation = DQuat::from_euler(glam::EulerRot::XYZ, 0.4, 1.1, -0.3);
    for position in other.positions_mut() {
        *position = rotation * *position + DVec3::new(3.4, 0.3, 0.4);
    }
    pair.append(&other);
    rigid(pair)
}

#[test]
fn two_rigid_waters_form_a_dimer_with_every_method_and_keep_their_geometry() {
    let mut potential = Nano::new();
    let mut lowest = Vec::new();
    for method in METHODS {
        let mut state = State::new(apart(), &mut potential, 0).unwrap();
        let (start, geometry) = (state.evaluation.energy, distances(&state.structure));
        let steps = relax(&mut state, &mut potential, relaxation(method, 2e-3));
        let energy = state.evaluation.energy;
        let change = distortion(&distances(&state.structure), &geometry);
        println!("{method:?}: {start:.4} → {energy:.6} eV in {steps} steps, {change:.1e} Å");
        assert!(
            energy < start - 0.05,
            "{method:?}: {energy} eV from {start} eV"
        );
        assert!(change < 1e-9, "{method:?}: {change} Å");
        lowest.push(energy);
    }
    let largest = lowest.iter().copied().fold(f64::MIN, f64::max);
    let spread = largest - lowest.iter().copied().fold(f64::MAX, f64::min);
    assert!(spread < 1e-3, "the methods end within {spread} eV");
}

/// No small rigid motion of either molecule lowers the energy by more than its force allows.
#[test]
fn a_converged_relaxation_of_rigid_bodies_is_stationary() {
    let mut potential = Nano::new();
    let mut state = State::new(apart(), &mut potential, 0).unwrap();
    let fmax = 2e-3;
    relax(&mut state, &mut potential, relaxation(Method::Bfgs, fmax));
    let h = 1e-3;
    for group in state.structure.rigid_groups().iter() {
        let x = state.structure.positions();
        let mass = |&atom: &usize| state.structure.mass(atom);
        let weighted = |atom: &usize| mass(atom) * x[*atom];
        let center =
            group.iter().map(weighted).sum::<DVec3>() / group.iter().map(mass).sum::<f64>();
        let squares: f64 = group
            .iter()
            .map(|&atom| x[atom].distance_squared(center))
            .sum();
        let radius = (squares / group.len() as f64).sqrt();
        let mut energy = |shift: DVec3, turn: DVec3| {
            let mut moved = state.structure.clone();
            let rotation = DQuat::from_scaled_axis(turn);
            for &atom in group {
                moved.positions_mut()[atom] = center + shift + rotation * (x[atom] - center);
            }
            potential.evaluate(&moved).unwrap().energy
        };
        for axis in DVec3::AXES {
            let force =
                (energy(-h * axis, DVec3::ZERO) - energy(h * axis, DVec3::ZERO)) / (2.0 * h);
            let turn = h / radius * axis;
            let torque = (energy(DVec3::ZERO, -turn) - energy(DVec3::ZERO, turn)) / (2.0 * h);
            assert!(force.abs() < 1.05 * fmax, "{force} eV/Å");
            assert!(torque.abs() < 1.05 * fmax, "{torque} eV/Å");
        }
    }
}

#[test]
fn a_relaxation_of_rigid_bodies_reports_the_force_that_it_converges() {
    let mut engine = Engine::new(apart(), Some(Box::new(Nano::new())), 0);
    let forces = |engine: &Engine| engine.frame().max_force().unwrap();
    assert!(forces(&engine) > 0.02);
    engine.apply(
        1,
        Command::Run(Task::Relaxation(relaxation(Method::Auto, 0.02))),
    );
    while engine.is_running() {
        engine.step();
    }
    engine.step();
    let events = engine.take_events();
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::Converged { .. })),
        "{events:?}"
    );
    assert!(forces(&engine) < 0.02, "{}", forces(&engine));
    // The atoms of a molecule still pull at one another.
    let frame = engine.frame();
    let on_atoms = frame.evaluation.as_ref().unwrap().forces.iter();
    let largest = on_atoms.map(|force| force.length()).fold(0.0, f64::max);
    assert!(largest > 0.02, "{largest}");
}

#[test]
fn free_atoms_relax_beside_rigid_bodies_and_fixed_ones_stay() {
    let positions = [
        DVec3::ZERO,
        DVec3::new(3.5, 0.0, 0.0),
        DVec3::new(1.5, 3.9, 0.3),
        DVec3::new(-2.0, 3.0, 3.0),
    ];
    let structure = Structure::new(vec![Element::AR; 4], positions.to_vec()).unwrap();
    for method in METHODS {
        let mut potential = LennardJones::universal(3.405, 0.0104, 12.0).unwrap();
        let mut structure = structure.clone();
        structure.set_rigid_groups(vec![vec![0, 1]]).unwrap();
        structure.fixed_mut()[2] = true;
        let mut state = State::new(structure, &mut potential, 0).unwrap();
        relax(&mut state, &mut potential, relaxation(method, 1e-4));
        let x = state.structure.positions();
        assert_eq!(x[2], positions[2], "{method:?}");
        assert!((x[0].distance(x[1]) - 3.5).abs() < 1e-9, "{method:?}");
        // The free atom is in the pocket of the three others.
        for other in 0..3 {
            let distance = x[3].distance(x[other]);
            assert!((3.6..4.1).contains(&distance), "{method:?}: {distance} Å");
        }
    }
}

#[test]
fn the_cell_of_rigid_bodies_does_not_relax_and_the_error_says_so() {
    let cell = Cell::orthorhombic(DVec3::splat(7.4)).unwrap();
    let mut structure = Structure::new(vec![Element::CU; 2], vec![DVec3::ZERO, DVec3::X * 2.5])
        .unwrap()
        .with_cell(cell);
    structure.set_rigid_groups(vec![vec![0, 1]]).unwrap();
    let mut potential = Emt::new();
    let state = State::new(structure, &mut potential, 0).unwrap();
    let with_cell = Relaxation {
        cell: Some(CellRelaxation::default()),
        ..Relaxation::default()
    };
    let refused = with_cell.propagator().unwrap().check(&state);
    assert_eq!(refused, Err(StepError::CellOfRigidBodies));
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("keep the cell fixed")
    );
}

#[test]
fn edited_rigid_bodies_relax_as_bodies_before_dynamics_continue() {
    let mut engine = Engine::new(apart(), Some(Box::new(Nano::new())), 0);
    let geometry = distances(&engine.frame().structure());
    engine.apply(1, Command::Run(crate::fixtures::langevin(1.0, 100.0)));
    for _ in 0..20 {
        engine.step();
    }
    let overlapping: Vec<(usize, DVec3)> = (3..6)
        .map(|atom| {
            let frame = engine.frame();
            (
                atom,
                frame.positions[atom] + 0.4 * (frame.positions[0] - frame.positions[3]),
            )
        })
        .collect();
    engine.apply(2, Command::Edit(Edit::SetPositions(overlapping)));
    for _ in 0..80 {
        engine.step();
        let frame = engine.frame();
        let change = distortion(&distances(&frame.structure()), &geometry);
        assert!(change < 1e-9, "{change} Å");
    }
    assert!(engine.is_running());
}
