//! Time of energy, forces and stress, as ratios within one run.
//!
//! `cargo bench --bench potentials` compares sizes; `nano` and `solid` alone print the steps per second of
//! one learned potential by size. Scripts in Python compare it with other programs on the same systems:
//!
//! - `emt FILE`, `nano FILE`: seconds of one evaluation, and its energy (`emt_vs_ase.py`,
//!   `nano_vs_force_fields.py`)
//! - `nep MODEL FILE`: the same of a neuroevolution potential (`nep_vs_calorine.py`)
//! - `lj FILE WARMUP STEPS`, `eam FUNCTIONS FILE WARMUP STEPS`: seconds of one step of velocity Verlet, and
//!   the total energy after the last (`lj_vs_lammps.py`, `eam_vs_lammps.py`)

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads the clock and prints, and has no one to hand an error to"
)]

use std::time::Instant;

use glam::{DMat3, DVec3};
use mlipview_core::chem::format::{self, FrameSelection};
use mlipview_core::chem::units::ACCELERATION;
use mlipview_core::chem::{Cell, Element, Structure, library};
use mlipview_core::potential::{Eam, Emt, LennardJones, Nano, Nep, Potential, Solid};

fn main() {
    // `cargo bench` adds `--bench`.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["emt", path] => measure_emt(path),
        ["lj", path, warmup, steps] => {
            measure_lj(path, warmup.parse().unwrap(), steps.parse().unwrap());
        }
        ["eam", functions, path, warmup, steps] => {
            measure_eam(
                functions,
                path,
                warmup.parse().unwrap(),
                steps.parse().unwrap(),
            );
        }
        ["nano", path] => measure_nano(path),
        ["nano"] => compare_sizes_of_nano(),
        ["nep", model, path] => measure_nep(model, path),
        ["solid"] => compare_sizes_of_solid(),
        _ => {
            compare_sizes();
            compare_sizes_of_nano();
            compare_sizes_of_solid();
        }
    }
}

/// The vectors in a file of f64: three of the cell, then positions.
fn read(path: &str) -> (Cell, Vec<DVec3>) {
    let bytes = std::fs::read(path).unwrap();
    let numbers: Vec<f64> = bytes
        .chunks_exact(8)
        .map(|chunk| f64::from_le_bytes(chunk.try_into().unwrap()))
        .collect();
    let mut vectors: Vec<DVec3> = numbers.chunks_exact(3).map(DVec3::from_slice).collect();
    let rest = vectors.split_off(3);
    let cell = Cell::new([vectors[0], vectors[1], vectors[2]], [true; 3]).unwrap();
    (cell, rest)
}

fn measure_emt(path: &str) {
    let (cell, positions) = read(path);
    let copper = Structure::new(vec![Element::CU; positions.len()], positions).unwrap();
    let mut copper = copper.with_cell(cell);
    let mut emt = Emt::new();
    let energy = emt.evaluate(&copper).unwrap().energy;
    println!(
        "{:.9} {energy:.12}",
        time_evaluation(&mut emt, &mut copper, 300)
    );
}

/// The best time of an evaluation, with small displacements in between.
fn time_evaluation(potential: &mut dyn Potential, structure: &mut Structure, times: usize) -> f64 {
    let mut best = f64::INFINITY;
    for round in 0..times {
        let nudge = if round % 2 == 0 { 0.01 } else { -0.01 };
        for position in structure.positions_mut().iter_mut().step_by(2) {
            position.x += nudge;
        }
        let start = Instant::now();
        potential.evaluate(structure).unwrap();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best
}

/// A file of positions and velocities of atoms of mass 1, in units of σ and ε.
fn measure_lj(path: &str, warmup: usize, steps: usize) {
    let mut potential = LennardJones::universal(1.0, 1.0, 2.5).unwrap();
    let run = Run {
        element: Element::AR,
        inverse_mass: 1.0,
        timestep: 0.005,
        warmup,
        steps,
    };
    run.measure(&mut potential, path);
}

/// A file of positions (Å) and velocities (Å/fs) of copper atoms, by the functions of an EAM file.
fn measure_eam(functions: &str, path: &str, warmup: usize, steps: usize) {
    let mut potential = Eam::from_file(functions).unwrap();
    let run = Run {
        element: Element::CU,
        inverse_mass: ACCELERATION / Element::CU.mass(),
        timestep: 2.0,
        warmup,
        steps,
    };
    run.measure(&mut potential, path);
}

/// A run of velocity Verlet.
struct Run {
    element: Element,
    inverse_mass: f64,
    timestep: f64,
    warmup: usize,
    steps: usize,
}

impl Run {
    /// Prints the seconds per step after the warmup, and the total energy at the end.
    fn measure(&self, potential: &mut dyn Potential, path: &str) {
        let (cell, mut positions) = read(path);
        let mut velocities = positions.split_off(positions.len() / 2);
        let elements = vec![self.element; positions.len()];
        let atoms = Structure::new(elements, positions).unwrap();
        let mut atoms = atoms.with_cell(cell);
        let half_kick = 0.5 * self.timestep * self.inverse_mass;
        let mut evaluation = potential.evaluate(&atoms).unwrap();
        let mut start = Instant::now();
        for step in 0..self.warmup + self.steps {
            if step == self.warmup {
                start = Instant::now();
            }
            let moving = atoms.positions_mut().iter_mut();
            for ((position, velocity), force) in moving.zip(&mut velocities).zip(&evaluation.forces)
            {
                *velocity += half_kick * *force;
                *position += self.timestep * *velocity;
            }
            evaluation = potential.evaluate(&atoms).unwrap();
            for (velocity, force) in velocities.iter_mut().zip(&evaluation.forces) {
                *velocity += half_kick * *force;
            }
        }
        let seconds = start.elapsed().as_secs_f64() / self.steps as f64;
        let squares: f64 = velocities.iter().map(|it| it.length_squared()).sum();
        let kinetic = 0.5 * squares / self.inverse_mass;
        println!("{seconds:.9} {:.12}", evaluation.energy + kinetic);
    }
}

/// The last structure in a file of any format.
fn last_structure(path: &str) -> Structure {
    let frames = format::read(&std::fs::read(path).unwrap(), path, FrameSelection::LAST).unwrap();
    frames.into_iter().next().unwrap().structure
}

fn measure_nep(model: &str, path: &str) {
    let mut structure = last_structure(path);
    let mut nep = Nep::from_file(model).unwrap();
    let energy = nep.evaluate(&structure).unwrap().energy;
    let times = (20_000 / structure.len()).clamp(6, 300) / 2 * 2;
    let seconds = time_evaluation(&mut nep, &mut structure, times);
    println!("{seconds:.9} {energy:.9}");
}

fn measure_nano(path: &str) {
    let mut structure = last_structure(path);
    let times = (20_000 / structure.len()).clamp(5, 1000);
    println!(
        "{:.9}",
        time_evaluation(&mut Nano::new(), &mut structure, times)
    );
}

/// Caffeine, then water at the density of the liquid.
fn compare_sizes_of_nano() {
    println!("   atoms   nano: steps/s   µs per atom   to 1000 atoms");
    let mut caffeine = library::find("caffeine").unwrap().structure().unwrap();
    let waters = [4, 7, 14, 32].map(water);
    let mut reference = None;
    for structure in [&mut caffeine].into_iter().chain(&mut waters.clone()) {
        let atoms = structure.len();
        let times = (20_000 / atoms).clamp(3, 1000);
        let seconds = time_evaluation(&mut Nano::new(), structure, times);
        let per_atom = 1e6 * seconds / atoms as f64;
        if (1000..2000).contains(&atoms) {
            reference = Some(per_atom);
        }
        print!("{atoms:8} {:15.1} {per_atom:13.2}", 1.0 / seconds);
        match reference {
            Some(base) => println!("   {:.2}", per_atom / base),
            None => println!(),
        }
    }
}

/// Silicon and copper from one cubic cell to 100 000 atoms.
fn compare_sizes_of_solid() {
    println!("   atoms   solid: Si steps/s   µs per atom   Cu steps/s   µs per atom");
    for [silicon_cells, copper_cells] in [[1, 1], [3, 4], [5, 6], [11, 14], [23, 29]] {
        let mut silicon = crystal(Element::SI, 5.43, silicon_cells, &DIAMOND);
        let mut copper = crystal(Element::CU, 3.61, copper_cells, &FCC);
        print!("{:8}", silicon.len());
        for structure in [&mut silicon, &mut copper] {
            let times = (20_000 / structure.len()).clamp(3, 1000);
            let seconds = time_evaluation(&mut Solid::new(), structure, times);
            let per_atom = 1e6 * seconds / structure.len() as f64;
            print!(" {:18.1} {per_atom:13.2}", 1.0 / seconds);
        }
        println!("   ({} Cu)", copper.len());
    }
}

/// n × n × n water molecules in a periodic box, 0.1 atoms/Å³.
fn water(count: usize) -> Structure {
    let lattice = 30.0_f64.cbrt();
    let molecule = [
        DVec3::ZERO,
        DVec3::new(0.96, 0.0, 0.0),
        DVec3::new(-0.24, 0.93, 0.0),
    ];
    let mut positions = Vec::new();
    for index in 0..count.pow(3) {
        let corner = [index / count / count, index / count % count, index % count];
        let corner = lattice * DVec3::from_array(corner.map(|count| count as f64));
        let axis =
            DVec3::new((index as f64).sin(), (index as f64).cos(), 0.3).normalize_or(DVec3::X);
        let turn = DMat3::from_axis_angle(axis, index as f64);
        positions.extend(molecule.map(|within| corner + turn * within));
    }
    let elements = [Element::O, Element::H, Element::H].repeat(count.pow(3));
    let cell = Cell::orthorhombic(DVec3::splat(lattice * count as f64)).unwrap();
    Structure::new(elements, positions).unwrap().with_cell(cell)
}

fn compare_sizes() {
    println!("   atoms   EMT/µs per atom   LJ/µs per atom   EMT/LJ   to 1000 atoms: EMT, LJ");
    let mut reference = None;
    for cells in [1, 3, 6, 14, 29] {
        let mut copper = crystal(Element::CU, 3.61, cells, &FCC);
        let mut argon = crystal(Element::AR, 5.3, cells, &FCC);
        let atoms = copper.len();
        let times = (400_000 / atoms).clamp(4, 1000);
        let per_atom = 1e6 / atoms as f64;
        let emt = per_atom * time_evaluation(&mut Emt::new(), &mut copper, times);
        let lj = per_atom * time_evaluation(&mut LennardJones::noble_gases(), &mut argon, times);
        if cells == 6 {
            reference = Some((emt, lj));
        }
        print!("{atoms:8} {emt:17.3} {lj:16.3} {:8.2}", emt / lj);
        match reference {
            Some((base_emt, base_lj)) => println!("   {:.2}, {:.2}", emt / base_emt, lj / base_lj),
            None => println!(),
        }
    }
}

/// Fractional positions of face-centered cubic.
const FCC: [DVec3; 4] = [
    DVec3::ZERO,
    DVec3::new(0.5, 0.5, 0.0),
    DVec3::new(0.5, 0.0, 0.5),
    DVec3::new(0.0, 0.5, 0.5),
];

/// Fractional positions of diamond: two fcc lattices.
const DIAMOND: [DVec3; 8] = [
    FCC[0],
    FCC[1],
    FCC[2],
    FCC[3],
    DVec3::new(0.25, 0.25, 0.25),
    DVec3::new(0.75, 0.75, 0.25),
    DVec3::new(0.75, 0.25, 0.75),
    DVec3::new(0.25, 0.75, 0.75),
];

/// n × n × n cubic cells with small displacements.
fn crystal(element: Element, lattice: f64, cells: usize, basis: &[DVec3]) -> Structure {
    let mut positions = Vec::new();
    for index in 0..cells.pow(3) {
        let corner = [index / cells / cells, index / cells % cells, index % cells];
        let corner = DVec3::from_array(corner.map(|count| count as f64));
        for within in basis {
            let phase = positions.len() as f64;
            let disorder = 0.01 * DVec3::new(phase.sin(), (2.0 * phase).sin(), (3.0 * phase).sin());
            positions.push(lattice * (corner + *within + disorder));
        }
    }
    let cell = Cell::orthorhombic(DVec3::splat(lattice * cells as f64)).unwrap();
    Structure::new(vec![element; positions.len()], positions)
        .unwrap()
        .with_cell(cell)
}
