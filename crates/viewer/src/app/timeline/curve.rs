//! The energy curve of the timeline, reduced to columns of pixels.

use super::view::TimelineView;
use mlipview_core::sim::timeline::FrameSource;

/// Energies of the frames in a column, eV.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// The lowest energy.
    pub low: f64,
    /// The highest energy.
    pub high: f64,
}

/// Maximum number of frames of a file that are asked for their energies in one column.
const MAX_PER_COLUMN: u64 = 8;

/// Energies of all frames in `count` columns of equal width; `None` where no energy is known.
pub fn columns(
    view: &TimelineView,
    source: Option<&dyn FrameSource>,
    count: usize,
) -> Vec<Option<Column>> {
    let mut columns = vec![None; count];
    let last = view.len().saturating_sub(1).max(1);
    let column_of = |position: u64| {
        let fraction = position as f64 / last as f64;
        (fraction * count.saturating_sub(1) as f64).round() as usize
    };
    let mut add = |position: u64, energy: f64| {
        if let Some(column) = columns.get_mut(column_of(position))
            && energy.is_finite()
        {
            let Column { low, high } = column.unwrap_or(Column {
                low: energy,
                high: energy,
            });
            *column = Some(Column {
                low: low.min(energy),
                high: high.max(energy),
            });
        }
    };
    if let Some(source) = source {
        let stride = view.frames_of_file / (count as u64 * MAX_PER_COLUMN).max(1) + 1;
        for index in (0..view.frames_of_file).step_by(stride as usize) {
            if let Some(energy) = source.energy(index) {
                add(index, energy);
            }
        }
    }
    for (index, sample) in view.samples.iter().enumerate() {
        add(view.frames_of_file + index as u64, sample.energy);
    }
    columns
}
