//! Settings of the plot over the timeline.

use crate::app::panels::widgets;
use crate::app::timeline_analysis::{AnalysisKind, AnalysisOptions, DISTANCES};
use crate::third_party::egui::{ComboBox, Ui};
use mlipview_core::analysis::Scalar;
use mlipview_core::chem::Element;

/// Maximum number of elements that pairs are offered of.
const MAX_ELEMENTS: usize = 12;

/// Shows the choice of the plot and its settings.
pub(super) fn show(ui: &mut Ui, options: &mut AnalysisOptions, elements: &[Element]) {
    ComboBox::from_id_salt("plot over the timeline")
        .width(190.0)
        .selected_text(options.kind.name())
        .show_ui(ui, |ui| {
            for kind in AnalysisKind::ALL {
                ui.selectable_value(&mut options.kind, kind, kind.name());
            }
        });
    match options.kind {
        AnalysisKind::Geometry => {}
        AnalysisKind::Scalar | AnalysisKind::Histogram => scalar(ui, &mut options.scalar),
        AnalysisKind::RadialDistribution => {
            pair(ui, &mut options.pair, elements);
            widgets::number(ui, &mut options.max_distance, DISTANCES, 0.1, "Å");
        }
        AnalysisKind::Displacement => {
            ui.checkbox(&mut options.selected_only, "selected atoms")
                .on_hover_text("Only the selected atoms [default: all]");
        }
    }
}

fn scalar(ui: &mut Ui, chosen: &mut Scalar) {
    ComboBox::from_id_salt("plotted value")
        .width(150.0)
        .selected_text(chosen.name())
        .show_ui(ui, |ui| {
            for scalar in Scalar::ALL {
                ui.selectable_value(chosen, scalar, scalar.name());
            }
        });
}

/// Pairs of the elements that there are.
fn pair(ui: &mut Ui, chosen: &mut Option<[Element; 2]>, elements: &[Element]) {
    let name = |pair: Option<[Element; 2]>| {
        pair.map_or_else(
            || "all pairs".to_owned(),
            |[one, other]| format!("{one}–{other}"),
        )
    };
    ComboBox::from_id_salt("plotted pair")
        .width(90.0)
        .selected_text(name(*chosen))
        .show_ui(ui, |ui| {
            ui.selectable_value(chosen, None, name(None));
            let mut there: Vec<Element> = Vec::new();
            for element in elements {
                if there.len() < MAX_ELEMENTS && !there.contains(element) {
                    there.push(*element);
                }
            }
            for (index, one) in there.iter().enumerate() {
                for other in &there[index..] {
                    let pair = Some([*one, *other]);
                    ui.selectable_value(chosen, pair, name(pair));
                }
            }
        });
}
