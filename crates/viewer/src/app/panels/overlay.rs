//! Text over the scene: atom labels, measurements, pull forces, names of people, and the selection
//! box.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::theme;
use crate::app::document::HidePanels;
use crate::app::people::People;
use crate::app::presence::{DrawnHead, MAX_PEOPLE};
use crate::interact::aim::Pointer;
use crate::interact::gesture::SelectionBox;
use crate::interact::hands::Pulls;
use crate::scene::camera::Orbit;
use crate::scene::captions::{of_atoms, of_measured};
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::scene::style::{Background, Labels, Style};
use crate::third_party::egui;
use crate::third_party::egui::{
    Align2, Color32, Contexts, FontId, LayerId, Painter, Pos2, Stroke, StrokeKind, vec2,
};

/// Opacity of labels at the far end of the scene.
const MIN_OPACITY: f32 = 0.45;

/// Background of text boxes, slate, premultiplied.
const BACKGROUND: Color32 = Color32::from_rgba_premultiplied(15, 18, 23, 215);

/// Parameters of the overlay.
#[derive(SystemParam)]
pub(super) struct OverlayParams<'w> {
    scene: Res<'w, Scene>,
    style: Res<'w, Style>,
    selection: Res<'w, Selection>,
    pulls: Res<'w, Pulls>,
    selection_box: Res<'w, SelectionBox>,
    people: Res<'w, People>,
}

/// Drawn on the background layer before all panels, hence below them.
pub(super) fn show(
    mut contexts: Contexts,
    params: OverlayParams,
    orbit: Res<Orbit>,
    pointer: Res<Pointer>,
    hide_panels: Res<HidePanels>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let painter = context.layer_painter(LayerId::background());
    let whole = context.viewport_rect();
    let OverlayParams { scene, style, .. } = &params;
    let overlay = Overlay {
        painter: &painter,
        orbit: &orbit,
        corner: whole.min,
        window: Vec2::new(whole.width(), whole.height()),
        free: if hide_panels.0 {
            Rect::new(0.0, 0.0, 1.0, 1.0)
        } else {
            orbit.free_area
        },
        on_white: style.background == Background::White,
    };
    if style.labels != Labels::None {
        overlay.name_atoms(scene, style);
    }
    if let Some((text, position)) = of_measured(scene, params.selection.atoms()) {
        overlay.text_box(position, &text);
    }
    for pull in &params.pulls.0 {
        overlay.text_box(pull.middle(), &pull.text());
    }
    if style.presence {
        overlay.name_people(&params.people);
    }
    if let (Some(rectangle), false) = (params.selection_box.0, hide_panels.0) {
        overlay.selection_box(rectangle, pointer.window);
    }
}

/// Painter with the projection of the scene.
struct Overlay<'a> {
    painter: &'a Painter,
    orbit: &'a Orbit,
    corner: Pos2,
    /// Window size, points.
    window: Vec2,
    /// Part without panels, as fractions of the window.
    free: Rect,
    on_white: bool,
}

impl Overlay<'_> {
    fn name_atoms(&self, scene: &Scene, style: &Style) {
        let part = Rect::from_corners(self.free.min * self.window, self.free.max * self.window);
        let (_, radius) = scene.bounds();
        let [text_color, halo] = if self.on_white {
            [Color32::from_gray(15), Color32::from_white_alpha(200)]
        } else {
            [Color32::WHITE, Color32::from_black_alpha(190)]
        };
        let font = FontId::proportional(13.0);
        for caption in of_atoms(scene, style, self.orbit, self.window, part) {
            let position = self.corner + vec2(caption.position.x, caption.position.y);
            let behind = (-caption.nearness / radius.max(1.0)).clamp(0.0, 1.0);
            let opacity = 1.0 - (1.0 - MIN_OPACITY) * behind;
            let galley = self
                .painter
                .layout_no_wrap(caption.text, font.clone(), text_color);
            let start = position - galley.size() / 2.0;
            for offset in [
                vec2(-1.0, 0.0),
                vec2(1.0, 0.0),
                vec2(0.0, -1.0),
                vec2(0.0, 1.0),
            ] {
                let color = halo.gamma_multiply(opacity);
                let galley = galley.clone();
                self.painter
                    .galley_with_override_text_color(start + offset, galley, color);
            }
            let color = text_color.gamma_multiply(opacity);
            self.painter
                .galley_with_override_text_color(start, galley, color);
        }
    }

    /// Names of other people above their heads.
    fn name_people(&self, people: &People) {
        for person in people.list().iter().take(MAX_PEOPLE) {
            let head = DrawnHead::of(person, self.orbit);
            let position = head.and_then(|head| self.orbit.project(head.position, self.window));
            let Some(position) = position else {
                continue;
            };
            let [red, green, blue] = person.color;
            let text_color = Color32::from_rgb(red, green, blue);
            let font = FontId::proportional(12.0);
            let galley = self
                .painter
                .layout_no_wrap(person.name.clone(), font, text_color);
            let position = self.corner + vec2(position.x, position.y - 14.0);
            let plate = Align2::CENTER_CENTER.anchor_size(position, galley.size() + vec2(8.0, 2.0));
            self.painter.rect_filled(plate, 4.0, BACKGROUND);
            self.painter
                .galley(position - galley.size() / 2.0, galley, text_color);
        }
    }

    /// Text on a background, at a position in the scene (Å).
    fn text_box(&self, position: Vec3, text: &str) {
        let Some(position) = self.orbit.project(position, self.window) else {
            return;
        };
        let font = FontId::proportional(13.5);
        let text_color = Color32::from_rgb(0xFF, 0xE2, 0x96);
        let galley = self
            .painter
            .layout_no_wrap(text.to_owned(), font, text_color);
        let middle = self.corner + vec2(position.x, position.y);
        let plate = Align2::CENTER_CENTER.anchor_size(middle, galley.size() + vec2(12.0, 6.0));
        self.painter.rect_filled(plate, 5.0, BACKGROUND);
        self.painter
            .galley(middle - galley.size() / 2.0, galley, text_color);
    }

    /// The selection box; corners in logical pixels of a window of this size.
    fn selection_box(&self, rectangle: Rect, window: Vec2) {
        if window.min_element() <= 0.0 {
            return;
        }
        let corner = |position: Vec2| {
            let position = position / window * self.window;
            self.corner + vec2(position.x, position.y)
        };
        let rectangle = egui::Rect::from_two_pos(corner(rectangle.min), corner(rectangle.max));
        let stroke = Stroke::new(1.2, theme::ACCENT);
        self.painter
            .rect_filled(rectangle, 0.0, theme::ACCENT.gamma_multiply(0.10));
        self.painter
            .rect_stroke(rectangle, 0.0, stroke, StrokeKind::Middle);
    }
}
