//! Classification of atoms as parts of molecules or of solids, which decides between learned potentials.

mod parts;

use crate::chem::neighbors::TooDense;
use crate::chem::{Bonds, Structure};
use parts::Parts;

/// The atoms of a structure as parts of molecules or of solids, from perceived bonds.
#[derive(Clone, Debug)]
pub(super) struct Matter {
    /// Whether each atom is part of a solid, else of a molecule: `[atoms]`.
    pub(super) in_solid: Vec<bool>,
    /// Whether most atoms are in frameworks of bonds along all three axes, rather than in sheets, slabs,
    /// clusters or molecules.
    pub(super) is_framework: bool,
}

/// Kind of matter of a whole structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MatterKind {
    /// Molecules: of nonmetals, complexes and ions of metals, polymers; in a cell or not.
    Molecules,
    /// Metals, salts, sheets and frameworks of bonds.
    Solid,
    /// Both: adsorbates, molecules in frameworks, solvents at surfaces.
    Both,
}

impl Matter {
    /// From the components that bonds connect.
    ///
    /// Parts of solids are
    /// - sheets and frameworks, and chains without carbon; those with carbon are polymers,
    /// - metal atoms that are bonded to metals, or in a component with more than two metal atoms; those of
    ///   complexes, and ions with a shell of solvent, are not,
    /// - other atoms that are bonded to metals of solids only,
    /// - metal atoms without bonds, unless all others are molecules.
    ///
    /// Molecules adsorbed on a metal are not, though bonds connect them to it, and neither is hydrogen on
    /// carbon, as in the linkers of a metal-organic framework.
    pub(super) fn of(structure: &Structure) -> Result<Matter, TooDense> {
        let bonds = Bonds::of(structure)?;
        let components = bonds.components();
        let mut parts = Parts::new(structure, &bonds);
        for component in &components {
            parts.add_nets_and_metals(component);
        }
        parts.add_adsorbed_atoms();
        parts.remove_adsorbed_molecules();
        parts.remove_hydrogen_on_carbon();
        parts.add_unbonded_metals();
        let of_frameworks = components.iter().filter(|it| it.dimensionality == 3);
        let of_frameworks: usize = of_frameworks.map(|it| it.atoms.len()).sum();
        Ok(Matter {
            in_solid: parts.in_solid,
            is_framework: 2 * of_frameworks > structure.len(),
        })
    }

    /// The kind of the whole.
    pub(super) fn kind(&self) -> MatterKind {
        let has = |in_solid| self.in_solid.contains(&in_solid);
        match (has(true), has(false)) {
            (true, false) => MatterKind::Solid,
            (true, true) => MatterKind::Both,
            _ => MatterKind::Molecules,
        }
    }
}

/// Whether most atoms of a structure are in frameworks of bonds along all three axes.
pub(super) fn is_framework(structure: &Structure) -> bool {
    Matter::of(structure).is_ok_and(|matter| matter.is_framework)
}
