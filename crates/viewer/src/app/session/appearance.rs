//! Drawing options as fields of a session, and back.

use crate::scene::style::{
    Arrows, Background, ColorLimits, Coloring, Labels, Representation, Style,
};
use mlipview_core::session_file as file;

/// Pairs of the same values of the window and of a session file.
macro_rules! same_names {
    ($to_file:ident, $to_window:ident, $kind:ident, $($window:ident = $file:ident),+) => {
        fn $to_file(value: $kind) -> file::$kind {
            match value { $($kind::$window => file::$kind::$file),+ }
        }

        fn $to_window(value: file::$kind) -> $kind {
            match value { $(file::$kind::$file => $kind::$window),+ }
        }
    };
}

same_names!(
    representation_record,
    representation,
    Representation,
    Automatic = Automatic,
    BallAndStick = BallAndStick,
    SpaceFilling = SpaceFilling,
    Licorice = Licorice,
    Lines = Lines
);
same_names!(
    coloring_record,
    coloring,
    Coloring,
    Element = Element,
    Force = Force,
    Velocity = Velocity,
    Charge = Charge,
    Index = Index
);
same_names!(
    background_record,
    background,
    Background,
    Slate = Slate,
    White = White,
    Black = Black,
    Clear = Transparent
);
same_names!(
    labels_record,
    labels,
    Labels,
    None = None,
    Element = Element,
    Index = Index,
    ElementAndIndex = ElementAndIndex,
    Force = Force,
    Charge = Charge
);

/// The drawing options as fields of a session.
pub(super) fn record(style: &Style) -> file::Appearance {
    let Style {
        arrows,
        color_limits,
        ..
    } = style;
    file::Appearance {
        representation: representation_record(style.representation),
        coloring: coloring_record(style.coloring),
        color_limits: file::ColorLimits {
            force: color_limits.force,
            speed: color_limits.speed,
            charge: color_limits.charge,
        },
        background: background_record(style.background),
        labels: labels_record(style.labels),
        arrows: file::Arrows {
            forces: arrows.forces,
            velocities: arrows.velocities,
            force_scale: arrows.force_scale,
            velocity_scale: arrows.velocity_scale,
            logarithmic: arrows.logarithmic,
        },
        cell_box: style.cell_box,
        wrap: style.wrap,
        images: style.images,
        ball: style.ball,
        stick: style.stick,
        bonds: style.bonds,
        bond_orders: style.bond_orders,
        ambient_occlusion: style.ambient_occlusion,
        outlines: style.outlines,
        depth_cue: style.depth_cue,
        supersampling: style.supersampling,
        uncertainty: style.uncertainty,
        presence: style.presence,
    }
}

/// The drawing options of a session.
pub(super) fn style(record: &file::Appearance) -> Style {
    let file::Appearance {
        arrows,
        color_limits,
        ..
    } = record;
    Style {
        representation: representation(record.representation),
        coloring: coloring(record.coloring),
        color_limits: ColorLimits {
            force: color_limits.force,
            speed: color_limits.speed,
            charge: color_limits.charge,
        },
        background: background(record.background),
        labels: labels(record.labels),
        arrows: Arrows {
            forces: arrows.forces,
            velocities: arrows.velocities,
            force_scale: arrows.force_scale,
            velocity_scale: arrows.velocity_scale,
            logarithmic: arrows.logarithmic,
        },
        cell_box: record.cell_box,
        wrap: record.wrap,
        images: record.images,
        ball: record.ball,
        stick: record.stick,
        bonds: record.bonds,
        bond_orders: record.bond_orders,
        ambient_occlusion: record.ambient_occlusion,
        outlines: record.outlines,
        depth_cue: record.depth_cue,
        supersampling: record.supersampling,
        uncertainty: record.uncertainty,
        presence: record.presence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_and_session_files_have_the_same_defaults() {
        assert_eq!(style(&file::Appearance::default()), Style::default());
    }

    #[test]
    fn every_drawing_option_comes_back() {
        for representation in Representation::ALL {
            for background in Background::ALL {
                let changed = Style {
                    representation,
                    background,
                    labels: Labels::Charge,
                    coloring: Coloring::Velocity,
                    images: [2, 1, 3],
                    stick: 0.3,
                    wrap: true,
                    ..Style::default()
                };
                assert_eq!(style(&record(&changed)), changed);
            }
        }
    }
}
