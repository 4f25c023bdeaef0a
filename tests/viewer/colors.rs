//! Color scales, and which bonds are drawn.

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::Engine;
use mlipview_viewer::scene::appearance::{ColorScale, Radii};
use mlipview_viewer::scene::style::{Coloring, Representation, Style};

fn colored(coloring: Coloring) -> Style {
    Style {
        coloring,
        ..Style::default()
    }
}

fn carbons(count: usize) -> Structure {
    let carbon = Element::from_symbol("C").unwrap();
    let positions = (0..count).map(|index| DVec3::X * 3.0 * index as f64);
    Structure::new(vec![carbon; count], positions.collect()).unwrap()
}

#[test]
fn the_legend_has_the_limits_and_the_unit_of_the_color_scale() {
    let frame = Engine::new(carbons(5), None, 1).frame();
    let mut style = colored(Coloring::Velocity);
    style.color_limits.speed = 0.02;
    let color_scale = ColorScale::of(&frame, &style).unwrap();
    assert_eq!((color_scale.ends, color_scale.unit), ([0.0, 0.02], "Å/fs"));
    assert_eq!(color_scale.fraction(0.01), 0.5);
    assert_eq!(color_scale.fraction(7.0), 1.0);
    assert_ne!(color_scale.color(0.0), color_scale.color(1.0));

    let color_scale = ColorScale::of(&frame, &colored(Coloring::Index)).unwrap();
    assert_eq!((color_scale.ends, color_scale.unit), ([0.0, 4.0], ""));
}

#[test]
fn an_unknown_quantity_has_no_legend() {
    let frame = Engine::new(carbons(2), None, 1).frame();
    for coloring in [Coloring::Element, Coloring::Force, Coloring::Charge] {
        assert_eq!(
            ColorScale::of(&frame, &colored(coloring)),
            None,
            "{coloring:?}"
        );
    }
}

#[test]
fn bonds_can_be_hidden_unless_nothing_else_is_drawn() {
    let stick = |representation| {
        let style = Style {
            representation,
            bonds: false,
            ..Style::default()
        };
        Radii::of(&style, &[]).of_stick()
    };
    assert_eq!(stick(Representation::BallAndStick), None);
    assert_eq!(stick(Representation::Licorice), None);
    assert_eq!(stick(Representation::Lines), Some(0.0));
}
