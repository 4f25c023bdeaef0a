//! Ideal coordination polyhedra: unit vectors from a center to its ligands and lone pairs.

use std::f64::consts::{FRAC_PI_4, TAU};

use glam::DVec3;

/// Coordination polyhedron, by its IUPAC name without empty vertices. A square plane is an octahedron
/// with two opposite empty vertices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Polyhedron {
    Linear,
    TrigonalPlane,
    Tetrahedron,
    TrigonalBipyramid,
    Octahedron,
    PentagonalBipyramid,
    SquareAntiprism,
    TricappedTrigonalPrism,
}

impl Polyhedron {
    /// The common polyhedron of a number of ligands and lone pairs (VSEPR; R. J. Gillespie, Chem. Soc. Rev.
    /// 21, 59 (1992), DOI 10.1039/CS9922100059).
    pub(super) fn with_vertices(count: usize) -> Option<Polyhedron> {
        Some(match count {
            2 => Polyhedron::Linear,
            3 => Polyhedron::TrigonalPlane,
            4 => Polyhedron::Tetrahedron,
            5 => Polyhedron::TrigonalBipyramid,
            6 => Polyhedron::Octahedron,
            7 => Polyhedron::PentagonalBipyramid,
            8 => Polyhedron::SquareAntiprism,
            9 => Polyhedron::TricappedTrigonalPrism,
            _ => return None,
        })
    }

    /// Unit vectors to the vertices, axial ones first.
    pub(super) fn vertices(self) -> Vec<DVec3> {
        let axis = [DVec3::Z, -DVec3::Z];
        let ring = |count: usize, height: f64, rotation: f64| {
            (0..count).map(move |index| {
                let angle = TAU * index as f64 / count as f64 + rotation;
                let radius = (1.0 - height * height).sqrt();
                DVec3::new(radius * angle.cos(), radius * angle.sin(), height)
            })
        };
        match self {
            Polyhedron::Linear => axis.to_vec(),
            Polyhedron::TrigonalPlane => ring(3, 0.0, 0.0).collect(),
            Polyhedron::Tetrahedron => [DVec3::Z]
                .into_iter()
                .chain(ring(3, -1.0 / 3.0, 0.0))
                .collect(),
            Polyhedron::TrigonalBipyramid => axis.into_iter().chain(ring(3, 0.0, 0.0)).collect(),
            Polyhedron::Octahedron => axis.into_iter().chain(ring(4, 0.0, 0.0)).collect(),
            Polyhedron::PentagonalBipyramid => axis.into_iter().chain(ring(5, 0.0, 0.0)).collect(),
            // 57.1° and 45° from the axis: D. L. Kepert, Inorganic Stereochemistry (1982).
            Polyhedron::SquareAntiprism => {
                let height = 57.1_f64.to_radians().cos();
                ring(4, height, 0.0)
                    .chain(ring(4, -height, FRAC_PI_4))
                    .collect()
            }
            Polyhedron::TricappedTrigonalPrism => {
                let height = 45_f64.to_radians().cos();
                ring(3, 0.0, TAU / 6.0)
                    .chain(ring(3, height, 0.0))
                    .chain(ring(3, -height, 0.0))
                    .collect()
            }
        }
    }
}
