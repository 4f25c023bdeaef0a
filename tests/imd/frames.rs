//! Frames: conversion of units, order of messages, and quantities that are not sent.

use glam::DVec3;
use mlipview_core::chem::library;
use mlipview_core::potential::Nano;
use mlipview_core::sim::external::ExternalFrame;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Command, Engine, Frame};
use mlipview_imd::decode::ServerDecoder;
use mlipview_imd::energies::EnergyBlock;
use mlipview_imd::frame::FrameAssembler;
use mlipview_imd::{
    ByteOrder, EnergyUnit, ProtocolError, ServerMessage, SessionInfo, TimeBlock, Version, encode,
    outgoing_frame,
};
use std::sync::Arc;

fn assert_close(found: f64, expected: f64) {
    assert!(
        (found / expected - 1.0).abs() < 1e-6,
        "{found} is not {expected}"
    );
}

fn all() -> SessionInfo {
    SessionInfo::of_bytes([1, 1, 1, 1, 0, 1, 1])
}

/// Assembles a frame of the messages.
fn assembled(
    version: Version,
    messages: Vec<ServerMessage>,
) -> Result<Vec<ExternalFrame>, ProtocolError> {
    let mut assembler = FrameAssembler::new(version, version.energy_unit());
    let mut frames = Vec::new();
    for message in messages {
        frames.extend(assembler.push(message)?);
    }
    Ok(frames)
}

fn energies() -> ServerMessage {
    ServerMessage::Energies(EnergyBlock {
        step: 7,
        temperature: 300.0,
        total: -90.0,
        potential: -100.0,
        terms: [0.0; 6],
    })
}

fn messages_of_version_3() -> Vec<ServerMessage> {
    vec![
        ServerMessage::SessionInfo(all()),
        ServerMessage::Time(TimeBlock {
            timestep: 0.002,
            time: 1.5,
            step: 750,
        }),
        energies(),
        ServerMessage::Box([[10.0, 0.0, 0.0], [1.0, 9.0, 0.0], [0.0, 2.0, 8.0]]),
        ServerMessage::Coordinates(vec![[1.0, 2.0, 3.0]]),
        ServerMessage::Velocities(vec![[4.0, 0.0, 0.0]]),
        ServerMessage::Forces(vec![[0.0, 96.48533, 0.0]]),
    ]
}

#[test]
fn version_3_is_in_kilojoules_per_mole_picoseconds_and_angstroms() {
    let mut frames = assembled(Version::Three, messages_of_version_3()).unwrap();
    let frame = frames.pop().unwrap();
    assert!(frames.is_empty());
    assert_eq!(frame.positions, [DVec3::new(1.0, 2.0, 3.0)]);
    assert_eq!((frame.time, frame.step), (Some(1500.0), Some(7)));
    // 96.485 kJ/mol is 1 eV.
    assert_close(frame.forces.unwrap()[0].y, 1.0);
    assert_close(frame.velocities.unwrap()[0].x, 0.004);
    assert_close(frame.values.potential_energy.unwrap(), -100.0 / 96.485332);
    assert_close(frame.values.kinetic_energy.unwrap(), 10.0 / 96.485332);
    assert_eq!(frame.values.temperature, Some(300.0));
    let [_, b, _] = frame.cell.unwrap().vectors();
    assert_eq!(b, DVec3::new(1.0, 9.0, 0.0));
}

#[test]
fn version_2_is_in_kilocalories_per_mole() {
    let coordinates = || ServerMessage::Coordinates(vec![[0.0; 3]]);
    let sent = vec![energies(), coordinates(), coordinates()];
    let frames = assembled(Version::Two, sent).unwrap();
    assert_eq!(frames.len(), 2);
    let values = frames[0].values;
    // 23.0605 kcal/mol is 1 eV.
    assert_close(values.potential_energy.unwrap(), -100.0 / 23.060548);
    assert_eq!(frames[0].step, Some(7));
    assert_eq!(
        (&frames[0].cell, &frames[0].velocities, &frames[0].forces),
        (&None, &None, &None)
    );
    // Energies of an old frame are not those of a new one.
    assert_eq!(frames[1].values.potential_energy, None);
    assert_eq!(frames[1].time, None);
}

#[test]
fn energies_of_another_unit_are_converted_by_it() {
    let mut assembler = FrameAssembler::new(Version::Two, EnergyUnit::KilojoulePerMole);
    assembler.push(energies()).unwrap();
    let frame = assembler.push(ServerMessage::Coordinates(vec![[0.0; 3]]));
    let energy = frame.unwrap().unwrap().values.potential_energy.unwrap();
    assert_close(energy, -100.0 / 96.485332);
}

#[test]
fn at_zero_kelvin_the_kinetic_energy_is_unknown() {
    let block = EnergyBlock {
        potential: -5.0,
        ..EnergyBlock::default()
    };
    let values = block.values(EnergyUnit::KilojoulePerMole);
    assert_eq!(values.kinetic_energy, None);
}

#[test]
fn a_cell_of_zero_vectors_is_none_and_a_flat_one_an_error() {
    let mut messages = messages_of_version_3();
    messages[3] = ServerMessage::Box([[0.0; 3]; 3]);
    let frames = assembled(Version::Three, messages.clone()).unwrap();
    assert_eq!(frames[0].cell, None);
    messages[3] = ServerMessage::Box([[1.0, 0.0, 0.0]; 3]);
    let flat = assembled(Version::Three, messages);
    assert_eq!(flat, Err(ProtocolError::FlatCell));
}

#[test]
fn messages_of_version_3_come_in_the_order_of_the_session_information() {
    let mut swapped = messages_of_version_3();
    swapped.swap(1, 2);
    assert!(assembled(Version::Three, swapped).is_err());
    let mut missing = messages_of_version_3();
    missing.remove(5);
    assert!(assembled(Version::Three, missing).is_err());
    let blind = SessionInfo {
        coordinates: false,
        ..all()
    };
    let blind = assembled(Version::Three, vec![ServerMessage::SessionInfo(blind)]);
    assert_eq!(blind, Err(ProtocolError::NoCoordinates));
    let early = assembled(Version::Three, vec![energies()]);
    assert!(
        early
            .unwrap_err()
            .to_string()
            .contains("session information")
    );
    let late = assembled(Version::Two, messages_of_version_3());
    assert!(late.is_err(), "version 2 has no session information");
}

/// A frame of copper or water during dynamics.
fn frame(name: &str) -> Arc<Frame> {
    let structure = library::find(name).unwrap().structure().unwrap();
    let mut engine = Engine::new(structure, Some(Box::new(Nano::new())), 5);
    engine.apply(1, Command::Steps(DynamicsSettings::default().task(), 3));
    while engine.step().is_some() {}
    engine.frame()
}

#[test]
fn our_frames_come_back_the_same_from_the_wire() {
    let sent = frame("ice-ih");
    for version in [Version::Two, Version::Three] {
        for order in [ByteOrder::Little, ByteOrder::Big] {
            let info = outgoing_frame::session_info(&sent);
            let mut bytes = Vec::new();
            encode::server_message(&ServerMessage::Handshake(version, order), order, &mut bytes);
            if version == Version::Three {
                encode::server_message(&ServerMessage::SessionInfo(info), order, &mut bytes);
            }
            bytes.extend(outgoing_frame::bytes(&sent, version, info, order).unwrap());
            let mut decoder = ServerDecoder::new(sent.positions.len());
            let mut assembler = FrameAssembler::new(version, version.energy_unit());
            decoder.push(&bytes);
            let mut frames = Vec::new();
            while let Some(message) = decoder.next_message().unwrap() {
                if !matches!(message, ServerMessage::Handshake(..)) {
                    frames.extend(assembler.push(message).unwrap());
                }
            }
            let found = frames.pop().unwrap();
            check(&found, &sent, version);
        }
    }
}

fn check(found: &ExternalFrame, sent: &Frame, version: Version) {
    for (one, other) in found.positions.iter().zip(&sent.positions) {
        assert!(one.distance(*other) < 1e-5);
    }
    assert_eq!(found.step, Some(3));
    let values = found.values;
    assert_close(
        values.potential_energy.unwrap(),
        sent.potential_energy().unwrap(),
    );
    assert_close(values.temperature.unwrap(), sent.temperature);
    assert!((values.kinetic_energy.unwrap() - sent.kinetic_energy).abs() < 1e-2);
    if version == Version::Two {
        return;
    }
    assert_close(found.time.unwrap(), sent.time);
    let cells = [&found.cell, &sent.cell].map(|cell| cell.as_ref().unwrap().matrix());
    assert!(
        (cells[0] - cells[1])
            .to_cols_array()
            .iter()
            .all(|it| it.abs() < 1e-5)
    );
    let of_atoms = found
        .velocities
        .as_ref()
        .unwrap()
        .iter()
        .zip(&sent.velocities);
    for (one, other) in of_atoms {
        assert!(one.distance(*other) < 1e-7);
    }
    let forces = &sent.evaluation.as_ref().unwrap().forces;
    for (one, other) in found.forces.as_ref().unwrap().iter().zip(forces) {
        assert!(one.distance(*other) < 1e-5);
    }
}

#[test]
fn a_simulation_without_cell_and_potential_promises_neither() {
    let water = library::find("water").unwrap().structure().unwrap();
    let frame = Engine::new(water, None, 0).frame();
    let info = outgoing_frame::session_info(&frame);
    assert!(!info.cell && !info.forces && !info.energies);
    assert!(info.coordinates && info.time && info.velocities);
    // A frame that lacks what was promised is not sent.
    assert!(outgoing_frame::bytes(&frame, Version::Three, all(), ByteOrder::Little).is_none());
}
