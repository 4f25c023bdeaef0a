//! Restraint models of a molecule: distance bounds, volumes, torsion preferences, stereochemistry.
//!
//! Bounds, torsion preferences and stereochemistry are those of ETKDGv3 in the `chematic` crates, ported
//! from RDKit; coordination centers are added here.

use chematic_3d::rdkit_embed::{
    BoundsMatrix, etk::get_experimental_torsions, rdkit_bounds_matrix, triangle_smooth_bounds,
};
use chematic_core::{AtomIdx, BondOrder, Element, Molecule};
use chematic_smiles::{RdkitMolView, rdkit_mol_view};

use super::super::graph::{MolecularGraph, is_metal};
use super::center_bounds;
use super::coordination::Center;
use super::model::{MoleculeModel, PartModel};
use super::restraints::{Bounds, TorsionRestraint, VolumeRestraint};
use super::stereo::{double_bonds, tetrahedra};

/// Maximum volume of the vectors of a planar center, Å³.
const PLANAR: f64 = 0.05;

/// Minimum volume of three vectors of stated handedness, relative to that at right angles.
const HANDED: f64 = 0.5;

/// Why a molecule has no model.
pub(super) enum EmbeddingModelError {
    /// The chematic crates reject the molecule; their message.
    Rejected(String),
    /// The distance bounds contradict each other.
    Contradiction,
}

/// Models of all parts of a molecule with hydrogens and marked dative bonds; `graph` is its Kekulé graph.
pub(super) fn models(
    molecule: &Molecule,
    graph: &MolecularGraph,
    centers: &[Center],
) -> Result<Vec<PartModel>, EmbeddingModelError> {
    let known = for_chematic(molecule, centers);
    let rejected =
        |problem: &dyn std::fmt::Display| EmbeddingModelError::Rejected(problem.to_string());
    let view = rdkit_mol_view(&known).map_err(|problem| rejected(&problem))?;
    let parts = graph.parts();
    let bounds = bounds(&known, graph, &view, centers, &parts)?;
    let whole = MoleculeModel {
        torsions: torsions(&view, graph, centers),
        planes: planes(&view, centers),
        handed: centers
            .iter()
            .filter_map(|center| handed(center, &bounds))
            .collect(),
        tetrahedra: tetrahedra(&view),
        double_bonds: double_bonds(&view, centers),
        ideal: ideal(centers),
        bonds: view
            .bonds
            .iter()
            .map(|bond| [bond.begin, bond.end])
            .collect(),
        near: near(graph),
        bounds,
    };
    Ok(parts.into_iter().map(|part| whole.part(part)).collect())
}

/// The molecule in a form that the chematic crates accept.
///
/// Tungsten, whose valence RDKit does not limit, replaces centers beyond RDKit's valence model; their
/// bounds are set here anyway. Dative bonds that close a ring are reversed, because the view reverses
/// them.
fn for_chematic(molecule: &Molecule, centers: &[Center]) -> Molecule {
    let mut known = molecule.clone();
    for center in centers.iter().filter(|center| !center.is_known) {
        if let Some(tungsten) = Element::from_atomic_number(74) {
            known.set_element(AtomIdx(center.atom as u32), tungsten);
        }
    }
    for (index, bond) in molecule.bonds() {
        let reversed = molecule.smiles_ring_closure_begins_at_open(index) == Some(false);
        if bond.order == BondOrder::Dative && reversed {
            known.set_dative_bond(index, bond.atom2);
        }
    }
    known
}

fn bounds(
    molecule: &Molecule,
    graph: &MolecularGraph,
    view: &RdkitMolView,
    centers: &[Center],
    parts: &[Vec<usize>],
) -> Result<Bounds, EmbeddingModelError> {
    let count = graph.0.len();
    let hybridization: Vec<u8> = view.atoms.iter().map(|atom| atom.hybridization).collect();
    let van_der_waals: Vec<f64> = view.atoms.iter().map(|atom| atom.rvdw).collect();
    // As RDKit: bounds of atoms four bonds apart are optional, since rings may contradict them.
    for four_bonds in [true, false] {
        let raw = rdkit_bounds_matrix(molecule, four_bonds, false, true)
            .map_err(|problem| EmbeddingModelError::Rejected(problem.to_string()))?;
        let mut bounds = Bounds::new(count, |i, j| (raw[j][i], raw[i][j]));
        center_bounds::apply(&mut bounds, graph, centers, &hybridization, &van_der_waals);
        if let Some(smooth) = smoothed(&bounds, count, parts) {
            return Ok(smooth);
        }
    }
    Err(EmbeddingModelError::Contradiction)
}

/// Triangle smoothing of the bounds, part by part; `None` if they contradict each other.
fn smoothed(bounds: &Bounds, count: usize, parts: &[Vec<usize>]) -> Option<Bounds> {
    let mut smooth = Bounds::new(count, |i, j| (bounds.lower(i, j), bounds.upper(i, j)));
    for part in parts {
        let size = part.len();
        let mut matrix = BoundsMatrix::new(size);
        for i in 0..size {
            for j in i + 1..size {
                matrix.set_lower(i, j, bounds.lower(part[i], part[j]));
                matrix.set_upper(i, j, bounds.upper(part[i], part[j]));
            }
        }
        if !triangle_smooth_bounds(&mut matrix, 0.0) {
            return None;
        }
        for i in 0..size {
            for j in i + 1..size {
                smooth.set(part[i], part[j], matrix.lower(i, j), matrix.upper(i, j));
            }
        }
    }
    Some(smooth)
}

/// Torsion preferences of ETKDGv3 away from coordination centers.
fn torsions(
    view: &RdkitMolView,
    graph: &MolecularGraph,
    centers: &[Center],
) -> Vec<TorsionRestraint> {
    let details = get_experimental_torsions(view, true, false, true, true, 2);
    let known = |atoms: &[usize; 4]| {
        let [_, one, other, _] = *atoms;
        (centers.iter()).all(|center| center.atom != one && center.atom != other)
            && atoms.iter().all(|&atom| !is_metal(graph.0[atom].number))
    };
    (details.exp_torsion_atoms.into_iter())
        .zip(details.exp_torsion_angles)
        .filter(|(atoms, _)| known(atoms))
        .map(|(atoms, (signs, strengths))| TorsionRestraint {
            atoms,
            signs,
            strengths,
        })
        .collect()
}

/// Planarity restraints of trigonal atoms.
fn planes(view: &RdkitMolView, centers: &[Center]) -> Vec<VolumeRestraint> {
    let details = get_experimental_torsions(view, false, false, false, true, 2);
    (details.improper_atoms.iter())
        .filter(|atoms| centers.iter().all(|center| center.atom != atoms[1]))
        .map(|atoms| VolumeRestraint {
            atoms: [atoms[0], atoms[2], atoms[3], atoms[1]],
            lower: -PLANAR,
            upper: PLANAR,
        })
        .collect()
}

fn handed(center: &Center, bounds: &Bounds) -> Option<VolumeRestraint> {
    let [a, b, c] = center.right_handed?;
    let lengths = [a, b, c].map(|ligand| bounds.middle(ligand, center.atom));
    Some(VolumeRestraint {
        atoms: [a, b, c, center.atom],
        lower: HANDED * lengths.iter().product::<f64>(),
        upper: 100.0,
    })
}

/// Pairs of ligands with an ideal angle at a center.
fn ideal(centers: &[Center]) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for center in centers.iter().filter(|center| center.directions.is_some()) {
        for (index, &one) in center.ligands.iter().enumerate() {
            pairs.extend(
                center.ligands[index + 1..]
                    .iter()
                    .map(|&other| [one, other]),
            );
        }
    }
    pairs
}

/// Whether two atoms are at most two bonds apart, `[atoms, atoms]`.
fn near(graph: &MolecularGraph) -> Vec<Vec<bool>> {
    (0..graph.0.len())
        .map(|atom| {
            let distances = graph.distances(atom, None);
            distances.into_iter().map(|bonds| bonds <= 2).collect()
        })
        .collect()
}
