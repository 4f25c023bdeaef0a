//! Messages as bytes, by `proto/session.proto`. No type that is generated from it leaves this file.
//!
//! What travels is in the units of the wire, which differ from ours in two places: velocities and
//! frictions count in the time unit of ASE. Numbers become f32 or 16 bits here and nowhere else.

use glam::{DMat3, DQuat, DVec3};
use prost::Message as _;
use prost::bytes::{BufMut, BytesMut};

use super::message::{
    Attach, Body, CellChange, ClientMessage, Content, Format, Interaction, Notice, Request,
    SeenBonds, ServerMessage, Start, StartParameters, Welcome,
};
use super::refusal::Violation;
use crate::chem::units::ASE_TIME;
use crate::chem::{Cell, Element};
use crate::sim::frame::{Activity, Frame};
use crate::sim::roster::{Person, PersonId, Pose, Presence, Role};
use crate::sim::{Grip, Task};

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    reason = "generated from proto/session.proto, which has the documentation"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/fairchem.session.rs"));
}
pub use prost::bytes::Bytes;

use generated as pb;
use pb::client_action::{Payload, Start as WireStart};
use pb::server_result::{Frame as WireFrame, Payload as Answer};

/// The version of the schema that the server writes. \[3\]
const SCHEMA_VERSION: u32 = 1;

/// The schema as a serialized `FileDescriptorSet`, for clients that load it while they run.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/session.binpb"));

/// The schema as text.
pub const SCHEMA: &str = include_str!("../../proto/session.proto");

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
) -> Result<std::collections::BTreeMap<usize, DVec3>, Violation> {
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
            calculator: given.calculator.to_ascii_lowercase(),
            temperature: finite_number("temperature", given.temperature)?,
            timestep: finite_number("timestep_fs", given.timestep_fs)?,
            // Per ASE time unit to per ps.
            friction: finite_number("friction", given.friction * 1000.0 / ASE_TIME)?,
            fmax: finite_number("fmax", given.fmax)?,
            max_step: finite_number("max_step", given.max_step)?,
            optimizer: given.optimizer,
        })
    });
    Ok(Start {
        relax: kind == SimType::Relax,
        parameters: parameters.transpose()?,
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

/// What is said, as the field of a message that it travels in. It is the same for all readers: only the
/// [envelope] around it differs.
pub fn content(body: &Body) -> Bytes {
    let payload = match body {
        Body::Frame(frame, content) => Answer::Frame(write_frame(frame, *content)),
        Body::Notice(notice) => Answer::Notice(write_notice(notice)),
        Body::Welcome(welcome) => Answer::Welcome(write_welcome(welcome)),
        Body::Snapshot(frame, title, format) => {
            Answer::Snapshot(write_snapshot(frame, title, *format))
        }
        Body::Bonds(bonds) => Answer::Bonds(write_bonds(bonds)),
        Body::People(people) => Answer::People(pb::People {
            people: people.people.iter().map(write_person).collect(),
        }),
    };
    let alone = pb::ServerResult {
        payload: Some(payload),
        ..pb::ServerResult::default()
    };
    alone.encode_to_vec().into()
}

/// A message around its [content]: fields may come in any order, so theirs are put together.
pub fn envelope(message: &ServerMessage, content: &Bytes) -> Bytes {
    let present = |count: u64| (count > 0).then_some(count);
    let around = pb::ServerResult {
        seq: message.seq,
        client_seq: message.client_seq,
        payload: None,
        user_interaction_count: present(message.interaction_count),
        sim_step: present(message.sim_step),
        schema_version: SCHEMA_VERSION,
    };
    let mut bytes = BytesMut::with_capacity(around.encoded_len() + content.len());
    around.encode_raw(&mut bytes);
    bytes.put_slice(content);
    bytes.freeze()
}

/// A whole message.
pub fn encode(message: &ServerMessage) -> Bytes {
    envelope(message, &content(&message.body))
}

fn write_notice(notice: &Notice) -> pb::server_result::Notice {
    pb::server_result::Notice {
        message: Some(notice.message.clone()),
        simulation_stopped: notice.stopped.then_some(true),
        converged: notice.converged.then_some(true),
    }
}

fn write_frame(frame: &Frame, content: Content) -> WireFrame {
    let mut wire = WireFrame {
        cell: frame.cell.as_ref().map(write_cell),
        pbc: write_pbc(frame.cell.as_ref()),
        model: frame.potential.as_deref().unwrap_or_default().to_owned(),
        number: frame.number,
        time_fs: frame.time,
        revision: frame.revision,
        step: frame.step,
        grasps: frame.grips.grasps().iter().map(write_grasp).collect(),
        ..WireFrame::default()
    };
    let activity = match &frame.activity {
        Activity::Idle => pb::Activity::Idle,
        Activity::Running(Task::Dynamics(_)) => pb::Activity::Dynamics,
        Activity::Running(Task::Relaxation(_)) => pb::Activity::Relaxation,
        Activity::Playback => pb::Activity::Playback,
    };
    wire.set_activity(activity);
    if activity == pb::Activity::Dynamics || activity == pb::Activity::Playback {
        wire.temperature = Some(frame.temperature);
        wire.kinetic = Some(frame.kinetic_energy);
    }
    if let Some(evaluation) = &frame.evaluation {
        wire.energy = Some(evaluation.energy);
        wire.stress = evaluation.stress.as_ref().map(write_matrix);
    }
    let forces = frame
        .evaluation
        .as_ref()
        .map(|evaluation| evaluation.forces.as_slice());
    let forces = forces.filter(|_| content.forces);
    let velocities = content.velocities.then_some(frame.velocities.as_slice());
    match content.format {
        Format::Double => {
            wire.positions = flat(&frame.positions, 1.0);
            wire.velocities = flat(velocities.unwrap_or_default(), ASE_TIME);
            wire.forces = flat(forces.unwrap_or_default(), 1.0);
        }
        Format::Float | Format::Fixed16 => {
            let positions = match content.format {
                Format::Fixed16 => fixed16(&frame.positions),
                _ => single(&frame.positions, 1.0),
            };
            wire.compact_positions = Some(positions);
            wire.compact_velocities = velocities.map(|values| single(values, ASE_TIME));
            wire.compact_forces = forces.map(|values| single(values, 1.0));
        }
    }
    wire
}

fn flat(vectors: &[DVec3], unit: f64) -> Vec<f64> {
    vectors
        .iter()
        .flat_map(|vector| (vector * unit).to_array())
        .collect()
}

fn single(vectors: &[DVec3], unit: f64) -> pb::Vectors {
    let mut bytes = BytesMut::with_capacity(12 * vectors.len());
    for vector in vectors {
        let [x, y, z] = (vector * unit).as_vec3().to_array();
        bytes.put_f32_le(x);
        bytes.put_f32_le(y);
        bytes.put_f32_le(z);
    }
    pb::Vectors {
        f32: bytes.freeze(),
        ..pb::Vectors::default()
    }
}

/// 16 bits for each coordinate, within the box that bounds all: a box of 100 Å is told to 0.0008 Å.
fn fixed16(vectors: &[DVec3]) -> pb::Vectors {
    let first = vectors.first().copied().unwrap_or_default();
    let bounds =
        |(low, high): (DVec3, DVec3), vector: &DVec3| (low.min(*vector), high.max(*vector));
    let (low, high) = vectors.iter().fold((first, first), bounds);
    // What the reader multiplies with is in single precision, so it is rounded before it is used.
    let origin = low.as_vec3();
    let extent = (high - origin.as_dvec3()).as_vec3();
    let scale = (1.0 / extent.as_dvec3()) * 65_535.0;
    let scale = DVec3::select(extent.as_dvec3().cmpgt(DVec3::ZERO), scale, DVec3::ZERO);
    let mut bytes = BytesMut::with_capacity(6 * vectors.len());
    for vector in vectors {
        let steps =
            ((vector - origin.as_dvec3()) * scale + 0.5).clamp(DVec3::ZERO, DVec3::splat(65_535.0));
        let steps = steps.as_u16vec3();
        bytes.put_u16_le(steps.x);
        bytes.put_u16_le(steps.y);
        bytes.put_u16_le(steps.z);
    }
    pb::Vectors {
        u16: bytes.freeze(),
        origin: origin.to_array().to_vec(),
        extent: extent.to_array().to_vec(),
        ..pb::Vectors::default()
    }
}

fn write_matrix(matrix: &DMat3) -> pb::Mat3 {
    // A stress is symmetric: rows are columns.
    pb::Mat3 {
        m: matrix.to_cols_array().to_vec(),
    }
}

fn write_cell(cell: &Cell) -> pb::Mat3 {
    write_matrix(&cell.matrix())
}

fn write_pbc(cell: Option<&Cell>) -> Vec<bool> {
    cell.map(|cell| cell.periodic().to_vec())
        .unwrap_or_default()
}

fn write_grasp(grasp: &crate::sim::constraint::Grasp) -> pb::Grasp {
    let (person, hand) = PersonId::of_hand(grasp.hand);
    pb::Grasp {
        person: person.0,
        hand,
        atoms: grasp.atoms.iter().map(|atom| write_index(*atom)).collect(),
        target: grasp.target.to_array().to_vec(),
        holds: grasp.grip == Grip::Hold,
    }
}

/// Atoms are counted in 32 bits on the wire; a structure of more has no room in memory.
fn write_index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn write_role(role: Role) -> pb::Role {
    match role {
        Role::Spectator => pb::Role::Spectator,
        Role::Driver => pb::Role::Driver,
        Role::Owner => pb::Role::Owner,
    }
}

fn write_welcome(welcome: &Welcome) -> pb::Welcome {
    let limits = &welcome.limits;
    pb::Welcome {
        role: write_role(welcome.role).into(),
        room: welcome.room.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        person: welcome.person.0,
        limits: Some(pb::Limits {
            unacknowledged: write_index(super::UNACKNOWLEDGED as usize),
            message_bytes: limits.message_bytes as u64,
            messages_per_second: limits.messages_per_second,
            max_rate: limits.max_rate,
            atoms: write_index(limits.atoms),
        }),
        rooms: welcome.rooms.clone(),
    }
}

fn write_snapshot(frame: &Frame, title: &str, format: Format) -> pb::Snapshot {
    let identity = &frame.identity;
    let numbers = identity.elements().iter().map(|element| element.number());
    let fixed = identity.fixed().iter().enumerate();
    let fixed = fixed.filter(|(_, fixed)| **fixed);
    let mut snapshot = pb::Snapshot {
        revision: frame.revision,
        title: title.to_owned(),
        atomic_numbers: numbers.collect::<Vec<u8>>().into(),
        cell: frame.cell.as_ref().map(write_cell),
        pbc: write_pbc(frame.cell.as_ref()),
        charge: identity.charge,
        multiplicity: identity.multiplicity(),
        fixed: fixed.map(|(atom, _)| write_index(atom)).collect(),
        model: frame.potential.as_deref().unwrap_or_default().to_owned(),
        ..pb::Snapshot::default()
    };
    match format {
        Format::Double => snapshot.positions = flat(&frame.positions, 1.0),
        Format::Float | Format::Fixed16 => {
            snapshot.compact_positions = Some(single(&frame.positions, 1.0));
        }
    }
    snapshot
}

fn write_bonds(seen: &SeenBonds) -> pb::Bonds {
    let bonds = &seen.bonds;
    let crosses = bonds
        .iter()
        .any(|(_, shift, _)| *shift != glam::IVec3::ZERO);
    let fades = bonds.iter().any(|(_, _, strength)| *strength < 1.0);
    let shifts = bonds.iter().filter(|_| crosses);
    let strengths = bonds.iter().filter(|_| fades);
    pb::Bonds {
        revision: seen.structure,
        atoms: bonds.iter().flat_map(|(atoms, _, _)| *atoms).collect(),
        shifts: shifts.flat_map(|(_, shift, _)| shift.to_array()).collect(),
        strengths: strengths.map(|(_, _, strength)| *strength as f32).collect(),
    }
}

fn write_person(person: &Person) -> pb::Person {
    let [red, green, blue] = person.color;
    let presence = &person.presence;
    pb::Person {
        id: person.id.0,
        name: person.name.clone(),
        color: u32::from_be_bytes([0, red, green, blue]),
        role: write_role(person.role).into(),
        presence: Some(pb::Presence {
            head: presence.head.as_ref().map(write_pose),
            hands: presence.hands.iter().map(write_pose).collect(),
        }),
    }
}

fn write_pose(pose: &Pose) -> pb::Pose {
    let orientation: DQuat = pose.orientation;
    pb::Pose {
        position: pose.position.as_vec3().to_array().to_vec(),
        orientation: orientation.as_quat().to_array().to_vec(),
    }
}
