//! Encoding of server messages.

use glam::DMat3;
use prost::Message as _;
use prost::bytes::{BufMut, Bytes, BytesMut};

use super::generated as pb;
use super::generated::server_result::{Frame as WireFrame, Payload};
use super::vectors::{double, fixed16, single};
use crate::session::limits::UNACKNOWLEDGED;
use crate::session::message::{
    Body, Content, Format, Notice, PerceivedBond, PerceivedBonds, ServerMessage, Welcome,
};
use mlipview_core::chem::Cell;
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::chem::units::ASE_TIME;
use mlipview_core::presence::{Person, PersonId, Pose, Role};
use mlipview_core::sim::frame::{Activity, Frame};
use mlipview_core::sim::{Grip, Task};

/// Version of the schema. \[3\]
const SCHEMA_VERSION: u32 = 1;

/// Encodes the content of a message. All clients share it; only the [envelope] around it differs.
pub fn content(body: &Body) -> Bytes {
    let payload = match body {
        Body::Frame(frame, content) => Payload::Frame(write_frame(frame, *content)),
        Body::Notice(notice) => Payload::Notice(write_notice(notice)),
        Body::Welcome(welcome) => Payload::Welcome(write_welcome(welcome)),
        Body::Snapshot(frame, title, format) => {
            Payload::Snapshot(write_snapshot(frame, title, *format))
        }
        Body::Bonds(bonds) => Payload::Bonds(write_bonds(bonds)),
        Body::People(people) => Payload::People(pb::People {
            people: people.people.iter().map(write_person).collect(),
        }),
    };
    let result = pb::ServerResult {
        payload: Some(payload),
        ..pb::ServerResult::default()
    };
    result.encode_to_vec().into()
}

/// Prepends the counters of a message to its encoded [content]: protobuf allows fields in any order.
pub fn envelope(message: &ServerMessage, content: &Bytes) -> Bytes {
    let present = |count: u64| (count > 0).then_some(count);
    let counters = pb::ServerResult {
        seq: message.seq,
        client_seq: message.client_seq,
        payload: None,
        user_interaction_count: present(message.interaction_count),
        sim_step: present(message.sim_step),
        schema_version: SCHEMA_VERSION,
    };
    let mut bytes = BytesMut::with_capacity(counters.encoded_len() + content.len());
    counters.encode_raw(&mut bytes);
    bytes.put_slice(content);
    bytes.freeze()
}

/// Encodes a message.
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
        Format::Double => {
            wire.positions = double(&frame.positions, 1.0);
            wire.velocities = double(velocities.unwrap_or_default(), ASE_TIME);
            wire.forces = double(forces.unwrap_or_default(), 1.0);
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

/// The columns, which are the cell vectors; a stress is symmetric.
fn write_matrix(matrix: &DMat3) -> pb::Mat3 {
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

fn write_grasp(grasp: &mlipview_core::sim::constraint::Grasp) -> pb::Grasp {
    let (person, hand) = PersonId::of_hand(grasp.hand);
    pb::Grasp {
        person: person.0,
        hand,
        atoms: grasp.atoms.iter().map(|atom| write_index(*atom)).collect(),
        target: grasp.target.to_array().to_vec(),
        holds: grasp.grip == Grip::Hold,
    }
}

/// An index in 32 bits; a structure with more atoms does not fit in memory.
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
            unacknowledged: write_index(UNACKNOWLEDGED as usize),
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
        Format::Double => snapshot.positions = double(&frame.positions, 1.0),
        Format::Float | Format::Fixed16 => {
            snapshot.compact_positions = Some(single(&frame.positions, 1.0));
        }
    }
    snapshot
}

fn write_bonds(perceived: &PerceivedBonds) -> pb::Bonds {
    let bonds = &perceived.bonds;
    let crosses = bonds.iter().any(|bond| bond.shift != glam::IVec3::ZERO);
    let fades = bonds.iter().any(|bond| bond.strength < 1.0);
    let known = bonds.iter().any(|bond| bond.order.is_some());
    let shifts = bonds.iter().filter(|_| crosses);
    let strengths = bonds.iter().filter(|_| fades);
    pb::Bonds {
        revision: perceived.structure,
        atoms: bonds.iter().flat_map(|bond| bond.atoms).collect(),
        shifts: shifts.flat_map(|bond| bond.shift.to_array()).collect(),
        strengths: strengths.map(|bond| bond.strength as f32).collect(),
        limits: bonds.iter().flat_map(|bond| bond.limits).collect(),
        orders: bonds
            .iter()
            .filter(|_| known)
            .map(order_code)
            .collect::<Vec<u8>>()
            .into(),
    }
}

fn order_code(bond: &PerceivedBond) -> u8 {
    match bond.order {
        None | Some(BondOrder::Unspecified) => 0,
        Some(BondOrder::Single) => 1,
        Some(BondOrder::Double) => 2,
        Some(BondOrder::Triple) => 3,
        Some(BondOrder::Quadruple) => 4,
        Some(BondOrder::Aromatic) => 5,
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
    pb::Pose {
        position: pose.position.as_vec3().to_array().to_vec(),
        orientation: pose.orientation.as_quat().to_array().to_vec(),
    }
}
