//! Knowledge of a molecule: distance bounds, volumes, torsion preferences, stereochemistry.
//!
//! Bounds, torsion preferences and stereochemistry are those of ETKDGv3 as the `chematic` crates have
//! them from RDKit; what they do not know, coordination centers, is ours.

use chematic_3d::rdkit_embed::{
    BoundsMatrix, etk::get_experimental_torsions, rdkit_bounds_matrix, triangle_smooth_bounds,
};
use chematic_core::{AtomIdx, BondOrder, Element, Molecule};
use chematic_smiles::{RdkitMolView, rdkit_mol_view};

use super::super::graph::{Graph, is_metal};
use super::center_bounds;
use super::coordination::Center;
use super::model::{Model, Whole};
use super::restraints::{Bounds, Torsion, Volume};
use super::stereo::{double_bonds, tetrahedra};

/// Volume that four atoms span at most which are to lie in a plane, Å³.
const PLANAR: f64 = 0.05;

/// Volume of three vectors of a stated handedness, relative to a right-angled one.
const HANDED: f64 = 0.5;

/// Why there is no model.
pub(super) enum ModelError {
    /// The crates refuse the molecule, in their words.
    Refused(String),
    /// No distances satisfy all bounds.
    Contradiction,
}

/// The models of all parts of a molecule with hydrogens, whose dative bonds are marked; `graph` is
/// of the same atoms, without aromatic bonds.
pub(super) fn models(
    molecule: &Molecule,
    graph: &Graph,
    centers: &[Center],
) -> Result<Vec<Model>, ModelError> {
    let known = as_the_crates_take_it(molecule, centers);
    let refused = |problem: &dyn std::fmt::Display| ModelError::Refused(problem.to_string());
    let view = rdkit_mol_view(&known).map_err(|problem| refused(&problem))?;
    let parts = graph.parts();
    let bounds = bounds(&known, graph, &view, centers, &parts)?;
    let whole = Whole {
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

/// The molecule as the crates take it.
///
/// Tungsten, whose valence RDKit does not limit, stands for a center that its model does not know: its
/// bounds are ours anyway. Dative bonds that close a ring are turned around, because the view turns
/// them.
fn as_the_crates_take_it(molecule: &Molecule, centers: &[Center]) -> Molecule {
    let mut known = molecule.clone();
    for center in centers.iter().filter(|center| !center.is_known) {
        if let Some(tungsten) = Element::from_atomic_number(74) {
            known.set_element(AtomIdx(center.atom as u32), tungsten);
        }
    }
    for (index, bond) in molecule.bonds() {
        let turned = molecule.smiles_ring_closure_begins_at_open(index) == Some(false);
        if bond.order == BondOrder::Dative && turned {
            known.set_dative_bond(index, bond.atom2);
        }
    }
    known
}

fn bounds(
    molecule: &Molecule,
    graph: &Graph,
    view: &RdkitMolView,
    centers: &[Center],
    parts: &[Vec<usize>],
) -> Result<Bounds, ModelError> {
    let count = graph.0.len();
    let hybridization: Vec<u8> = view.atoms.iter().map(|atom| atom.hybridization).collect();
    let van_der_waals: Vec<f64> = view.atoms.iter().map(|atom| atom.rvdw).collect();
    // As RDKit: bounds of atoms four bonds apart are a help that rings may contradict.
    for four_bonds in [true, false] {
        let raw = rdkit_bounds_matrix(molecule, four_bonds, false, true)
            .map_err(|problem| ModelError::Refused(problem.to_string()))?;
        let mut bounds = Bounds::new(count, |i, j| (raw[j][i], raw[i][j]));
        center_bounds::apply(&mut bounds, graph, centers, &hybridization, &van_der_waals);
        if let Some(smooth) = smoothed(&bounds, count, parts) {
            return Ok(smooth);
        }
    }
    Err(ModelError::Contradiction)
}

/// The bounds with what the triangle inequality says, part by part.
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

/// Torsion preferences away from coordination centers, ETKDGv3's set.
fn torsions(view: &RdkitMolView, graph: &Graph, centers: &[Center]) -> Vec<Torsion> {
    let details = get_experimental_torsions(view, true, false, true, true, 2);
    let known = |atoms: &[usize; 4]| {
        let [_, one, other, _] = *atoms;
        (centers.iter()).all(|center| center.atom != one && center.atom != other)
            && atoms.iter().all(|&atom| !is_metal(graph.0[atom].number))
    };
    (details.exp_torsion_atoms.into_iter())
        .zip(details.exp_torsion_angles)
        .filter(|(atoms, _)| known(atoms))
        .map(|(atoms, (signs, strengths))| Torsion {
            atoms,
            signs,
            strengths,
        })
        .collect()
}

/// Trigonal atoms that lie in the plane of their neighbors.
fn planes(view: &RdkitMolView, centers: &[Center]) -> Vec<Volume> {
    let details = get_experimental_torsions(view, false, false, false, true, 2);
    (details.improper_atoms.iter())
        .filter(|atoms| centers.iter().all(|center| center.atom != atoms[1]))
        .map(|atoms| Volume {
            atoms: [atoms[0], atoms[2], atoms[3], atoms[1]],
            lower: -PLANAR,
            upper: PLANAR,
        })
        .collect()
}

fn handed(center: &Center, bounds: &Bounds) -> Option<Volume> {
    let [a, b, c] = center.right_handed?;
    let lengths = [a, b, c].map(|ligand| bounds.middle(ligand, center.atom));
    Some(Volume {
        atoms: [a, b, c, center.atom],
        lower: HANDED * lengths.iter().product::<f64>(),
        upper: 100.0,
    })
}

/// Pairs of ligands whose angle at a center is known.
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

/// Whether two atoms are one or two bonds apart, for each pair.
fn near(graph: &Graph) -> Vec<Vec<bool>> {
    (0..graph.0.len())
        .map(|atom| {
            let distances = graph.distances(atom, None);
            distances.into_iter().map(|bonds| bonds <= 2).collect()
        })
        .collect()
}
