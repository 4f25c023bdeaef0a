//! Reader of the structure in Gaussian cube files (<https://paulbourke.net/dataformats/cube>).
//!
//! Two comment lines; the number of atoms, negative where orbitals follow, and the origin of the
//! grid; the number of voxels along each axis and the voxel's vector; a row for each atom with its
//! atomic number, its nuclear charge and its position. Lengths are in bohr, or in Å where the
//! numbers of voxels are negative. The values on the grid are not read.
//!
//! The format does not state periodicity. The box of the grid is a periodic cell if atoms are within
//! [`VACUUM`] of their images, as in crystals.

use glam::DVec3;

use super::beginning::Beginning;
use super::lines::{Line, Lines, text};
use super::{Configuration, Notes, ParseError};
use crate::chem::properties::Value;
use crate::chem::units::BOHR;
use crate::chem::{Cell, Element, Structure};

/// Minimum vacuum between the atoms of a molecule and their images, Å: more than between layers of any
/// crystal, less than twice the margin of common programs.
const VACUUM: f64 = 4.5;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut lines = Lines::new(&text);
    let title = lines.expect("a comment line")?;
    let comment = lines.expect("a second comment line")?;
    let counts = lines.expect("the number of atoms and the origin of the grid")?;
    let atoms = leading_integer(counts, "the number of atoms")?.unsigned_abs();
    let grid = Grid::read(&mut lines)?;
    let mut notes = Notes::default();
    let mut elements = Vec::new();
    let mut positions = Vec::new();
    for atom in 1..=atoms {
        let expected = format!("atom {atom} of {atoms}: atomic number, charge and position");
        let line = lines.expect(&expected)?;
        let [_, _, x, y, z] = line.reals::<5>(&expected)?;
        let number = leading_integer(line, "an atomic number")?;
        if number == 0 {
            notes.at(
                line.number,
                "a site of atomic number 0 is not an atom and is left out",
            );
            continue;
        }
        let element = u8::try_from(number).ok().and_then(Element::from_number);
        elements.push(element.ok_or_else(|| line.error("an atomic number, 1 to 118"))?);
        positions.push(grid.unit * DVec3::new(x, y, z));
    }
    let cell = grid.cell(&positions, &mut notes);
    let [a, b, c] = grid.voxels;
    notes.whole(format!("the grid of {a} × {b} × {c} values is not read"));
    let structure = Structure::new(elements, positions).map_err(ParseError::atoms)?;
    let mut structure = structure.with_cell(cell);
    for (name, line) in [("title", title), ("comment", comment)] {
        if !line.is_blank() {
            structure
                .info
                .insert(name.into(), Value::text(line.text.trim()));
        }
    }
    Ok(vec![Configuration {
        notes,
        ..Configuration::from(structure)
    }])
}

/// The first word of a line as an integer.
fn leading_integer(line: Line<'_>, expected: &str) -> Result<i64, ParseError> {
    let word = line.words().next().unwrap_or_default();
    word.parse().map_err(|_| line.found(expected, word))
}

/// Grid of the values.
struct Grid {
    voxels: [u64; 3],
    /// The vectors of the box of all voxels, Å.
    vectors: [DVec3; 3],
    /// Length unit of the file, Å.
    unit: f64,
}

impl Grid {
    fn read(lines: &mut Lines<'_>) -> Result<Grid, ParseError> {
        const EXPECTED: &str = "a number of voxels and the vector of one";
        let (mut voxels, mut vectors, mut units) = ([0; 3], [DVec3::ZERO; 3], [0.0; 3]);
        for axis in 0..3 {
            let line = lines.expect(EXPECTED)?;
            let [_, x, y, z] = line.reals::<4>(EXPECTED)?;
            let count = leading_integer(line, EXPECTED)?;
            units[axis] = if count < 0 { 1.0 } else { BOHR };
            if units[axis] != units[0] {
                return Err(
                    line.error("numbers of voxels of one sign: positive in bohr, negative in Å")
                );
            }
            voxels[axis] = count.unsigned_abs();
            vectors[axis] = DVec3::new(x, y, z) * (units[axis] * voxels[axis] as f64);
        }
        Ok(Grid {
            voxels,
            vectors,
            unit: units[0],
        })
    }

    /// The box as a cell, if it is periodic.
    fn cell(&self, positions: &[DVec3], notes: &mut Notes) -> Option<Cell> {
        let cell = Cell::new(self.vectors, [true; 3]).ok()?;
        let gap = |axis: usize| {
            let along = positions
                .iter()
                .map(|&position| cell.fractional(position)[axis]);
            let (low, high) = along.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
                (low.min(x), high.max(x))
            });
            cell.heights()[axis] * (1.0 - (high - low))
        };
        let repeats = !positions.is_empty() && (0..3).any(|axis| gap(axis) < VACUUM);
        notes.whole(if repeats {
            format!(
                "the box of the grid is taken for the cell of a crystal, because it leaves less than \
                 {VACUUM} Å between the atoms and their images"
            )
        } else {
            format!(
                "the box of the grid is not taken for a cell, because it leaves {VACUUM} Å or more \
                 between the atoms and their images"
            )
        });
        repeats.then_some(cell)
    }
}

/// Whether the content looks like a cube file: a count and an origin, three counts and vectors, an atom.
pub(super) fn sniff(beginning: &Beginning<'_>) -> bool {
    let has = |line: usize, min: usize, max: usize| {
        let words: Vec<&str> = beginning.line(line).split_whitespace().collect();
        (min..=max).contains(&words.len())
            && words[0].parse::<i64>().is_ok()
            && words.iter().all(|word| word.parse::<f64>().is_ok())
    };
    has(3, 4, 5) && (4..=6).all(|line| has(line, 4, 4)) && has(7, 5, 5)
}
