//! Terms of a three-body potential for the elements of a structure, with its neighbor list.

use super::triplets::{MissingTriplet, TripletTable, Triplets};
use crate::chem::Element;
use crate::chem::neighbors::NeighborList;

/// Skin of the neighbor list, Å.
const SKIN: f64 = 0.5;

/// Terms T for the elements of the last structure, and its neighbors.
#[derive(Debug)]
pub(super) struct TripletTerms<T> {
    elements: Vec<Element>,
    pub(super) terms: TripletTable<T>,
    pub(super) neighbors: NeighborList,
    /// Square of the largest cutoff, Å².
    pub(super) cutoff2: f64,
}

impl<T> TripletTerms<T> {
    /// The `last` terms if they are for the same elements, else those of `parameters`, by functions that
    /// give the cutoff (Å) and the terms.
    ///
    /// # Errors
    /// With the first triplet without parameters.
    pub(super) fn of<P: Clone>(
        last: Option<TripletTerms<T>>,
        elements: &[Element],
        parameters: &Triplets<P>,
        cutoff: impl Fn(&P) -> f64,
        terms: impl Fn(&P) -> T,
    ) -> Result<TripletTerms<T>, MissingTriplet> {
        if let Some(last) = last.filter(|last| last.elements == elements) {
            return Ok(last);
        }
        let table = parameters.of(elements)?;
        let cutoff = table.entries().map(cutoff).fold(0.0, f64::max);
        Ok(TripletTerms {
            elements: elements.to_vec(),
            terms: table.map(terms),
            neighbors: NeighborList::full(cutoff, SKIN),
            cutoff2: cutoff * cutoff,
        })
    }
}
