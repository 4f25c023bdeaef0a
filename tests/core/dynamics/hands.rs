//! Fixed, held and pulled atoms in dynamics.

use glam::{DQuat, DVec3, EulerRot};
use mlipview_core::chem::Element;
use mlipview_core::sim::constraint::{Grip, Grips, Hand};
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};

use super::{argon, atoms, begin, bussi, fcc, langevin, nve, run};

const HAND: Hand = Hand(7);
const SPRING: Grip = Grip::Spring {
    stiffness: 2.0,
    max_force: 0.5,
};

const PULLS: [Grip; 4] = [
    SPRING,
    Grip::Spring {
        stiffness: 0.3,
        max_force: f64::INFINITY,
    },
    Grip::Gaussian {
        depth: 0.7,
        width: 0.4,
    },
    Grip::Constant { force: 0.2 },
];

fn each_ensemble() -> [Dynamics; 3] {
    [nve(4.0), langevin(4.0, 60.0, 5.0), bussi(4.0, 60.0, 50.0)]
}

#[test]
fn the_force_of_a_pull_is_the_negative_gradient_of_its_energy() {
    let direction = DVec3::new(0.6, -0.48, 0.64);
    for grip in PULLS {
        // On both sides of 0.25 Å, where the spring reaches its maximum force.
        for distance in [0.0, 1e-4, 0.1, 0.249, 0.251, 0.4, 3.0, 40.0] {
            let displacement = distance * direction;
            let h = 1e-5;
            let slope = DVec3::from(DVec3::AXES.map(|axis| {
                (grip.energy(displacement + h * axis) - grip.energy(displacement - h * axis))
                    / (2.0 * h)
            }));
            let force = grip.force(displacement);
            assert!(
                force.abs_diff_eq(-slope, 1e-8),
                "{grip:?} at {distance} Å: {force}, {slope}"
            );
        }
    }
}

#[test]
fn the_maximum_force_of_a_spring_limits_its_norm() {
    let Grip::Spring { max_force, .. } = SPRING else {
        panic!("a spring")
    };
    let far = DVec3::new(3.0, -4.0, 12.0);
    let force = SPRING.force(far);
    assert!((force.length() - max_force).abs() < 1e-14);
    assert!(force.cross(far).length() < 1e-14 && force.dot(far) < 0.0);
}

#[test]
fn the_energy_of_a_resting_pull_is_part_of_the_conserved_energy() {
    for grip in PULLS {
        let mut potential = argon();
        let mut state = begin(fcc(Element::AR, 5.4, 2), &mut potential, 1);
        state.thermalize(20.0);
        state
            .grips
            .grab(HAND, vec![5, 6], grip, &state.structure)
            .unwrap();
        state.grips.move_to(
            HAND,
            state.structure.positions()[5] + DVec3::new(0.6, 0.3, 0.1),
        );
        let (start, mut worst, mut pulled) = (state.conserved_energy(), 0.0_f64, 0.0_f64);
        let pull = state.grips.energy(&state.structure);
        run(nve(1.0), &mut state, &mut potential, 1_000, |state| {
            worst = worst.max((state.conserved_energy() - start).abs());
            pulled = pulled.max((state.grips.energy(&state.structure) - pull).abs());
        });
        println!("{grip:?}: {worst:.1e} eV lost, {pulled:.3} eV of pull converted");
        assert!(pulled > 0.01, "{grip:?} pulled by only {pulled} eV");
        assert!(worst < 5e-3 * pulled, "{grip:?}: {worst} eV lost");
    }
}

#[test]
fn biased_forces_are_of_potential_and_pulls_and_zero_on_immobile_atoms() {
    let mut potential = argon();
    let mut structure = fcc(Element::AR, 5.4, 2);
    structure.fixed_mut()[0] = true;
    let mut state = begin(structure, &mut potential, 1);
    let shift = DVec3::new(0.1, 0.2, -0.05);
    state
        .grips
        .grab(Hand(1), vec![0, 1, 2], SPRING, &state.structure)
        .unwrap();
    state
        .grips
        .move_to(Hand(1), state.structure.positions()[0] + shift);
    state
        .grips
        .grab(Hand(2), vec![2, 3], Grip::Hold, &state.structure)
        .unwrap();
    let forces = state.biased_forces();
    assert_eq!(forces[0], DVec3::ZERO);
    assert!(forces[1].abs_diff_eq(state.evaluation.forces[1] + SPRING.force(-shift), 1e-12));
    assert_eq!([forces[2], forces[3]], [DVec3::ZERO; 2]);
    assert_eq!(forces[4], state.evaluation.forces[4]);
    // Only the pull on atom 1 does work.
    assert!((state.grips.energy(&state.structure) - SPRING.energy(-shift)).abs() < 1e-12);
    assert_eq!(state.mobile_atoms(), 32 - 3);
    assert!(
        !state.is_mobile(0) && state.is_mobile(1) && !state.is_mobile(2) && !state.is_mobile(99)
    );
}

#[test]
fn a_pulled_fixed_atom_never_moves() {
    for dynamics in each_ensemble() {
        let mut potential = argon();
        let mut structure = fcc(Element::AR, 5.4, 2);
        structure.fixed_mut()[4] = true;
        let mut state = begin(structure, &mut potential, 1);
        let position = state.structure.positions()[4];
        state.velocities.fill(DVec3::splat(1e-3));
        state
            .grips
            .grab(HAND, vec![4], SPRING, &state.structure)
            .unwrap();
        state.grips.move_to(HAND, position + DVec3::X);
        run(dynamics, &mut state, &mut potential, 200, |state| {
            assert_eq!(state.structure.positions()[4], position);
            assert_eq!(state.velocities[4], DVec3::ZERO);
        });
    }
}

#[test]
fn held_atoms_move_rigidly_with_the_hand() {
    for dynamics in each_ensemble() {
        let mut potential = argon();
        let mut state = begin(fcc(Element::AR, 5.4, 2), &mut potential, 1);
        state.thermalize(60.0);
        state
            .grips
            .grab(HAND, vec![4, 9], Grip::Hold, &state.structure)
            .unwrap();
        let [first, second] = [4, 9].map(|atom| state.structure.positions()[atom]);
        for moved in 1..20 {
            let target = first + 0.01 * f64::from(moved) * DVec3::new(1.0, -1.0, 0.5);
            state.grips.move_to(HAND, target);
            run(dynamics, &mut state, &mut potential, 1, |state| {
                let positions = state.structure.positions();
                assert_eq!(positions[4], target);
                assert!(positions[9].abs_diff_eq(target + second - first, 1e-14));
                assert_eq!([4, 9].map(|atom| state.velocities[atom]), [DVec3::ZERO; 2]);
            });
        }
    }
}

#[test]
fn a_released_atom_moves_freely() {
    let mut potential = argon();
    let mut held = begin(fcc(Element::AR, 5.4, 2), &mut potential, 1);
    held.thermalize(60.0);
    held.grips
        .grab(HAND, vec![4], Grip::Hold, &held.structure)
        .unwrap();
    held.grips
        .move_to(HAND, held.structure.positions()[4] + 0.3 * DVec3::Y);
    run(nve(4.0), &mut held, &mut potential, 10, |_| ());
    let mut free = held.clone();
    held.grips.release(HAND);
    free.grips = Grips::default();
    for dynamics in each_ensemble() {
        run(dynamics, &mut held, &mut potential, 5, |_| ());
        run(dynamics, &mut free, &mut potential, 5, |_| ());
        assert_eq!(held.structure, free.structure);
        assert_eq!(held.velocities, free.velocities);
    }
    assert_eq!(held.grips, Grips::default());
}

#[test]
fn invalid_grabs_are_refused() {
    let structure = atoms(Element::AR, vec![DVec3::ZERO, DVec3::X]);
    let mut grips = Grips::default();
    grips.grab(HAND, vec![1], Grip::Hold, &structure).unwrap();
    let before = grips.clone();
    let refused = [
        (vec![], Grip::Hold, "at least one atom"),
        (vec![0, 2], Grip::Hold, "no atom 2"),
        (
            vec![0],
            Grip::Spring {
                stiffness: 0.0,
                max_force: 1.0,
            },
            "stiffness",
        ),
        (
            vec![0],
            Grip::Spring {
                stiffness: 1.0,
                max_force: f64::NAN,
            },
            "maximum force",
        ),
        (
            vec![0],
            Grip::Gaussian {
                depth: 1.0,
                width: 0.0,
            },
            "width",
        ),
        (
            vec![0],
            Grip::Constant {
                force: f64::INFINITY,
            },
            "force",
        ),
    ];
    for (atoms, grip, reason) in refused {
        let error = grips
            .grab(HAND, atoms, grip, &structure)
            .unwrap_err()
            .to_string();
        assert!(error.contains(reason), "{error}");
        assert_eq!(grips, before);
    }
    grips.move_to(HAND, DVec3::splat(f64::NAN));
    grips.move_to(Hand(99), DVec3::Y);
    grips.release(Hand(99));
    assert_eq!(grips, before);
}

#[test]
fn hands_follow_atoms_to_new_indices() {
    let structure = atoms(
        Element::AR,
        (0..5).map(|i| f64::from(i) * DVec3::X).collect(),
    );
    let mut grips = Grips::default();
    grips
        .grab(Hand(1), vec![3, 0, 4], Grip::Hold, &structure)
        .unwrap();
    grips.grab(Hand(2), vec![1], SPRING, &structure).unwrap();
    // Atoms 0 and 1 are removed.
    grips.renumber(|atom| atom.checked_sub(2));
    assert_eq!(grips.grasps().len(), 1);
    assert_eq!(grips.grasps()[0].atoms, [1, 2]);
    assert_eq!(grips.held(), [1, 2]);
    let mut fewer = atoms(Element::AR, vec![DVec3::ZERO; 2]);
    assert!(
        grips.move_held_atoms(&mut fewer),
        "an atom that is gone is no reason to panic"
    );
    assert_eq!(fewer.positions(), [DVec3::ZERO, 3.0 * DVec3::X]);
}

#[test]
fn a_pulled_crystal_gains_momentum_that_a_thermostat_keeps() {
    let mut potential = argon();
    let mut state = begin(fcc(Element::AR, 5.4, 2), &mut potential, 1);
    state.thermalize(20.0);
    state
        .grips
        .grab(HAND, vec![0], SPRING, &state.structure)
        .unwrap();
    state
        .grips
        .move_to(HAND, state.structure.positions()[0] + 2.0 * DVec3::Z);
    run(nve(4.0), &mut state, &mut potential, 20, |_| ());
    state.grips.release(HAND);
    let drift = state.velocities.iter().sum::<DVec3>() / 32.0;
    assert!(drift.z > 1e-6, "{drift}");
    let ensemble = Ensemble::Bussi {
        temperature: 20.0,
        relaxation_time: 10.0,
    };
    run(
        Dynamics {
            rigid_motion: RigidMotion::Free,
            timestep: 4.0,
            ensemble,
        },
        &mut state,
        &mut potential,
        200,
        |_| (),
    );
    let later = state.velocities.iter().sum::<DVec3>() / 32.0;
    assert!(later.abs_diff_eq(drift, 1e-12), "{later} was {drift}");
}

#[test]
fn atoms_rotated_by_a_hand_keep_their_shape_and_the_first_its_position() {
    let structure = fcc(Element::AR, 5.4, 2);
    let mut turned = structure.clone();
    let mut grips = Grips::default();
    let atoms = vec![5, 9, 2];
    grips
        .grab(HAND, atoms.clone(), Grip::Hold, &structure)
        .unwrap();
    let turn = DQuat::from_euler(EulerRot::XYZ, 0.4, -1.1, 2.0);
    // The quaternion is normalized, and an invalid one is ignored.
    grips.orient(HAND, turn * 1.7);
    grips.orient(HAND, DQuat::from_xyzw(f64::NAN, 0.0, 0.0, 1.0));
    grips.orient(HAND, DQuat::from_xyzw(0.0, 0.0, 0.0, 0.0));
    assert!(grips.move_held_atoms(&mut turned));
    let (before, after) = (structure.positions(), turned.positions());
    for atom in atoms {
        let expected = before[5] + turn * (before[atom] - before[5]);
        assert!(after[atom].abs_diff_eq(expected, 1e-12), "{atom}");
    }
    assert_eq!(after[0], before[0]);
    // A new grab starts from the present positions.
    grips.grab(HAND, vec![5, 9], Grip::Hold, &turned).unwrap();
    assert!(grips.are_at_targets(&turned));
}
