//! The graph: a directed edge for each pair of atoms within the cutoff.

use glam::DVec3;

use mlipview_core::chem::Structure;
use mlipview_core::chem::neighbors::{NeighborList, TooDense};

/// Skin of the neighbor list: it is rebuilt when an atom has moved half as far, Å.
const SKIN: f64 = 0.5;

/// Beyond the maximum number of neighbors, those at the same squared distance within this are kept,
/// Å² (fairchem's `max_neighbors` with `enforce_max_neighbors_strictly` off).
const DEGENERACY_TOLERANCE: f64 = 0.01;

/// E edges from sources to targets among N atoms, sorted by target.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Graph {
    /// The source atom of each edge: `[E]`.
    pub(crate) source: Vec<u32>,
    /// The target atom of each edge: `[E]`.
    pub(crate) target: Vec<u32>,
    /// r_source − r_target, Å: `[E]`.
    pub(crate) vectors: Vec<DVec3>,
    /// The first edge into each atom, and E: `[N + 1]`.
    pub(crate) target_offsets: Vec<u32>,
    /// The edges sorted by source: `[E]`.
    pub(crate) by_source: Vec<u32>,
    /// The start of each atom's edges in `by_source`, and E: `[N + 1]`.
    pub(crate) source_offsets: Vec<u32>,
}

impl Graph {
    /// E.
    pub(crate) fn len(&self) -> usize {
        self.source.len()
    }

    /// N.
    pub(crate) fn atoms(&self) -> usize {
        self.target_offsets.len() - 1
    }
}

/// Builds the graphs of structures that differ little from one to the next.
#[derive(Clone, Debug)]
pub(crate) struct GraphBuilder {
    list: NeighborList,
    cutoff: f64,
    max_neighbors: usize,
}

impl GraphBuilder {
    /// Edges up to `cutoff` Å; into an atom with more than `max_neighbors` neighbors, only those from
    /// the nearest, and from all at the same distance as the last of these.
    pub(crate) fn new(cutoff: f64, max_neighbors: usize) -> GraphBuilder {
        GraphBuilder {
            list: NeighborList::full(cutoff, SKIN),
            cutoff,
            max_neighbors,
        }
    }

    /// The graph of a structure.
    ///
    /// # Errors
    /// If atoms have too many neighbors.
    pub(crate) fn graph(&mut self, structure: &Structure) -> Result<Graph, TooDense> {
        let positions = structure.positions();
        self.list.update(positions, structure.cell.as_ref())?;
        let mut graph = Graph {
            target_offsets: vec![0],
            ..Graph::default()
        };
        let mut near = Vec::new();
        for (target, position) in positions.iter().enumerate() {
            near.clear();
            near.extend(self.list.neighbors(target).iter().filter_map(|neighbor| {
                let image = self.list.translations()[neighbor.image as usize];
                let vector = positions[neighbor.atom as usize] + image - position;
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
            graph.target_offsets.push(graph.source.len() as u32);
        }
        (graph.by_source, graph.source_offsets) = by_source(&graph.source, positions.len());
        Ok(graph)
    }

    fn keep_nearest(&self, near: &mut Vec<(f64, u32, DVec3)>) {
        if near.len() <= self.max_neighbors {
            return;
        }
        let mut distances: Vec<f64> = near.iter().map(|edge| edge.0).collect();
        let (_, farthest, _) = distances.select_nth_unstable_by(self.max_neighbors, f64::total_cmp);
        let limit = *farthest + DEGENERACY_TOLERANCE;
        near.retain(|edge| edge.0 <= limit);
    }
}

/// The edges sorted by source, and the start of each atom's edges among them.
fn by_source(source: &[u32], atoms: usize) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0; atoms + 1];
    for atom in source {
        offsets[*atom as usize + 1] += 1;
    }
    for atom in 0..atoms {
        offsets[atom + 1] += offsets[atom];
    }
    let mut next = offsets.clone();
    let mut edges = vec![0; source.len()];
    for (edge, atom) in source.iter().enumerate() {
        let slot = &mut next[*atom as usize];
        edges[*slot as usize] = edge as u32;
        *slot += 1;
    }
    (edges, offsets)
}
