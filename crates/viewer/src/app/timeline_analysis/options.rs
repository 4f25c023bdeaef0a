//! Options of the plot over the timeline, and the quantity that they and the selection define.

use mlipview_core::analysis::{AnalysisError, Quantity, Scalar};
use mlipview_core::chem::Element;

/// Range of the upper end of the radial distribution function, Å.
pub const DISTANCES: std::ops::RangeInclusive<f64> = 1.0..=30.0;

/// Number of bins of histograms.
const BINS: usize = 50;

/// Kind of plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnalysisKind {
    /// Distance, angle or dihedral angle of the selected atoms.
    #[default]
    Geometry,
    /// An energy or the temperature.
    Scalar,
    /// Histogram of an energy or the temperature.
    Histogram,
    /// Radial distribution function.
    RadialDistribution,
    /// Mean squared displacement.
    Displacement,
}

impl AnalysisKind {
    /// All of them.
    pub const ALL: [AnalysisKind; 5] = [
        AnalysisKind::Geometry,
        AnalysisKind::Scalar,
        AnalysisKind::Histogram,
        AnalysisKind::RadialDistribution,
        AnalysisKind::Displacement,
    ];

    /// Name in menus.
    pub fn name(self) -> &'static str {
        match self {
            AnalysisKind::Geometry => "Distance, angle, dihedral",
            AnalysisKind::Scalar => "Energy, temperature",
            AnalysisKind::Histogram => "Histogram",
            AnalysisKind::RadialDistribution => "Radial distribution g(r)",
            AnalysisKind::Displacement => "Mean squared displacement",
        }
    }
}

/// Options of the plot over the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisOptions {
    /// Whether the plots panel shows it, instead of the curves of the run. Only then it is computed.
    pub is_shown: bool,
    /// Kind of plot.
    pub kind: AnalysisKind,
    /// Values of curves and histograms.
    pub scalar: Scalar,
    /// Elements of the pairs of the radial distribution function; `None`: all atoms.
    pub pair: Option<[Element; 2]>,
    /// Upper end of the radial distribution function, Å.
    pub max_distance: f64,
    /// Whether the mean squared displacement is that of the selected atoms; else, of all.
    pub selected_only: bool,
}

impl Default for AnalysisOptions {
    fn default() -> AnalysisOptions {
        AnalysisOptions {
            is_shown: false,
            kind: AnalysisKind::default(),
            scalar: Scalar::PotentialEnergy,
            pair: None,
            max_distance: 8.0,
            selected_only: false,
        }
    }
}

/// Why there is no plot.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AnalysisOptionsError {
    /// The selection defines no distance, angle or dihedral angle.
    #[error(
        "Select 2 atoms for their distance, 3 for the angle at the second, or 4 for a dihedral angle \
         (now selected: {0})."
    )]
    Selection(usize),
    /// No atoms are selected.
    #[error("Select atoms, or take the displacement of all atoms.")]
    NoSelection,
    /// There are no atoms.
    #[error("There are no atoms: open a file or a built-in structure.")]
    NoAtoms,
    /// The atoms and the settings do not fit.
    #[error("No plot: {0}.")]
    Analysis(#[from] AnalysisError),
}

impl AnalysisOptions {
    /// The quantity that is plotted, with the selected atoms in the order of their selection.
    ///
    /// # Errors
    /// If the selection does not fit the kind of plot.
    pub fn quantity(&self, selected: &[usize]) -> Result<Quantity, AnalysisOptionsError> {
        Ok(match self.kind {
            AnalysisKind::Geometry => Quantity::of_atoms(selected)
                .map_err(|_| AnalysisOptionsError::Selection(selected.len()))?,
            AnalysisKind::Scalar => Quantity::Scalar(self.scalar),
            AnalysisKind::Histogram => Quantity::Histogram {
                scalar: self.scalar,
                bins: BINS,
            },
            AnalysisKind::RadialDistribution => Quantity::RadialDistribution {
                pair: self.pair,
                max_distance: self
                    .max_distance
                    .clamp(*DISTANCES.start(), *DISTANCES.end()),
            },
            AnalysisKind::Displacement if self.selected_only && selected.is_empty() => {
                return Err(AnalysisOptionsError::NoSelection);
            }
            AnalysisKind::Displacement => Quantity::MeanSquaredDisplacement {
                atoms: match self.selected_only {
                    true => selected.to_vec(),
                    false => Vec::new(),
                },
            },
        })
    }
}
