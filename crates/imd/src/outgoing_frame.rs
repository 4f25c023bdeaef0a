//! Frames of our simulation as messages of a server.

use glam::DVec3;
use mlipview_core::sim::{Activity, Frame};

use crate::byte_order::ByteOrder;
use crate::encode;
use crate::energies::EnergyBlock;
use crate::message::{ServerMessage, TimeBlock};
use crate::session_info::SessionInfo;
use crate::units::PICOSECOND;
use crate::version::Version;

/// The quantities that a simulation has now, and that each frame of a session has from now on.
pub fn session_info(frame: &Frame) -> SessionInfo {
    // Of another program, velocities that it does not send are zero.
    let moves = || frame.velocities.iter().any(|it| *it != DVec3::ZERO);
    SessionInfo {
        time: true,
        energies: energies(frame, Version::Three).is_some(),
        cell: frame.cell.is_some(),
        coordinates: true,
        wrapped: false,
        velocities: frame.external.is_none() || moves(),
        forces: frame.evaluation.is_some(),
    }
}

/// The bytes of a frame; `None` if it lacks a quantity of the session information. Version 2 has coordinates,
/// and energies where they are known.
pub fn bytes(
    frame: &Frame,
    version: Version,
    info: SessionInfo,
    order: ByteOrder,
) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(200 + 36 * frame.positions.len());
    let mut write = |message| encode::server_message(&message, order, &mut bytes);
    let energies = energies(frame, version).map(ServerMessage::Energies);
    if version == Version::Two {
        energies.into_iter().for_each(&mut write);
        write(ServerMessage::Coordinates(scaled(&frame.positions, 1.0)));
        return Some(bytes);
    }
    if info.time {
        write(ServerMessage::Time(time(frame)));
    }
    if info.energies {
        write(energies?);
    }
    if info.cell {
        let vectors = frame.cell.as_ref()?.vectors();
        write(ServerMessage::Box(
            vectors.map(|it| it.as_vec3().to_array()),
        ));
    }
    write(ServerMessage::Coordinates(scaled(&frame.positions, 1.0)));
    if info.velocities {
        write(ServerMessage::Velocities(scaled(
            &frame.velocities,
            PICOSECOND,
        )));
    }
    if info.forces {
        let forces = &frame.evaluation.as_ref()?.forces;
        write(ServerMessage::Forces(scaled(
            forces,
            1.0 / version.energy_unit().in_ev(),
        )));
    }
    Some(bytes)
}

/// Energies and temperature, if the potential energy and the temperature are known. Its terms are unknown: 0.
fn energies(frame: &Frame, version: Version) -> Option<EnergyBlock> {
    let per_unit = 1.0 / version.energy_unit().in_ev();
    let potential = frame.potential_energy()?;
    let temperature = frame.known_temperature()?;
    let kinetic = frame.known_kinetic_energy().unwrap_or(0.0);
    Some(EnergyBlock {
        step: i32::try_from(frame.step).unwrap_or(i32::MAX),
        temperature: temperature as f32,
        total: ((potential + kinetic) * per_unit) as f32,
        potential: (potential * per_unit) as f32,
        terms: [0.0; 6],
    })
}

fn time(frame: &Frame) -> TimeBlock {
    let timestep = match &frame.activity {
        Activity::Running(task) => task.timestep(),
        _ => None,
    };
    TimeBlock {
        timestep: timestep.unwrap_or(0.0) / PICOSECOND,
        time: frame.time / PICOSECOND,
        step: frame.step.cast_signed(),
    }
}

fn scaled(vectors: &[DVec3], factor: f64) -> Vec<[f32; 3]> {
    let vectors = vectors.iter();
    vectors
        .map(|vector| (factor * *vector).as_vec3().to_array())
        .collect()
}
