//! Colors and spacing of the panels.

use crate::scene::style::Background;
use crate::third_party::egui::style::ScrollStyle;
use crate::third_party::egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle,
    Theme, Ui, Visuals, vec2,
};

/// Accent: selected and primary elements, the color of selected atoms' highlights.
pub(super) const ACCENT: Color32 = Color32::from_rgb(0xFF, 0xB8, 0x1A);
/// Background where there are no atoms.
pub(super) const GROUND: Color32 = DARK.sunken;
/// Success.
pub(super) const GOOD: Color32 = Color32::from_rgb(0x7F, 0xC9, 0x8F);
/// Caution.
pub(super) const CAUTION: Color32 = Color32::from_rgb(0xF2, 0xA6, 0x5A);
/// Failure.
pub(super) const BAD: Color32 = Color32::from_rgb(0xEF, 0x6F, 0x6C);

/// Colors of curves in drawing order, distinguishable with the common kinds of color blindness
/// (after P. Tol, Colour schemes, SRON/EPS/TN/09-002, 2021).
pub(super) const CURVES: [Color32; 3] = [
    Color32::from_rgb(0x66, 0xA9, 0xE8),
    Color32::from_rgb(0xEE, 0x77, 0x63),
    Color32::from_rgb(0xD8, 0xD2, 0x8C),
];

/// A color for text: darker on a light background.
fn text(ui: &Ui, on_dark: Color32, on_light: [u8; 3]) -> Color32 {
    let [red, green, blue] = on_light;
    if ui.visuals().dark_mode {
        on_dark
    } else {
        Color32::from_rgb(red, green, blue)
    }
}

/// [`ACCENT`] as text.
pub(super) fn accent(ui: &Ui) -> Color32 {
    text(ui, ACCENT, [0x8A, 0x58, 0x00])
}

/// [`GOOD`] as text.
pub(super) fn good(ui: &Ui) -> Color32 {
    text(ui, GOOD, [0x1E, 0x7A, 0x3C])
}

/// [`CAUTION`] as text.
pub(super) fn caution(ui: &Ui) -> Color32 {
    text(ui, CAUTION, [0xA3, 0x4F, 0x00])
}

/// [`BAD`] as text.
pub(super) fn bad(ui: &Ui) -> Color32 {
    text(ui, BAD, [0xB4, 0x23, 0x1F])
}

/// Margin of panels, points.
pub(super) const MARGIN: i8 = 14;

/// Palette of a theme.
struct Palette {
    panel: Color32,
    raised: Color32,
    hovered: Color32,
    pressed: Color32,
    sunken: Color32,
    line: Color32,
    text: Color32,
    weak: Color32,
    strong: Color32,
    selected: Color32,
    on_selected: Color32,
}

const DARK: Palette = Palette {
    panel: Color32::from_rgb(0x1B, 0x1F, 0x26),
    raised: Color32::from_rgb(0x2A, 0x30, 0x3A),
    hovered: Color32::from_rgb(0x36, 0x3E, 0x4B),
    pressed: Color32::from_rgb(0x42, 0x4B, 0x5A),
    sunken: Color32::from_rgb(0x12, 0x15, 0x1A),
    line: Color32::from_rgb(0x30, 0x37, 0x42),
    text: Color32::from_rgb(0xCF, 0xD5, 0xDE),
    weak: Color32::from_rgb(0x8C, 0x95, 0xA3),
    strong: Color32::from_rgb(0xF4, 0xF6, 0xF9),
    selected: Color32::from_rgb(0x5A, 0x46, 0x17),
    on_selected: Color32::from_rgb(0xFF, 0xDD, 0x94),
};

const LIGHT: Palette = Palette {
    panel: Color32::from_rgb(0xF4, 0xF5, 0xF7),
    raised: Color32::from_rgb(0xE3, 0xE6, 0xEB),
    hovered: Color32::from_rgb(0xD6, 0xDB, 0xE2),
    pressed: Color32::from_rgb(0xC6, 0xCD, 0xD7),
    sunken: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    line: Color32::from_rgb(0xD3, 0xD8, 0xDF),
    text: Color32::from_rgb(0x2B, 0x31, 0x3B),
    weak: Color32::from_rgb(0x66, 0x6F, 0x7D),
    strong: Color32::from_rgb(0x0E, 0x12, 0x18),
    selected: Color32::from_rgb(0xFF, 0xDF, 0x99),
    on_selected: Color32::from_rgb(0x4A, 0x35, 0x06),
};

/// Theme and palette for a background.
fn palette(background: Background) -> (Theme, &'static Palette) {
    match background {
        Background::White => (Theme::Light, &LIGHT),
        _ => (Theme::Dark, &DARK),
    }
}

/// Color of panels for a background.
pub(super) fn panel_fill(background: Background) -> Color32 {
    palette(background).1.panel
}

/// Applies the theme for a background.
pub(super) fn apply(context: &Context, background: Background) {
    let (theme, palette) = palette(background);
    context.set_theme(theme);
    let mut style = Style {
        visuals: visuals(theme, palette),
        ..Style::default()
    };
    measure(&mut style);
    context.set_style_of(theme, style);
}

/// Font sizes and spacing, points.
fn measure(style: &mut Style) {
    let proportional = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, proportional(11.5)),
        (TextStyle::Body, proportional(13.5)),
        (TextStyle::Button, proportional(13.5)),
        (TextStyle::Heading, proportional(17.0)),
        (
            TextStyle::Monospace,
            FontId::new(12.5, FontFamily::Monospace),
        ),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 7.0);
    spacing.button_padding = vec2(10.0, 5.0);
    spacing.interact_size.y = 24.0;
    spacing.slider_width = 132.0;
    spacing.combo_width = 120.0;
    spacing.indent = 14.0;
    spacing.window_margin = Margin::same(MARGIN);
    spacing.menu_margin = Margin::same(6);
    spacing.tooltip_width = 320.0;
    spacing.scroll = ScrollStyle::thin();
    style.animation_time = 0.12;
}

fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let mut visuals = theme.default_visuals();
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.panel;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_shadow = Shadow {
        offset: [0, 8],
        blur: 28,
        spread: 0,
        color: Color32::from_black_alpha(110),
    };
    visuals.popup_shadow = Shadow {
        offset: [0, 4],
        blur: 14,
        spread: 0,
        color: Color32::from_black_alpha(90),
    };
    visuals.extreme_bg_color = palette.sunken;
    visuals.faint_bg_color = palette.raised.gamma_multiply(0.5);
    visuals.weak_text_color = Some(palette.weak);
    visuals.selection.bg_fill = palette.selected;
    visuals.selection.stroke = Stroke::new(1.0, palette.on_selected);
    visuals.hyperlink_color = CURVES[0];
    visuals.warn_fg_color = CAUTION;
    visuals.error_fg_color = BAD;
    visuals.slider_trailing_fill = true;
    visuals.indent_has_left_vline = false;
    visuals.interact_cursor = None;
    let widgets = &mut visuals.widgets;
    let no_stroke = Stroke::NONE;
    let widget_colors = [
        (&mut widgets.noninteractive, palette.panel, palette.text),
        (&mut widgets.inactive, palette.raised, palette.text),
        (&mut widgets.hovered, palette.hovered, palette.strong),
        (&mut widgets.active, palette.pressed, palette.strong),
        (&mut widgets.open, palette.hovered, palette.strong),
    ];
    for (widget, fill, text) in widget_colors {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = no_stroke;
        widget.fg_stroke = Stroke::new(1.2, text);
        widget.corner_radius = CornerRadius::same(6);
        widget.expansion = 0.0;
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.line);
    widgets.inactive.bg_fill = palette.hovered;
    visuals
}
