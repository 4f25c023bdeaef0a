//! Labels and measurements appear at the positions of their atoms.

use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::Potential;
use mlipview_core::potential::lennard_jones::LennardJones;
use mlipview_core::sim::Engine;
use mlipview_viewer::Scene;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::captions::{MAX_CAPTIONS, of_atoms, of_measured};
use mlipview_viewer::scene::measure;
use mlipview_viewer::scene::style::{Labels, Style};

const WINDOW: Vec2 = Vec2::new(800.0, 600.0);
const ALL: Rect = Rect {
    min: Vec2::ZERO,
    max: WINDOW,
};

fn carbons(positions: Vec<DVec3>) -> Structure {
    let carbon = Element::from_symbol("C").unwrap();
    Structure::new(vec![carbon; positions.len()], positions).unwrap()
}

fn scene(structure: Structure) -> Scene {
    Scene::of(Engine::new(structure, None, 1).frame())
}

fn labeled(labels: Labels) -> Style {
    Style {
        labels,
        ..Style::default()
    }
}

#[test]
fn labels_are_at_the_projected_positions_of_their_atoms() {
    let scene = scene(carbons(vec![
        DVec3::new(-2.0, 1.0, 0.0),
        DVec3::ZERO,
        DVec3::new(3.0, -1.0, 2.0),
    ]));
    let mut orbit = Orbit::default();
    orbit.rotate(0.3, -0.2);
    let captions = of_atoms(
        &scene,
        &labeled(Labels::ElementAndIndex),
        &orbit,
        WINDOW,
        ALL,
    );
    assert_eq!(captions.len(), 3);
    for caption in captions {
        let atom: usize = caption.text.strip_prefix('C').unwrap().parse().unwrap();
        let position = orbit.project(scene.positions()[atom], WINDOW).unwrap();
        assert!(
            caption.position.distance(position) < 1e-3,
            "{}",
            caption.text
        );
    }
}

#[test]
fn atoms_behind_the_eye_or_outside_of_the_free_area_have_no_label() {
    let scene = scene(carbons(vec![
        DVec3::ZERO,
        DVec3::new(0.0, 0.0, 50.0),
        DVec3::new(-4.0, 0.0, 0.0),
    ]));
    let right_half = Rect::new(300.0, 0.0, 800.0, 600.0);
    let captions = of_atoms(
        &scene,
        &labeled(Labels::Index),
        &Orbit::default(),
        WINDOW,
        right_half,
    );
    let texts: Vec<&str> = captions
        .iter()
        .map(|caption| caption.text.as_str())
        .collect();
    assert_eq!(texts, ["0"]);
}

#[test]
fn only_the_nearest_atoms_are_labeled_farthest_first() {
    let depth = |atom: usize| DVec3::new(0.0, 0.0, -0.01 * atom as f64);
    let scene = scene(carbons((0..2 * MAX_CAPTIONS).map(depth).collect()));
    let style = labeled(Labels::Index);
    let captions = of_atoms(&scene, &style, &Orbit::default(), WINDOW, ALL);
    assert_eq!(captions.len(), MAX_CAPTIONS);
    assert_eq!(captions[0].text, (MAX_CAPTIONS - 1).to_string());
    assert_eq!(captions[MAX_CAPTIONS - 1].text, "0");
}

#[test]
fn force_labels_need_forces() {
    let argon = Element::AR;
    let positions = vec![DVec3::ZERO, DVec3::new(3.4, 0.0, 0.0)];
    let pair = Structure::new(vec![argon; 2], positions).unwrap();
    let style = labeled(Labels::Force);
    let without = scene(pair.clone());
    assert_eq!(
        of_atoms(&without, &style, &Orbit::default(), WINDOW, ALL),
        []
    );

    let potential: Box<dyn Potential> = Box::new(LennardJones::noble_gases());
    let scene = Scene::of(Engine::new(pair, Some(potential), 1).frame());
    let force = scene.frame.evaluation.as_ref().unwrap().forces[0].length();
    let captions = of_atoms(&scene, &style, &Orbit::default(), WINDOW, ALL);
    assert!(force > 0.01);
    assert_eq!(captions[0].text, format!("{force:.2}"));
}

#[test]
fn a_distance_label_is_half_way_to_the_nearest_image() {
    let cell = Cell::orthorhombic(DVec3::splat(10.0)).unwrap();
    let positions = vec![DVec3::new(1.0, 0.0, 0.0), DVec3::new(9.0, 0.0, 0.0)];
    let scene = scene(carbons(positions).with_cell(cell));
    let (text, position) = of_measured(&scene, &[0, 1]).unwrap();
    assert_eq!(text, "2.000 Å");
    assert!(position.distance(Vec3::ZERO) < 1e-5, "{position}");
    assert_eq!(measure::segments(&scene, &[0, 1]).len(), 1);
}

#[test]
fn an_angle_label_is_inside_the_angle_and_a_dihedral_label_on_its_axis() {
    let scene = scene(carbons(vec![
        DVec3::new(1.0, 0.0, 0.0),
        DVec3::ZERO,
        DVec3::new(0.0, 1.0, 0.0),
        DVec3::new(0.0, 1.0, 1.0),
    ]));
    let (text, position) = of_measured(&scene, &[0, 1, 2]).unwrap();
    assert_eq!(text, "90.0°");
    assert!(
        position.x > 0.1 && position.y > 0.1 && position.length() < 0.5,
        "{position}"
    );
    let (text, position) = of_measured(&scene, &[0, 1, 2, 3]).unwrap();
    assert!(text.ends_with("90.0°"), "{text}");
    assert!(position.distance(Vec3::new(0.0, 0.5, 0.0)) < 1e-6);
    assert_eq!(of_measured(&scene, &[2]), None);
    assert_eq!(of_measured(&scene, &[0, 9]), None);
}
