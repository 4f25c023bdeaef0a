//! Caption and pointer of the tour.

use bevy::prelude::*;

use super::dock::FreeArea;
use super::theme;
use crate::app::demo::Demo;
use crate::third_party::egui::{
    Align2, Area, Color32, Contexts, CornerRadius, Frame, Id, LayerId, Margin, Order, RichText,
    Stroke, pos2, vec2,
};

/// Radius of the pointer's ring, points.
const RING: f32 = 11.0;

pub(super) fn show(mut contexts: Contexts, demo: Res<Demo>, free: Res<FreeArea>) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    if let Some(caption) = demo.caption() {
        let position = free.0.center_bottom() + vec2(0.0, -28.0);
        let area = Area::new(Id::new("tour"))
            .order(Order::Foreground)
            .pivot(Align2::CENTER_BOTTOM)
            .interactable(false)
            .fixed_pos(position);
        area.show(context, |ui| {
            let frame = Frame::new()
                .fill(Color32::from_black_alpha(190))
                .corner_radius(CornerRadius::same(10))
                .inner_margin(Margin::symmetric(18, 10));
            frame.show(ui, |ui| {
                ui.set_max_width((free.0.width() - 80.0).max(160.0));
                ui.label(RichText::new(caption).size(17.0).color(Color32::WHITE));
            });
        });
    }
    if let Some((position, pressed)) = demo.pointer() {
        let layer = LayerId::new(Order::Tooltip, Id::new("tour's pointer"));
        let painter = context.layer_painter(layer);
        let (center, radius) = (
            pos2(position.x, position.y),
            if pressed { 0.7 * RING } else { RING },
        );
        if pressed {
            painter.circle_filled(center, radius, theme::ACCENT.gamma_multiply(0.45));
        }
        painter.circle_stroke(center, radius, Stroke::new(2.5, theme::ACCENT));
    }
}
