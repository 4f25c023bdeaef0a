//! A NEP model: the header and all parameters of a file.

use super::error::NepError;
use super::header::{Header, Lines, MAX_CUTOFF, ZblHeader};
use crate::chem::{Element, excerpt};

/// Parameters of the repulsion of one pair in a flexible ZBL: cutoffs and eight of the screening
/// function.
pub(super) const ZBL_PARAMETERS: usize = 10;

/// A model file, as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Model {
    pub(super) header: Header,
    /// All numbers after the header, in the order of the file.
    parameters: Vec<f64>,
    parts: Parts,
}

/// Where each part of the parameters begins.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parts {
    /// Numbers of one network.
    network: usize,
    /// The bias of all elements.
    bias: usize,
    radial: usize,
    angular: usize,
    scale: usize,
    zbl: usize,
    end: usize,
}

impl Parts {
    /// Version 3 has one network, 4 and 5 have one of each element; in 5 each has a bias of its own.
    fn of(header: &Header) -> Parts {
        let (elements, descriptors) = (header.elements.len(), header.descriptors());
        let own_bias = usize::from(header.version == 5);
        let network = (descriptors + 2) * header.neurons + own_bias;
        let networks = if header.version == 3 { 1 } else { elements };
        let pairs = elements * elements;
        let bias = networks * network;
        let radial = bias + 1;
        let angular = radial + pairs * header.radial_functions * header.basis[0];
        let scale = angular + pairs * header.angular.functions * header.basis[1];
        let zbl = scale + descriptors;
        let zbl_pairs = match header.zbl {
            Some(ZblHeader::Flexible) => elements * (elements + 1) / 2,
            _ => 0,
        };
        Parts {
            network,
            bias,
            radial,
            angular,
            scale,
            zbl,
            end: zbl + ZBL_PARAMETERS * zbl_pairs,
        }
    }
}

impl Model {
    /// Reads a file.
    pub(super) fn read(text: &str) -> Result<Model, NepError> {
        let mut lines = Lines::of(text);
        let header = Header::read(&mut lines)?;
        let parts = Parts::of(&header);
        let mut parameters = Vec::new();
        loop {
            let (line, words) = lines.next_words();
            if words.is_empty() {
                break;
            }
            for word in words {
                let number = fast_float2::parse(word).ok();
                let number = number.filter(|number: &f64| number.is_finite());
                parameters.push(number.ok_or_else(|| NepError::Number {
                    line,
                    found: excerpt(word).into_owned(),
                })?);
            }
        }
        if parameters.len() != parts.end {
            return Err(NepError::Count {
                found: parameters.len(),
                expected: parts.end,
            });
        }
        let model = Model {
            header,
            parameters,
            parts,
        };
        model.expect_valid_zbl()?;
        Ok(model)
    }

    /// Checks the cutoffs of a flexible ZBL.
    fn expect_valid_zbl(&self) -> Result<(), NepError> {
        if self.header.zbl != Some(ZblHeader::Flexible) {
            return Ok(());
        }
        let elements = &self.header.elements;
        for one in 0..elements.len() {
            for other in one..elements.len() {
                let (inner, outer) = (self.zbl(one, other)[0], self.zbl(one, other)[1]);
                if !(0.0 <= inner && inner <= outer && outer <= MAX_CUTOFF) {
                    return Err(NepError::Zbl {
                        one: elements[one],
                        other: elements[other],
                        inner,
                        outer,
                    });
                }
            }
        }
        Ok(())
    }

    /// Number of parameters after the header.
    pub(super) fn parameters(&self) -> usize {
        self.parameters.len()
    }

    /// Index of an element in the file.
    pub(super) fn index_of(&self, element: Element) -> Option<usize> {
        let mut elements = self.header.elements.iter();
        elements.position(|one| *one == element)
    }

    /// w⁰ [neurons, descriptors], b⁰ [neurons] and w¹ [neurons] of the network of an element, and −b¹
    /// with the bias of the element, eV.
    pub(super) fn network(&self, element: usize) -> ([&[f64]; 3], f64) {
        let network = if self.header.version == 3 { 0 } else { element };
        let numbers = &self.parameters[network * self.parts.network..][..self.parts.network];
        let (weights, rest) = numbers.split_at(self.header.neurons * self.header.descriptors());
        let (biases, rest) = rest.split_at(self.header.neurons);
        let (output, own_bias) = rest.split_at(self.header.neurons);
        let bias = self.parameters[self.parts.bias] + own_bias.iter().sum::<f64>();
        ([weights, biases, output], -bias)
    }

    /// c_nk of a pair of elements in the radial descriptors.
    pub(super) fn radial(&self, n: usize, k: usize, pair: [usize; 2]) -> f64 {
        self.coefficient(self.parts.radial, n * self.header.basis[0] + k, pair)
    }

    /// c_nk of a pair of elements in the angular descriptors.
    pub(super) fn angular(&self, n: usize, k: usize, pair: [usize; 2]) -> f64 {
        self.coefficient(self.parts.angular, n * self.header.basis[1] + k, pair)
    }

    fn coefficient(&self, part: usize, function: usize, [one, other]: [usize; 2]) -> f64 {
        let elements = self.header.elements.len();
        self.parameters[part + (function * elements + one) * elements + other]
    }

    /// Scale factors of the descriptors.
    pub(super) fn scale(&self) -> &[f64] {
        &self.parameters[self.parts.scale..self.parts.zbl]
    }

    /// Parameters of the flexible ZBL of a pair of elements: pairs (1, 1), (1, 2), …, (2, 2), … in the
    /// order of the file.
    pub(super) fn zbl(&self, one: usize, other: usize) -> &[f64] {
        let (low, high) = (one.min(other), one.max(other));
        let elements = self.header.elements.len();
        // Rows of a triangle, each one shorter than the last.
        let pair = low * elements - low * low.saturating_sub(1) / 2 + high - low;
        &self.parameters[self.parts.zbl + ZBL_PARAMETERS * pair..][..ZBL_PARAMETERS]
    }
}
