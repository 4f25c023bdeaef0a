//! A barostat moves the centers of rigid bodies.

use glam::DVec3;
use mlipview_core::chem::units::BOLTZMANN;
use mlipview_core::chem::{Cell, Element};
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::{CellFreedom, Dynamics, Ensemble, RigidMotion};

use super::super::model_potentials::ideal_gas;
use super::super::statistics::Estimate;
use super::super::{atoms, begin, langevin, run};
use super::{distances, distortion, orientation, trimers};

const TEMPERATURE: f64 = 300.0;

fn npt(timestep: f64, pressure: f64, mobility: f64, freedom: CellFreedom) -> Dynamics {
    Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep,
        ensemble: Ensemble::CellRescaling {
            temperature: TEMPERATURE,
            relaxation_time: 100.0,
            pressure,
            pressure_relaxation_time: 1_000.0,
            compressibility: 1_000.0 * mobility,
            freedom,
        },
    }
}

/// Rigid triangles that do not interact.
fn gas(count: usize, side: f64) -> State {
    let shape = [DVec3::ZERO, DVec3::X * 1.5, DVec3::new(0.4, 1.2, 0.0)];
    let place = |i: usize| DVec3::new(0.754_877_67, 0.569_840_29, 0.430_159_71) * i as f64;
    let positions = (0..count).flat_map(|i| {
        let center = side * place(i).fract();
        shape.map(|arm| center + orientation(i) * arm)
    });
    let cell = Cell::orthorhombic(DVec3::splat(side)).unwrap();
    let mut structure = atoms(Element::AR, positions.collect()).with_cell(cell);
    let groups = (0..count).map(|i| vec![3 * i, 3 * i + 1, 3 * i + 2]);
    structure.set_rigid_groups(groups.collect()).unwrap();
    begin(structure, &mut ideal_gas(), 1)
}

/// Bodies that do not collide share no heat between translation and rotation, so friction and noise take
/// turns with the barostat; both sample the same distribution.
#[test]
fn an_ideal_gas_of_rigid_bodies_obeys_pv_nkt_with_the_number_of_bodies() {
    const COUNT: usize = 10;
    const PRESSURE: f64 = 1e-3;
    let mut potential = ideal_gas();
    let mut state = gas(COUNT, 8.0);
    let geometry = distances(&state.structure);
    state.thermalize(TEMPERATURE);
    let barostat = npt(5.0, PRESSURE, 4.0, CellFreedom::Isotropic);
    let noise = langevin(5.0, TEMPERATURE, 50.0);
    let mut volumes = Vec::new();
    for turn in 0..6_000 {
        run(barostat, &mut state, &mut potential, 10, |_| ());
        if turn >= 100 {
            volumes.push(state.structure.cell.as_ref().unwrap().volume());
        }
        run(noise, &mut state, &mut potential, 3, |_| ());
    }
    let unit = BOLTZMANN * TEMPERATURE / PRESSURE;
    Estimate::of(&volumes).assert_is(COUNT as f64 * unit, 0.025);
    assert!(distortion(&distances(&state.structure), &geometry) < 1e-9);
}

#[test]
fn energy_from_a_barostat_on_rigid_bodies_is_accounted_for() {
    for freedom in [CellFreedom::Isotropic, CellFreedom::Anisotropic] {
        let errors = [4.0, 2.0].map(|timestep| {
            let (mut state, mut potential) = trimers(2);
            let start = state.conserved_energy();
            let steps = (2_000.0 / timestep) as usize;
            let mut worst = 0.0_f64;
            run(
                npt(timestep, 2e-4, 0.02, freedom),
                &mut state,
                &mut potential,
                steps,
                |state| {
                    worst = worst.max((state.conserved_energy() - start).abs());
                },
            );
            worst
        });
        println!("{freedom:?}: {errors:?} eV");
        assert!(errors[1] < 3e-3, "{errors:?} eV");
    }
}
