//! Color bars of the scene and of the section View.

use bevy::prelude::{Res, Vec2 as Offset};

use super::dock::FreeArea;
use crate::scene::appearance::ColorScale;
use crate::scene::displayed::Scene;
use crate::scene::style::{Background, Style};
use crate::third_party::egui::{
    Align2, Color32, Contexts, FontId, Id, LayerId, Mesh, Order, Painter, Rect, Sense, Shape, Ui,
    pos2, vec2,
};

const HEIGHT: f32 = 10.0;
/// Width of the bar in the scene, points.
const WIDTH: f32 = 190.0;
/// Distance from the corner, points.
const DISTANCE: Offset = Offset::new(22.0, 40.0);
/// Number of gradient segments.
const SEGMENTS: u8 = 32;

/// A color bar of full width among settings.
pub(super) fn bar(ui: &mut Ui, color_scale: &ColorScale) {
    let size = vec2(ui.available_width(), HEIGHT + 18.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.shrink2(vec2(2.0, 0.0));
    let bar = Rect::from_min_size(rect.min, vec2(rect.width(), HEIGHT));
    draw(
        ui.painter(),
        bar,
        color_scale,
        ui.visuals().text_color(),
        None,
    );
}

/// The color bar in the corner of the scene, if atoms are colored by a quantity.
pub(super) fn show(
    mut contexts: Contexts,
    free: Res<FreeArea>,
    scene: Res<Scene>,
    style: Res<Style>,
) {
    let Some(color_scale) = ColorScale::of(&scene.frame, &style) else {
        return;
    };
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    if free.0.width() < 1.5 * WIDTH {
        return;
    }
    let layer = LayerId::new(Order::Background, Id::new("legend"));
    let painter = context.layer_painter(layer);
    let corner = free.0.left_bottom() + vec2(DISTANCE.x, -DISTANCE.y);
    let bar = Rect::from_min_size(corner, vec2(WIDTH, HEIGHT));
    let color = match style.background {
        Background::White => Color32::from_gray(40),
        _ => Color32::from_gray(225),
    };
    draw(
        &painter,
        bar,
        &color_scale,
        color,
        Some(style.coloring.name()),
    );
}

fn draw(
    painter: &Painter,
    bar: Rect,
    color_scale: &ColorScale,
    text: Color32,
    title: Option<&str>,
) {
    let mut mesh = Mesh::default();
    for segment in 0..=SEGMENTS {
        let fraction = f32::from(segment) / f32::from(SEGMENTS);
        let [red, green, blue] = color_scale.color(fraction.into());
        let color = Color32::from_rgb(red, green, blue);
        let x = bar.left() + fraction * bar.width();
        let vertex = u32::from(segment) * 2;
        mesh.colored_vertex(pos2(x, bar.top()), color);
        mesh.colored_vertex(pos2(x, bar.bottom()), color);
        if segment > 0 {
            mesh.add_triangle(vertex - 2, vertex - 1, vertex);
            mesh.add_triangle(vertex - 1, vertex, vertex + 1);
        }
    }
    painter.add(Shape::mesh(mesh));
    let font = FontId::proportional(11.5);
    let [low, high] = color_scale.ends;
    let marks = [
        (bar.left_bottom(), Align2::LEFT_TOP, in_words(low, "")),
        (
            bar.center_bottom(),
            Align2::CENTER_TOP,
            in_words((low + high) / 2.0, ""),
        ),
        (
            bar.right_bottom(),
            Align2::RIGHT_TOP,
            in_words(high, color_scale.unit),
        ),
    ];
    for (position, anchor, words) in marks {
        painter.text(position + vec2(0.0, 3.0), anchor, words, font.clone(), text);
    }
    if let Some(title) = title {
        let position = bar.left_top() - vec2(0.0, 4.0);
        painter.text(position, Align2::LEFT_BOTTOM, title, font, text);
    }
}

/// A number with as many digits as needed, and its unit.
fn in_words(number: f64, unit: &str) -> String {
    let text = match number.abs() {
        size if size == 0.0 || (size >= 1.0 && number.fract() == 0.0) => format!("{number:.0}"),
        size if size >= 1.0 => format!("{number:.1}"),
        size if size >= 0.1 => format!("{number:.2}"),
        _ => format!("{number:.4}").trim_end_matches('0').to_owned(),
    };
    if unit.is_empty() {
        text
    } else {
        format!("{text} {unit}")
    }
}
