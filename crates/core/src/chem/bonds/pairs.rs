//! Table of bond limits for each pair of elements that occurs, looked up once for all bonds.

use super::bridge::{Bridge, set};
use super::lengths::Limits;
use crate::chem::Element;

/// A table of the pairs of the elements in a structure.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    /// The elements that occur.
    elements: Vec<Element>,
    /// By atomic number, where each stands among them.
    places: Vec<u8>,
    /// By the places of two elements, row by row.
    pairs: Vec<Pair>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) limits: Limits,
    pub(super) bridge: Option<Bridge>,
    /// Whether these are metals that other atoms may bridge.
    pub(super) is_bridged_contact: bool,
}

impl Pairs {
    /// Looks up the pairs of these elements, unless it has them already.
    pub(super) fn update(&mut self, elements: &[Element]) {
        let mut occurs = [false; Element::COUNT + 1];
        for element in elements {
            occurs[usize::from(element.number())] = true;
        }
        let occurring = || Element::all().filter(|element| occurs[usize::from(element.number())]);
        if occurring().eq(self.elements.iter().copied()) {
            return;
        }
        self.elements = occurring().collect();
        self.places = vec![0; Element::COUNT + 1];
        for (place, element) in self.elements.iter().enumerate() {
            self.places[usize::from(element.number())] = place as u8;
        }
        let occurring = set(&self.elements);
        let pair = |one: Element, other: Element| {
            let bridge = Bridge::between(one, other).and_then(|bridge| bridge.of(occurring));
            Pair {
                limits: Limits::between(one, other),
                bridge,
                is_bridged_contact: bridge.is_some() && one.is_metal() && other.is_metal(),
            }
        };
        let all = self.elements.iter();
        self.pairs = all
            .flat_map(|&one| self.elements.iter().map(move |&other| pair(one, other)))
            .collect();
    }

    /// The longest distance at which two of the elements may be bonded, Å.
    pub(super) fn reach(&self) -> f64 {
        let gone = self.pairs.iter().map(|pair| pair.limits.gone);
        gone.fold(0.0, f64::max)
    }

    /// Whether any bond may be bridged.
    pub(super) fn has_bridges(&self) -> bool {
        self.pairs.iter().any(|pair| pair.bridge.is_some())
    }

    /// The pairs of one element, to be asked for the other's by [`Pairs::place`].
    pub(super) fn of(&self, element: Element) -> &[Pair] {
        let start = self.place(element) * self.elements.len();
        &self.pairs[start..start + self.elements.len()]
    }

    pub(super) fn place(&self, element: Element) -> usize {
        usize::from(self.places[usize::from(element.number())])
    }
}
