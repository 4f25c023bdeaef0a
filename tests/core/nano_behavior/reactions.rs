//! Reactions: bonds that break and form.

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::propagate::Method;
use mlipview_core::sim::{Command, Engine};

use super::{bonds, built_in, distance, engine_of, molecule, relax, relaxation_task, relaxed};

#[test]
fn hydronium_and_hydroxide_become_two_waters() {
    let ions = built_in("hydronium-hydroxide");
    let mut engine = engine_of(ions, 1);
    let energy = |engine: &Engine| engine.frame().evaluation.as_ref().unwrap().energy;
    let before = energy(&engine);
    let waters = relax(&mut engine, 0.01).structure();
    println!("{:.2} eV gained (GFN2-xTB: 5.73)", before - energy(&engine));
    let oxygens = (0..waters.len()).filter(|&atom| waters.elements()[atom] == Element::O);
    for oxygen in oxygens {
        let holds = bonds(&waters).into_iter();
        let holds = holds.filter(|&(one, other)| one == oxygen || other == oxygen);
        assert_eq!(holds.count(), 2, "oxygen {oxygen}");
    }
    assert!(before - energy(&engine) > 3.0);
}

/// A methyl group between two halides at given distances (Å), its hydrogens displaced by `lean` (Å)
/// away from the first. The charge is −1.
fn methyl_between(halides: [&str; 2], lengths: [f64; 2], lean: f64) -> Structure {
    let mut at = vec![DVec3::ZERO, -lengths[0] * DVec3::Z, lengths[1] * DVec3::Z];
    let corners = [0.0_f64, 120.0, 240.0].map(|corner| DMat3::from_rotation_z(corner.to_radians()));
    at.extend(corners.map(|corner| corner * DVec3::new(1.05, 0.0, lean)));
    let mut structure = molecule(&["C", halides[0], halides[1], "H", "H", "H"], at);
    structure.charge = -1;
    structure
}

#[test]
fn chloride_exchange_has_a_barrier() {
    let (complex, valley) = relaxed(methyl_between(["Cl", "Cl"], [1.78, 3.0], 0.34));
    // Symmetry keeps it at the transition state.
    let (top, height) = relaxed(methyl_between(["Cl", "Cl"], [2.25, 2.25], 0.0));
    let barrier = height - valley;
    let lengths = [1, 2].map(|halide| distance(&top, 0, halide));
    println!("{barrier:.1} kcal/mol (GFN2-xTB: 10.6) at {lengths:.3?} Å (2.211)");
    assert!((lengths[0] - lengths[1]).abs() < 0.02, "{lengths:?} Å");
    assert!((lengths[0] - 2.21).abs() < 0.15, "{lengths:?} Å");
    assert!(distance(&complex, 0, 2) > 2.5);
    assert!((5.0..16.0).contains(&barrier), "{barrier} kcal/mol");
}

#[test]
fn chloride_pushed_into_bromomethane_replaces_bromide() {
    let mut engine = engine_of(built_in("sn2"), 1);
    let start = engine.frame().structure();
    let (carbon, bromine, chlorine) = (0, 1, 2);
    let (grip, hand) = (Grip::Hold, Hand(1));
    let atoms = vec![chlorine];
    engine.apply(1, Command::Run(relaxation_task(0.02, Method::Fire)));
    engine.apply(2, Command::Grab { hand, atoms, grip });
    let (from, to) = (start.positions()[chlorine], start.positions()[carbon]);
    for percent in 1..=150 {
        let to = from + (to - from).normalize() * 0.01 * f64::from(percent);
        engine.apply(3, Command::Move { hand, to });
        for _ in 0..4 {
            engine.step();
        }
    }
    engine.apply(4, Command::Release(hand));
    let end = relax(&mut engine, 0.01).structure();
    let lengths = [chlorine, bromine].map(|halide| distance(&end, carbon, halide));
    println!("C–Cl, C–Br {lengths:.3?} Å");
    assert!(lengths[0] < 1.9 && lengths[1] > 2.7, "{lengths:?} Å");
}
