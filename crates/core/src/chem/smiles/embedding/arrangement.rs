//! Assignment of ligands to the vertices of a coordination polyhedron.

use glam::DVec3;
use rand::{Rng, RngExt};

use super::super::graph::{MolecularGraph, Node};
use super::polyhedron::Polyhedron;
use super::stated_arrangement::StatedArrangement;

/// A center, its polyhedron and the criteria that rank assignments.
pub(super) struct Arrangement<'a> {
    pub(super) graph: &'a MolecularGraph,
    pub(super) node: &'a Node,
    pub(super) vertices: Vec<DVec3>,
    pub(super) polyhedron: Polyhedron,
    /// Square planar: the axis of the octahedron is empty.
    pub(super) square: bool,
    pub(super) chelates: Vec<([usize; 2], usize)>,
    pub(super) stated: Option<&'a StatedArrangement>,
}

impl Arrangement<'_> {
    /// Directions of the ligands in an assignment of the lowest penalty, drawn at random among equals.
    pub(super) fn best(&self, random: &mut impl Rng) -> Vec<DVec3> {
        let mut best = (f64::INFINITY, Vec::new(), 0);
        let mut assignment = Vec::new();
        self.search(&mut assignment, &mut |assignment| {
            let penalty = self.penalty(assignment);
            if penalty < best.0 - 1e-9 {
                best = (penalty, assignment.to_vec(), 1);
            } else if penalty < best.0 + 1e-9 {
                best.2 += 1;
                if random.random_range(0..best.2) == 0 {
                    best.1 = assignment.to_vec();
                }
            }
        });
        best.1.iter().map(|&vertex| self.vertices[vertex]).collect()
    }

    /// Visits all assignments of the ligands to vertices, at most 9! of them.
    fn search(&self, assignment: &mut Vec<usize>, visit: &mut impl FnMut(&[usize])) {
        if assignment.len() == self.node.neighbors.len() {
            visit(assignment);
            return;
        }
        for vertex in 0..self.vertices.len() {
            if !assignment.contains(&vertex) {
                assignment.push(vertex);
                self.search(assignment, visit);
                assignment.pop();
            }
        }
    }

    /// Penalty of an assignment of ligands to vertices.
    fn penalty(&self, assignment: &[usize]) -> f64 {
        let direction = |ligand: usize| self.vertices[assignment[ligand]];
        let empty: Vec<usize> = (0..self.vertices.len())
            .filter(|vertex| !assignment.contains(vertex))
            .collect();
        let mut penalty = 0.0;
        if self.square && !(empty.contains(&0) && empty.contains(&1)) {
            penalty += 1000.0;
        }
        if let Some(stated) = self.stated {
            let ligand = |atom: usize| {
                let index = self.node.neighbors.iter().position(|l| l.atom == atom);
                index.map(direction)
            };
            penalty += 1000.0 * stated.contradictions(ligand) as f64;
        }
        // A chelate ring spans at most a right angle, or the smallest available.
        for ([one, other], _) in &self.chelates {
            let cosine = direction(*one).dot(direction(*other));
            penalty += 50.0 * (-0.2 - cosine).max(0.0);
        }
        penalty + self.repulsion(assignment, &empty)
    }

    /// Repulsion by VSEPR: lone pairs need most space, then multiple bonds, then electropositive ligands.
    fn repulsion(&self, assignment: &[usize], empty: &[usize]) -> f64 {
        let axial = |vertex: usize| vertex < 2;
        let multiple = |ligand: usize| {
            let link = &self.node.neighbors[ligand];
            link.order > 1 && !self.graph.0[link.atom].is_cumulated()
        };
        let opposite =
            |one: usize, other: usize| self.vertices[one].dot(self.vertices[other]) < -0.9;
        match self.polyhedron {
            Polyhedron::TrigonalBipyramid => {
                let lone_pairs = empty.iter().filter(|vertex| axial(**vertex)).count();
                let ligands = (assignment.iter().enumerate()).filter(|(_, vertex)| axial(**vertex));
                let weights = ligands.map(|(ligand, _)| {
                    let number = self.graph.0[self.node.neighbors[ligand].atom].number;
                    4.0 - electronegativity(number) + if multiple(ligand) { 10.0 } else { 0.0 }
                });
                100.0 * lone_pairs as f64 + weights.sum::<f64>()
            }
            Polyhedron::Octahedron => {
                let has_opposite = |one: &usize| empty.iter().any(|other| opposite(*one, *other));
                let cis = empty.len() >= 2 && !empty.iter().any(has_opposite);
                let toward = (assignment.iter().enumerate())
                    .filter(|(ligand, _)| multiple(*ligand))
                    .filter(|(_, vertex)| !empty.iter().any(|free| opposite(*free, **vertex)));
                let apical = if empty.len() == 1 { toward.count() } else { 0 };
                100.0 * f64::from(cis) + 10.0 * apical as f64
            }
            Polyhedron::PentagonalBipyramid => {
                100.0 * empty.iter().filter(|vertex| !axial(**vertex)).count() as f64
            }
            _ => 0.0,
        }
    }
}

/// Pauling's electronegativity of the usual ligand atoms; 2.2 for all others (hydrogen's).
fn electronegativity(number: i32) -> f64 {
    match number {
        6 => 2.55,
        7 => 3.04,
        8 => 3.44,
        9 => 3.98,
        16 => 2.58,
        17 => 3.16,
        34 => 2.55,
        35 => 2.96,
        53 => 2.66,
        _ => 2.2,
    }
}
