//! nano under rough handling: dragged atoms, removed atoms, overlapping molecules.

use glam::{DQuat, DVec3};
use mlipview_core::chem::Structure;
use mlipview_core::potential::{Nano, Potential};
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::propagate::Method;
use mlipview_core::sim::{Command, Engine, Event};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{bonds, built_in, distance, engine_of, nonplanarity, relax, relaxation_task, stretch};

const HAND: Hand = Hand(1);

/// Drags an atom by a grip, 0.02 Å at a time during a relaxation, and releases it.
fn drag(engine: &mut Engine, atom: usize, grip: Grip, way: DVec3) {
    let from = engine.frame().positions[atom];
    let atoms = vec![atom];
    engine.apply(1, Command::Run(relaxation_task(0.0, Method::Fire)));
    engine.apply(
        2,
        Command::Grab {
            hand: HAND,
            atoms,
            grip,
        },
    );
    let moves = (way.length() / 0.02).ceil() as u32;
    for step in 1..=moves {
        let to = from + way * f64::from(step) / f64::from(moves);
        engine.apply(3, Command::Move { hand: HAND, to });
        engine.step();
        engine.step();
    }
    engine.apply(4, Command::Release(HAND));
}

#[test]
fn a_hydrogen_dragged_out_of_the_plane_of_benzene_returns() {
    let mut engine = engine_of(built_in("benzene"), 1);
    let before = relax(&mut engine, 0.005);
    let last = before.positions.len() - 1;
    drag(&mut engine, last, Grip::Hold, 1.5 * DVec3::Z);
    let bent = nonplanarity(&engine.frame().structure());
    assert!(bent > 0.1, "it is bent by {bent} Å only");
    let after = relax(&mut engine, 0.005);
    let energy = [&before, &after].map(|frame| frame.evaluation.as_ref().unwrap().energy);
    let (before, after) = (before.structure(), after.structure());
    assert!((energy[1] - energy[0]).abs() < 1e-3, "{energy:?} eV");
    for one in 0..before.len() {
        for other in 0..one {
            let change = distance(&after, one, other) - distance(&before, one, other);
            assert!(change.abs() < 0.02, "{one} and {other}: {change} Å");
        }
    }
}

#[test]
fn a_molecule_pulled_by_one_atom_stays_intact() {
    let mut engine = engine_of(built_in("ethanol"), 1);
    let before = relax(&mut engine, 0.01).structure();
    let spring = Grip::Spring {
        stiffness: 2.0,
        max_force: 1.0,
    };
    drag(&mut engine, 0, spring, 5.0 * DVec3::X);
    let after = relax(&mut engine, 0.01).structure();
    let center = |structure: &Structure| {
        structure.positions().iter().sum::<DVec3>() / structure.len() as f64
    };
    assert!(center(&after).distance(center(&before)) > 2.0);
    assert_eq!(bonds(&after), bonds(&before));
}

/// The force on it is below 0.02 eV/Å with GFN2-xTB, if that converges.
#[test]
fn the_force_on_an_atom_ten_angstrom_away_is_negligible() {
    let mut worst = 0.0_f64;
    for key in [
        "water",
        "methane",
        "ammonia",
        "ethanol",
        "imidazole",
        "formic-acid-dimer",
        "aspirin",
        "alanine-dipeptide",
        "roy",
    ] {
        let molecule = built_in(key);
        let center = molecule.positions().iter().sum::<DVec3>() / molecule.len() as f64;
        let mut nano = Nano::new();
        for atom in 0..molecule.len() {
            let mut wrapped = molecule.clone();
            let away = (molecule.positions()[atom] - center)
                .try_normalize()
                .unwrap_or(DVec3::Z);
            let farthest = molecule
                .positions()
                .iter()
                .map(|position| (*position - center).dot(away))
                .fold(0.0, f64::max);
            wrapped.positions_mut()[atom] = center + (farthest + 10.0) * away;
            let force = nano.evaluate(&wrapped).unwrap().forces[atom].length();
            worst = worst.max(force);
            assert!(
                force < 0.05,
                "{key}, {} {atom}: {force} eV/Å",
                molecule.elements()[atom].symbol()
            );
        }
    }
    println!("at most {worst:.4} eV/Å");
}

/// Two small built-in molecules that overlap at random.
fn overlapping(random: &mut ChaCha8Rng) -> Structure {
    const KEYS: [&str; 9] = [
        "water",
        "methane",
        "ammonia",
        "ethanol",
        "benzene",
        "imidazole",
        "azomethane",
        "formic-acid-dimer",
        "cyclohexane",
    ];
    let mut unit = || DVec3::from([(); 3].map(|()| random.random_range(-1.0..1.0)));
    let (turn, shift) = (unit(), unit());
    let [one, other] = [(); 2].map(|()| KEYS[random.random_range(0..KEYS.len())]);
    let turn = DQuat::from_scaled_axis(std::f64::consts::PI * turn);
    let (mut both, mut other) = (centered(one), centered(other));
    for position in other.positions_mut() {
        *position = turn * *position + shift;
    }
    both.append(&other);
    both
}

fn centered(key: &str) -> Structure {
    let mut structure = built_in(key);
    let center = structure.positions().iter().sum::<DVec3>() / structure.len() as f64;
    for position in structure.positions_mut() {
        *position -= center;
    }
    structure
}

/// Two atoms closer than this multiple of their covalent radii are in a spurious minimum.
const SPURIOUS: f64 = 0.5;

fn nearest(structure: &Structure) -> f64 {
    let pairs = (0..structure.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    pairs
        .map(|(one, other)| stretch(structure, one, other))
        .fold(f64::INFINITY, f64::min)
}

#[test]
fn overlapping_molecules_separate_without_spurious_minima() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let (mut at_rest, tries) = (0, 25);
    for number in 0..tries {
        let start = overlapping(&mut random);
        let mut engine = Engine::new(start, Some(Box::new(Nano::new())), 1);
        engine.apply(1, Command::Steps(relaxation_task(0.05, Method::Fire), 400));
        while engine.step().is_some() {}
        let events = engine.take_events();
        let end = engine.frame();
        let energy = end.evaluation.as_ref().unwrap().energy;
        let near = nearest(&end.structure());
        let what = format!("{number}: {near:.2} of the radii, {energy} eV, {events:?}");
        assert!(near > SPURIOUS, "{what}");
        match events.last() {
            Some(Event::Converged { .. }) => at_rest += 1,
            Some(Event::Stopped { .. }) => (),
            _ => panic!("{what}"),
        }
    }
    println!("{at_rest} of {tries} at rest within 400 steps");
    assert!(2 * at_rest > tries);
}
