//! Limits of bond lengths by pair of elements.
//!
//! Most limits are multiples of the summed covalent radii ([`Element::covalent_radius`], B. Cordero et
//! al., Dalton Trans. 2008, 2832, 10.1039/b801115j). The multiple depends on the kind of pair, because
//! radii taken from covalent compounds are too short for ionic crystals and too long for second
//! neighbors of large metals. [`EXCEPTIONS`] has the pairs of nonmetals whose longest ordinary bonds no
//! multiple reaches.

use crate::chem::Element;

/// Distances between which the strength of a bond falls from 1 to 0, Å.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Up to this length, Å, the strength is 1.
    pub onset: f64,
    /// From this length on, Å, there is no bond.
    pub cutoff: f64,
}

impl Limits {
    /// The limits of two elements without a bridging atom.
    pub fn between(one: Element, other: Element) -> Limits {
        let pair = [one.min(other), one.max(other)];
        if let Some((.., onset, cutoff)) = EXCEPTIONS
            .iter()
            .find(|(first, second, ..)| [*first, *second] == pair)
        {
            return Limits {
                onset: *onset,
                cutoff: *cutoff,
            };
        }
        let [onset, cutoff] = multiples(pair);
        let length = match pair.map(Element::is_metal) {
            [true, true] => metallic_radius(one) + metallic_radius(other),
            _ => one.covalent_radius() + other.covalent_radius(),
        };
        Limits {
            onset: onset * length,
            cutoff: cutoff * length,
        }
    }

    /// Strength of a bond of length d (Å), a smoothstep: 1 − t² (3 − 2 t) with
    /// t = (d − onset) / (cutoff − onset) clamped to [0, 1].
    pub fn strength(&self, distance: f64) -> f64 {
        let t = ((distance - self.onset) / (self.cutoff - self.onset)).clamp(0.0, 1.0);
        1.0 - t * t * (3.0 - 2.0 * t)
    }

    /// The limits divided by a factor, as if bonds were longer by it.
    pub(super) fn shortened(&self, factor: f64) -> Limits {
        Limits {
            onset: self.onset / factor,
            cutoff: self.cutoff / factor,
        }
    }
}

/// Onset and cutoff, Å, of pairs of nonmetals whose bonds are long for their radii; lower atomic number
/// first. Equilibrium lengths are experimental, from K. P. Huber and G. Herzberg, Constants of Diatomic
/// Molecules (1979), and the NIST CCCBDB (release 22) unless noted.
const EXCEPTIONS: [(Element, Element, f64, f64); 15] = [
    // H₂ 0.741, H₃⁺ 0.873; in dihydrogen complexes up to 0.90. H···H of water is 1.51 apart.
    (Element::H, Element::H, 0.95, 1.35),
    // HeH⁺ 0.774.
    (Element::H, Element::HE, 0.85, 1.15),
    // The bridges of B₂H₆ 1.33, of B₁₀H₁₄ up to 1.35.
    (Element::H, Element::B, 1.40, 1.65),
    // The bridges of C₂H₅⁺ 1.31 and hydrogens transferred between carbons 1.35 hold.
    (Element::H, Element::C, 1.22, 1.48),
    // Shared protons: N–H–N 1.30, H₅O₂⁺ 1.20, HF₂⁻ 1.14 (1.15 in KHF₂), ClHCl⁻ 1.57, BrHBr⁻ 1.70,
    // IHI⁻ 1.95. The shortest hydrogen bonds that are not shared are 1.45.
    (Element::H, Element::N, 1.22, 1.45),
    (Element::H, Element::O, 1.22, 1.42),
    (Element::H, Element::F, 1.20, 1.45),
    (Element::H, Element::CL, 1.60, 1.85),
    (Element::H, Element::BR, 1.72, 2.00),
    // The longest single bonds hold (1.70 in hexaarylethanes), the bridgeheads of
    // bicyclo[1.1.1]pentane (1.87) are not bonded.
    (Element::C, Element::C, 1.68, 1.88),
    // Repelling lone pairs: N₂O₄ 1.75, N₂O₃ 1.86; FNO 1.51; H₂O₂ 1.47, HO₃ 1.69; O₂F₂ 1.575; F₂ 1.412.
    (Element::N, Element::N, 1.88, 2.08),
    (Element::N, Element::F, 1.56, 1.85),
    (Element::O, Element::O, 1.55, 1.90),
    (Element::O, Element::F, 1.62, 1.90),
    (Element::F, Element::F, 1.50, 1.85),
];

/// Onset and cutoff in units of the summed radii, by the kind of the pair; lower atomic number first.
fn multiples([lighter, heavier]: [Element; 2]) -> [f64; 2] {
    let (metal, other) = match (lighter.is_metal(), heavier.is_metal()) {
        (true, false) => (lighter, heavier),
        (false, true) => (heavier, lighter),
        // N–Cl of ClNO is at 1.14; layers of antimony and tellurium are 1.21 and 1.26 apart.
        (false, false) => return [1.14, 1.28],
        // Mercury's neighbors are at 1.14; second neighbors in hexagonal and cubic closest packing
        // at 1.41. In body-centered cubic metals both shells count.
        (true, true) => return [1.14, 1.26],
    };
    let is_s_block = is_alkali_or_alkaline_earth(metal);
    match other {
        // Rock salt: LiH 1.28, PdH 1.20. Hydrogens of carbon on zirconium are at 1.35.
        Element::H if is_s_block => [1.29, 1.40],
        Element::H => [1.22, 1.38],
        // Cyclopentadienides of sodium and potassium: 1.15 to 1.20. Second carbons of alkyl groups on
        // zirconium and lanthanum are at 1.23, cyclopentadienides of other metals at 1.0.
        Element::C if is_s_block => [1.20, 1.30],
        Element::C => [1.10, 1.21],
        // PbF₂ and AgF 1.27 and 1.22, PbCl₂ up to 1.25, TlCl 1.34.
        Element::F | Element::CL | Element::BR | Element::I => [1.35, 1.48],
        // Rock salt: NiO 1.10, PbS 1.18. The long bonds of copper(II) to oxygen: 1.25.
        _ => [1.18, 1.40],
    }
}

fn is_alkali_or_alkaline_earth(element: Element) -> bool {
    matches!(
        element.number(),
        3 | 4 | 11 | 12 | 19 | 20 | 37 | 38 | 55 | 56 | 87 | 88
    )
}

/// Metallic radius, Å: the covalent radius or, where larger, half the nearest-neighbor distance of the
/// element at room temperature (C. Kittel, Introduction to Solid State Physics, 8th ed. (2005), table
/// 1.4).
fn metallic_radius(element: Element) -> f64 {
    match element {
        Element::LI => 1.51,
        Element::BE => 1.11,
        Element::MG => 1.60,
        Element::AL => 1.43,
        Element::ZN => 1.33,
        Element::IN => 1.62,
        Element::TL => 1.73,
        Element::PB => 1.75,
        _ => element.covalent_radius(),
    }
}
