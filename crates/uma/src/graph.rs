//! Which atoms tell which about themselves: directed edges within the cutoff.

use glam::DVec3;

use mlipview_core::chem::Structure;
use mlipview_core::chem::neighbors::{NeighborList, TooDense};

/// How far atoms may move before the list of neighbors is made again, Å (twice).
const SKIN: f64 = 0.5;

/// What lies this little beyond the farthest of the nearest still counts, Å² (fairchem's
/// `max_neighbors` with `enforce_max_neighbors_strictly` off).
const DEGENERATE: f64 = 0.01;

/// Edges from sources to targets, those into the same target behind each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Graph {
    /// The atom that tells, for each edge.
    pub(super) source: Vec<u32>,
    /// The atom that is told.
    pub(super) target: Vec<u32>,
    /// From the target to the source, Å.
    pub(super) vectors: Vec<DVec3>,
    /// Where the edges into each atom begin; one more for the end.
    pub(super) into: Vec<u32>,
    /// The edges out of all atoms, those of one atom behind each other…
    pub(super) outgoing: Vec<u32>,
    /// …and where those of each atom begin; one more for the end.
    pub(super) out_of: Vec<u32>,
}

impl Graph {
    /// How many edges there are.
    pub(super) fn len(&self) -> usize {
        self.source.len()
    }

    /// How many atoms there are.
    pub(super) fn atoms(&self) -> usize {
        self.into.len() - 1
    }
}

/// Makes graphs of structures that differ little from one to the next.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    list: NeighborList,
    cutoff: f64,
    max_neighbors: usize,
}

impl Surroundings {
    /// Edges up to `cutoff` Å; into an atom with more than `max_neighbors` neighbors those from the
    /// nearest of them, and from whatever is as near as the last.
    pub(super) fn new(cutoff: f64, max_neighbors: usize) -> Surroundings {
        Surroundings {
            list: NeighborList::full(cutoff, SKIN),
            cutoff,
            max_neighbors,
        }
    }

    /// The graph of a structure.
    ///
    /// # Errors
    /// If there are more neighbors than memory is for.
    pub(super) fn graph(&mut self, structure: &Structure) -> Result<Graph, TooDense> {
        let positions = structure.positions();
        self.list.update(positions, structure.cell.as_ref())?;
        let mut graph = Graph {
            into: vec![0],
            ..Graph::default()
        };
        let mut near = Vec::new();
        for (target, place) in positions.iter().enumerate() {
            near.clear();
            near.extend(self.list.neighbors(target).iter().filter_map(|neighbor| {
                let image = self.list.translations()[neighbor.image as usize];
                let vector = positions[neighbor.atom as usize] + image - place;
                let distance = vector.length_squared();
                let is_edge = distance > 0.0 && distance <= self.cutoff * self.cutoff;
                is_edge.then_some((distance, neighbor.atom, vector))
            }));
            self.keep_nearest(&mut near);
            for (_, source, vector) in &near {
                graph.source.push(*source);
                graph.target.push(target as u32);
                graph.vectors.push(*vector);
            }
            graph.into.push(graph.source.len() as u32);
        }
        (graph.outgoing, graph.out_of) = by_source(&graph.source, positions.len());
        Ok(graph)
    }

    fn keep_nearest(&self, near: &mut Vec<(f64, u32, DVec3)>) {
        if near.len() <= self.max_neighbors {
            return;
        }
        let mut distances: Vec<f64> = near.iter().map(|edge| edge.0).collect();
        let (_, farthest, _) = distances.select_nth_unstable_by(self.max_neighbors, f64::total_cmp);
        let limit = *farthest + DEGENERATE;
        near.retain(|edge| edge.0 <= limit);
    }
}

/// The indices of `source` sorted by its values, and where those of each value begin.
fn by_source(source: &[u32], atoms: usize) -> (Vec<u32>, Vec<u32>) {
    let mut out_of = vec![0; atoms + 1];
    for atom in source {
        out_of[*atom as usize + 1] += 1;
    }
    for atom in 0..atoms {
        out_of[atom + 1] += out_of[atom];
    }
    let mut next = out_of.clone();
    let mut outgoing = vec![0; source.len()];
    for (edge, atom) in source.iter().enumerate() {
        let place = &mut next[*atom as usize];
        outgoing[*place as usize] = edge as u32;
        *place += 1;
    }
    (outgoing, out_of)
}
