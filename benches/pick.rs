//! Duration of a hit test among 1 000 to 1 000 000 atoms, and as many bonds.
//!
//! `cargo bench --bench pick [-- ATOMS…]` prints one line of JSON for each: milliseconds, medians.
//! `sweep` tests all atoms, as the window does at most once per rendered frame. `grid` sorts the positions into
//! cells, the first step of a cell grid, which would be needed whenever atoms have moved.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench prints, stops at the first error, and reads the clock"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use bevy::math::{Dir3, Ray3d, Vec3};
use glam::{DVec3, IVec3};
use mlipview_core::chem::bonds::{Bond, Limits};
use mlipview_core::chem::{Cell, Element, NeighborList};
use mlipview_core::script::BondOpacities;
use mlipview_viewer::interact::pick::Pickable;
use mlipview_viewer::scene::appearance::AtomAppearance;
use mlipview_viewer::scene::beam::Beam;
use serde_json::json;

/// Distance between atoms, Å, about that of a molecular liquid.
const SPACING: f32 = 2.2;

fn main() {
    let asked: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let counts = if asked.is_empty() {
        vec![1_000, 10_000, 100_000, 1_000_000]
    } else {
        asked
    };
    for atoms in counts {
        measure(atoms);
    }
}

fn measure(atoms: usize) {
    let side = (atoms as f64).cbrt().ceil() as usize;
    let positions: Vec<Vec3> = (0..atoms).map(|index| place(index, side)).collect();
    let appearances = vec![
        AtomAppearance {
            color: [0; 4],
            radius: 0.45,
        };
        atoms
    ];
    let bonds: Vec<Bond> = (1..atoms as u32)
        .map(|second| Bond {
            atoms: [second - 1, second],
            shift: IVec3::ZERO,
            limits: Limits::between(Element::C, Element::C),
            strength: 1.0,
            order: None,
        })
        .collect();
    let opaque = BondOpacities::default();
    let with = |bonds| Pickable {
        positions: &positions,
        appearances: &appearances,
        bonds,
        bond_opacities: &opaque,
        shifts: &[],
        stick: 0.12,
        with_orders: true,
        cell: None,
        images: [1; 3],
    };
    let line = json!({
        "atoms": atoms,
        "sweep_of_atoms_ms": sweep(&with(&[]), side),
        "sweep_with_bonds_ms": sweep(&with(&bonds), side),
        "grid_ms": grid(&positions, side),
    });
    println!("{line}");
}

/// Casts a ray from the eye to a varying position among the atoms.
fn sweep(pickable: &Pickable<'_>, side: usize) -> f64 {
    let length = side as f32 * SPACING;
    let beam = Beam {
        start: 0.0,
        growth: 0.004,
    };
    let mut met = 0;
    let time = median(51, |number| {
        let share = |prime: f32| (number as f32 * prime).fract();
        let goal = Vec3::new(share(0.618), share(0.755), 0.5) * length;
        let eye = Vec3::new(0.5, 0.5, 3.0) * length;
        let ray = Ray3d::new(eye, Dir3::new(goal - eye).unwrap());
        met += usize::from(black_box(pickable.first(ray, beam)).is_some());
    });
    assert!(met > 25, "rays through many atoms hit some");
    time
}

/// Sorts the positions into cells, the first step of the neighbor list.
fn grid(positions: &[Vec3], side: usize) -> f64 {
    let wide: Vec<DVec3> = positions
        .iter()
        .map(|position| position.as_dvec3())
        .collect();
    let length = side as f64 * f64::from(SPACING);
    let cell = Cell::orthorhombic(DVec3::splat(length)).unwrap();
    let times = if positions.len() > 200_000 { 3 } else { 9 };
    median(times, |_| {
        // A cutoff short enough to find hardly any pairs, which leaves the sorting.
        let mut list = NeighborList::half(0.5, 0.0);
        list.update(&wide, Some(&cell)).unwrap();
        black_box(&list);
    })
}

/// A slightly disordered lattice position.
fn place(index: usize, side: usize) -> Vec3 {
    let position = [index % side, index / side % side, index / (side * side)];
    let shake = |seed: usize| 0.4 * ((index * 7919 + seed * 104_729) as f32).sin();
    Vec3::from_array(std::array::from_fn(|axis| {
        position[axis] as f32 * SPACING + shake(axis)
    }))
}

fn median(times: usize, mut work: impl FnMut(usize)) -> f64 {
    let mut all: Vec<Duration> = (0..times)
        .map(|number| {
            let began = Instant::now();
            work(number);
            began.elapsed()
        })
        .collect();
    all.sort();
    (all[times / 2].as_secs_f64() * 1e6).round() / 1e3
}
