//! Docking of panels at the window's edges, and the area that they leave free.

use bevy::prelude::*;

use super::theme;
use crate::interact::aim::CapturedInput;
use crate::scene::camera::Orbit;
use crate::third_party::egui;
use crate::third_party::egui::{
    Context, Contexts, Frame, Id, LayerId, Margin, Order, Panel, Ui, UiBuilder,
};

/// Width of a section, points.
const SECTION_WIDTH: f32 = 316.0;
/// Maximum fraction of a small window that a section takes.
const MAX_FRACTION: f32 = 0.45;

/// The area that panels have left free so far in this frame, points.
#[derive(Resource)]
pub(super) struct FreeArea(pub(super) egui::Rect);

impl Default for FreeArea {
    fn default() -> FreeArea {
        FreeArea(egui::Rect::EVERYTHING)
    }
}

impl FreeArea {
    /// Docks a section at the left of the free area.
    pub(super) fn dock_section<R>(
        &mut self,
        context: &Context,
        contents: impl FnOnce(&mut Ui) -> R,
    ) -> R {
        let fill = context.global_style().visuals.panel_fill;
        // Even, so that its edge lies between pixels at 1.5 pixels per point.
        let width = SECTION_WIDTH.min(2.0 * (0.5 * MAX_FRACTION * self.0.width()).floor());
        let panel = Panel::left("section")
            .exact_size(width)
            .resizable(false)
            .show_separator_line(false)
            .frame(
                Frame::new()
                    .fill(fill)
                    .inner_margin(Margin::same(theme::MARGIN)),
            );
        self.dock(context, "section dock", panel, contents)
    }

    /// Docks a panel at an edge of the free area.
    pub(super) fn dock<R>(
        &mut self,
        context: &Context,
        id: &'static str,
        panel: Panel,
        contents: impl FnOnce(&mut Ui) -> R,
    ) -> R {
        let builder = UiBuilder::new()
            .layer_id(LayerId::background())
            .max_rect(self.0);
        let mut ui = Ui::new(context.clone(), Id::new(id), builder);
        let shown = panel.show(&mut ui, contents);
        self.0 = ui.available_rect_before_wrap();
        shown.inner
    }
}

/// At the start of a frame the whole window is free.
pub(super) fn clear(mut contexts: Contexts, mut free: ResMut<FreeArea>) {
    if let Ok(context) = contexts.ctx_mut() {
        free.0 = context.viewport_rect();
    }
}

/// Passes the free area to the camera, and the captured input to the pointers.
pub(super) fn measure(
    mut contexts: Contexts,
    free: Res<FreeArea>,
    mut orbit: ResMut<Orbit>,
    mut captured: ResMut<CapturedInput>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    captured.set_if_neq(CapturedInput {
        pointer: has_pointer(context, free.0),
        keyboard: context.egui_wants_keyboard_input(),
    });
    let (whole, free) = (context.viewport_rect(), free.0);
    if whole.width() < 1.0 || whole.height() < 1.0 || free.width() < 1.0 || free.height() < 1.0 {
        return;
    }
    let fraction = |point: egui::Pos2| {
        let fraction = (point - whole.min) / whole.size();
        Vec2::new(fraction.x, fraction.y)
    };
    let free = Rect::from_corners(fraction(free.min), fraction(free.max));
    if orbit.free_area != free {
        orbit.set_free_area(free, whole.aspect_ratio());
    }
}

fn has_pointer(context: &Context, free: egui::Rect) -> bool {
    if context.egui_is_using_pointer() {
        return true;
    }
    let Some(position) = context.input(|input| input.pointer.interact_pos()) else {
        return false;
    };
    let floats = |layer: LayerId| layer.order != Order::Background;
    !free.contains(position) || context.layer_id_at(position).is_some_and(floats)
}
