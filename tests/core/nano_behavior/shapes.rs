//! Relaxed geometries and energies: hydrogen bonds, planarity, torsions.

use glam::DVec3;
use mlipview_core::chem::Structure;

use super::{bonds, built_in, distance, molecule, nonplanarity, relaxed};

#[test]
fn two_waters_form_a_hydrogen_bond() {
    let (_, alone) = relaxed(built_in("water"));
    let (dimer, energy) = relaxed(built_in("water-dimer"));
    let (binding, length) = (2.0 * alone - energy, distance(&dimer, 0, 3));
    println!("{binding:.2} kcal/mol (GFN2-xTB: 4.97) at {length:.3} Å (2.836)");
    assert!((binding - 5.0).abs() < 1.0, "{binding} kcal/mol");
    assert!((length - 2.9).abs() < 0.1, "{length} Å");
}

#[test]
fn bent_benzene_relaxes_to_a_regular_hexagon() {
    let mut benzene = built_in("benzene");
    for (atom, position) in benzene.positions_mut().iter_mut().enumerate() {
        let phase = 2.0 * atom as f64;
        *position += 0.15 * DVec3::new(phase.sin(), phase.cos(), (3.0 * phase).sin());
    }
    assert!(nonplanarity(&benzene) > 0.1);
    let (flat, _) = relaxed(benzene);
    let ring = bonds(&flat).into_iter();
    let ring = ring.filter(|&(one, other)| {
        [one, other].map(|atom| flat.elements()[atom].symbol()) == ["C"; 2]
    });
    let lengths: Vec<f64> = ring
        .map(|(one, other)| distance(&flat, one, other))
        .collect();
    println!(
        "{:.4} Å out of the plane, bonds of {lengths:.4?} Å (GFN2-xTB: 1.385)",
        nonplanarity(&flat)
    );
    assert!(nonplanarity(&flat) < 0.02, "{} Å", nonplanarity(&flat));
    assert_eq!(lengths.len(), 6);
    assert!(lengths.iter().all(|length| (length - 1.385).abs() < 0.01));
}

#[test]
fn trans_butane_is_more_stable_than_gauche() {
    let (_, trans) = relaxed(butane(180.0));
    let (bent, gauche) = relaxed(butane(65.0));
    let (angle, rise) = (dihedral(&bent, [0, 1, 2, 3]), gauche - trans);
    println!("{rise:.2} kcal/mol (GFN2-xTB: 0.60) at {angle:.0}° (68)");
    assert!((55.0..80.0).contains(&angle), "{angle}°");
    assert!((0.1..1.5).contains(&rise), "{rise} kcal/mol");
}

/// Butane with a dihedral angle of its carbon chain, degrees; 180 is trans.
fn butane(turn: f64) -> Structure {
    let mut at = vec![DVec3::new(0.57, 1.42, 0.0), DVec3::ZERO, 1.53 * DVec3::X];
    at.push(place([at[2], at[1], at[0]], 1.53, 112.0, turn));
    let methyl = [60.0, 180.0, 300.0];
    let methylene = [turn + 120.0, turn - 120.0];
    for (chain, turns) in [
        ([0, 1, 2], &methyl[..]),
        ([3, 2, 1], &methyl),
        ([1, 2, 3], &methylene),
        ([2, 1, 0], &methylene),
    ] {
        for turn in turns {
            at.push(place(chain.map(|atom| at[atom]), 1.09, 110.0, *turn));
        }
    }
    molecule(&[["C"; 4].as_slice(), &["H"; 10]].concat(), at)
}

/// Position of an atom bonded to the first of a chain of three (Å), by its angle with the second and its
/// dihedral angle with the third (degrees).
fn place(chain: [DVec3; 3], length: f64, angle: f64, dihedral: f64) -> DVec3 {
    let along = (chain[1] - chain[0]).normalize();
    let out = (chain[2] - chain[1]).reject_from(along).normalize();
    let (angle, dihedral) = (angle.to_radians(), dihedral.to_radians());
    let aside = dihedral.cos() * out + dihedral.sin() * along.cross(out);
    chain[0] + length * (angle.cos() * along + angle.sin() * aside)
}

/// The angle between the first and the last bond of a chain, seen along the middle one, degrees.
fn dihedral(structure: &Structure, chain: [usize; 4]) -> f64 {
    let [first, second, third, fourth] = chain.map(|atom| structure.positions()[atom]);
    let axis = (third - second).normalize();
    let (one, other) = (
        (first - second).reject_from(axis),
        (fourth - third).reject_from(axis),
    );
    one.angle_between(other).to_degrees()
}
