//! Picture of a plot over the timeline, as a PNG file.

use std::path::Path;
use std::sync::Arc;

use bevy::prelude::*;

use super::chart::Mark;
use super::{chart, title};
use crate::app::document::{Document, DocumentRequest};
use crate::app::movie::encode::{
    FrameSize, PictureFileError, PictureOptions, SizeError, write_picture,
};
use crate::app::notices::{Notices, Severity};
use crate::app::panels::theme;
use crate::app::timeline_analysis::{AnalysisPlot, TimelineAnalysis};
use crate::scene::displayed::Scene;
use crate::scene::style::{Background, Style};
use crate::third_party::egui::{Frame as Border, Margin, RichText};
use crate::third_party::rasterizer;

/// Width and height of the picture, pixels.
pub(super) const SIZE: [u32; 2] = [1600, 1000];
/// Pixels per point: text is as large as in a window of half the size.
const SCALE: f32 = 2.0;

/// Why a picture cannot be written.
#[derive(Debug, thiserror::Error)]
enum PlotPictureError {
    #[error(transparent)]
    Size(#[from] SizeError),
    #[error(transparent)]
    File(#[from] PictureFileError),
}

/// Starts to write the picture of a request.
pub(in crate::app::panels) fn save_picture(
    mut requests: MessageReader<DocumentRequest>,
    analysis: Res<TimelineAnalysis>,
    scene: Res<Scene>,
    style: Res<Style>,
    mut document: ResMut<Document>,
    mut notices: ResMut<Notices>,
) {
    for request in requests.read() {
        let DocumentRequest::SavePlotPicture(path) = request else {
            continue;
        };
        let Some(plot) = analysis.plot().filter(|plot| !plot.is_empty()) else {
            let text = "There is no plot to save: choose what to plot first.";
            notices.post(Severity::Warning, text.to_owned());
            continue;
        };
        let mut title = title::of(&plot, &scene.frame);
        if !document.name.is_empty() {
            title = format!("{title} of {}", document.name);
        }
        let background = style.background;
        let write = move |path: &Path| write(path, &plot, &title, background);
        document.save_with(path.clone(), "the plot as a picture", write);
    }
}

fn write(
    path: &Path,
    plot: &Arc<AnalysisPlot>,
    title: &str,
    background: Background,
) -> Result<(), PlotPictureError> {
    let options = PictureOptions {
        scale: f64::from(SCALE),
        ..PictureOptions::default()
    };
    let size = FrameSize::new(SIZE[0], SIZE[1])?;
    Ok(write_picture(
        path,
        size,
        &pixels(plot, title, background),
        &options,
    )?)
}

/// The pixels of the plot, RGBA.
fn pixels(plot: &AnalysisPlot, title: &str, background: Background) -> Vec<u8> {
    let size = SIZE.map(|side| side as usize);
    let fill = theme::panel_fill(background);
    let theme = |context: &_| theme::apply(context, background);
    rasterizer::draw(size, SCALE, fill, theme, |ui| {
        Border::new().inner_margin(Margin::same(16)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(title).strong());
                chart::legend(ui, plot);
            });
            chart::draw(ui, plot, &Mark::NONE);
        });
    })
}
