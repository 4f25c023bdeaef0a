//! Connected components of the bonds and their dimensionality: molecules, chains, sheets, frameworks.

use glam::{I64Vec3, IVec3};

use super::Bonds;

/// Atoms that bonds connect: a molecule, or a net that repeats through the faces of the cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Its atoms.
    pub atoms: Vec<usize>,
    /// Number of independent directions in which it repeats: 0 for a molecule, 1 for a chain, 2 for a
    /// sheet, 3 for a framework.
    pub dimensionality: u8,
}

/// Atoms that bonds connect to their own periodic images are no molecule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "atom {0} (counted from 0) is part of a net that repeats through the faces of the cell, which is \
     no rigid body: select atoms of molecules only, or fix the net"
)]
pub struct PeriodicNet(pub usize);

impl Bonds {
    /// The molecules with at least one of the marked atoms (`[atoms]`), each sorted, ordered by their first
    /// atoms: the groups of [`Structure::set_rigid_groups`](crate::chem::Structure::set_rigid_groups).
    ///
    /// # Errors
    /// If a marked atom is part of a net that repeats through the cell.
    pub fn molecules_with(&self, marked: &[bool]) -> Result<Vec<Vec<usize>>, PeriodicNet> {
        let is_marked = |&&atom: &&usize| marked.get(atom) == Some(&true);
        let mut molecules = Vec::new();
        for mut component in self.components() {
            let Some(&atom) = component.atoms.iter().find(is_marked) else {
                continue;
            };
            if component.dimensionality > 0 {
                return Err(PeriodicNet(atom));
            }
            component.atoms.sort_unstable();
            molecules.push(component.atoms);
        }
        Ok(molecules)
    }

    /// The connected components, ordered by their first atoms. In linear time.
    ///
    /// The dimensionality is the rank of the translations from an atom to its images in the component:
    /// P. M. Larsen et al., Phys. Rev. Materials 3, 034003 (2019), section II.
    ///
    /// ```
    /// use mlipview_core::chem::{Bonds, library};
    ///
    /// let components = |key: &str| {
    ///     let structure = library::find(key).unwrap().structure().unwrap();
    ///     Bonds::of(&structure).unwrap().components()
    /// };
    /// assert!(components("quartz").iter().all(|it| it.dimensionality == 3));
    /// assert!(components("ice-ih").iter().all(|it| it.dimensionality == 0));
    /// ```
    pub fn components(&self) -> Vec<Component> {
        let count = self.graph.atoms();
        // The image of each atom by which a search reached it.
        let mut images: Vec<Option<IVec3>> = vec![None; count];
        let mut components = Vec::new();
        for start in 0..count {
            if images[start].is_some() {
                continue;
            }
            images[start] = Some(IVec3::ZERO);
            let (mut atoms, mut next, mut span) = (vec![start], 0, Span::Point);
            while let Some(&atom) = atoms.get(next) {
                next += 1;
                let image = images[atom].unwrap_or_default();
                for neighbor in self.graph.neighbors(atom) {
                    let other = neighbor.atom as usize;
                    let reached = image + neighbor.shift;
                    match images[other] {
                        None => {
                            images[other] = Some(reached);
                            atoms.push(other);
                        }
                        Some(known) => span = span.with((reached - known).as_i64vec3()),
                    }
                }
            }
            components.push(Component {
                atoms,
                dimensionality: span.dimensionality(),
            });
        }
        components
    }
}

/// The space that translations span.
#[derive(Clone, Copy)]
enum Span {
    Point,
    /// With a vector along it.
    Line(I64Vec3),
    /// With a vector normal to it.
    Plane(I64Vec3),
    Space,
}

impl Span {
    /// With a further translation.
    fn with(self, translation: I64Vec3) -> Span {
        match self {
            Span::Point if translation != I64Vec3::ZERO => Span::Line(translation),
            Span::Line(along) if along.cross(translation) != I64Vec3::ZERO => {
                Span::Plane(along.cross(translation))
            }
            Span::Plane(normal) if normal.dot(translation) != 0 => Span::Space,
            same => same,
        }
    }

    fn dimensionality(self) -> u8 {
        match self {
            Span::Point => 0,
            Span::Line(_) => 1,
            Span::Plane(_) => 2,
            Span::Space => 3,
        }
    }
}
