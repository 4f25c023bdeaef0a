//! Mean squared displacement of atoms, unwrapped through periodic boundaries.

use std::collections::VecDeque;

use glam::DVec3;

use super::{AnalysisError, Series, Table};
use crate::chem::Cell;

/// Maximum number of positions that are kept: 24 bytes each.
const MAX_POSITIONS: usize = 1 << 24;

/// Mean squared displacement (MSD) of atoms, averaged over time origins and from the first frame.
///
/// For a lag of l frames, over all T − l origins of T frames and N atoms,
///
/// MSD(l) = 1/((T − l) N) Σ_t Σ_i |r_i(t + l) − r_i(t)|²
///
/// (M. P. Allen and D. J. Tildesley, Computer Simulation of Liquids, 2nd ed. (2017), 2.7 and 8.3; D.
/// Frenkel and B. Smit, Understanding Molecular Simulation, 2nd ed. (2002), 4.4, Algorithm 8). The
/// diffusion coefficient is MSD / (6 t) at long times. Positions are unwrapped: an atom moves between
/// consecutive frames by the minimum image of its displacement, so it must move less than half the cell.
/// The drift of the center of mass is not removed.
///
/// Memory and time per frame grow with atoms times lags. The origins of the lags assume frames at equal
/// intervals.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::analysis::MeanSquaredDisplacement;
///
/// // 0.5 Å per frame: ballistic.
/// let mut msd = MeanSquaredDisplacement::new(vec![0], 3)?;
/// for frame in 0..10 {
///     msd.push(2.0 * f64::from(frame), &[0.5 * f64::from(frame) * DVec3::X], None)?;
/// }
/// let result = msd.finish();
/// assert_eq!(result.windowed.csv(), "lag (fs),MSD (Å²)\n0,0\n2,0.25\n4,1\n6,2.25\n");
/// # Ok::<(), mlipview_core::analysis::AnalysisError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MeanSquaredDisplacement {
    atoms: Vec<usize>,
    lags: usize,
    /// Sum over origins and atoms of the squared displacements, Å², and number of origins, by lag.
    sums: Vec<(f64, u64)>,
    /// Unwrapped positions of the last frames, the newest at the end.
    recent: VecDeque<Vec<DVec3>>,
    /// Wrapped positions of the last frame.
    last: Vec<DVec3>,
    first: Vec<DVec3>,
    from_first: Series,
    /// That of the last frame, Å².
    since_first: f64,
    times: Option<[f64; 2]>,
    frames: u64,
    /// Number of atoms of a frame.
    len: usize,
}

/// Result of a [`MeanSquaredDisplacement`].
#[derive(Clone, Debug, PartialEq)]
pub struct MsdResult {
    /// Averaged over time origins, by lag.
    pub windowed: Table<2>,
    /// From the first frame, by time since then.
    pub from_first: Table<2>,
}

impl MeanSquaredDisplacement {
    /// Analysis of atoms by their indices from 0, for lags up to a number of frames; 0: from the first
    /// frame only.
    ///
    /// # Errors
    /// If there are no atoms, or atoms times lags exceed 2²⁴ (400 MB).
    pub fn new(atoms: Vec<usize>, lags: usize) -> Result<MeanSquaredDisplacement, AnalysisError> {
        if atoms.is_empty() {
            let what = "number of atoms";
            return Err(AnalysisError::setting(what, 0, "at least 1"));
        }
        if lags.saturating_add(3).saturating_mul(atoms.len()) > MAX_POSITIONS {
            let max = (MAX_POSITIONS / atoms.len()).saturating_sub(3);
            let expected = format!("at most {max} for {} atoms", atoms.len());
            return Err(AnalysisError::setting("number of lags", lags, expected));
        }
        Ok(MeanSquaredDisplacement {
            atoms,
            lags,
            sums: vec![(0.0, 0); lags],
            recent: VecDeque::new(),
            last: Vec::new(),
            first: Vec::new(),
            from_first: Series::default(),
            since_first: 0.0,
            times: None,
            frames: 0,
            len: 0,
        })
    }

    /// Adds the next frame at a time, fs; positions in Å.
    ///
    /// # Errors
    /// If it has another number of atoms than the frames before, lacks an atom, or a position is not
    /// finite. It is not counted then.
    pub fn push(
        &mut self,
        time: f64,
        positions: &[DVec3],
        cell: Option<&Cell>,
    ) -> Result<(), AnalysisError> {
        if self.frames > 0 && positions.len() != self.len {
            return Err(AnalysisError::Atoms {
                expected: self.len,
                found: positions.len(),
            });
        }
        let selected = self.select(positions)?;
        let unwrapped = match self.recent.back() {
            None => selected.clone(),
            Some(before) => {
                let moved = before.iter().zip(&self.last).zip(&selected);
                let unwrap = |((before, last), now): ((&DVec3, &DVec3), &DVec3)| {
                    let step = *now - *last;
                    *before + cell.map_or(step, |cell| cell.minimum_image(step))
                };
                moved.map(unwrap).collect()
            }
        };
        if self.frames == 0 {
            self.len = positions.len();
            self.first.clone_from(&unwrapped);
            self.times = Some([time, time]);
        }
        let newest_first = self.recent.iter().rev();
        for (before, (sum, origins)) in newest_first.zip(&mut self.sums) {
            *sum += squared_displacement(before, &unwrapped);
            *origins += 1;
        }
        let start = self.times.map_or(time, |[start, _]| start);
        let mean = squared_displacement(&self.first, &unwrapped) / self.atoms.len() as f64;
        self.from_first.push(time - start, Some(mean));
        self.since_first = mean;
        self.times = Some([start, time]);
        self.last = selected;
        self.recent.push_back(unwrapped);
        while self.recent.len() > self.lags.max(1) {
            self.recent.pop_front();
        }
        self.frames += 1;
        Ok(())
    }

    /// Mean squared displacement of the last frame since the first, Å².
    pub fn since_first(&self) -> f64 {
        self.since_first
    }

    /// Number of frames.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// The averages so far. Times of lags are multiples of the mean interval between frames.
    pub fn finish(&self) -> MsdResult {
        let [start, end] = self.times.unwrap_or_default();
        let interval = (end - start) / self.frames.saturating_sub(1).max(1) as f64;
        let mut windowed = Table::new(["lag (fs)", "MSD (Å²)"]);
        if self.frames > 0 {
            windowed.push([0.0, 0.0]);
        }
        let counted = self.sums.iter().filter(|(_, origins)| *origins > 0);
        for (lag, (sum, origins)) in counted.enumerate() {
            let mean = sum / (*origins as f64 * self.atoms.len() as f64);
            windowed.push([(lag + 1) as f64 * interval, mean]);
        }
        let mut from_first = Table::new(["time (fs)", "MSD (Å²)"]);
        let rows = self.from_first.values().iter();
        rows.for_each(|row| from_first.push(*row));
        MsdResult {
            windowed,
            from_first,
        }
    }

    /// The positions of the atoms of the analysis.
    fn select(&self, positions: &[DVec3]) -> Result<Vec<DVec3>, AnalysisError> {
        let of = |&atom: &usize| match positions.get(atom) {
            Some(position) if position.is_finite() => Ok(*position),
            Some(_) => Err(AnalysisError::NotFinite(atom)),
            None => Err(AnalysisError::NoSuchAtom {
                atom,
                atoms: positions.len(),
            }),
        };
        self.atoms.iter().map(of).collect()
    }
}

/// Σ_i |b_i − a_i|², Å².
fn squared_displacement(one: &[DVec3], other: &[DVec3]) -> f64 {
    let pairs = one.iter().zip(other);
    pairs.map(|(one, other)| one.distance_squared(*other)).sum()
}
