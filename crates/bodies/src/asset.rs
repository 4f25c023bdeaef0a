//! Assets: the shapes that bodies may have, with names and identifiers.

use mlipview_core::chem::{excerpt, library};

use crate::error::BodyError;
use crate::mesh::Mesh;
use crate::molecule;
use crate::shape::Shape;
use crate::units::Units;

/// Simple shapes, whose identifiers are 0, 1, 2, …; all lengths are in the units of the world.
const SHAPES: [(&str, Shape); 5] = [
    ("cube", Shape::Cube(1.0)),
    ("large_cube", Shape::Cube(2.0)),
    ("sphere", Shape::Sphere(0.5)),
    (
        "cylinder",
        Shape::Cylinder {
            radius: 0.5,
            height: 1.0,
        },
    ),
    ("ground", Shape::Plane),
];

/// Prefix of the names of structures of the library.
const MOLECULE: &str = "molecule:";

/// A shape that bodies may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    id: u32,
    name: String,
    pub(crate) shape: Shape,
}

impl Asset {
    /// The identifier, the same in every program of this version.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The name, as in `cube` or `molecule:water`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sum of the masses of the atoms, amu; `None` for shapes without atoms.
    pub fn atomic_mass(&self) -> Option<f32> {
        match &self.shape {
            Shape::Spheres(molecule) => Some(molecule.atomic_mass),
            _ => None,
        }
    }

    /// The surface as triangles, for drawing.
    pub fn mesh(&self) -> Mesh {
        Mesh::of(&self.shape)
    }
}

/// All assets: cube (edge 1), large_cube (edge 2), sphere (radius 0.5), cylinder (radius 0.5 and height 1,
/// about the z axis), ground (the plane z = 0, for the environment), and each structure of the library as
/// `molecule:KEY`.
#[derive(Clone, Copy, Debug)]
pub struct Assets {
    units: Units,
}

impl Assets {
    /// The assets of a world with these units.
    pub fn new(units: Units) -> Assets {
        Assets { units }
    }

    /// Whether masses are in amu, so that the atoms' masses are those of bodies.
    pub fn has_atomic_masses(&self) -> bool {
        self.units == Units::Angstroms
    }

    /// Identifiers and names of all assets, by identifier.
    pub fn names() -> impl Iterator<Item = (u32, String)> {
        let shapes = SHAPES.iter().map(|(name, _)| (*name).to_owned());
        let keys = library::entries().iter();
        let molecules = keys.map(|entry| format!("{MOLECULE}{}", entry.key));
        (0..).zip(shapes.chain(molecules))
    }

    /// The asset of a name.
    ///
    /// # Errors
    /// If there is none.
    pub fn find(&self, name: &str) -> Result<Asset, BodyError> {
        let unknown = || BodyError::Asset(excerpt(name).into_owned());
        if let Some(index) = SHAPES.iter().position(|(shape, _)| *shape == name) {
            let (name, shape) = SHAPES[index].clone();
            return Ok(asset(index, name, shape));
        }
        let key = name.strip_prefix(MOLECULE).ok_or_else(unknown)?;
        let entries = library::entries();
        let index = entries.iter().position(|entry| entry.key == key);
        let index = index.ok_or_else(unknown)?;
        let structure = entries[index].structure().map_err(|_| unknown())?;
        let molecule = molecule::spheres(&structure, self.units.angstrom());
        Ok(asset(SHAPES.len() + index, name, Shape::Spheres(molecule)))
    }
}

fn asset(index: usize, name: &str, shape: Shape) -> Asset {
    Asset {
        // A few dozen assets.
        id: index as u32,
        name: name.to_owned(),
        shape,
    }
}
