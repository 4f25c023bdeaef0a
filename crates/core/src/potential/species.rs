//! The species of a structure: its elements, numbered from zero.

use crate::chem::{Element, Structure};

/// The elements of a structure and the species of each atom, the index into tables of parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Species {
    /// The elements, by atomic number.
    pub elements: Vec<Element>,
    /// Index into `elements`: `[atoms]`.
    atoms: Vec<u8>,
}

impl Species {
    /// The species of a structure.
    #[must_use]
    pub fn of(structure: &Structure) -> Species {
        let mut index = [u8::MAX; 256];
        for element in structure.elements() {
            index[usize::from(element.number())] = 0;
        }
        let occurring = Element::all().filter(|element| index[usize::from(element.number())] == 0);
        let elements: Vec<Element> = occurring.collect();
        for (species, element) in elements.iter().enumerate() {
            index[usize::from(element.number())] = species as u8;
        }
        let of_atom = |element: &Element| index[usize::from(element.number())];
        Species {
            elements,
            atoms: structure.elements().iter().map(of_atom).collect(),
        }
    }

    /// The species of an atom: its index into `elements`.
    #[inline]
    pub fn of_atom(&self, atom: usize) -> usize {
        usize::from(self.atoms[atom])
    }
}

/// A list in words: "Ne", "Ne and Ar", "Ne, Ar and Kr".
pub(super) fn in_words(elements: &[Element]) -> String {
    let symbols: Vec<&str> = elements.iter().map(|element| element.symbol()).collect();
    match symbols.split_last() {
        None => "no element".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
