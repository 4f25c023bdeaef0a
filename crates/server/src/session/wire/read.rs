//! What a client says, from bytes.

use std::collections::BTreeMap;

use glam::{DMat3, DVec3};
use prost::Message as _;

use super::generated as pb;
use super::generated::client_action::{Payload, Start as WireStart};
use crate::session::message::{
    Attach, CellChange, ClientMessage, Format, Interaction, Request, Start, StartParameters,
};
use crate::session::refusal::Violation;
use mlipview_core::chem::units::ASE_TIME;
use mlipview_core::chem::{Cell, Element};
use mlipview_core::presence::{PersonId, Pose, Presence, Role};
use mlipview_core::sim::Grip;

/// Reads a message of a client.
///
/// # Errors
/// If it is none. A request in it that makes no sense is an error in the message, whose numbers count
/// all the same.
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
        request: action.payload.map(request).transpose(),
    })
}

fn request(payload: Payload) -> Result<Request, Violation> {
    Ok(match payload {
        Payload::UserInteraction(interaction) => Request::Interact(read_interaction(interaction)?),
        Payload::Start(start) => Request::Start(read_start(start)?),
        Payload::Stop(_) => Request::Stop,
        Payload::Attach(attach) => Request::Attach(read_attach(attach)),
        Payload::Grab(grab) => read_grab(grab)?,
        Payload::Move(pb::Move { hand, x, y, z }) => Request::Move {
            hand,
            to: finite("move", DVec3::new(x, y, z))?,
        },
        Payload::Release(release) => Request::Release { hand: release.hand },
        Payload::Presence(presence) => Request::Presence(read_presence(&presence)?),
        Payload::Admit(admit) => Request::Admit(PersonId(admit.person), read_role(admit.role)?),
        Payload::Remove(remove) => Request::Remove(PersonId(remove.person)),
        Payload::CreateRoom(room) => Request::CreateRoom(room.name),
        Payload::CloseRoom(room) => Request::CloseRoom(room.name),
        Payload::Undo(_) => Request::Undo,
        Payload::Redo(_) => Request::Redo,
    })
}

fn read_interaction(sparse: pb::UserInteractionSparse) -> Result<Interaction, Violation> {
    use pb::user_interaction_sparse::FullUpdateFlag;
    let Some(FullUpdateFlag::FullUpdate(full)) = sparse.full_update_flag else {
        return Err(Violation::NoFullUpdateFlag);
    };
    let mut interaction = Interaction {
        full,
        atoms: sparse.natoms as usize,
        charge: sparse.charge,
        ..Interaction::default()
    };
    if let Some(numbers) = sparse.atomic_numbers {
        check_counts("atomic_numbers", &numbers.indices, numbers.values.len(), 1)?;
        for (atom, number) in indices(&numbers.indices).zip(numbers.values) {
            let known = u8::try_from(number).ok();
            let known =
                known.filter(|number| *number == 0 || Element::from_number(*number).is_some());
            let known = known.ok_or(Violation::NoSuchElement { atom, number })?;
            interaction.elements.insert(atom, known);
        }
    }
    interaction.positions = vectors("positions", sparse.positions, 1.0)?;
    interaction.velocities = vectors("velocities", sparse.velocities, 1.0 / ASE_TIME)?;
    interaction.cell = match (sparse.clear_cell, sparse.cell) {
        (true, _) => Some(CellChange::Clear),
        (false, Some(cell)) => Some(read_cell(&cell.m, &sparse.pbc)?),
        (false, None) => None,
    };
    if let Some(multiplicity) = sparse.multiplicity {
        if multiplicity == 0 {
            return Err(Violation::Value {
                what: "multiplicity",
                reason: "it is 2S + 1, and at least 1".to_owned(),
            });
        }
        interaction.multiplicity = Some(multiplicity);
    }
    let (atoms, reach) = (interaction.atoms, interaction.reach());
    if full && reach > atoms {
        let atom = reach - 1;
        return Err(Violation::BeyondTheEnd { atom, atoms });
    }
    Ok(interaction)
}

fn indices(indices: &[u32]) -> impl Iterator<Item = usize> + '_ {
    indices.iter().map(|index| *index as usize)
}

fn check_counts(
    what: &'static str,
    indices: &[u32],
    found: usize,
    each: usize,
) -> Result<(), Violation> {
    let (indices, needed) = (indices.len(), indices.len() * each);
    if found == needed {
        return Ok(());
    }
    Err(Violation::Counts {
        what,
        indices,
        needed,
        found,
    })
}

fn vectors(
    what: &'static str,
    delta: Option<pb::Vec3Delta>,
    unit: f64,
) -> Result<BTreeMap<usize, DVec3>, Violation> {
    let Some(delta) = delta else {
        return Ok(Default::default());
    };
    check_counts(what, &delta.indices, delta.coords.len(), 3)?;
    let rows = delta.coords.chunks_exact(3).map(DVec3::from_slice);
    let rows = indices(&delta.indices).zip(rows);
    rows.map(|(atom, row)| Ok((atom, finite(what, row * unit)?)))
        .collect()
}

fn finite(what: &'static str, vector: DVec3) -> Result<DVec3, Violation> {
    if vector.is_finite() {
        Ok(vector)
    } else {
        Err(Violation::NotFinite { what })
    }
}

fn finite_number(what: &'static str, number: f64) -> Result<f64, Violation> {
    finite(what, DVec3::splat(number)).map(|vector| vector.x)
}

/// Nine zeros are how clients without cells say so.
fn read_cell(rows: &[f64], pbc: &[bool]) -> Result<CellChange, Violation> {
    let refused = |reason: String| Violation::Cell(reason);
    let rows: [f64; 9] = rows
        .try_into()
        .map_err(|_| refused(format!("nine numbers, not {}", rows.len())))?;
    if rows == [0.0; 9] {
        return Ok(CellChange::Clear);
    }
    let periodic = match pbc {
        [] => [true; 3],
        &[a, b, c] => [a, b, c],
        _ => return Err(refused(format!("three values of pbc, not {}", pbc.len()))),
    };
    // The rows of the wire are our columns: the cell vectors.
    let matrix = DMat3::from_cols_array(&rows);
    Cell::new([matrix.x_axis, matrix.y_axis, matrix.z_axis], periodic)
        .map_err(|error| refused(error.to_string()))?;
    Ok(CellChange::Set(matrix, periodic))
}

fn read_start(start: WireStart) -> Result<Start, Violation> {
    use pb::client_action::start::SimType;
    let kind = SimType::try_from(start.simulation_type).map_err(|_| Violation::Value {
        what: "simulation_type",
        reason: format!("0 (MD) or 1 (RELAX), not {}", start.simulation_type),
    })?;
    let parameters = start.simulation_params.map(|given| {
        Ok(StartParameters {
            calculator: given.calculator.trim().to_owned(),
            temperature: finite_number("temperature", given.temperature)?,
            timestep: finite_number("timestep_fs", given.timestep_fs)?,
            // Per ASE time unit to per ps.
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
            pb::Format::Double => Format::Double,
            pb::Format::Float => Format::Float,
            pb::Format::Fixed16 => Format::Fixed16,
        },
        velocities: attach.velocities,
        forces: attach.forces,
        bonds: attach.bonds,
        max_rate: Some(attach.max_rate).filter(|rate| *rate > 0.0 && rate.is_finite()),
        name: Some(attach.name).filter(|name| !name.is_empty()),
        color: (attach.color != 0).then_some([red, green, blue]),
    }
}

fn read_grab(grab: pb::Grab) -> Result<Request, Violation> {
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
    Ok(Request::Grab {
        hand: grab.hand,
        atoms: indices(&grab.atoms).collect(),
        grip,
    })
}

fn read_presence(presence: &pb::Presence) -> Result<Presence, Violation> {
    if presence.hands.len() > 2 {
        return Err(Violation::Value {
            what: "presence",
            reason: format!("two hands at most, not {}", presence.hands.len()),
        });
    }
    Ok(Presence {
        head: presence.head.as_ref().map(read_pose).transpose()?,
        hands: presence
            .hands
            .iter()
            .map(read_pose)
            .collect::<Result<_, _>>()?,
    })
}

fn read_pose(pose: &pb::Pose) -> Result<Pose, Violation> {
    let wrong = |reason| Violation::Value {
        what: "pose",
        reason,
    };
    let (&[x, y, z], &[qx, qy, qz, qw]) = (pose.position.as_slice(), pose.orientation.as_slice())
    else {
        let (three, four) = (pose.position.len(), pose.orientation.len());
        return Err(wrong(format!(
            "three numbers of position and four of orientation, not {three} and {four}"
        )));
    };
    let position = finite("pose", glam::Vec3::new(x, y, z).as_dvec3())?;
    let orientation = glam::Quat::from_xyzw(qx, qy, qz, qw).as_dquat();
    let length = orientation.length();
    if !(length.is_finite() && length > 1e-3) {
        return Err(wrong(
            "an orientation is a quaternion of length 1".to_owned(),
        ));
    }
    Ok(Pose {
        position,
        orientation: orientation * (1.0 / length),
    })
}

fn read_role(role: i32) -> Result<Role, Violation> {
    match pb::Role::try_from(role) {
        Ok(pb::Role::Spectator) => Ok(Role::Spectator),
        Ok(pb::Role::Driver) => Ok(Role::Driver),
        Ok(pb::Role::Owner) => Ok(Role::Owner),
        Err(_) => Err(Violation::Value {
            what: "role",
            reason: format!("0 (spectator), 1 (driver) or 2 (owner), not {role}"),
        }),
    }
}
