//! Title of a plot over the timeline.

use crate::app::timeline_analysis::AnalysisPlot;
use crate::scene::measure::atom_name;
use mlipview_core::analysis::{Geometry, Quantity};
use mlipview_core::sim::Frame;

/// The quantity with its atoms, and the number of frames.
pub(super) fn of(plot: &AnalysisPlot, frame: &Frame) -> String {
    let frames = plot.frames;
    let quantity = match &plot.quantity {
        Quantity::Geometry(geometry) => {
            let names = geometry.atoms().iter().map(|atom| atom_name(frame, *atom));
            let names: Vec<String> = names.collect();
            let name = match geometry {
                Geometry::Distance(_) => "Distance",
                Geometry::Angle(_) => "Angle",
                Geometry::Torsion(_) => "Dihedral",
            };
            format!("{name} {}", names.join("–"))
        }
        Quantity::Scalar(scalar) => scalar.name().to_owned(),
        Quantity::Histogram { scalar, .. } => format!("Histogram, {}", scalar.name()),
        Quantity::RadialDistribution { pair, .. } => match pair {
            Some([one, other]) => format!("Radial distribution {one}–{other}"),
            None => "Radial distribution, all pairs".to_owned(),
        },
        Quantity::MeanSquaredDisplacement { atoms } => match atoms.len() {
            0 => "Mean squared displacement, all atoms".to_owned(),
            count => format!("Mean squared displacement, {count} atoms"),
        },
    };
    let mut characters = quantity.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    let quantity: String = first.chain(characters).collect();
    format!("{quantity}, {frames} frames")
}
