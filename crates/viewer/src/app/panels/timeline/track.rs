//! Track of the timeline bar: the energy curve, marks, the range and the shown frame; scrubbed by the pointer.

use super::super::theme;
use crate::app::timeline::{PlaybackOptions, TimelineView, columns};
use crate::interact::action::Action;
use crate::third_party::egui::{
    Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2,
};
use mlipview_core::sim::timeline::{FrameSource, LineSummary, MarkKind};
use mlipview_core::sim::{Frame, FrameAddress};

/// Height of the track, points.
const HEIGHT: f32 = 26.0;
/// Maximum number of marks that are drawn.
const MAX_MARKS: usize = 400;

/// Shows the track; returns the frame to show, if the pointer asks for one.
pub(super) fn show(
    ui: &mut Ui,
    view: &TimelineView,
    frame: &Frame,
    source: Option<&dyn FrameSource>,
    lines: &[LineSummary],
    options: &mut PlaybackOptions,
) -> Option<Action> {
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let track = Track {
        rect: rect.shrink2(vec2(6.0, 0.0)),
        last: view.len().saturating_sub(1),
    };
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 5.0, ui.visuals().extreme_bg_color);
    track.draw_range(&painter, view, options);
    track.draw_curve(&painter, view, source, ui.visuals().weak_text_color());
    track.draw_marks(&painter, view, source);
    track.draw_branches(&painter, view, lines, ui.visuals().strong_text_color());
    let position = shown_position(view, frame);
    let color = if frame.playback.is_some() {
        theme::accent(ui)
    } else {
        ui.visuals().strong_text_color()
    };
    track.draw_marker(&painter, position, color);
    if let Some(hovered) = response.hover_pos() {
        let text = describe(view, track.position_at(hovered));
        response.clone().on_hover_text_at_pointer(text);
    }
    let is_range = ui.input(|input| input.modifiers.shift);
    track.scrub(&response, view, options, is_range)
}

/// Position of the frame on screen.
pub(in crate::app::panels) fn shown_position(view: &TimelineView, frame: &Frame) -> u64 {
    let last = view.len().saturating_sub(1);
    let shown = frame.playback.map(|playback| playback.address);
    shown.map_or(last, |address| view.position(address).unwrap_or(last))
}

/// A frame in words.
fn describe(view: &TimelineView, position: u64) -> String {
    let mut text = format!("Frame {position}");
    let sample = match view.address(position) {
        Some(FrameAddress::Memory(number)) => view.samples.index_of(number),
        _ => None,
    };
    if let Some(sample) = sample.and_then(|index| view.samples.get(index)) {
        if sample.time > 0.0 {
            text.push_str(&format!("\n{:.3} ps", sample.time * 1e-3));
        }
        if sample.energy.is_finite() {
            text.push_str(&format!("\n{:.4} eV", sample.energy));
        }
        if let Some(mark) = sample.mark {
            text.push_str(&format!("\n{}", mark.name()));
        }
    }
    text
}

/// The rectangle of the track, and the position at its right end.
struct Track {
    rect: Rect,
    last: u64,
}

impl Track {
    fn x(&self, position: u64) -> f32 {
        let fraction = position as f64 / self.last.max(1) as f64;
        self.rect.left() + fraction as f32 * self.rect.width()
    }

    fn position_at(&self, point: Pos2) -> u64 {
        let fraction = (point.x - self.rect.left()) / self.rect.width().max(1.0);
        (f64::from(fraction.clamp(0.0, 1.0)) * self.last as f64).round() as u64
    }

    fn draw_curve(
        &self,
        painter: &Painter,
        view: &TimelineView,
        source: Option<&dyn FrameSource>,
        color: Color32,
    ) {
        let count = (self.rect.width() as usize).clamp(2, 2048);
        let columns = columns(view, source, count);
        let known = || columns.iter().flatten();
        let low = known()
            .map(|column| column.low)
            .fold(f64::INFINITY, f64::min);
        let high = known()
            .map(|column| column.high)
            .fold(f64::NEG_INFINITY, f64::max);
        if !(low.is_finite() && high.is_finite()) {
            return;
        }
        let plot = self.rect.shrink2(vec2(0.0, 3.0));
        let y = |energy: f64| {
            let fraction = if high > low {
                (energy - low) / (high - low)
            } else {
                0.5
            };
            plot.bottom() - fraction as f32 * plot.height()
        };
        let fill = color.gamma_multiply(0.28);
        let mut before: Option<Pos2> = None;
        for (index, column) in columns.iter().enumerate() {
            let Some(column) = column else { continue };
            let x = plot.left() + index as f32 / (count - 1) as f32 * plot.width();
            let top = pos2(x, y(column.high));
            painter.vline(x, top.y..=self.rect.bottom(), Stroke::new(1.0, fill));
            painter.vline(
                x,
                top.y..=y(column.low).max(top.y + 1.0),
                Stroke::new(1.0, color),
            );
            if let Some(before) = before {
                painter.line_segment([before, top], Stroke::new(1.0, color));
            }
            before = Some(pos2(x, y(column.low)));
        }
    }

    fn draw_marks(&self, painter: &Painter, view: &TimelineView, source: Option<&dyn FrameSource>) {
        let in_memory = view
            .samples
            .iter()
            .enumerate()
            .filter_map(|(index, sample)| Some((view.frames_of_file + index as u64, sample.mark?)));
        let of_file = source
            .into_iter()
            .flat_map(FrameSource::marks)
            .filter_map(|mark| Some((view.position(mark.address)?, mark.kind)));
        for (position, kind) in of_file.chain(in_memory).take(MAX_MARKS) {
            let color = match kind {
                MarkKind::Edit => theme::CAUTION,
                MarkKind::Dynamics | MarkKind::Relaxation => theme::ACCENT,
            };
            let x = self.x(position);
            let top = self.rect.top();
            let corners = [vec2(-3.5, 0.0), vec2(3.5, 0.0), vec2(0.0, 6.0)];
            let corners = corners.map(|corner: Vec2| pos2(x, top) + corner).to_vec();
            painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
        }
    }

    /// A diamond where lines branch.
    fn draw_branches(
        &self,
        painter: &Painter,
        view: &TimelineView,
        lines: &[LineSummary],
        color: Color32,
    ) {
        let branches = lines.iter().filter_map(|line| view.position(line.after?));
        for position in branches.take(MAX_MARKS) {
            let center = pos2(self.x(position), self.rect.top() + 4.0);
            let corners = [(0.0, -4.0), (4.0, 0.0), (0.0, 4.0), (-4.0, 0.0)];
            let corners = corners.map(|(x, y)| center + vec2(x, y)).to_vec();
            painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
        }
    }

    fn draw_range(&self, painter: &Painter, view: &TimelineView, options: &PlaybackOptions) {
        let Some(range) = options.range else { return };
        let [Some(first), Some(last)] = range.map(|end| view.position(end)) else {
            return;
        };
        let left_top = pos2(self.x(first), self.rect.top());
        let right_bottom = pos2(self.x(last).max(self.x(first) + 2.0), self.rect.bottom());
        let band = Rect::from_min_max(left_top, right_bottom);
        painter.rect_filled(band, 2.0, theme::ACCENT.gamma_multiply(0.22));
    }

    fn draw_marker(&self, painter: &Painter, position: u64, color: Color32) {
        let x = self.x(position);
        painter.vline(x, self.rect.y_range(), Stroke::new(2.0, color));
        painter.circle_filled(pos2(x, self.rect.bottom() - 5.0), 5.0, color);
    }

    /// Dragging shows frames; with Shift it marks the range to play, and a double click plays all again.
    fn scrub(
        &self,
        response: &Response,
        view: &TimelineView,
        options: &mut PlaybackOptions,
        is_range: bool,
    ) -> Option<Action> {
        let position = self.position_at(response.interact_pointer_pos()?);
        let address = view.address(position)?;
        if response.double_clicked() {
            options.range = None;
        }
        if is_range && response.drag_started() {
            options.range = Some([address; 2]);
        } else if is_range && response.dragged() {
            let [first, _] = options.range.unwrap_or([address; 2]);
            options.range = Some([first.min(address), first.max(address)]);
        } else if response.clicked() || response.dragged() || response.is_pointer_button_down_on() {
            return Some(Action::ShowFrame(address));
        }
        None
    }
}
