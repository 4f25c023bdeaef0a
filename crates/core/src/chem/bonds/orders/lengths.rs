//! Bond order from the bond length.

use std::f64::consts::LN_2;

use crate::chem::Element;

/// Typical lengths of single and double bonds, Å, rounded from F. H. Allen et al., J. Chem. Soc., Perkin
/// Trans. 2 1987, S1, 10.1039/P298700000S1; for O–O those of hydrogen peroxide and dioxygen. Other pairs
/// have no double bonds.
const LENGTHS: [(Element, Element, f64, f64); 12] = [
    (Element::C, Element::C, 1.53, 1.335),
    (Element::C, Element::N, 1.47, 1.28),
    (Element::C, Element::O, 1.43, 1.21),
    (Element::C, Element::S, 1.82, 1.63),
    (Element::N, Element::N, 1.45, 1.25),
    (Element::N, Element::O, 1.43, 1.22),
    (Element::N, Element::S, 1.70, 1.54),
    (Element::O, Element::O, 1.46, 1.21),
    (Element::O, Element::P, 1.62, 1.48),
    (Element::O, Element::S, 1.62, 1.44),
    (Element::O, Element::CL, 1.65, 1.42),
    (Element::S, Element::S, 2.05, 1.89),
];

/// Pauling bond order n of a length d (Å), clamped to [1, 3]: d(1) − d(n) ∝ ln n (J. Am. Chem. Soc. 69,
/// 542 (1947), 10.1021/ja01195a024), so n = 2^((d(1) − d) / (d(1) − d(2))).
pub(in crate::chem) fn order_by_length(elements: [Element; 2], length: f64) -> f64 {
    let [one, other] = elements;
    let typical = LENGTHS.iter().find(|(first, second, ..)| {
        (*first, *second) == (one, other) || (*first, *second) == (other, one)
    });
    typical.map_or(1.0, |(_, _, single, double)| {
        (LN_2 * (single - length) / (single - double))
            .exp()
            .clamp(1.0, 3.0)
    })
}
