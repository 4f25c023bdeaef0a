//! Covalent radii by which NEP limits the cutoffs of pairs.

use crate::chem::Element;

/// The covalent radius of an element, Å; that of plutonium for all heavier ones. Rounded to six digits, as
/// in the programs that models are trained with.
pub(super) fn covalent_radius(element: Element) -> f64 {
    let index = usize::from(element.number()) - 1;
    let radius = f64::from(RADII[index.min(RADII.len() - 1)]) / 75.0;
    let last_digit = if radius < 1.0 { 1e6 } else { 1e5 };
    (radius * last_digit).round() / last_digit
}

/// 100 times the radii of P. Pyykkö and M. Atsumi, Chem. Eur. J. 15, 186 (2009), in Å, those of metals 10 %
/// smaller, as in DFT-D3: S. Grimme et al., J. Chem. Phys. 132, 154104 (2010). NEP scales them by 4/3, as
/// DFT-D3 does.
#[rustfmt::skip]
const RADII: [u8; 94] = [
    32, 46,
    120, 94, 77, 75, 71, 63, 64, 67,
    140, 125, 113, 104, 110, 102, 99, 96,
    176, 154, 133, 122, 121, 110, 107, 104, 100, 99, 101, 109, 112, 109, 115, 110, 114, 117,
    189, 167, 147, 139, 132, 124, 115, 113, 113, 108, 115, 123, 128, 126, 126, 123, 132, 131,
    209, 176,
    162, 147, 158, 157, 156, 155, 151, 152, 151, 150, 149, 149, 148, 153, 146,
    137, 131, 123, 118, 116, 111, 112, 113, 132, 130, 130, 136, 131, 138, 142,
    201, 181,
    167, 158, 152, 153, 154, 155,
];
