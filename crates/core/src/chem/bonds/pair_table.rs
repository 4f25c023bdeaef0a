//! Table of bond limits for each pair of elements that occurs.

use super::bridge::{Bridge, element_set};
use super::lengths::Limits;
use crate::chem::Element;

/// Table of the pairs of the elements in a structure.
#[derive(Clone, Debug, Default)]
pub(super) struct PairTable {
    /// The elements that occur.
    elements: Vec<Element>,
    /// Index of each atomic number among them.
    indices: Vec<u8>,
    /// Pairs `[elements, elements]`, row-major.
    pairs: Vec<PairParameters>,
}

/// Bond limits and bridge of a pair of elements.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairParameters {
    pub(super) limits: Limits,
    pub(super) bridge: Option<Bridge>,
    /// Whether both are metals that an element of the structure can bridge.
    pub(super) is_bridged_contact: bool,
}

impl PairTable {
    /// Rebuilds the table if other elements occur.
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
        self.indices = vec![0; Element::COUNT + 1];
        for (index, element) in self.elements.iter().enumerate() {
            self.indices[usize::from(element.number())] = index as u8;
        }
        let occurring = element_set(&self.elements);
        let pair = |one: Element, other: Element| {
            let bridge = Bridge::between(one, other).and_then(|bridge| bridge.among(occurring));
            PairParameters {
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

    /// Largest cutoff of a bond, Å.
    pub(super) fn max_cutoff(&self) -> f64 {
        let cutoffs = self.pairs.iter().map(|pair| pair.limits.cutoff);
        cutoffs.fold(0.0, f64::max)
    }

    /// Whether any pair can be bridged.
    pub(super) fn has_bridges(&self) -> bool {
        self.pairs.iter().any(|pair| pair.bridge.is_some())
    }

    /// The row of an element; [`PairTable::index`] of the other element is the column.
    pub(super) fn row(&self, element: Element) -> &[PairParameters] {
        let start = self.index(element) * self.elements.len();
        &self.pairs[start..start + self.elements.len()]
    }

    pub(super) fn index(&self, element: Element) -> usize {
        usize::from(self.indices[usize::from(element.number())])
    }
}
