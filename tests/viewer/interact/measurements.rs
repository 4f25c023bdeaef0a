//! Measurements between selected atoms.

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_viewer::scene::lines::Lines;
use mlipview_viewer::scene::measure::{Measurement, in_words, measure};
use mlipview_viewer::scene::selection::Selection;

use super::{argon_viewer, still_viewer};

#[test]
fn one_to_four_atoms_have_a_position_a_distance_an_angle_and_a_dihedral() {
    let viewer = argon_viewer();
    let frame = viewer.frame();
    assert_eq!(
        measure(&frame, &[1]),
        Some(Measurement::Position(DVec3::new(3.8, 0.0, 0.0)))
    );
    assert_eq!(in_words(&frame, &[0, 1]), "Ar0–Ar1: 3.800 Å");
    assert_eq!(in_words(&frame, &[1, 0, 2]), "Ar1–Ar0–Ar2: 90.0°");
    assert_eq!(in_words(&frame, &[0, 1, 2]), "Ar0–Ar1–Ar2: 45.0°");
    let Some(Measurement::Dihedral(angle)) = measure(&frame, &[1, 0, 2, 3]) else {
        panic!("no torsion angle");
    };
    // From +x to (-4, 2) about -z, clockwise as seen along it.
    let expected = -(2.0_f64).atan2(-4.0).to_degrees();
    assert!((angle - expected).abs() < 1e-9, "{angle} is not {expected}");
    assert_eq!(measure(&frame, &[]), None);
    assert_eq!(measure(&frame, &[0, 9]), None);
    assert_eq!(measure(&frame, &[0, 1, 2, 3, 0]), None);
}

#[test]
fn through_a_face_the_nearest_image_is_measured_and_drawn() {
    let cell = Cell::orthorhombic(DVec3::splat(10.0)).unwrap();
    let positions = vec![DVec3::new(0.5, 5.0, 5.0), DVec3::new(9.0, 5.0, 5.0)];
    let pair = Structure::new(vec![Element::AR; 2], positions).unwrap();
    let mut viewer = still_viewer(pair.with_cell(cell));
    let before = viewer.get::<Lines>().list().len();
    viewer.get_mut::<Selection>().set([0, 1]);
    viewer.app.update();
    assert_eq!(in_words(&viewer.frame(), &[0, 1]), "Ar0–Ar1: 1.500 Å");
    let lines = viewer.get::<Lines>().list();
    assert_eq!(lines.len(), before + 1);
    let line = lines.last().unwrap();
    let drawn: Vec<f32> = (0..3).map(|axis| line.to[axis] - line.from[axis]).collect();
    assert!(
        (drawn[0] + 1.5).abs() < 1e-5 && drawn[1] == 0.0,
        "{drawn:?}"
    );
}
