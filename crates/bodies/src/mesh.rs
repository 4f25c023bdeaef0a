//! Triangle meshes of shapes, for drawing.

use std::f32::consts::TAU;

use glam::Vec3;

use crate::shape::Shape;

/// Number of sides of a drawn cylinder.
const SIDES: u16 = 24;

/// Half the edge of the drawn part of the plane.
const HALF_PLANE: f32 = 50.0;

/// Divisions of the faces of a drawn sphere: 320 triangles.
const SPHERE_DIVISIONS: u32 = 2;

/// Divisions for the spheres of molecules with at most so many atoms: 80 and 20 triangles; 8 for larger ones.
const ATOM_DIVISIONS: [(usize, u32); 2] = [(40, 1), (500, 0)];

/// A surface as triangles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// Coordinates x, y, z of the corners; three corners are a triangle, counterclockwise from outside.
    pub positions: Vec<f32>,
    /// Red, green and blue of each corner, 0 to 1: the elements' of molecules; empty for other shapes.
    pub colors: Vec<f32>,
}

impl Mesh {
    pub(crate) fn of(shape: &Shape) -> Mesh {
        let mut mesh = Mesh::default();
        match shape {
            Shape::Cube(edge) => mesh.add_box(Vec3::splat(0.5 * edge)),
            Shape::Sphere(radius) => mesh.add_sphere(Vec3::ZERO, *radius, Some(SPHERE_DIVISIONS)),
            Shape::Cylinder { radius, height } => mesh.add_cylinder(*radius, 0.5 * height),
            Shape::Plane => {
                let corner = |x: f32, y: f32| HALF_PLANE * Vec3::new(x, y, 0.0);
                let corners = [
                    corner(-1.0, -1.0),
                    corner(1.0, -1.0),
                    corner(1.0, 1.0),
                    corner(-1.0, 1.0),
                ];
                mesh.add_quad(corners);
            }
            Shape::Spheres(molecule) => {
                let atoms = molecule.spheres.len();
                let divisions = ATOM_DIVISIONS.iter().find(|(most, _)| atoms <= *most);
                for ((center, radius), color) in molecule.spheres.iter().zip(&molecule.colors) {
                    mesh.add_sphere(*center, *radius, divisions.map(|(_, divisions)| *divisions));
                    let numbers = mesh.positions.len() - mesh.colors.len();
                    mesh.colors.extend(color.iter().cycle().take(numbers));
                }
            }
        }
        mesh
    }

    /// Number of corners of all triangles.
    pub fn vertex_count(&self) -> usize {
        self.positions.len() / 3
    }

    fn add_triangle(&mut self, corners: [Vec3; 3]) {
        self.positions
            .extend(corners.iter().flat_map(|corner| corner.to_array()));
    }

    fn add_quad(&mut self, [a, b, c, d]: [Vec3; 4]) {
        self.add_triangle([a, b, c]);
        self.add_triangle([a, c, d]);
    }

    fn add_box(&mut self, half: Vec3) {
        for axis in 0..3 {
            for sign in [-1.0, 1.0] {
                let (mut normal, mut u) = (Vec3::ZERO, Vec3::ZERO);
                normal[axis] = sign;
                u[(axis + 1) % 3] = 1.0;
                let v = normal.cross(u);
                let corner = |s: f32, t: f32| (normal + s * u + t * v) * half;
                let corners = [
                    corner(-1.0, -1.0),
                    corner(1.0, -1.0),
                    corner(1.0, 1.0),
                    corner(-1.0, 1.0),
                ];
                self.add_quad(corners);
            }
        }
    }

    fn add_cylinder(&mut self, radius: f32, half_height: f32) {
        let rim = |side: u16, z: f32| {
            let (sin, cos) = (TAU * f32::from(side) / f32::from(SIDES)).sin_cos();
            Vec3::new(radius * cos, radius * sin, z)
        };
        let (top, bottom) = (Vec3::Z * half_height, -Vec3::Z * half_height);
        for side in 0..SIDES {
            let [a, b] = [rim(side, -half_height), rim(side + 1, -half_height)];
            let [c, d] = [rim(side + 1, half_height), rim(side, half_height)];
            self.add_quad([a, b, c, d]);
            self.add_triangle([top, d, c]);
            self.add_triangle([bottom, b, a]);
        }
    }

    /// Adds a sphere: an icosahedron whose faces are divided into four so many times, or an octahedron.
    fn add_sphere(&mut self, center: Vec3, radius: f32, divisions: Option<u32>) {
        let mut faces = match divisions {
            Some(_) => icosahedron(),
            None => octahedron(),
        };
        for _ in 0..divisions.unwrap_or(0) {
            faces = faces.into_iter().flat_map(divided).collect();
        }
        for face in faces {
            self.add_triangle(face.map(|corner| center + radius * corner));
        }
    }
}

/// The four parts of a triangle on the unit sphere.
fn divided([a, b, c]: [Vec3; 3]) -> [[Vec3; 3]; 4] {
    let middle = |p: Vec3, q: Vec3| (p + q).normalize_or_zero();
    let [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
    [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]
}

fn octahedron() -> Vec<[Vec3; 3]> {
    let mut faces = Vec::new();
    for (x, y, z) in (0..8).map(|octant| (octant & 1, octant & 2, octant & 4)) {
        let sign = |bit: i32| if bit == 0 { 1.0 } else { -1.0 };
        let corners = [Vec3::X * sign(x), Vec3::Y * sign(y), Vec3::Z * sign(z)];
        faces.push(outward(corners));
    }
    faces
}

/// The twenty faces of a regular icosahedron in the unit sphere.
fn icosahedron() -> Vec<[Vec3; 3]> {
    let golden = 0.5 * (1.0 + 5_f32.sqrt());
    let mut corners = Vec::new();
    for (s, t) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
        let corner = Vec3::new(0.0, s, t * golden);
        corners.extend([
            corner,
            Vec3::new(corner.z, corner.x, corner.y),
            Vec3::new(corner.y, corner.z, corner.x),
        ]);
    }
    // Corners of an edge have the distance 2.
    let is_edge = |a: Vec3, b: Vec3| (a.distance(b) - 2.0).abs() < 0.1;
    let mut faces = Vec::new();
    for (i, a) in corners.iter().enumerate() {
        for (j, b) in corners.iter().enumerate().skip(i + 1) {
            for c in &corners[j + 1..] {
                if is_edge(*a, *b) && is_edge(*b, *c) && is_edge(*c, *a) {
                    faces.push(outward([*a, *b, *c].map(Vec3::normalize_or_zero)));
                }
            }
        }
    }
    faces
}

/// The triangle counterclockwise from outside.
fn outward([a, b, c]: [Vec3; 3]) -> [Vec3; 3] {
    if (b - a).cross(c - a).dot(a) > 0.0 {
        [a, b, c]
    } else {
        [a, c, b]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Assets, Units};

    /// Volume inside a closed surface, by the divergence theorem.
    fn volume(mesh: &Mesh) -> f32 {
        let corners: Vec<Vec3> = mesh
            .positions
            .chunks_exact(3)
            .map(Vec3::from_slice)
            .collect();
        corners
            .chunks_exact(3)
            .map(|c| c[0].dot(c[1].cross(c[2])) / 6.0)
            .sum()
    }

    #[test]
    fn surfaces_are_closed_and_face_outward() {
        let assets = Assets::new(Units::Meters);
        for (name, expected, tolerance) in [
            ("cube", 1.0, 1e-5),
            ("large_cube", 8.0, 1e-4),
            ("cylinder", 0.785, 0.02),
            ("sphere", std::f32::consts::FRAC_PI_6, 0.02),
        ] {
            let volume = volume(&assets.find(name).unwrap().mesh());
            assert!((volume - expected).abs() < tolerance, "{name}: {volume}");
        }
        for faces in [icosahedron().len(), 2 * octahedron().len() + 4] {
            assert_eq!(faces, 20);
        }
    }

    #[test]
    fn every_molecule_has_a_bounded_mesh() {
        let assets = Assets::new(Units::Meters);
        for (_, name) in Assets::names() {
            let count = assets.find(&name).unwrap().mesh().vertex_count();
            assert!(
                (6..=30_000).contains(&count) && count.is_multiple_of(3),
                "{name}: {count}"
            );
        }
    }
}
