//! Contents and colors of thumbnails.

use glam::DVec3;
use mlipview_core::chem::{Element, Structure, library};
use mlipview_viewer::scene::thumbnail::{Thumbnail, thumbnail};

const SIDE: usize = 96;

fn elements(symbols: &[&str]) -> Vec<Element> {
    symbols
        .iter()
        .map(|symbol| Element::from_symbol(symbol).unwrap())
        .collect()
}

fn drawn(key: &str) -> Thumbnail {
    thumbnail(&library::find(key).unwrap().structure().unwrap(), SIDE)
}

fn opaque(thumbnail: &Thumbnail) -> impl Iterator<Item = [u8; 4]> + '_ {
    thumbnail
        .pixels
        .iter()
        .copied()
        .filter(|pixel| pixel[3] == 255)
}

fn is_red([red, green, blue, opacity]: [u8; 4]) -> bool {
    opacity == 255 && red > 120 && u32::from(red) > 2 * u32::from(green.max(blue))
}

#[test]
fn a_line_of_atoms_lies_from_left_to_right_in_the_colors_of_its_elements() {
    let positions = [-4.0, 0.0, 4.0].map(|position| DVec3::new(0.0, position, 0.0));
    let structure = Structure::new(elements(&["O", "N", "C"]), positions.to_vec()).unwrap();
    let picture = thumbnail(&structure, SIDE);
    let row = SIDE / 2 * SIDE;
    let middle = picture.pixels[row + SIDE / 2];
    assert!(
        middle[2] > 2 * middle[0].max(1),
        "nitrogen is blue: {middle:?}"
    );
    let ends = [5, SIDE - 6].map(|column| picture.pixels[row + column]);
    assert_eq!(ends.map(is_red), [true, false], "{ends:?}");
    let [red, green, blue, opacity] = ends[1];
    assert!(red.abs_diff(green) < 12 && green.abs_diff(blue) < 12 && opacity == 255);
}

#[test]
fn the_oxygen_of_water_is_red_and_larger_than_its_white_hydrogens() {
    let picture = drawn("water");
    let red = opaque(&picture).filter(|pixel| is_red(*pixel)).count();
    let white = opaque(&picture)
        .filter(|pixel| pixel[..3].iter().all(|channel| *channel > 150))
        .count();
    assert!(red > SIDE * SIDE / 40, "{red} red pixels");
    assert!(white > SIDE * SIDE / 40, "{white} white pixels");
}

#[test]
fn no_atoms_give_an_empty_thumbnail() {
    let picture = thumbnail(&Structure::empty(), SIDE);
    assert_eq!(picture.pixels.len(), SIDE * SIDE);
    assert!(picture.pixels.iter().all(|pixel| *pixel == [0; 4]));
}

#[test]
fn non_finite_positions_are_not_drawn() {
    let mut structure = Structure::new(elements(&["C", "O"]), vec![DVec3::ZERO; 2]).unwrap();
    structure.positions_mut()[0] = DVec3::NAN;
    let picture = thumbnail(&structure, SIDE);
    assert!(is_red(picture.pixels[SIDE / 2 * SIDE + SIDE / 2]));
}

#[test]
fn the_same_structure_gives_the_same_picture() {
    assert_eq!(drawn("aspirin"), drawn("aspirin"));
}

#[test]
fn edges_are_smooth() {
    let picture = drawn("caffeine");
    let partly = |pixel: &&[u8; 4]| pixel[3] > 0 && pixel[3] < 255;
    assert!(picture.pixels.iter().filter(partly).count() > SIDE);
}

#[test]
fn every_built_in_structure_fills_its_picture() {
    for entry in library::entries() {
        let picture = drawn(&entry.key);
        let covered = |column: usize| {
            let mut rows = 0..SIDE;
            rows.any(|row| picture.pixels[row * SIDE + column][3] > 0)
        };
        let covered_columns = (0..SIDE).filter(|column| covered(*column)).count();
        let covered_rows = picture
            .pixels
            .chunks(SIDE)
            .filter(|row| row.iter().any(|pixel| pixel[3] > 0))
            .count();
        let longest = covered_columns.max(covered_rows);
        assert!(longest > SIDE * 2 / 5, "{} covers {longest}", entry.key);
    }
}
