//! Time of neighbor lists, as ratios within one run.
//!
//! `cargo bench --bench neighbors` compares sizes and kinds of lists. With the path of a system and a
//! cutoff it prints the best of several times for the pairs of that system; `neighbors_vs_vesin.py`
//! compares this with vesin.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads the clock and prints, and fails on errors"
)]

use std::time::Instant;

use glam::DVec3;
use mlipview_core::chem::Cell;
use mlipview_core::chem::neighbors::{NeighborList, Pair};

/// Argon at the density of its liquid, Å⁻³.
const DENSITY: f64 = 0.0213;
const CUTOFF: f64 = 8.5;

fn main() {
    // `cargo bench` adds `--bench`.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    match &words[..] {
        [path, cutoff] => measure_file(path, cutoff.parse().unwrap()),
        _ => compare_sizes(),
    }
}

/// The system in the file: nine numbers of the cell, row by row, then the positions, all f64.
fn measure_file(path: &str, cutoff: f64) {
    let bytes = std::fs::read(path).unwrap();
    let numbers: Vec<f64> = bytes
        .chunks_exact(8)
        .map(|chunk| f64::from_le_bytes(chunk.try_into().unwrap()))
        .collect();
    let vectors: Vec<DVec3> = numbers.chunks_exact(3).map(DVec3::from_slice).collect();
    let cell = Cell::new([vectors[0], vectors[1], vectors[2]], [true; 3]).unwrap();
    let mut pairs = Vec::new();
    // No skin: as for a single update, but with allocated buffers.
    let mut list = NeighborList::full(cutoff, 0.0);
    let time = best_of(5, || rebuild(&mut list, &vectors[3..], &cell, &mut pairs));
    println!("{:.6} {}", time, pairs.len());
}

fn compare_sizes() {
    let mut reference = f64::NAN;
    println!("   atoms   rebuild/µs per atom   to 1000 atoms   rebuild/check   full/half");
    for atoms in [1_000, 10_000, 100_000] {
        let length = (atoms as f64 / DENSITY).cbrt();
        let cell = Cell::orthorhombic(DVec3::splat(length)).unwrap();
        let positions: Vec<DVec3> = halton().map(|point| point * length).take(atoms).collect();
        let moved: Vec<DVec3> = positions.iter().map(|position| position + 0.5).collect();
        let alternate = |list: &mut NeighborList| {
            list.update(&positions, Some(&cell)).unwrap();
            list.update(&moved, Some(&cell)).unwrap();
        };
        let mut full = NeighborList::full(CUTOFF, 0.5);
        let mut half = NeighborList::half(CUTOFF, 0.5);
        let full_time = best_of(5, || alternate(&mut full)) / 2.0;
        let half_time = best_of(5, || alternate(&mut half)) / 2.0;
        let check = best_of(5, || _ = full.update(&moved, Some(&cell)).unwrap());
        let per_atom = 1e6 * full_time / atoms as f64;
        if reference.is_nan() {
            reference = per_atom;
        }
        println!(
            "{atoms:8} {per_atom:21.3} {:15.2} {:15.0} {:11.2}",
            per_atom / reference,
            full_time / check,
            full_time / half_time,
        );
    }
}

fn rebuild(list: &mut NeighborList, positions: &[DVec3], cell: &Cell, pairs: &mut Vec<Pair>) {
    // An update without the cell makes the next one rebuild the list.
    list.update(&[], None).unwrap();
    list.update(positions, Some(cell)).unwrap();
    pairs.clear();
    list.pairs(positions).for_each(|pair| pairs.push(pair));
}

fn best_of(times: usize, mut work: impl FnMut()) -> f64 {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}

/// Quasi-random points in the unit cube (J. H. Halton, Numer. Math. 2, 84
/// (1960)).
fn halton() -> impl Iterator<Item = DVec3> {
    (1u64..).map(|index| DVec3::from_array([2, 3, 5].map(|base| radical_inverse(index, base))))
}

fn radical_inverse(mut index: u64, base: u64) -> f64 {
    let (mut scale, mut value) = (1.0, 0.0);
    while index > 0 {
        scale /= base as f64;
        value += scale * (index % base) as f64;
        index /= base;
    }
    value
}
