//! 3D structures from SMILES strings.
//!
//! The `chematic` crates provide the parser, hydrogens, distance bounds and torsion preferences; this
//! module the embedding, coordination centers, dative bonds, spin state and validation.

mod character_index;
mod dative;
mod embedding;
mod error;
mod geometry;
mod graph;
mod limits;
mod parse_error;
mod spin;

use std::panic::catch_unwind;

use chematic_core::{BondIdx, Molecule, apply_kekule};
use chematic_smiles::SmilesParseLimits;
use glam::DVec3;

use self::graph::MolecularGraph;
use super::format::formal_charges::{set_charges, set_radicals};
use super::format::nuclide::Nuclide;
use super::properties::Value;
use super::structure::{BondOrder, StatedBond};
use super::{Element, Structure};

pub use error::SmilesError;
pub use limits::MAX_ATOMS;
use limits::MAX_BYTES;

/// Embeds a SMILES string as a 3D structure with hydrogens; the seed determines the conformer.
///
/// Stated stereochemistry (`@`, `@@`, `@SP`, `@TB`, `@OH`, `/`, `\`) is kept; unstated is random. Parts
/// separated by dots are placed on a grid at least 1 Å between van der Waals surfaces. The structure has
/// the bonds of the string, formal charges (array `formal_charge`) and their sum, radicals (array
/// `radical`) and their high-spin multiplicity: unpaired electrons of an atom follow Hund's rule in the
/// orbitals without bonds, and those of different atoms are parallel. `[CH3]` is a doublet, `[O][O]` a
/// triplet, and `O=O`, a closed shell, a singlet. Transition metals are low-spin; neutral donors such as
/// NH₃ do not change their number of unpaired electrons.
///
/// Bond lengths are accurate to a few hundredths of an Å (0.1 Å at metals); conformers are plausible,
/// not optimal. Relax the structure with a potential before use.
///
/// ```
/// use mlipview_core::chem::smiles;
///
/// let ethanol = smiles::structure("CCO", 0)?;
/// assert_eq!(ethanol.formula(), "C2H6O");
/// # Ok::<(), smiles::SmilesError>(())
/// ```
///
/// # Errors
/// If the string is invalid SMILES, violates valences, exceeds [`MAX_ATOMS`], or has no plausible
/// geometry.
pub fn structure(smiles: &str, seed: u64) -> Result<Structure, SmilesError> {
    let smiles = smiles.trim();
    // A panic of the chematic crates becomes an error.
    catch_unwind(|| build(smiles, seed)).unwrap_or_else(|_| Err(SmilesError::panicked(smiles)))
}

fn build(smiles: &str, seed: u64) -> Result<Structure, SmilesError> {
    let limits = SmilesParseLimits {
        max_input_bytes: MAX_BYTES,
        max_atoms: MAX_ATOMS,
        max_bonds: 2 * MAX_ATOMS,
    };
    let parsed = chematic_smiles::parse_with_limits(smiles, &limits)
        .map_err(|problem| SmilesError::parse(smiles, &problem))?;
    reject_queries(smiles, &parsed)?;

    let mut molecule = chematic_chem::add_hydrogens(&parsed);
    if molecule.atom_count() > MAX_ATOMS {
        return Err(SmilesError::too_large(molecule.atom_count()));
    }
    let kekule =
        dative::mark_dative_bonds(&mut molecule).map_err(|_| SmilesError::aromatic(smiles))?;
    let graph = MolecularGraph::new(&apply_kekule(&molecule, &kekule));
    let unpaired = spin::unpaired_electrons(smiles, &graph)?;

    let elements = atoms(&molecule)
        .map(|atom| Element::from_number(atom.element.atomic_number()))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| SmilesError::panicked(smiles))?;
    let bonds = stated_bonds(smiles, &molecule)?;
    let positions = positions(smiles, &molecule, &graph, &elements, &bonds, seed)?;

    let masses = nuclide_masses(&molecule, &elements);
    let mut structure = Structure::new(elements, positions)?;
    structure.set_stated_bonds(bonds)?;
    structure.set_masses(masses)?;
    set_electrons(&mut structure, &molecule, &unpaired)
        .map_err(|_| SmilesError::panicked(smiles))?;
    structure
        .info
        .insert("smiles".to_owned(), Value::text(smiles));
    Ok(structure)
}

fn atoms(molecule: &Molecule) -> impl Iterator<Item = &chematic_core::Atom> {
    molecule.atoms().map(|(_, atom)| atom)
}

/// Sets charges and radicals if any atom has one.
fn set_electrons(
    structure: &mut Structure,
    molecule: &Molecule,
    unpaired: &[u32],
) -> Result<(), super::format::ParseError> {
    let charges: Vec<i32> = atoms(molecule).map(|atom| i32::from(atom.charge)).collect();
    if charges.iter().any(|charge| *charge != 0) {
        set_charges(structure, charges)?;
    }
    if unpaired.iter().any(|count| *count != 0) {
        // Multiplicity of the atom; 0 without unpaired electrons.
        let radical = |&count: &u32| if count == 0 { 0 } else { count + 1 };
        set_radicals(structure, &unpaired.iter().map(radical).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Rejects queries, which match many molecules, and stereochemistry that the embedding would ignore.
fn reject_queries(smiles: &str, molecule: &Molecule) -> Result<(), SmilesError> {
    for (index, atom) in molecule.atoms() {
        if atom.wildcard {
            return Err(SmilesError::atom(
                smiles,
                index,
                "`*` is any atom",
                "name an element",
            ));
        }
        if molecule.is_allene_stereo(index) && molecule.degree(index) == 2 {
            return Err(SmilesError::atom(
                smiles,
                index,
                "the stereochemistry of an allene is not supported",
                "leave the `@` out, or load a file with coordinates",
            ));
        }
    }
    Ok(())
}

fn stated_bonds(smiles: &str, molecule: &Molecule) -> Result<Vec<StatedBond>, SmilesError> {
    use chematic_core::BondOrder as Read;
    (0..molecule.bond_count())
        .map(|index| {
            let bond = molecule.bond(BondIdx(index as u32));
            let order = match bond.order {
                Read::Single | Read::Up | Read::Down | Read::Dative => BondOrder::Single,
                Read::Double => BondOrder::Double,
                Read::Triple => BondOrder::Triple,
                Read::Quadruple => BondOrder::Quadruple,
                Read::Aromatic => BondOrder::Aromatic,
                _ => {
                    return Err(SmilesError::atom(
                        smiles,
                        bond.atom1,
                        "a bond of this atom is a query (`~`)",
                        "write its order: - = # $ or :",
                    ));
                }
            };
            Ok(StatedBond {
                atoms: [bond.atom1.0 as usize, bond.atom2.0 as usize],
                order,
            })
        })
        .collect()
}

/// Validated positions with separate parts apart, Å.
fn positions(
    smiles: &str,
    molecule: &Molecule,
    graph: &MolecularGraph,
    elements: &[Element],
    bonds: &[StatedBond],
    seed: u64,
) -> Result<Vec<DVec3>, SmilesError> {
    let check =
        |atoms: &[usize], positions: &[DVec3]| geometry::check(elements, bonds, atoms, positions);
    let mut positions = embedding::embed(molecule, graph, seed, check)
        .map_err(|failure| SmilesError::embedding(smiles, failure))?;
    geometry::separate_parts(elements, &graph.parts(), &mut positions);
    Ok(positions)
}

/// Masses, amu, if the string names nuclides.
fn nuclide_masses(molecule: &Molecule, elements: &[Element]) -> Option<Vec<f64>> {
    let mass = |(atom, element): (&chematic_core::Atom, &Element)| {
        let nucleons = atom.isotope.filter(|nucleons| *nucleons > 0);
        let mass = nucleons.and_then(|nucleons| Nuclide::isotope(*element, nucleons).mass);
        mass.unwrap_or_else(|| element.mass())
    };
    let stated = atoms(molecule).any(|atom| atom.isotope.is_some());
    stated.then(|| atoms(molecule).zip(elements).map(mass).collect())
}
