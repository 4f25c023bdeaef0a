//! A SMILES string as atoms in space.
//!
//! One function, [`structure`]. Reading, hydrogens and the embedding (ETKDGv3; S. Wang, J. Witte,
//! G. A. Landrum and S. Riniker, J. Chem. Inf. Model. 60, 2044 (2020), DOI 10.1021/acs.jcim.0c00025)
//! are the `chematic` crates'; what is here is what they leave open: the spin state, the distance
//! between separate parts, and the refusal of whatever did not come out as the string says.

mod error;
mod geometry;
mod spin;

use std::panic::catch_unwind;

use chematic_3d::rdkit_embed::{
    RdkitEmbedError, RdkitEmbedOptions, etkdg_embed_molecule_corrected,
};
use chematic_core::{AtomIdx, BondIdx, Molecule};
use chematic_smiles::SmilesParseLimits;
use glam::DVec3;

use super::format::formal_charges::set_charges;
use super::format::nuclide::Nuclide;
use super::properties::Value;
use super::structure::{BondOrder, StatedBond};
use super::{Element, Structure};

pub use error::SmilesError;

/// The most atoms, hydrogens included, that are embedded: the time grows with the cube.
pub const MAX_ATOMS: usize = 300;

/// The longest string that is read, bytes.
const MAX_BYTES: usize = 4096;

/// Independent attempts before an embedding is given up, and the starts within each.
const ATTEMPTS: u64 = 4;
const STARTS: u32 = 25;

/// The three-dimensional structure of a SMILES string, its hydrogens added.
///
/// Stereochemistry that the string states (`@`, `@@`, `/`, `\`) is kept, what it leaves open is
/// chosen by the seed, as is the conformer. Parts separated by dots are set apart on a grid with
/// their van der Waals surfaces 1 Å from touching. The structure has the string's bonds, the sum of
/// its formal charges and the multiplicity of its open shells: every unpaired electron of an atom
/// (Hund's rule on the orbitals that its bonds leave free) parallel to all others. So `[CH3]` is a
/// doublet, `[O][O]` a triplet, and `O=O`, which states a closed shell, a singlet; a transition
/// metal has the lowest spin that its number of electrons allows.
///
/// Geometries are those of an embedding: bond lengths to a few hundredths of an Å, conformers
/// plausible but not the best. A relaxation with a potential makes them good.
///
/// # Errors
/// If the string is not SMILES, states what cannot be (five bonds to a carbon), is larger than
/// [`MAX_ATOMS`], or finds no sound geometry.
pub fn structure(smiles: &str, seed: u64) -> Result<Structure, SmilesError> {
    let smiles = smiles.trim();
    // The crates below are young: should one panic, this string is refused and the program lives.
    catch_unwind(|| embed(smiles, seed)).unwrap_or_else(|_| Err(SmilesError::embedding(smiles)))
}

fn embed(smiles: &str, seed: u64) -> Result<Structure, SmilesError> {
    let limits = SmilesParseLimits {
        max_input_bytes: MAX_BYTES,
        max_atoms: MAX_ATOMS,
        max_bonds: 2 * MAX_ATOMS,
    };
    let parsed = chematic_smiles::parse_with_limits(smiles, &limits)
        .map_err(|problem| SmilesError::parse(smiles, &problem))?;
    refuse_queries(smiles, &parsed)?;
    let kekule = chematic_core::kekulize(&parsed).map_err(|_| SmilesError::aromatic(smiles))?;

    let molecule = chematic_chem::add_hydrogens(&parsed);
    if molecule.atom_count() > MAX_ATOMS {
        return Err(SmilesError::too_large(molecule.atom_count()));
    }
    let unpaired = spin::unpaired_electrons(
        smiles,
        &chematic_chem::add_hydrogens(&chematic_core::apply_kekule(&parsed, &kekule)),
    )?;

    let elements = atoms(&molecule)
        .map(|atom| Element::from_number(atom.element.atomic_number()))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| SmilesError::embedding(smiles))?;
    let bonds = stated_bonds(smiles, &molecule)?;
    let positions = positions(smiles, &molecule, &elements, &bonds, seed)?;

    let masses = nuclide_masses(&molecule, &elements);
    let mut structure = Structure::new(elements, positions)?;
    structure.set_stated_bonds(bonds)?;
    structure.set_masses(masses)?;
    structure.set_multiplicity(unpaired + 1)?;
    let charges: Vec<i32> = atoms(&molecule)
        .map(|atom| i32::from(atom.charge))
        .collect();
    if charges.iter().any(|&charge| charge != 0) {
        set_charges(&mut structure, charges)
            .map_err(|error| SmilesError::unsupported(smiles, &error.to_string()))?;
    }
    structure
        .info
        .insert("smiles".to_owned(), Value::text(smiles));
    Ok(structure)
}

fn atoms(molecule: &Molecule) -> impl Iterator<Item = &chematic_core::Atom> {
    molecule.atoms().map(|(_, atom)| atom)
}

/// Refuses what stands for many molecules, and what the embedding would pass over in silence.
fn refuse_queries(smiles: &str, molecule: &Molecule) -> Result<(), SmilesError> {
    for (index, atom) in molecule.atoms() {
        if atom.wildcard {
            return Err(SmilesError::atom(
                smiles,
                index,
                "`*` is any atom",
                "name an element",
            ));
        }
        if atom.chirality.nontetrahedral().is_some() || molecule.is_allene_stereo(index) {
            return Err(SmilesError::atom(
                smiles,
                index,
                "stereochemistry other than that of a tetrahedron is not built",
                "leave the `@` out and arrange the atoms in the window, or load a file with coordinates",
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

/// The first sound geometry of a few attempts, its parts set apart; Å.
fn positions(
    smiles: &str,
    molecule: &Molecule,
    elements: &[Element],
    bonds: &[StatedBond],
    seed: u64,
) -> Result<Vec<DVec3>, SmilesError> {
    let mut refusal = SmilesError::embedding(smiles);
    for attempt in 0..ATTEMPTS {
        let options = RdkitEmbedOptions {
            random_seed: (seed.wrapping_add(attempt) % i32::MAX as u64) as i32,
            max_iterations: STARTS,
            ..RdkitEmbedOptions::default()
        };
        let embedded = match etkdg_embed_molecule_corrected(molecule, &options) {
            Ok(embedded) => embedded,
            Err(RdkitEmbedError::Failed) => continue,
            Err(problem) => return Err(SmilesError::unsupported(smiles, &problem.to_string())),
        };
        let mut positions: Vec<DVec3> = embedded.into_iter().map(DVec3::from_array).collect();
        geometry::set_parts_apart(elements, bonds, &mut positions);
        match geometry::check(elements, bonds, &positions) {
            Ok(()) => return Ok(positions),
            Err(fault) => refusal = SmilesError::geometry(smiles, &fault),
        }
    }
    Err(refusal)
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

/// Where in the string an atom stands, in characters counted from 1: atoms are numbered as written.
fn place_of(smiles: &str, atom: AtomIdx) -> usize {
    let mut seen = 0;
    let mut bracket = false;
    let mut previous = ' ';
    for (place, letter) in smiles.chars().enumerate() {
        let second = matches!((previous, letter), ('C', 'l') | ('B', 'r'));
        let starts = match letter {
            '[' => true,
            'B' | 'C' | 'N' | 'O' | 'P' | 'S' | 'F' | 'I' | 'b' | 'c' | 'n' | 'o' | 'p' | 's'
            | '*' => !bracket && !second,
            _ => false,
        };
        if starts {
            if seen == atom.0 {
                return place + 1;
            }
            seen += 1;
        }
        bracket = (bracket || letter == '[') && letter != ']';
        previous = letter;
    }
    smiles.chars().count()
}
