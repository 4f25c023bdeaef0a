//! Features: what a network sees of a batch of frames, as padded arrays; nothing in them is trained.

use std::ops::Range;

use glam::DVec3;
use mlipview_core::chem::Cell;
use mlipview_core::chem::neighbors::{NeighborList, TooDense};
use mlipview_core::potential::network::{
    DEGREE_2, DEGREE_3, electrostatic_potential, harmonics, radial_functions,
};
use rayon::prelude::*;

use crate::model::{Architecture, Electrostatics};

/// The atoms of one frame.
#[derive(Clone, Debug)]
pub(crate) struct FrameAtoms<'a> {
    /// Å: `[atoms]`.
    pub(crate) positions: Vec<DVec3>,
    pub(crate) cell: Option<Cell>,
    /// Indices in the tensors of the network: `[atoms]`.
    pub(crate) species: &'a [usize],
    /// Total charge, e.
    pub(crate) charge: i32,
}

/// Features of A atoms in B frames, each atom with up to M neighbors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    /// A, M and B.
    pub(crate) atoms: usize,
    pub(crate) neighbors: usize,
    pub(crate) frames: Vec<Range<usize>>,
    /// [A].
    pub(crate) species: Vec<i32>,
    /// Total charges of the frames, e: [B].
    pub(crate) charges: Vec<f32>,
    /// Atoms that the edges lead to, 0 for padding: [A, M].
    pub(crate) neighbor: Vec<i32>,
    /// Radial functions, 0 for padding: [A, M, R].
    pub(crate) radial: Vec<f32>,
    /// Harmonics, 0 for padding: [A, C, M].
    pub(crate) harmonics: Vec<f32>,
    /// Electrostatic potentials of unit charges, V; empty without charges: [A, A].
    pub(crate) electrostatics: Vec<f32>,
}

/// The edges of an atom.
struct AtomEdges {
    neighbor: Vec<usize>,
    radial: Vec<f32>,
    /// [edges, C].
    harmonics: Vec<f32>,
}

impl Features {
    /// Computes the features of frames.
    ///
    /// # Errors
    /// If atoms of a frame are too close together for a neighbor list.
    pub(crate) fn of(
        architecture: &Architecture,
        frames: &[FrameAtoms<'_>],
    ) -> Result<Features, TooDense> {
        let edges: Vec<Vec<AtomEdges>> = frames
            .par_iter()
            .map(|frame| match architecture.components {
                DEGREE_2 => edges::<DEGREE_2>(architecture, frame),
                _ => edges::<DEGREE_3>(architecture, frame),
            })
            .collect::<Result<_, _>>()?;
        let width = edges.iter().flatten().map(|atom| atom.neighbor.len());
        let mut features = Features {
            neighbors: width.max().unwrap_or(0).max(1),
            ..Features::default()
        };
        for (frame, edges) in frames.iter().zip(&edges) {
            features.push(architecture, frame, edges);
        }
        if let Some(electrostatics) = architecture.electrostatics {
            features.electrostatics = potentials(electrostatics, frames, &features)?;
        }
        Ok(features)
    }

    /// Appends a frame, padded.
    fn push(&mut self, architecture: &Architecture, frame: &FrameAtoms<'_>, edges: &[AtomEdges]) {
        let (first, width) = (self.atoms, self.neighbors);
        let (radial, components) = (architecture.radial, architecture.components);
        self.atoms += edges.len();
        self.frames.push(first..self.atoms);
        self.species
            .extend(frame.species.iter().map(|species| *species as i32));
        self.charges.push(frame.charge as f32);
        for atom in edges {
            let count = atom.neighbor.len();
            let neighbor = atom.neighbor.iter().map(|other| (first + other) as i32);
            self.neighbor.extend(neighbor);
            self.radial.extend_from_slice(&atom.radial);
            self.neighbor.resize(self.neighbor.len() + width - count, 0);
            self.radial
                .resize(self.radial.len() + (width - count) * radial, 0.0);
            for component in 0..components {
                let row = atom.harmonics[component..].iter().step_by(components);
                self.harmonics.extend(row);
                self.harmonics
                    .resize(self.harmonics.len() + width - count, 0.0);
            }
        }
    }
}

/// The edges of all atoms of a frame within the cutoff.
fn edges<const C: usize>(
    architecture: &Architecture,
    frame: &FrameAtoms<'_>,
) -> Result<Vec<AtomEdges>, TooDense> {
    let cutoff = architecture.cutoff;
    let mut list = NeighborList::full(cutoff, 0.0);
    list.update(&frame.positions, frame.cell.as_ref())?;
    let atom = |atom: usize| {
        let mut edges = AtomEdges {
            neighbor: Vec::new(),
            radial: Vec::new(),
            harmonics: Vec::new(),
        };
        for neighbor in list.neighbors(atom) {
            let other = neighbor.atom as usize;
            let d = frame.positions[other] - frame.positions[atom]
                + list.translations()[neighbor.image as usize];
            let distance = d.length();
            if distance < cutoff {
                let functions = radial_functions(distance, cutoff, architecture.radial);
                edges.neighbor.push(other);
                edges.radial.extend(functions.map(|value| value as f32));
                let unit = (d / distance).as_vec3().to_array();
                edges.harmonics.extend(harmonics::<C>(unit));
            }
        }
        edges
    };
    Ok((0..frame.positions.len()).map(atom).collect())
}

/// The potentials of unit charges at all atoms of the same frame and their images: [A, A].
fn potentials(
    Electrostatics { cutoff, softening }: Electrostatics,
    frames: &[FrameAtoms<'_>],
    features: &Features,
) -> Result<Vec<f32>, TooDense> {
    let mut all = vec![0.0; features.atoms * features.atoms];
    for (frame, atoms) in frames.iter().zip(&features.frames) {
        let mut list = NeighborList::full(cutoff, 0.0);
        list.update(&frame.positions, frame.cell.as_ref())?;
        for (index, position) in frame.positions.iter().enumerate() {
            let row = (atoms.start + index) * features.atoms + atoms.start;
            for neighbor in list.neighbors(index) {
                let other = neighbor.atom as usize;
                let translation = list.translations()[neighbor.image as usize];
                let distance = (frame.positions[other] - position + translation).length();
                all[row + other] += electrostatic_potential(distance, cutoff, softening) as f32;
            }
        }
    }
    Ok(all)
}
