//! Barostats sample volumes and shapes.

use std::sync::Arc;

use glam::{DMat3, DVec3};
use mlipview_core::chem::units::BOLTZMANN;
use mlipview_core::chem::{Cell, Element};
use mlipview_core::potential::Emt;
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::propagate::{CellFreedom, Dynamics, Ensemble, RigidMotion};

use super::model_potentials::{elastic_cell, harmonic_wells, ideal_gas};
use super::statistics::Estimate;
use super::{argon, atoms, begin, fcc, langevin, run};
use crate::potentials::{numbers, reference};

const TEMPERATURE: f64 = 300.0;

/// Only the mobility of the barostat, the strain per time and pressure (Å³/(eV fs)), matters.
fn npt(timestep: f64, pressure: f64, mobility: f64, freedom: CellFreedom) -> Dynamics {
    let ensemble = Ensemble::CellRescaling {
        temperature: TEMPERATURE,
        relaxation_time: 100.0,
        pressure,
        pressure_relaxation_time: 1_000.0,
        compressibility: 1_000.0 * mobility,
        freedom,
    };
    Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep,
        ensemble,
    }
}

/// Argon atoms at random in a cube.
fn gas(count: usize, side: f64) -> mlipview_core::chem::Structure {
    let position = |i: usize| DVec3::new(0.754_877_67, 0.569_840_29, 0.430_159_71) * i as f64;
    let positions = (0..count).map(|i| side * position(i).fract()).collect();
    atoms(Element::AR, positions).with_cell(Cell::orthorhombic(DVec3::splat(side)).unwrap())
}

/// With the center of mass at rest, N atoms in a volume V have V^(N-1) places: the volume follows a
/// gamma distribution of N kT/P with a variance of N (kT/P)².
#[test]
fn an_ideal_gas_obeys_pv_nkt() {
    const COUNT: usize = 20;
    const PRESSURE: f64 = 1e-3;
    let mut potential = ideal_gas();
    let mut state = begin(gas(COUNT, 8.0), &mut potential, 1);
    state.thermalize(TEMPERATURE);
    let dynamics = npt(5.0, PRESSURE, 2.0, CellFreedom::Isotropic);
    run(dynamics, &mut state, &mut potential, 2_000, |_| ());
    let (mut volumes, mut pressures) = (Vec::new(), Vec::new());
    run(dynamics, &mut state, &mut potential, 600_000, |state| {
        if state.step % 10 == 0 {
            volumes.push(state.structure.cell.as_ref().unwrap().volume());
            pressures.push(state.pressure().unwrap());
        }
    });
    let unit = BOLTZMANN * TEMPERATURE / PRESSURE;
    Estimate::of(&volumes).assert_is(COUNT as f64 * unit, 0.01);
    Estimate::of_variance(&volumes).assert_is(COUNT as f64 * unit * unit, 0.05);
    Estimate::of(&pressures).assert_is(PRESSURE, 0.01);
}

/// N atoms in a cell h with U = (k/2) tr(hᵀh) at no pressure have p(h) ∝ det(h)^(N-3) exp(-U/kT), the
/// metric being that of G. J. Martyna, D. J. Tobias and M. L. Klein, J. Chem. Phys. 101, 4177 (1994):
/// hᵀh follows the distribution of J. Wishart, Biometrika 20A, 32 (1928), with N degrees of freedom
/// and scale kT/k. The atoms do not collide, so friction and noise let each direction share the heat.
#[test]
fn an_elastic_cell_samples_its_distribution_of_shapes() {
    const COUNT: f64 = 12.0;
    let kt = BOLTZMANN * TEMPERATURE;
    let stiffness = COUNT * kt / 100.0;
    let mut potential = elastic_cell(stiffness);
    let mut state = begin(gas(COUNT as usize, 10.0), &mut potential, 1);
    state.thermalize(TEMPERATURE);
    let mut breathe = npt(5.0, 0.0, 10.0, CellFreedom::Anisotropic)
        .propagator()
        .unwrap();
    let mut collide = langevin(5.0, TEMPERATURE, 10.0).propagator().unwrap();
    let mut series = [const { Vec::new() }; 4];
    for step in 0..600_000 {
        breathe.advance(&mut state, &mut potential).unwrap();
        collide.advance(&mut state, &mut potential).unwrap();
        if step > 2_000 && step % 10 == 0 {
            let h = state.structure.cell.as_ref().unwrap().matrix() * (stiffness / kt).sqrt();
            let metric = h.transpose() * h;
            let [xx, xy, _, _, yy, yz, zx, _, zz] = metric.to_cols_array();
            series[0].push(xx + yy + zz);
            series[1].push((xx * xx + yy * yy + zz * zz) / 3.0);
            series[2].push((xy * xy + yz * yz + zx * zx) / 3.0);
            series[3].push(metric.determinant());
        }
    }
    let moments = [
        3.0 * COUNT,
        COUNT * (COUNT + 2.0),
        COUNT,
        COUNT * (COUNT - 1.0) * (COUNT - 2.0),
    ];
    for (series, moment) in series.iter().zip(moments) {
        Estimate::of(series).assert_is(moment, 0.03);
    }
}

/// The mean and the fluctuation of the volume of copper under pressure, by Langevin dynamics of the
/// cell in ASE (`npt_cu32.py`).
#[test]
fn copper_under_pressure_has_the_volume_of_ase() {
    let file = reference("npt_cu32.json");
    let kinds = [
        ("isotropic", CellFreedom::Isotropic),
        ("anisotropic", CellFreedom::Anisotropic),
    ];
    for (name, freedom) in kinds {
        let ensemble = Ensemble::CellRescaling {
            temperature: file["temperature_K"].as_f64().unwrap(),
            relaxation_time: 100.0,
            pressure: file["pressure_eV_per_A3"].as_f64().unwrap(),
            pressure_relaxation_time: 200.0,
            compressibility: 1.2,
            freedom,
        };
        let dynamics = Dynamics {
            rigid_motion: RigidMotion::Free,
            timestep: 5.0,
            ensemble,
        };
        let mut potential = Emt::new();
        let mut state = begin(fcc(Element::CU, 3.64, 2), &mut potential, 1);
        state.thermalize(600.0);
        run(dynamics, &mut state, &mut potential, 400, |_| ());
        let (mut volumes, mut energies) = (Vec::new(), Vec::new());
        run(dynamics, &mut state, &mut potential, 20_000, |state| {
            volumes.push(state.structure.cell.as_ref().unwrap().volume());
            energies.push(state.evaluation.energy);
        });
        let compare = |what: &str, found: Estimate, precision: f64| {
            let [expected, its_error] = numbers(&file[name][what]).try_into().unwrap();
            let error = found.error.hypot(its_error);
            println!("{name} {what}: {found:.4?}, ASE {expected:.4} ± {its_error:.4}");
            assert!(
                error < precision * expected.abs(),
                "{name} {what} tells too little: ± {error}"
            );
            let off = (found.mean - expected).abs();
            assert!(
                off < 4.0 * error,
                "{name} {what}: {found:?}, in ASE {expected} ± {its_error}"
            );
        };
        compare("volume", Estimate::of(&volumes), 0.002);
        compare("volume_variance", Estimate::of_variance(&volumes), 0.2);
        compare("potential_energy", Estimate::of(&energies), 0.05);
    }
}

#[test]
fn the_volume_decreases_with_pressure() {
    let volume = |pressure| {
        let mut potential = argon();
        let mut state = begin(fcc(Element::AR, 5.4, 2), &mut potential, 1);
        let mut dynamics = npt(4.0, pressure, 0.05, CellFreedom::Isotropic);
        if let Ensemble::CellRescaling { temperature, .. } = &mut dynamics.ensemble {
            *temperature = 20.0;
        }
        state.thermalize(20.0);
        let mut volumes = Vec::new();
        run(dynamics, &mut state, &mut potential, 2_000, |state| {
            volumes.push(state.structure.cell.as_ref().unwrap().volume());
        });
        Estimate::of(&volumes[1_000..]).mean
    };
    assert!(volume(0.01) < 0.98 * volume(0.0));
}

#[test]
fn fixed_and_held_atoms_stay_and_pulls_do_work_while_the_cell_changes() {
    for freedom in [CellFreedom::Isotropic, CellFreedom::Anisotropic] {
        let mut potential = argon();
        let mut structure = fcc(Element::AR, 5.4, 2);
        structure.fixed_mut()[3] = true;
        let mut state = begin(structure, &mut potential, 1);
        state
            .grips
            .grab(Hand(1), vec![9], Grip::Hold, &state.structure)
            .unwrap();
        let spring = Grip::Spring {
            stiffness: 0.1,
            max_force: 0.3,
        };
        state
            .grips
            .grab(Hand(2), vec![20], spring, &state.structure)
            .unwrap();
        state
            .grips
            .move_to(Hand(2), state.structure.positions()[20] + DVec3::Y);
        state.thermalize(TEMPERATURE);
        let before = state.structure.clone();
        let start = state.conserved_energy();
        run(
            npt(4.0, 0.005, 0.05, freedom),
            &mut state,
            &mut potential,
            500,
            |_| (),
        );
        for atom in [3, 9] {
            assert_eq!(state.structure.positions()[atom], before.positions()[atom]);
            assert_eq!(state.velocities[atom], DVec3::ZERO);
        }
        let change =
            state.structure.cell.as_ref().unwrap().volume() / before.cell.unwrap().volume();
        assert!((change - 1.0).abs() > 0.01, "the cell did not change");
        // The pressure is conjugate to the motion of the atoms, or energy would not be conserved.
        let (off, given) = (state.conserved_energy() - start, state.energy_received);
        println!("{freedom:?}: {off:.4} eV off of {given:.3} eV given");
        assert!(off.abs() < 0.01, "{off} eV appeared");
    }
}

#[test]
fn a_pressure_needs_a_periodic_cell_and_a_stress() {
    let propagator = npt(1.0, 0.0, 1.0, CellFreedom::Isotropic)
        .propagator()
        .unwrap();
    let crystal = fcc(Element::AR, 5.4, 2);
    let slab = crystal
        .cell
        .as_ref()
        .unwrap()
        .with_periodic([true, true, false]);
    for (cell, reason) in [(None, "along 0 of them"), (Some(slab), "along 2 of them")] {
        let state = begin(crystal.clone().with_cell(cell), &mut argon(), 1);
        let error = propagator.check(&state).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    let state = begin(crystal, &mut harmonic_wells(1.0), 1);
    assert!(
        propagator
            .check(&state)
            .unwrap_err()
            .to_string()
            .contains("stress")
    );
}

#[test]
fn a_cell_that_collapses_is_an_error() {
    let mut potential = elastic_cell(1e6);
    let mut state = begin(gas(4, 10.0), &mut potential, 1);
    let mut propagator = npt(5.0, 0.0, 1e3, CellFreedom::Isotropic)
        .propagator()
        .unwrap();
    let outcome = (0..10).try_for_each(|_| propagator.advance(&mut state, &mut potential));
    assert!(outcome.unwrap_err().to_string().contains("out of bounds"));
}

#[test]
fn the_pressure_of_an_ideal_gas_at_rest_in_its_cell_is_nkt_over_v() {
    let mut potential = ideal_gas();
    let mut state = begin(gas(50, 20.0), &mut potential, 1);
    state.thermalize(TEMPERATURE);
    let expected = 49.0 * BOLTZMANN * TEMPERATURE / 8_000.0;
    assert!((state.pressure().unwrap() / expected - 1.0).abs() < 1e-12);
    Arc::make_mut(&mut state.evaluation).stress =
        Some(DMat3::from_diagonal(DVec3::new(1.0, 2.0, 6.0)));
    assert!((state.pressure().unwrap() - (expected - 3.0)).abs() < 1e-12);
}
