//! The header of a NEP model file: kind, elements, cutoffs and sizes.
//!
//! The layout is that of GPUMD (gpumd.org; pull requests 497, 660, 745 and 1263 of
//! github.com/brucefan1983/GPUMD):
//!
//! ```text
//! nep4_zbl 2 Si O        version, whether it has ZBL repulsion, elements
//! zbl 1 2                inner and outer cutoff of ZBL, Å; 0 0: each pair has its own; optional factor
//! cutoff 6 5 100 50      radial and angular cutoff, Å (or both for each element); neighbors; optional factors
//! n_max 4 4              number of radial functions minus one: radial, angular
//! basis_size 8 8         number of basis functions minus one
//! l_max 4 2 1            maximum degree of three-body, four-body and five-body descriptors
//! ANN 80 0               number of neurons
//! ```

use super::covalent_radii::covalent_radius;
use super::error::NepError;
use super::harmonics::MAX_DEGREE;
use super::invariants::Invariants;
use super::radial::MAX_BASIS;
use crate::chem::{Element, excerpt};

/// Maximum number of radial functions, and of neurons.
const MAX_FUNCTIONS: usize = 32;
const MAX_NEURONS: usize = 4096;

/// Longest cutoff, Å.
pub(super) const MAX_CUTOFF: f64 = 20.0;

/// Sizes and cutoffs of a model.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    /// 3, 4 or 5.
    pub(super) version: u8,
    /// The elements, in the order of the file.
    pub(super) elements: Vec<Element>,
    pub(super) zbl: Option<ZblHeader>,
    cutoffs: Cutoffs,
    /// Number of radial functions of the radial descriptors.
    pub(super) radial_functions: usize,
    /// Numbers of basis functions: radial, angular.
    pub(super) basis: [usize; 2],
    pub(super) angular: Invariants,
    pub(super) neurons: usize,
}

/// The ZBL repulsion of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ZblHeader {
    /// Universal: inner and outer cutoff, Å.
    Universal {
        inner: f64,
        outer: f64,
        limit: Option<ZblLimit>,
    },
    /// Parameters of each pair follow at the end of the file.
    Flexible,
}

/// Cutoffs of the repulsion by pair: the outer one is at most `factor` times the sum of the covalent
/// radii, the inner one `inner_share` of the outer one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ZblLimit {
    pub(super) factor: f64,
    pub(super) inner_share: f64,
}

/// Cutoffs of the descriptors.
#[derive(Clone, Debug, PartialEq)]
struct Cutoffs {
    /// Radial and angular, Å, of each element; a pair has their mean: [elements].
    elements: Vec<[f64; 2]>,
    /// Factors of the sums of covalent radii, which limit the cutoffs of pairs: radial, angular and ZBL;
    /// 0 for no limit.
    factors: [f64; 3],
}

/// Lines of a file, with their numbers.
pub(super) struct Lines<'a> {
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Lines<'a> {
        Lines {
            rest: text,
            number: 0,
        }
    }

    /// The words of the next line that has any, and its number; no words at the end.
    pub(super) fn next_words(&mut self) -> (usize, Vec<&'a str>) {
        while !self.rest.is_empty() {
            let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            self.rest = rest;
            self.number += 1;
            let words: Vec<&str> = line.split_ascii_whitespace().collect();
            if !words.is_empty() {
                return (self.number, words);
            }
        }
        (self.number + 1, Vec::new())
    }

    /// A line of numbers after a keyword; how many is checked by the caller.
    fn numbers(&mut self, keyword: &str, expected: &str) -> Result<Numbers<'a>, NepError> {
        let (line, words) = self.next_words();
        let numbers = Numbers {
            line,
            values: words
                .iter()
                .skip(1)
                .map_while(|word| word.parse().ok())
                .collect(),
            words,
            expected: expected.to_owned(),
        };
        let is_complete = numbers.values.len() + 1 == numbers.words.len();
        if is_complete && numbers.words[0].eq_ignore_ascii_case(keyword) {
            Ok(numbers)
        } else {
            Err(numbers.error())
        }
    }
}

/// The numbers of a line.
struct Numbers<'a> {
    line: usize,
    words: Vec<&'a str>,
    values: Vec<f64>,
    expected: String,
}

impl Numbers<'_> {
    fn error(&self) -> NepError {
        line_error(self.line, &self.words, &self.expected)
    }

    /// The numbers as counts from 0 to `max`, at least `least` of them.
    fn counts(&self, least: usize, max: usize) -> Result<Vec<usize>, NepError> {
        let count = |value: &f64| {
            let is_count = *value >= 0.0 && *value <= max as f64 && value.fract() == 0.0;
            is_count.then_some(*value as usize)
        };
        let counts: Option<Vec<usize>> = self.values.iter().map(count).collect();
        counts
            .filter(|counts| counts.len() >= least)
            .ok_or_else(|| self.error())
    }
}

fn line_error(line: usize, words: &[&str], expected: &str) -> NepError {
    NepError::Line {
        line,
        expected: expected.to_owned(),
        found: excerpt(&words.join(" ")).into_owned(),
    }
}

impl Header {
    /// Reads the header; `lines` is then at the parameters.
    pub(super) fn read(lines: &mut Lines<'_>) -> Result<Header, NepError> {
        let (version, has_zbl, elements) = first_line(lines)?;
        let zbl = has_zbl.then(|| zbl_line(lines)).transpose()?;
        let cutoffs = cutoff_line(lines, elements.len())?;
        let zbl = zbl.map(|zbl| zbl.limited(cutoffs.factors[2]));
        let expected = "n_max and two numbers up to 31, as in \"n_max 4 4\"";
        let functions = lines
            .numbers("n_max", expected)?
            .counts(2, MAX_FUNCTIONS - 1)?;
        let expected = "basis_size and two numbers up to 23, as in \"basis_size 8 8\"";
        let basis = lines
            .numbers("basis_size", expected)?
            .counts(2, MAX_BASIS - 1)?;
        let angular = degree_line(lines, functions[1] + 1)?;
        let expected = "ANN, the number of neurons up to 4096, and 0, as in \"ANN 80 0\"";
        let network = lines.numbers("ANN", expected)?;
        let neurons = network.counts(1, MAX_NEURONS)?;
        if neurons[0] == 0 || neurons[1..].iter().any(|layer| *layer != 0) {
            return Err(network.error());
        }
        Ok(Header {
            version,
            elements,
            zbl,
            cutoffs,
            radial_functions: functions[0] + 1,
            basis: [basis[0] + 1, basis[1] + 1],
            angular,
            neurons: neurons[0],
        })
    }

    /// Number of descriptors of an atom.
    pub(super) fn descriptors(&self) -> usize {
        self.radial_functions + self.angular.count()
    }

    /// Radial and angular cutoff of a pair of elements, by their indices, Å.
    pub(super) fn pair_cutoffs(&self, one: usize, other: usize) -> [f64; 2] {
        let of = |element: usize| self.cutoffs.elements[element];
        let mut cutoffs = [0, 1].map(|kind| 0.5 * (of(one)[kind] + of(other)[kind]));
        for kind in 0..2 {
            let factor = self.cutoffs.factors[kind];
            if factor > 0.0 {
                cutoffs[kind] = cutoffs[kind].min(factor * self.sum_of_radii(one, other));
            }
        }
        cutoffs
    }

    /// Largest radial and angular cutoff, Å.
    pub(super) fn largest_cutoffs(&self) -> [f64; 2] {
        let elements = self.cutoffs.elements.iter();
        elements.fold([0.0; 2], |[radial, angular], cutoffs| {
            [radial.max(cutoffs[0]), angular.max(cutoffs[1])]
        })
    }

    /// Inner and outer cutoff of the universal ZBL repulsion of a pair of elements, Å.
    pub(super) fn zbl_cutoffs(&self, one: usize, other: usize) -> Option<[f64; 2]> {
        match self.zbl? {
            ZblHeader::Flexible => None,
            ZblHeader::Universal {
                inner,
                outer,
                limit: None,
            } => Some([inner, outer]),
            ZblHeader::Universal {
                outer,
                limit: Some(limit),
                ..
            } => {
                let outer = outer.min(limit.factor * self.sum_of_radii(one, other));
                Some([limit.inner_share * outer, outer])
            }
        }
    }

    fn sum_of_radii(&self, one: usize, other: usize) -> f64 {
        covalent_radius(self.elements[one]) + covalent_radius(self.elements[other])
    }
}

impl ZblHeader {
    /// The same with cutoffs by pair, for a factor beside the cutoffs of the descriptors, if it is not
    /// zero.
    fn limited(self, factor: f64) -> ZblHeader {
        match self {
            ZblHeader::Universal { inner, outer, .. } if factor > 0.0 => ZblHeader::Universal {
                inner,
                outer,
                limit: Some(ZblLimit {
                    factor,
                    inner_share: 0.5,
                }),
            },
            unlimited => unlimited,
        }
    }
}

/// Version, whether there is ZBL repulsion, and the elements.
fn first_line(lines: &mut Lines<'_>) -> Result<(u8, bool, Vec<Element>), NepError> {
    let (line, words) = lines.next_words();
    let error = |expected| line_error(line, &words, expected);
    let usual = "the first line of a NEP model, as in \"nep4_zbl 2 Si O\"";
    let kind = words.first().filter(|kind| kind.starts_with("nep"));
    let kind = *kind.ok_or_else(|| error(usual))?;
    let (version, has_zbl) = match kind {
        "nep3" => (3, false),
        "nep3_zbl" => (3, true),
        "nep4" => (4, false),
        "nep4_zbl" => (4, true),
        "nep5" => (5, false),
        "nep5_zbl" => (5, true),
        _ => {
            return Err(NepError::Kind {
                kind: excerpt(kind).into_owned(),
            });
        }
    };
    let symbols = words.get(2..).unwrap_or_default();
    let elements: Option<Vec<Element>> = symbols
        .iter()
        .map(|symbol| Element::from_symbol(symbol))
        .collect();
    let elements = elements.ok_or_else(|| error("symbols of elements after their number"))?;
    let stated = words.get(1).and_then(|count| count.parse().ok());
    if elements.is_empty() || stated != Some(elements.len()) {
        return Err(error("the number of elements, then their symbols"));
    }
    let is_repeated = |at: usize| elements[..at].contains(&elements[at]);
    if (0..elements.len()).any(is_repeated) {
        return Err(error("each element once"));
    }
    Ok((version, has_zbl, elements))
}

fn zbl_line(lines: &mut Lines<'_>) -> Result<ZblHeader, NepError> {
    let expected = "zbl with inner and outer cutoff, Å, as in \"zbl 1 2\"";
    let numbers = lines.numbers("zbl", expected)?;
    let (inner, outer, factor) = match numbers.values[..] {
        [inner, outer] => (inner, outer, 0.0),
        [inner, outer, factor] if factor >= 0.0 => (inner, outer, factor),
        _ => return Err(numbers.error()),
    };
    if inner == 0.0 && outer == 0.0 {
        return Ok(ZblHeader::Flexible);
    }
    if !(0.0 <= inner && inner < outer && outer <= MAX_CUTOFF) {
        return Err(numbers.error());
    }
    Ok(ZblHeader::Universal {
        inner,
        outer,
        limit: (factor > 0.0).then_some(ZblLimit {
            factor,
            inner_share: 0.0,
        }),
    })
}

/// One radial and one angular cutoff, or one of each element, then two maximum numbers of neighbors;
/// after global cutoffs three factors may follow, of radial, angular and ZBL cutoffs.
fn cutoff_line(lines: &mut Lines<'_>, elements: usize) -> Result<Cutoffs, NepError> {
    let expected = format!(
        "cutoff with two cutoffs up to {MAX_CUTOFF} Å, or two for each of the {elements} elements, and \
         two numbers of neighbors, as in \"cutoff 6 5 100 50\""
    );
    let numbers = lines.numbers("cutoff", &expected)?;
    let values = &numbers.values;
    let (pairs, factors) = match values.len() {
        2 | 4 => (vec![[values[0], values[1]]; elements], [0.0; 3]),
        7 if values[4..].iter().all(|factor| *factor >= 0.0) => {
            let factors = [values[4], values[5], values[6]];
            (vec![[values[0], values[1]]; elements], factors)
        }
        count if count == 2 * elements + 2 => {
            let pairs = values[..2 * elements].chunks_exact(2);
            (pairs.map(|pair| [pair[0], pair[1]]).collect(), [0.0; 3])
        }
        _ => return Err(numbers.error()),
    };
    let is_valid = |cutoff: &f64| 0.0 < *cutoff && *cutoff <= MAX_CUTOFF;
    if !pairs.as_flattened().iter().all(is_valid) {
        return Err(numbers.error());
    }
    Ok(Cutoffs {
        elements: pairs,
        factors,
    })
}

fn degree_line(lines: &mut Lines<'_>, functions: usize) -> Result<Invariants, NepError> {
    let expected = "l_max with a degree up to 4, then 2 or 0 for four-body and 1 or 0 for five-body \
                    descriptors, as in \"l_max 4 2 1\"; other descriptors are not supported";
    let numbers = lines.numbers("l_max", expected)?;
    let counts = numbers.counts(1, MAX_DEGREE)?;
    let flag = |at: usize| counts.get(at).is_some_and(|count| *count > 0);
    let angular = Invariants {
        functions,
        degree: counts[0],
        four_body: flag(1),
        five_body: flag(2),
    };
    let lacks_moments = angular.four_body && angular.degree < 2;
    if lacks_moments || angular.five_body && angular.degree < 1 || (3..counts.len()).any(flag) {
        return Err(numbers.error());
    }
    Ok(angular)
}
