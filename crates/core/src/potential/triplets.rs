//! Parameters of three-body potentials by triplets of elements, and their files.
//!
//! The files of LAMMPS (`*.sw`, `*.tersoff`) have one entry per triplet: the symbols of the central
//! atom and of its two neighbors, then numbers, on one or more lines. Text behind `#` is a comment. As in
//! LAMMPS, entries with other labels than symbols of elements are left out.

use std::collections::BTreeMap;

use super::parameter_file::{ParameterFile, ParameterFileError, Word};
use super::species::in_words;
use crate::chem::Element;

/// Parameters by the elements of an atom and of two neighbors.
#[derive(Clone, Debug)]
pub(super) struct Triplets<P>(BTreeMap<[u8; 3], P>);

/// Parameters for all triplets of some elements, by their indices: `[elements, elements, elements]`.
#[derive(Clone, Debug)]
pub(super) struct TripletTable<P> {
    count: usize,
    entries: Vec<P>,
}

/// A triplet of elements without parameters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "it has no parameters for {} with the neighbors {} and {}: add them to the file, or choose another",
    .0[0], .0[1], .0[2]
)]
pub(super) struct MissingTriplet([Element; 3]);

impl<P: Clone> Triplets<P> {
    /// Parameters of given triplets.
    pub(super) fn new(entries: impl IntoIterator<Item = ([Element; 3], P)>) -> Triplets<P> {
        let entries = entries.into_iter();
        Triplets(entries.map(|(triplet, it)| (key(triplet), it)).collect())
    }

    /// Reads the entries of a file, with the number of words behind the symbols and what they mean.
    ///
    /// # Errors
    /// If the file is malformed or in other units, or has an entry twice or none at all.
    pub(super) fn read(
        file: &ParameterFile,
        numbers: usize,
        expected: &str,
        parse: impl Fn(&[Word<'_>]) -> Result<P, ParameterFileError>,
    ) -> Result<Triplets<P>, ParameterFileError> {
        file.expect_metal_units()?;
        let mut lines = file.lines();
        let (mut entries, mut unknown) = (BTreeMap::new(), None);
        let expected = format!("three symbols and {numbers} numbers: {expected}");
        while let Some(words) = lines.record(3 + numbers, &expected)? {
            let (symbols, words) = words.split_at(3);
            let elements: Result<Vec<Element>, _> = symbols.iter().map(Word::element).collect();
            let parameters = parse(words)?;
            match elements.as_deref() {
                Ok(&[one, two, three]) => {
                    if entries.insert(key([one, two, three]), parameters).is_some() {
                        return Err(symbols[0].expected(&format!("{one} {two} {three} only once")));
                    }
                }
                _ => unknown = unknown.or(elements.err()),
            }
        }
        if entries.is_empty() {
            return Err(unknown.unwrap_or_else(|| lines.expected(&expected, "no entry")));
        }
        Ok(Triplets(entries))
    }

    /// The elements of central atoms, by atomic number.
    pub(super) fn elements(&self) -> Vec<Element> {
        let mut numbers: Vec<u8> = self.0.keys().map(|[center, ..]| *center).collect();
        numbers.dedup();
        let elements = numbers.into_iter().filter_map(Element::from_number);
        elements.collect()
    }

    /// The parameters of all triplets of some elements.
    ///
    /// # Errors
    /// With the first triplet without parameters.
    pub(super) fn of(&self, elements: &[Element]) -> Result<TripletTable<P>, MissingTriplet> {
        let mut entries = Vec::with_capacity(elements.len().pow(3));
        for &one in elements {
            for &two in elements {
                for &three in elements {
                    let triplet = [one, two, three];
                    let entry = self.0.get(&key(triplet));
                    entries.push(entry.cloned().ok_or(MissingTriplet(triplet))?);
                }
            }
        }
        Ok(TripletTable {
            count: elements.len(),
            entries,
        })
    }

    /// The elements in words.
    pub(super) fn in_words(&self) -> String {
        in_words(&self.elements())
    }
}

impl<P> TripletTable<P> {
    /// The parameters of an atom with two neighbors, by the indices of their elements.
    #[inline]
    pub(super) fn triplet(&self, atom: usize, one: usize, other: usize) -> &P {
        &self.entries[(atom * self.count + one) * self.count + other]
    }

    /// The parameters of a pair: those of an atom with two neighbors of the second element.
    #[inline]
    pub(super) fn pair(&self, atom: usize, neighbor: usize) -> &P {
        self.triplet(atom, neighbor, neighbor)
    }

    /// The table of a function of the parameters.
    pub(super) fn map<Q>(&self, function: impl Fn(&P) -> Q) -> TripletTable<Q> {
        TripletTable {
            count: self.count,
            entries: self.entries.iter().map(function).collect(),
        }
    }

    /// All parameters.
    pub(super) fn entries(&self) -> impl Iterator<Item = &P> {
        self.entries.iter()
    }
}

fn key(triplet: [Element; 3]) -> [u8; 3] {
    triplet.map(|element| element.number())
}
