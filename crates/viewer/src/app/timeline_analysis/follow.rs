//! Keeps the analysis of the timeline up to date with selection, atoms, line and frames.

use bevy::prelude::*;

use super::analysis::{TimelineAnalysis, TimelineEnd};
use super::line_frames::is_searching;
use super::options::AnalysisOptionsError;
use crate::app::timeline::TimelineView;
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::simulation::Simulation;

/// Begins, restarts and continues the analysis.
pub(super) fn follow(
    mut analysis: ResMut<TimelineAnalysis>,
    scene: Res<Scene>,
    selection: Res<Selection>,
    simulation: Res<Simulation>,
    view: Res<TimelineView>,
) {
    // Read by the panels in every frame.
    let analysis = analysis.bypass_change_detection();
    if !analysis.options.is_shown || analysis.is_paused {
        analysis.pause();
        return;
    }
    let frame = &scene.frame;
    let elements = frame.identity.elements();
    if elements.is_empty() {
        return analysis.refuse(AnalysisOptionsError::NoAtoms);
    }
    let timeline = simulation.timeline();
    match analysis.options.quantity(selection.atoms()) {
        Err(reason) => analysis.refuse(reason),
        Ok(quantity) => {
            let is_playback = frame.playback.is_some();
            analysis.begin(quantity, elements, is_playback, timeline.version());
            let last = view.samples.len().checked_sub(1);
            let newest = last.and_then(|last| view.samples.get(last));
            let source = timeline.source();
            let of_file = timeline.frames_of_file();
            let end = TimelineEnd {
                of_file,
                is_searching: source.is_some_and(|source| is_searching(source.as_ref(), of_file)),
                newest: newest.map(|sample| sample.number),
            };
            analysis.update(timeline, end);
        }
    }
}
