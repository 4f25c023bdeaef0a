//! Parameters for the elements of one structure, laid out for the loops over neighbors.

use super::header::ZblHeader;
use super::invariants::Invariants;
use super::model::Model;
use super::network::Network;
use super::zbl::Zbl;
use crate::chem::Element;

/// Parameters of the elements that occur.
#[derive(Clone, Debug)]
pub(super) struct Parameters {
    /// The elements; a species is an index into them.
    pub(super) elements: Vec<Element>,
    pub(super) angular: Invariants,
    /// Number of radial functions of the radial descriptors.
    pub(super) radial_functions: usize,
    /// Number of descriptors.
    pub(super) descriptors: usize,
    /// [species, species].
    pairs: Vec<PairParameters>,
    /// [species].
    pub(super) networks: Vec<Network>,
    /// The longest cutoff, Å.
    pub(super) cutoff: f64,
}

/// Parameters of a neighbor of one species at an atom of another.
#[derive(Clone, Debug)]
pub(super) struct PairParameters {
    pub(super) radial: Expansion,
    pub(super) angular: Expansion,
    pub(super) zbl: Option<Zbl>,
    /// Square of the range of the repulsion, Å²; 0 without one.
    pub(super) zbl_cutoff2: f64,
}

/// Radial functions g_n(r) = Σ_k c_nk f_k(r).
#[derive(Clone, Debug)]
pub(super) struct Expansion {
    /// c_nk: [n, k].
    pub(super) coefficients: Vec<f32>,
    /// Number of basis functions.
    pub(super) basis: usize,
    /// rc², Å².
    pub(super) cutoff2: f64,
    /// 1/rc, 1/Å.
    pub(super) inverse_cutoff: f64,
}

impl Expansion {
    fn new(
        [functions, basis]: [usize; 2],
        cutoff: f64,
        coefficient: impl Fn(usize, usize) -> f64,
    ) -> Expansion {
        Expansion {
            coefficients: (0..functions * basis)
                .map(|at| coefficient(at / basis, at % basis) as f32)
                .collect(),
            basis,
            cutoff2: cutoff * cutoff,
            inverse_cutoff: 1.0 / cutoff,
        }
    }

    /// c_nk of one n: [k].
    #[inline(always)]
    pub(super) fn of_function(&self, n: usize) -> &[f32] {
        &self.coefficients[n * self.basis..][..self.basis]
    }
}

impl Parameters {
    /// The parameters of some elements; `None` if the model lacks one.
    pub(super) fn of(model: &Model, elements: &[Element]) -> Option<Parameters> {
        let header = &model.header;
        let indices: Vec<usize> = elements
            .iter()
            .map(|&element| model.index_of(element))
            .collect::<Option<_>>()?;
        let pairs: Vec<PairParameters> = indices
            .iter()
            .flat_map(|&one| indices.iter().map(move |&other| pair(model, [one, other])))
            .collect();
        let network = |&element: &usize| {
            let (weights, offset) = model.network(element);
            Network::new(weights, offset, model.scale())
        };
        let cutoffs = pairs.iter().map(PairParameters::cutoff);
        Some(Parameters {
            elements: elements.to_vec(),
            angular: header.angular,
            radial_functions: header.radial_functions,
            descriptors: header.descriptors(),
            networks: indices.iter().map(network).collect(),
            cutoff: cutoffs.fold(0.0, f64::max),
            pairs,
        })
    }

    /// The parameters of the neighbors of an atom, by their species.
    #[inline(always)]
    pub(super) fn pairs_of(&self, species: usize) -> &[PairParameters] {
        let count = self.elements.len();
        &self.pairs[species * count..][..count]
    }
}

impl PairParameters {
    /// The longest cutoff, Å.
    fn cutoff(&self) -> f64 {
        let longest2 = self.radial.cutoff2.max(self.angular.cutoff2);
        longest2.max(self.zbl_cutoff2).sqrt()
    }
}

fn pair(model: &Model, pair: [usize; 2]) -> PairParameters {
    let header = &model.header;
    let [radial, angular] = header.pair_cutoffs(pair[0], pair[1]);
    let numbers = pair.map(|element| header.elements[element].number());
    let zbl = match header.zbl_cutoffs(pair[0], pair[1]) {
        Some(cutoffs) => Some(Zbl::universal(numbers, cutoffs)),
        None if header.zbl == Some(ZblHeader::Flexible) => {
            Some(Zbl::flexible(numbers, model.zbl(pair[0], pair[1])))
        }
        None => None,
    };
    PairParameters {
        radial: Expansion::new(
            [header.radial_functions, header.basis[0]],
            radial,
            |n, k| model.radial(n, k, pair),
        ),
        angular: Expansion::new(
            [header.angular.functions, header.basis[1]],
            angular,
            |n, k| model.angular(n, k, pair),
        ),
        zbl_cutoff2: zbl.map_or(0.0, |zbl| zbl.cutoff() * zbl.cutoff()),
        zbl,
    }
}
