//! Reader of funcfl files: functions of one element.

use std::sync::Arc;

use super::super::functions::Functions;
use super::super::spline::Spline;
use super::table::{Sizes, TabulatedEmbedding};
use crate::chem::Element;
use crate::potential::parameter_file::{ParameterFile, ParameterFileError};

/// Hartree times bohr in eV·Å, with the digits that DYNAMO and LAMMPS use.
const COULOMB: f64 = 27.2 * 0.529;

/// Reads the element of a file and its functions.
///
/// | lines | content |
/// |---|---|
/// | 1 | comment |
/// | 2 | atomic number, mass, lattice constant, lattice |
/// | 3 | Nrho drho Nr dr cutoff |
/// | the rest | Nrho values of F (eV), Nr of the effective charge Z (e), Nr of ρ |
///
/// The pair energy is φ = Z²/r in atomic units. LAMMPS leaves out the last knot of each table, as it
/// rounds their number down; so does this. Beyond the end of F, it goes on along its last slope, where
/// LAMMPS's energies are off by one interval.
///
/// # Errors
/// If the file is malformed.
pub(super) fn read(file: &ParameterFile) -> Result<(Vec<Element>, Functions), ParameterFileError> {
    let mut lines = file.lines();
    lines.words("a comment")?;
    let expected = "an atomic number and a mass";
    let words = lines.words(expected)?;
    let Some(number) = words.first() else {
        return Err(lines.expected(expected, "an empty line"));
    };
    let number = number.count(1..=118, "an atomic number")?;
    let element = u8::try_from(number)
        .ok()
        .and_then(Element::from_number)
        .ok_or_else(|| lines.expected(expected, "another number"))?;
    let words = lines.words(Sizes::EXPECTED)?;
    let sizes = Sizes::of(&words)
        .unwrap_or_else(|| Err(lines.expected(Sizes::EXPECTED, "fewer numbers")))?;
    let (densities, distances) = (sizes.densities.0, sizes.distances.0);
    let mut energies = lines.table(densities, "the embedding energy")?;
    let mut charges = lines.table(distances, "the effective charge")?;
    let mut density = lines.table(distances, "the density")?;
    for table in [&mut energies, &mut charges, &mut density] {
        table.pop();
    }
    let products: Vec<f64> = charges.iter().map(|z| COULOMB * z * z).collect();
    let shorter = Sizes {
        distances: (distances - 1, sizes.distances.1),
        ..sizes
    };
    let functions = Functions {
        cutoff: sizes.cutoff,
        grid: shorter.grid(),
        embeddings: vec![Arc::new(TabulatedEmbedding::new(
            sizes.densities.1,
            &energies,
        ))],
        densities: vec![Spline::through_values(&density)],
        pairs: vec![Spline::through_values(&products)],
    };
    Ok((vec![element], functions))
}
