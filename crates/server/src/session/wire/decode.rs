//! Decoding of client messages.

use glam::DVec3;
use prost::Message as _;

use super::checks::{finite, finite_number, indices};
use super::generated as pb;
use super::generated::client_action::{Payload, Start as WireStart};
use super::interaction::read_interaction;
use super::presence::{read_presence, read_role};
use super::timeline::{read_address, read_play};
use crate::session::message::{
    Attach, ClientMessage, ClientRequest, NumberFormat, Start, StartParameters,
};
use crate::session::violation::Violation;
use mlipview_core::chem::units::ASE_TIME;
use mlipview_core::presence::PersonId;
use mlipview_core::sim::Grip;

/// Decodes a message of a client.
///
/// # Errors
/// If the bytes are no message. An invalid request is an error inside the message, whose counters are
/// valid.
pub fn decode(bytes: &[u8]) -> Result<ClientMessage, Violation> {
    let action = pb::ClientAction::decode(bytes).map_err(|error| Violation::Undecodable {
        bytes: bytes.len(),
        reason: error.to_string(),
    })?;
    Ok(ClientMessage {
        seq: action.seq,
        ack: action.ack,
        interaction_count: action.user_interaction_count.unwrap_or(0),
        sim_step: action.sim_step.unwrap_or(0),
        request: action.payload.map(read_request).transpose(),
    })
}

fn read_request(payload: Payload) -> Result<ClientRequest, Violation> {
    Ok(match payload {
        Payload::UserInteraction(interaction) => {
            ClientRequest::Interact(read_interaction(interaction)?)
        }
        Payload::Start(start) => ClientRequest::Start(read_start(start)?),
        Payload::Stop(_) => ClientRequest::Stop,
        Payload::Attach(attach) => ClientRequest::Attach(read_attach(attach)),
        Payload::Grab(grab) => read_grab(grab)?,
        Payload::Move(pb::Move { hand, x, y, z }) => ClientRequest::Move {
            hand,
            to: finite("move", DVec3::new(x, y, z))?,
        },
        Payload::Release(release) => ClientRequest::Release { hand: release.hand },
        Payload::Presence(presence) => ClientRequest::Presence(read_presence(&presence)?),
        Payload::Admit(admit) => {
            ClientRequest::Admit(PersonId(admit.person), read_role(admit.role)?)
        }
        Payload::Remove(remove) => ClientRequest::Remove(PersonId(remove.person)),
        Payload::CreateRoom(room) => ClientRequest::CreateRoom(room.name),
        Payload::CloseRoom(room) => ClientRequest::CloseRoom(room.name),
        Payload::Undo(_) => ClientRequest::Undo,
        Payload::Redo(_) => ClientRequest::Redo,
        Payload::ShowFrame(show) => {
            ClientRequest::ShowFrame(read_address("show_frame", show.address)?)
        }
        Payload::Play(play) => ClientRequest::Play(read_play(&play)?),
        Payload::EndPlayback(_) => ClientRequest::EndPlayback,
        Payload::ContinueFrom(from) => {
            ClientRequest::ContinueFrom(read_address("continue_from", from.address)?)
        }
        Payload::LookBack(pb::LookBack { address }) => {
            let address = address.map(|address| read_address("look_back", Some(address)));
            ClientRequest::LookBack(address.transpose()?)
        }
    })
}

fn read_start(start: WireStart) -> Result<Start, Violation> {
    use pb::client_action::start::SimType;
    let kind = SimType::try_from(start.simulation_type).map_err(|_| Violation::Value {
        field: "simulation_type",
        reason: format!(
            "expected 0 (MD) or 1 (RELAX), found {}",
            start.simulation_type
        ),
    })?;
    let parameters = start.simulation_params.map(|given| {
        Ok(StartParameters {
            calculator: given.calculator.trim().to_owned(),
            temperature: finite_number("temperature", given.temperature)?,
            timestep: finite_number("timestep_fs", given.timestep_fs)?,
            // From 1/(ASE time unit) to 1/ps.
            friction: finite_number("friction", given.friction * 1000.0 / ASE_TIME)?,
            fmax: finite_number("fmax", given.fmax)?,
            max_step: finite_number("max_step", given.max_step)?,
            optimizer: given.optimizer.trim().to_owned(),
        })
    });
    Ok(Start {
        relax: kind == SimType::Relax,
        parameters: parameters.transpose()?,
        steps: start.steps,
        stop_when_converged: start.stop_when_converged,
    })
}

fn read_attach(attach: pb::Attach) -> Attach {
    let format = attach.format();
    let [_, red, green, blue] = attach.color.to_be_bytes();
    Attach {
        format: match format {
            pb::Format::Double => NumberFormat::Double,
            pb::Format::Float => NumberFormat::Float,
            pb::Format::Fixed16 => NumberFormat::Fixed16,
        },
        velocities: attach.velocities,
        forces: attach.forces,
        bonds: attach.bonds,
        max_rate: Some(attach.max_rate).filter(|rate| *rate > 0.0 && rate.is_finite()),
        name: Some(attach.name).filter(|name| !name.is_empty()),
        color: (attach.color != 0).then_some([red, green, blue]),
        timeline: attach.timeline,
    }
}

fn read_grab(grab: pb::Grab) -> Result<ClientRequest, Violation> {
    use pb::grab::Grip as WireGrip;
    let grip = match grab.grip {
        Some(WireGrip::Spring(spring)) => Grip::Spring {
            stiffness: finite_number("stiffness", spring.stiffness)?,
            max_force: match finite_number("max_force", spring.max_force)? {
                0.0 => f64::INFINITY,
                force => force,
            },
        },
        Some(WireGrip::Hold(_)) | None => Grip::Hold,
    };
    Ok(ClientRequest::Grab {
        hand: grab.hand,
        atoms: indices(&grab.atoms).collect(),
        grip,
    })
}
