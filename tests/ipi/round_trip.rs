//! A server of ours and a driver of ours.

use glam::DVec3;
use mlipview_core::chem::{Cell, Structure};
use mlipview_core::potential::{Emt, Evaluation, Nano, Potential};
use mlipview_ipi::{Address, Ipi, Served};

use crate::fixtures::{built_in, drive, free_path, free_port, server, settings};

fn shaken(key: &str) -> Structure {
    let mut structure = built_in(key);
    for (index, position) in structure.positions_mut().iter_mut().enumerate() {
        let phase = index as f64;
        *position += 0.05 * DVec3::new(phase.sin(), (1.7 * phase).cos(), (2.3 * phase).sin());
    }
    structure
}

fn expect_close(found: &Evaluation, expected: &Evaluation) {
    assert!((found.energy - expected.energy).abs() < 1e-9 * expected.energy.abs());
    for (one, other) in found.forces.iter().zip(&expected.forces) {
        assert!((*one - *other).length() < 1e-9);
    }
    assert_eq!(found.stress.is_some(), expected.stress.is_some());
    if let Some((one, other)) = found.stress.zip(expected.stress) {
        assert!(one.abs_diff_eq(other, 1e-11));
    }
}

/// Makes a potential.
type Make = fn() -> Box<dyn Potential>;

#[test]
fn energy_forces_and_stress_are_those_of_the_potential_of_the_driver() {
    let path = Address::Unix(free_path());
    let cases: [(&str, Make, Address); 3] = [
        ("copper", || Box::new(Emt::new()), free_port()),
        ("copper", || Box::new(Emt::new()), path),
        ("caffeine", || Box::new(Nano::new()), free_port()),
    ];
    for (key, potential, address) in cases {
        let structure = shaken(key);
        let mut server = Ipi::start(settings(address)).unwrap();
        // Other positions than those of the server: they are sent.
        let driver = drive(server.address(), built_in(key), potential());
        let expected = potential().evaluate(&structure).unwrap();
        for _ in 0..3 {
            expect_close(&server.evaluate(&structure).unwrap(), &expected);
        }
        assert!(server.status().unwrap().starts_with("3 structures by "));
        drop(server);
        assert_eq!(driver.join().unwrap().unwrap(), Served::Exit);
    }
}

#[test]
fn the_cell_of_the_server_is_that_of_the_driver() {
    let mut structure = shaken("copper");
    let cell = structure.cell.clone().unwrap();
    let [a, b, c] = cell.vectors();
    let sheared = [a * 1.02, b + 0.1 * a, c * 0.99];
    structure.cell = Some(Cell::new(sheared, cell.periodic()).unwrap());
    let mut server = server();
    let _driver = drive(server.address(), built_in("copper"), Box::new(Emt::new()));
    let expected = Emt::new().evaluate(&structure).unwrap();
    expect_close(&server.evaluate(&structure).unwrap(), &expected);
}

/// A cell in another orientation: rotated, and reflected.
#[test]
fn results_are_in_the_orientation_of_the_structure() {
    let plain = shaken("copper");
    let turn = glam::DMat3::from_rotation_x(0.7) * glam::DMat3::from_rotation_z(-1.9);
    for turn in [turn, -1.0 * turn] {
        let mut structure = plain.clone();
        let cell = structure.cell.clone().unwrap();
        let vectors = cell.vectors();
        let sheared = [vectors[0], vectors[1] + 0.1 * vectors[0], vectors[2]];
        let turned = sheared.map(|vector| turn * vector);
        structure.cell = Some(Cell::new(turned, cell.periodic()).unwrap());
        for position in structure.positions_mut() {
            *position = turn * *position;
        }
        let mut server = server();
        let _driver = drive(server.address(), built_in("copper"), Box::new(Emt::new()));
        let expected = Emt::new().evaluate(&structure).unwrap();
        expect_close(&server.evaluate(&structure).unwrap(), &expected);
    }
}

#[test]
fn a_socket_file_is_removed_with_its_server_and_replaced_after_a_crash() {
    let path = free_path();
    let address = Address::Unix(path.clone());
    let server = Ipi::start(settings(address.clone())).unwrap();
    assert!(path.exists());
    let taken = Ipi::start(settings(address.clone()))
        .err()
        .unwrap()
        .to_string();
    assert!(taken.contains("is in use by another program"), "{taken}");
    drop(server);
    assert!(!path.exists());
    // A program that was killed leaves its file.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    drop(Ipi::start(settings(address)).unwrap());
    assert!(!path.exists());
}

#[test]
fn files_of_others_are_neither_replaced_nor_removed() {
    let path = free_path();
    std::fs::write(&path, "precious").unwrap();
    let refused = Ipi::start(settings(Address::Unix(path.clone())))
        .err()
        .unwrap()
        .to_string();
    assert!(refused.contains("exists and is not a socket"), "{refused}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
    std::fs::remove_file(&path).unwrap();
    // A server whose file was removed leaves that of its successor.
    let first = Ipi::start(settings(Address::Unix(path.clone()))).unwrap();
    std::fs::remove_file(&path).unwrap();
    let mut second = Ipi::start(settings(Address::Unix(path.clone()))).unwrap();
    drop(first);
    assert!(path.exists());
    let driver = drive(second.address(), built_in("copper"), Box::new(Emt::new()));
    assert!(second.wait_for_driver(&built_in("copper")));
    drop(second);
    assert_eq!(driver.join().unwrap().unwrap(), Served::Exit);
}
