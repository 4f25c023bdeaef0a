//! Encoding of frames.

use super::cell::{write_cell, write_matrix, write_pbc};
use super::generated as pb;
use super::generated::server_result::Frame as WireFrame;
use super::timeline::{write_activity, write_address, write_play};
use super::vectors::{double, fixed16, single, write_index};
use crate::session::message::{FrameContent, NumberFormat};
use mlipview_core::chem::units::ASE_TIME;
use mlipview_core::presence::PersonId;
use mlipview_core::sim::Grip;
use mlipview_core::sim::constraint::Grasp;
use mlipview_core::sim::frame::Frame;

/// A frame without its place in the timeline.
pub(super) fn write_frame(frame: &Frame, content: FrameContent) -> WireFrame {
    let mut wire = WireFrame {
        cell: frame.cell.as_ref().map(write_cell),
        pbc: write_pbc(frame.cell.as_ref()),
        model: frame.potential.as_deref().unwrap_or_default().to_owned(),
        number: frame.number,
        time_fs: frame.time,
        revision: frame.revision,
        step: frame.step,
        grasps: frame.grips.grasps().iter().map(write_grasp).collect(),
        shown: frame.playback.map(|status| write_address(status.address)),
        playing: frame
            .playback
            .and_then(|status| status.play)
            .map(write_play),
        ..WireFrame::default()
    };
    let activity = write_activity(&frame.activity);
    wire.set_activity(activity);
    if activity == pb::Activity::Dynamics || activity == pb::Activity::Playback {
        wire.temperature = frame.known_temperature();
        wire.kinetic = frame.known_kinetic_energy();
    }
    wire.energy = frame.potential_energy();
    if let Some(evaluation) = &frame.evaluation {
        wire.stress = evaluation.stress.as_ref().map(write_matrix);
        let errors = evaluation.expected_force_errors();
        wire.expected_force_error = errors.map(|errors| errors.largest);
    }
    let forces = frame
        .evaluation
        .as_ref()
        .map(|evaluation| evaluation.forces.as_slice());
    let forces = forces.filter(|_| content.forces);
    let velocities = content.velocities.then_some(frame.velocities.as_slice());
    match content.format {
        NumberFormat::Double => {
            wire.positions = double(&frame.positions, 1.0);
            wire.velocities = double(velocities.unwrap_or_default(), ASE_TIME);
            wire.forces = double(forces.unwrap_or_default(), 1.0);
        }
        NumberFormat::Float | NumberFormat::Fixed16 => {
            let positions = match content.format {
                NumberFormat::Fixed16 => fixed16(&frame.positions),
                _ => single(&frame.positions, 1.0),
            };
            wire.compact_positions = Some(positions);
            wire.compact_velocities = velocities.map(|values| single(values, ASE_TIME));
            wire.compact_forces = forces.map(|values| single(values, 1.0));
        }
    }
    wire
}

fn write_grasp(grasp: &Grasp) -> pb::Grasp {
    let (person, hand) = PersonId::of_hand(grasp.hand);
    pb::Grasp {
        person: person.0,
        hand,
        atoms: grasp.atoms.iter().map(|atom| write_index(*atom)).collect(),
        target: grasp.target.to_array().to_vec(),
        holds: grasp.grip == Grip::Hold,
    }
}
