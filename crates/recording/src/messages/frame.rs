//! Frames of a recording.

use std::sync::Arc;

use glam::{DMat3, DVec3};
use mlipview_core::chem::Structure;
use mlipview_core::potential::Evaluation;
use mlipview_core::sim::timeline::MarkKind;
use mlipview_core::sim::{Activity, Frame, Task};

use super::{MessageError, generated, mark_kind, packed};

/// The optional parts of a frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FrameDetail {
    /// Whether velocities are recorded.
    pub(crate) velocities: bool,
    /// Whether forces are recorded.
    pub(crate) forces: bool,
}

/// The message of a frame, whose structure has a number in the file.
pub(crate) fn frame_message(
    frame: &Frame,
    structure: u64,
    mark: Option<MarkKind>,
    detail: FrameDetail,
) -> generated::Frame {
    let origin = center(&frame.positions);
    let evaluation = frame.evaluation.as_deref();
    let cell = frame.cell.as_ref();
    let forces = evaluation.filter(|_| detail.forces);
    generated::Frame {
        structure,
        step: frame.step,
        time: frame.time,
        revision: frame.revision,
        origin: origin.to_array().to_vec(),
        positions: packed::pack(&frame.positions, origin),
        // Cell vectors are the columns of the matrix.
        cell: cell.map_or(Vec::new(), |cell| {
            packed::numbers(cell.matrix().transpose())
        }),
        periodic: cell.map_or(Vec::new(), |cell| cell.periodic().to_vec()),
        energy: frame.potential_energy(),
        kinetic_energy: frame.kinetic_energy,
        temperature: frame.temperature,
        pull_energy: frame.pull_energy,
        energy_received: frame.energy_received,
        velocities: if detail.velocities {
            packed::pack(&frame.velocities, DVec3::ZERO)
        } else {
            Vec::new()
        },
        forces: forces.map_or(Vec::new(), |evaluation| {
            packed::pack(&evaluation.forces, DVec3::ZERO)
        }),
        stress: evaluation
            .and_then(|evaluation| evaluation.stress)
            .map_or(Vec::new(), packed::numbers),
        max_force: frame.max_force(),
        potential: frame.potential.as_deref().unwrap_or_default().to_owned(),
        activity: activity(&frame.activity).into(),
        mark: mark_kind(mark).into(),
    }
}

/// The frame of a message, with the structure of its number. Velocities that were not recorded are zero;
/// without recorded forces there is no evaluation.
pub(crate) fn frame_of(
    message: &generated::Frame,
    identity: &Arc<Structure>,
    index: u64,
) -> Result<Frame, MessageError> {
    let atoms = identity.len();
    let origin = packed::vector("origin", &message.origin)?;
    let positions = packed::unpack("positions", &message.positions, origin, atoms)?;
    let cell = packed::cell(&message.cell, &message.periodic)?;
    let vectors = |what, bytes: &[u8]| {
        let vectors = packed::unpack(what, bytes, DVec3::ZERO, atoms);
        (!bytes.is_empty()).then_some(vectors).transpose()
    };
    let velocities = vectors("velocities", &message.velocities)?;
    let forces = vectors("forces", &message.forces)?;
    let stress = packed::rows("stress", &message.stress)?;
    let stress = stress.map(|[x, y, z]| DMat3::from_cols(x, y, z).transpose());
    let energies = [
        message.energy.unwrap_or_default(),
        message.kinetic_energy,
        message.temperature,
        message.pull_energy,
        message.energy_received,
        message.time,
    ];
    if !energies.iter().all(|number| number.is_finite()) {
        return Err(MessageError::NotFinite("energy, temperature or time"));
    }
    let evaluation = message.energy.zip(forces).map(|(energy, forces)| {
        Arc::new(Evaluation {
            energy,
            forces,
            stress,
            ..Evaluation::default()
        })
    });
    let potential = Some(message.potential.as_str()).filter(|name| !name.is_empty());
    Ok(Frame {
        number: index,
        ticket: 0,
        revision: message.revision,
        identity: Arc::clone(identity),
        positions,
        velocities: velocities.unwrap_or_else(|| vec![DVec3::ZERO; atoms]),
        cell,
        evaluation,
        potential: potential.map(Arc::from),
        potential_status: None,
        external: None,
        kinetic_energy: message.kinetic_energy,
        temperature: message.temperature,
        pull_energy: message.pull_energy,
        energy_received: message.energy_received,
        grips: Default::default(),
        time: message.time,
        step: message.step,
        activity: Activity::Idle,
        undo_count: 0,
        redo_count: 0,
        random_position: None,
        playback: None,
    })
}

/// Center of the box around positions.
fn center(positions: &[DVec3]) -> DVec3 {
    let low = positions.iter().copied().reduce(DVec3::min);
    let high = positions.iter().copied().reduce(DVec3::max);
    low.zip(high)
        .map_or(DVec3::ZERO, |(low, high)| 0.5 * low + 0.5 * high)
}

fn activity(activity: &Activity) -> generated::Activity {
    match activity {
        Activity::Idle | Activity::Packing(_) | Activity::Playback => generated::Activity::Idle,
        Activity::Following(_) | Activity::Running(Task::Dynamics(_)) => {
            generated::Activity::Dynamics
        }
        Activity::Running(Task::Relaxation(_)) => generated::Activity::Relaxation,
    }
}
