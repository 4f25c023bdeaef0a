//! Coordination centers: atoms whose ligands occupy the vertices of a polyhedron beyond organic
//! chemistry.
//!
//! Main-group atoms with five or more ligands and lone pairs follow VSEPR; the polyhedron of metals
//! follows from the number of ligands. Up to four ligands of d⁸ ions (Ni²⁺, Pd²⁺, Pt²⁺, Rh⁺, Ir⁺, Au³⁺)
//! and Cu²⁺ are square planar (ligand-field stabilization; J. E. Huheey, E. A. Keiter and R. L. Keiter,
//! Inorganic Chemistry, 4th ed. (1993), chapter 12). A stated `@SP`, `@TB` or `@OH` takes precedence.

use chematic_core::{AtomIdx, Chirality, Molecule, NonTetrahedralClass};
use glam::DVec3;
use rand::Rng;

use super::super::graph::{BondKind, MolecularGraph, Node, is_metal, outer_electrons};
use super::arrangement::Arrangement;
use super::polyhedron::Polyhedron;
use super::stated_arrangement::StatedArrangement;

/// An atom and its ligands.
pub(super) struct Center {
    pub(super) atom: usize,
    pub(super) ligands: Vec<usize>,
    /// Unit vectors to the ligands; `None` if ligands are bonded to each other, as in ferrocene, or more
    /// than nine.
    pub(super) directions: Option<Vec<DVec3>>,
    /// Whether RDKit's valence model allows the atom: not ClF₃, nor AlCl₃(NH₃).
    pub(super) is_known: bool,
    /// Whether the string states the arrangement.
    stated: bool,
    /// Three ligands whose vectors from the center are right-handed, if the handedness is stated.
    pub(super) right_handed: Option<[usize; 3]>,
}

impl Center {
    /// The center with restrained bond lengths and free angles, unless its arrangement is stated.
    pub(super) fn relaxed(self) -> Center {
        let stated = self.stated;
        Center {
            directions: self.directions.filter(|_| stated),
            ..self
        }
    }
}

/// All coordination centers; among equally good arrangements of ligands one is drawn at random.
pub(super) fn centers(
    molecule: &Molecule,
    graph: &MolecularGraph,
    random: &mut impl Rng,
) -> Vec<Center> {
    (0..graph.0.len())
        .filter_map(|atom| center(molecule, graph, atom, random))
        .collect()
}

fn center(
    molecule: &Molecule,
    graph: &MolecularGraph,
    atom: usize,
    random: &mut impl Rng,
) -> Option<Center> {
    let node = &graph.0[atom];
    let count = node.neighbors.len();
    let lone_pairs = lone_pairs(node);
    let metal = is_metal(node.number);
    if count < 2 || !metal && count + lone_pairs < 5 {
        return None;
    }
    let ligands: Vec<usize> = node.neighbors.iter().map(|link| link.atom).collect();
    let stated = StatedArrangement::of(molecule, atom);
    let chirality = molecule.atom(AtomIdx(atom as u32)).chirality;
    let (polyhedron, square) = match (&stated, chirality) {
        (Some(stated), _) => match stated.class {
            NonTetrahedralClass::SquarePlanar => (Some(Polyhedron::Octahedron), true),
            NonTetrahedralClass::TrigonalBipyramidal => {
                (Some(Polyhedron::TrigonalBipyramid), false)
            }
            NonTetrahedralClass::Octahedral => (Some(Polyhedron::Octahedron), false),
        },
        (None, Chirality::Clockwise | Chirality::CounterClockwise) if count <= 4 => {
            (Some(Polyhedron::Tetrahedron), false)
        }
        _ if metal && is_square(graph, node, count) => (Some(Polyhedron::Octahedron), true),
        _ if metal && count == 5 && has_multiple_bond(graph, node) => {
            (Some(Polyhedron::Octahedron), false)
        }
        _ => (Polyhedron::with_vertices(count + lone_pairs), false),
    };
    let fits = |polyhedron: &Polyhedron| polyhedron.vertices().len() >= count;
    let bonded_to_each_other = ligands
        .iter()
        .any(|&ligand| (graph.0[ligand].neighbors.iter()).any(|link| ligands.contains(&link.atom)));
    let mut center = Center {
        atom,
        directions: None,
        is_known: is_known(node),
        stated: stated.is_some(),
        right_handed: None,
        ligands,
    };
    let Some(polyhedron) = polyhedron.filter(|found| fits(found) && !bonded_to_each_other) else {
        return Some(center);
    };
    let arrangement = Arrangement {
        graph,
        node,
        square,
        chelates: chelates(graph, atom, &center.ligands),
        polyhedron,
        vertices: polyhedron.vertices(),
        stated: stated.as_ref(),
    };
    center.directions = Some(arrangement.best(random));
    center.right_handed = stated.and_then(|stated| stated.right_handed());
    Some(center)
}

/// RDKit allows chlorine one bond, and counts a pair that aluminum accepts as a bond.
fn is_known(node: &Node) -> bool {
    let halogen = matches!(node.number, 9 | 17 | 35 | 53 | 85);
    let accepts = node
        .neighbors
        .iter()
        .any(|link| link.kind == BondKind::Acceptor);
    !(halogen || accepts && outer_electrons(node.number).1)
}

/// Stereochemically active lone pairs, of main-group atoms only; a single electron counts as one.
fn lone_pairs(node: &Node) -> usize {
    if !outer_electrons(node.number).1 {
        return 0;
    }
    let free = node.free_electrons() - 2 * node.donated_pairs();
    free.max(0).div_euclid(2) as usize + free.max(0).rem_euclid(2) as usize
}

/// Whether up to four ligands are square planar: of d⁸ ions, copper(II), and palladium, platinum and gold
/// of any charge except d¹⁰.
fn is_square(graph: &MolecularGraph, node: &Node, count: usize) -> bool {
    let (outer, octet) = outer_electrons(node.number);
    if octet || !(3..=4).contains(&count) {
        return false;
    }
    // Electrons of the d shell: outside the core and a filled f shell, minus the charge and covalent
    // bonds. A carbonyl written M=C=O donates a pair and uses none.
    let carbonyls = (node.neighbors.iter())
        .filter(|link| link.order == 2 && graph.0[link.atom].is_cumulated())
        .count() as i32;
    let filled = if outer > 16 { 14 } else { 0 };
    let electrons = node.free_electrons() - filled + 2 * carbonyls;
    let noble = matches!(node.number, 46 | 78 | 79);
    electrons == 8 || electrons == 9 && node.number == 29 || electrons < 10 && noble
}

/// Whether a ligand has a multiple bond, as oxo and nitrido groups; a carbonyl written M=C=O has not.
fn has_multiple_bond(graph: &MolecularGraph, node: &Node) -> bool {
    (node.neighbors.iter()).any(|link| link.order > 1 && !graph.0[link.atom].is_cumulated())
}

/// Pairs of ligands (as indices of `ligands`) in a ring of up to seven atoms with the center, with the
/// size of that ring.
pub(super) fn chelates(
    graph: &MolecularGraph,
    center: usize,
    ligands: &[usize],
) -> Vec<([usize; 2], usize)> {
    let mut found = Vec::new();
    for (one, &ligand) in ligands.iter().enumerate() {
        let distances = graph.distances(ligand, Some(center));
        for (other, &second) in ligands.iter().enumerate().skip(one + 1) {
            if distances[second] <= 5 {
                found.push(([one, other], distances[second] + 2));
            }
        }
    }
    found
}
