//! Draws a QR code black on white in any theme, with modules aligned to pixels.

use crate::app::qr_code::{Bar, QUIET_ZONE, QrCode};
use crate::third_party::egui::{Color32, Mesh, Rect, Sense, Shape, Ui, pos2, vec2};

/// Maximum size with the quiet zone, points: readable at arm's length.
const MAX_SIZE: f32 = 216.0;

/// Draws a code, centered.
pub(super) fn show(ui: &mut Ui, code: &QrCode) {
    let pixel = 1.0 / ui.ctx().pixels_per_point();
    let modules = (code.side() + 2 * QUIET_ZONE) as f32;
    let room = MAX_SIZE.min(ui.available_width());
    let module = (room / modules / pixel).floor().max(1.0) * pixel;
    let size = vec2(ui.available_width(), module * modules);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.on_hover_text("Scan with a phone");
    let whole = |length: f32| (length / pixel).round() * pixel;
    let left = whole(rect.center().x - module * modules / 2.0);
    let card = Rect::from_min_size(
        pos2(left, whole(rect.top())),
        vec2(module * modules, module * modules),
    );
    ui.painter().rect_filled(card, 0.0, Color32::WHITE);
    ui.painter().add(Shape::mesh(mesh(code, card, module)));
}

/// Mesh of the dark modules on a card with the quiet zone.
fn mesh(code: &QrCode, card: Rect, module: f32) -> Mesh {
    let mut mesh = Mesh::default();
    for Bar {
        row,
        column,
        length,
    } in code.bars()
    {
        let corner = vec2((column + QUIET_ZONE) as f32, (row + QUIET_ZONE) as f32);
        let size = vec2(length as f32, 1.0);
        let bar = Rect::from_min_size(card.min + corner * module, size * module);
        mesh.add_colored_rect(bar, Color32::BLACK);
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dark_area_is_that_of_the_dark_modules_inside_the_quiet_zone() {
        let code = QrCode::of("http://10.0.0.5:8000/").unwrap();
        let side = (code.side() + 2 * QUIET_ZONE) as f32;
        let card = Rect::from_min_size(pos2(7.0, 9.0), vec2(3.0 * side, 3.0 * side));
        let mesh = mesh(&code, card, 3.0);
        let bars = mesh.vertices.chunks(4).map(|corners| {
            let positions = corners.iter().map(|corner| corner.pos);
            positions.fold(Rect::NOTHING, |mut bar, position| {
                bar.extend_with(position);
                bar
            })
        });
        let bars: Vec<Rect> = bars.collect();
        let dark: usize = code.bars().iter().map(|bar| bar.length).sum();
        let area: f32 = bars.iter().map(Rect::area).sum();
        assert!((area / 9.0 - dark as f32).abs() < 1e-3);
        let inside = card.shrink(3.0 * QUIET_ZONE as f32);
        assert!(bars.iter().all(|bar| inside.contains_rect(*bar)));
        // A corner of a finder pattern touches the quiet zone.
        assert!(bars.iter().any(|bar| bar.min == inside.min));
    }
}
