//! A SMILES string as atoms in space.
//!
//! One function, [`structure`]. Reading, hydrogens, distance bounds and torsion preferences are the
//! `chematic` crates'; the embedding, coordination centers, dative bonds, the spin state and the
//! checks of what came out are ours.

mod dative;
mod embedding;
mod error;
mod geometry;
mod graph;
mod parse_error;
mod spin;

use std::panic::catch_unwind;

use chematic_core::{AtomIdx, BondIdx, Molecule, apply_kekule};
use chematic_smiles::SmilesParseLimits;
use glam::DVec3;

use self::graph::Graph;
use super::format::formal_charges::{set_charges, set_radicals};
use super::format::nuclide::Nuclide;
use super::properties::Value;
use super::structure::{BondOrder, StatedBond};
use super::{Element, Structure};

pub use error::SmilesError;

/// The most atoms, hydrogens included, that are embedded: the time grows with the square.
pub const MAX_ATOMS: usize = 300;

/// The longest string that is read, bytes.
const MAX_BYTES: usize = 4096;

/// The three-dimensional structure of a SMILES string, its hydrogens added.
///
/// Stereochemistry that the string states (`@`, `@@`, `@SP`, `@TB`, `@OH`, `/`, `\`) is kept, what it
/// leaves open is chosen by the seed, as is the conformer. Parts separated by dots are set apart on a
/// grid with their van der Waals surfaces 1 Å from touching. The structure has the string's bonds, its
/// formal charges (array `formal_charge`) and their sum, its radicals (array `radical`) and their
/// multiplicity: every unpaired electron of an atom (Hund's rule on the orbitals that its bonds leave
/// free) parallel to all others. So `[CH3]` is a doublet, `[O][O]` a triplet, and `O=O`, which states a
/// closed shell, a singlet; a transition metal has the lowest spin that its number of electrons
/// allows, to which neutral donors such as NH₃ add nothing.
///
/// Geometries are those of an embedding: bond lengths to a few hundredths of an Å (to 0.1 Å at
/// metals), conformers plausible but not the best. A relaxation with a potential makes them good.
///
/// # Errors
/// If the string is not SMILES, states what cannot be (five bonds to a carbon), is larger than
/// [`MAX_ATOMS`], or finds no sound geometry.
pub fn structure(smiles: &str, seed: u64) -> Result<Structure, SmilesError> {
    let smiles = smiles.trim();
    // The crates below are young: should one panic, this string is refused and the program lives.
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
    refuse_queries(smiles, &parsed)?;

    let mut molecule = chematic_chem::add_hydrogens(&parsed);
    if molecule.atom_count() > MAX_ATOMS {
        return Err(SmilesError::too_large(molecule.atom_count()));
    }
    let kekule = dative::mark(&mut molecule).map_err(|_| SmilesError::aromatic(smiles))?;
    let graph = Graph::new(&apply_kekule(&molecule, &kekule));
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

/// Charges and radicals where any atom has one.
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
        // The multiplicity of the atom alone; 0 is no radical.
        let radical = |&count: &u32| if count == 0 { 0 } else { count + 1 };
        set_radicals(structure, &unpaired.iter().map(radical).collect::<Vec<_>>())?;
    }
    Ok(())
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

/// A sound geometry, its parts set apart; Å.
fn positions(
    smiles: &str,
    molecule: &Molecule,
    graph: &Graph,
    elements: &[Element],
    bonds: &[StatedBond],
    seed: u64,
) -> Result<Vec<DVec3>, SmilesError> {
    let check =
        |atoms: &[usize], positions: &[DVec3]| geometry::check(elements, bonds, atoms, positions);
    let mut positions = embedding::embed(molecule, graph, seed, check)
        .map_err(|failure| SmilesError::embedding(smiles, failure))?;
    geometry::set_parts_apart(elements, &graph.parts(), &mut positions);
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
