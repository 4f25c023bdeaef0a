//! Reader of setfl files: functions of several elements and their alloys.

use std::sync::Arc;

use super::super::functions::{Embedding, Functions};
use super::super::spline::Spline;
use super::table::{Sizes, TabulatedEmbedding};
use crate::chem::Element;
use crate::potential::parameter_file::{LineReader, ParameterFile, ParameterFileError};

/// Number of lines of comments at the start.
const COMMENTS: usize = 3;

/// The tables of densities in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Densities {
    /// One per element: `*.eam.alloy`.
    OfElements,
    /// One per element, and element of the atom where the density is: `*.eam.fs`.
    OfPairs,
}

/// Reads the elements of a file and their functions.
///
/// | lines | content |
/// |---|---|
/// | 1 to 3 | comments |
/// | 4 | number of elements, symbols |
/// | 5 | Nrho drho Nr dr cutoff |
/// | each element | atomic number, mass, lattice constant, lattice; Nrho values of F; Nr of ρ, once or for each element |
/// | each pair, 1-1, 2-1, 2-2, 3-1 … | Nr values of r φ, eV·Å |
///
/// # Errors
/// If the file is malformed.
pub(super) fn read(
    file: &ParameterFile,
    kind: Densities,
) -> Result<(Vec<Element>, Functions), ParameterFileError> {
    let mut lines = file.lines();
    for _ in 0..COMMENTS {
        lines.words("a comment")?;
    }
    let elements = read_elements(&mut lines)?;
    let words = lines.words(Sizes::EXPECTED)?;
    let sizes = Sizes::of(&words)
        .unwrap_or_else(|| Err(lines.expected(Sizes::EXPECTED, "fewer numbers")))?;
    let count = elements.len();
    let mut embeddings: Vec<Arc<dyn Embedding>> = Vec::new();
    // [elements of the neighbor, elements of the atom], as in the file.
    let mut densities: Vec<Spline> = Vec::new();
    for element in &elements {
        lines.words("an atomic number and a mass")?;
        let (knots, spacing) = sizes.densities;
        let energies = lines.table(knots, &format!("the embedding energy of {element}"))?;
        embeddings.push(Arc::new(TabulatedEmbedding::new(spacing, &energies)));
        let mut read = || {
            let values = lines.table(sizes.distances.0, &format!("the density of {element}"))?;
            Ok(Spline::through_values(&values))
        };
        match kind {
            Densities::OfElements => densities.extend(vec![read()?; count]),
            Densities::OfPairs => {
                for _ in 0..count {
                    densities.push(read()?);
                }
            }
        }
    }
    let mut triangle: Vec<Spline> = Vec::new();
    for (at, one) in elements.iter().enumerate() {
        for other in &elements[..=at] {
            let expected = format!("the pair energy of {one} and {other}");
            let values = lines.table(sizes.distances.0, &expected)?;
            triangle.push(Spline::through_values(&values));
        }
    }
    let places = (0..count).flat_map(|atom| (0..count).map(move |other| (atom, other)));
    let in_triangle = |(one, other): (usize, usize)| {
        let (high, low) = (one.max(other), one.min(other));
        triangle[high * (high + 1) / 2 + low].clone()
    };
    let functions = Functions {
        cutoff: sizes.cutoff,
        grid: sizes.grid(),
        embeddings,
        densities: places
            .clone()
            .map(|(atom, neighbor)| densities[neighbor * count + atom].clone())
            .collect(),
        pairs: places.map(in_triangle).collect(),
    };
    Ok((elements, functions))
}

fn read_elements(lines: &mut LineReader<'_>) -> Result<Vec<Element>, ParameterFileError> {
    let expected = "the number of elements and their symbols";
    let words = lines.words(expected)?;
    let Some((count, symbols)) = words.split_first() else {
        return Err(lines.expected(expected, "an empty line"));
    };
    let count = count.count(1..=118, "the number of elements")?;
    if symbols.len() < count {
        let found = format!("{} symbols", symbols.len());
        return Err(lines.expected(&format!("the symbols of {count} elements"), &found));
    }
    let mut elements = Vec::new();
    for symbol in &symbols[..count] {
        let element = symbol.element()?;
        if elements.contains(&element) {
            return Err(symbol.expected("different elements"));
        }
        elements.push(element);
    }
    Ok(elements)
}
