//! Radial distribution function g(r), from the distances of pairs of atoms.

use std::f64::consts::PI;

use glam::DVec3;

use super::histogram::check_bins;
use super::pair_counts::PairCounts;
use super::{AnalysisError, Table};
use crate::chem::Cell;

/// Radial distribution function of two selections of atoms, averaged over frames.
///
/// In cells that are periodic along all three axes, bin b from r to r + Δ has
///
/// g_b = ⟨V⟩ n_b / (F N_A N_B · (4π/3) [(r + Δ)³ − r³]),
///
/// where n_b is the number of ordered pairs of an atom of A and another one, or a periodic image, of B in F
/// frames (M. P. Allen and D. J. Tildesley, Computer Simulation of Liquids, 2nd ed. (2017), 8.2; D. Frenkel
/// and B. Smit, Understanding Molecular Simulation, 2nd ed. (2002), 4.4, Algorithm 7). The volume is
/// averaged over the frames. An ideal gas of one selection has g = 1 − 1/N. Distances beyond half the cell
/// include images, also of the atom itself.
///
/// Other structures have no volume: the result is the density of pairs per Å, ρ_b = p_b / (F Δ), where p_b
/// counts each pair once; ∫ρ dr is the number of pairs per frame.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::analysis::RadialDistribution;
/// use mlipview_core::chem::Cell;
///
/// // Simple cubic: six neighbors at 3 Å.
/// let cell = Cell::orthorhombic(DVec3::splat(3.0))?;
/// let mut distribution = RadialDistribution::of_all(4.0, 4)?;
/// distribution.push(&[DVec3::ZERO], Some(&cell))?;
/// let result = distribution.finish();
/// assert_eq!(result.coordination.last(), Some(&6.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RadialDistribution {
    counts: PairCounts,
    /// Whether each atom is of the one and of the other selection; `None` before the first frame of all
    /// atoms.
    selections: Option<Vec<[bool; 2]>>,
    is_of_all: bool,
    frames: u64,
    /// Sum of volumes, Å³; `None` without a cell that is periodic along all three axes.
    volumes: Option<f64>,
}

/// Result of a [`RadialDistribution`].
#[derive(Clone, Debug, PartialEq)]
pub struct RadialDistributionResult {
    /// Centers of the bins, Å.
    pub distances: Vec<f64>,
    /// g(r), or the density of pairs per Å if it is not normalized.
    pub values: Vec<f64>,
    /// Number of atoms of the second selection around one of the first, within the upper end of each bin.
    pub coordination: Vec<f64>,
    /// Whether the values are g(r): all frames are periodic along all three axes.
    pub is_normalized: bool,
    /// Number of frames.
    pub frames: u64,
}

impl RadialDistribution {
    /// Analysis of all pairs of atoms up to a distance, Å.
    ///
    /// # Errors
    /// If the distance is not positive and finite, or there are no or too many bins.
    pub fn of_all(max_distance: f64, bins: usize) -> Result<RadialDistribution, AnalysisError> {
        if !(max_distance > 0.0 && max_distance.is_finite()) {
            let what = "largest distance";
            let error = AnalysisError::setting(what, max_distance, "a positive number of Å");
            return Err(error);
        }
        check_bins(bins)?;
        Ok(RadialDistribution {
            counts: PairCounts::new(max_distance, bins),
            selections: None,
            is_of_all: true,
            frames: 0,
            volumes: None,
        })
    }

    /// Analysis of pairs of an atom of one selection and another atom of the other, up to a distance, Å;
    /// the masks have an entry per atom, as those of [`AtomQuery`](crate::chem::query::AtomQuery). The
    /// selections may overlap.
    ///
    /// # Errors
    /// If the masks have different lengths, and as [`RadialDistribution::of_all`].
    pub fn of_pairs(
        max_distance: f64,
        bins: usize,
        one: &[bool],
        other: &[bool],
    ) -> Result<RadialDistribution, AnalysisError> {
        let (expected, found) = (one.len(), other.len());
        if expected != found {
            return Err(AnalysisError::Atoms { expected, found });
        }
        let of_all = Self::of_all(max_distance, bins)?;
        let both = one.iter().zip(other).map(|(one, other)| [*one, *other]);
        Ok(RadialDistribution {
            selections: Some(both.collect()),
            is_of_all: false,
            ..of_all
        })
    }

    /// Adds a frame; positions in Å.
    ///
    /// # Errors
    /// If it has another number of atoms or another periodicity than the frames before, or too many pairs.
    /// It is not counted then.
    pub fn push(&mut self, positions: &[DVec3], cell: Option<&Cell>) -> Result<(), AnalysisError> {
        let found = positions.len();
        let selections = self.selections.take();
        let selections = selections.unwrap_or_else(|| vec![[true; 2]; found]);
        let pushed = self.push_selected(positions, cell, &selections);
        // The number of all atoms is that of the first frame.
        if pushed.is_ok() || self.frames > 0 || !self.is_of_all {
            self.selections = Some(selections);
        }
        pushed
    }

    fn push_selected(
        &mut self,
        positions: &[DVec3],
        cell: Option<&Cell>,
        selections: &[[bool; 2]],
    ) -> Result<(), AnalysisError> {
        let (expected, found) = (selections.len(), positions.len());
        if expected != found {
            return Err(AnalysisError::Atoms { expected, found });
        }
        if let Some(atom) = positions.iter().position(|position| !position.is_finite()) {
            return Err(AnalysisError::NotFinite(atom));
        }
        let volume = cell
            .filter(|cell| cell.periodic() == [true; 3])
            .map(Cell::volume);
        if self.frames > 0 && self.volumes.is_some() != volume.is_some() {
            return Err(AnalysisError::Periodicity);
        }
        self.counts.push(positions, cell, selections)?;
        self.volumes = volume.map(|volume| self.volumes.unwrap_or(0.0) + volume);
        self.frames += 1;
        Ok(())
    }

    /// The average over the frames.
    pub fn finish(&self) -> RadialDistributionResult {
        let counts = self.counts.counts();
        let width = self.counts.max_distance() / counts.len() as f64;
        let frames = self.frames.max(1) as f64;
        let size = |selection: usize| {
            let selections = self.selections.as_deref().unwrap_or_default();
            let selected = selections.iter().filter(|of| of[selection]).count();
            selected.max(1) as f64
        };
        let per_volume = self
            .volumes
            .map(|volumes| volumes / frames / (frames * size(0) * size(1)));
        let mut result = RadialDistributionResult {
            distances: Vec::with_capacity(counts.len()),
            values: Vec::with_capacity(counts.len()),
            coordination: Vec::with_capacity(counts.len()),
            is_normalized: self.volumes.is_some(),
            frames: self.frames,
        };
        let mut within = 0;
        for (bin, count) in counts.iter().enumerate() {
            let [low, high] = [bin, bin + 1].map(|edge| edge as f64 * width);
            let shell = 4.0 * PI / 3.0 * (high.powi(3) - low.powi(3));
            let value = match per_volume {
                Some(per_volume) => count.ordered as f64 * per_volume / shell,
                None => count.unordered as f64 / (frames * width),
            };
            within += count.ordered;
            result.distances.push(0.5 * (low + high));
            result.values.push(value);
            let coordination = within as f64 / (frames * size(0));
            result.coordination.push(coordination);
        }
        result
    }
}

impl RadialDistributionResult {
    /// The result as a table; its header says whether it is normalized.
    pub fn table(&self) -> Table<3> {
        let value = match self.is_normalized {
            true => "g(r)",
            false => "density of pairs (1/Å)",
        };
        let mut table = Table::new(["r (Å)", value, "coordination number"]);
        for (bin, distance) in self.distances.iter().enumerate() {
            table.push([*distance, self.values[bin], self.coordination[bin]]);
        }
        table
    }
}
