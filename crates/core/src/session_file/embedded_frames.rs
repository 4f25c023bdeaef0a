//! Frames in a session file: positions, velocities, forces and energies.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::structure_record::{CellRecord, StructureRecord, rows};
use crate::chem::Structure;
use crate::script::FrameNames;
use crate::sim::{Activity, Frame, Task};

/// Recorded frames, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EmbeddedFrames {
    /// The structures of frames whose atoms are not those of the session.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub structures: Vec<StructureRecord>,
    /// The frames.
    pub frames: Vec<EmbeddedFrame>,
}

/// One recorded frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EmbeddedFrame {
    /// Name of the frame, by which scripts refer to it; unique in the timeline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Index in `structures` of the atoms; `None`: those of the session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure: Option<usize>,
    /// Activity of the simulation.
    pub kind: FrameKind,
    /// Number of steps.
    pub step: u64,
    /// Simulated time, fs.
    pub time: f64,
    /// Potential energy, eV.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub energy: Option<f64>,
    /// Temperature, K, as it was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// The cell, if it is not that of the structure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellRecord>,
    /// Stress, eV/Å³, positive under tension: three rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stress: Option<[[f64; 3]; 3]>,
    /// Positions, Å, `[atoms]`.
    pub positions: Vec<[f64; 3]>,
    /// Velocities, Å/fs, `[atoms]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub velocities: Option<Vec<[f64; 3]>>,
    /// Forces, eV/Å, `[atoms]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forces: Option<Vec<[f64; 3]>>,
}

/// Activity of a simulation at a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameKind {
    /// No run.
    #[default]
    Idle,
    /// Molecular dynamics.
    Dynamics,
    /// Geometry optimization.
    Relaxation,
}

impl FrameNames for EmbeddedFrames {
    fn count(&self) -> u64 {
        self.frames.len() as u64
    }

    fn index_of(&self, id: &str) -> Option<u64> {
        let mut frames = self.frames.iter();
        let index = frames.position(|frame| frame.id.as_deref() == Some(id))?;
        Some(index as u64)
    }
}

impl EmbeddedFrames {
    /// The frames of a timeline, for a session with these atoms. Frames share structures as they share
    /// [`Frame::identity`].
    pub fn of<'a>(
        frames: impl IntoIterator<Item = &'a Arc<Frame>>,
        session: &Structure,
    ) -> EmbeddedFrames {
        let mut recorded = EmbeddedFrames::default();
        let mut known: HashMap<*const Structure, Option<usize>> = HashMap::new();
        for frame in frames {
            let place = *known
                .entry(Arc::as_ptr(&frame.identity))
                .or_insert_with(|| {
                    if is_same_but_positions(&frame.identity, session) {
                        return None;
                    }
                    let record = StructureRecord::new(&frame.identity, None);
                    recorded.structures.push(record);
                    Some(recorded.structures.len() - 1)
                });
            let identity = match place {
                Some(_) => &frame.identity,
                None => session,
            };
            recorded
                .frames
                .push(EmbeddedFrame::new(frame, identity, place));
        }
        recorded
    }
}

/// Whether only positions and cell differ, which every frame has itself.
fn is_same_but_positions(one: &Structure, other: &Structure) -> bool {
    if one.len() != other.len() || one.cell.is_some() != other.cell.is_some() {
        return false;
    }
    let mut moved = one.clone();
    moved.positions_mut().copy_from_slice(other.positions());
    moved.cell.clone_from(&other.cell);
    moved == *other
}

impl EmbeddedFrame {
    fn new(frame: &Frame, identity: &Structure, structure: Option<usize>) -> EmbeddedFrame {
        let evaluation = frame.evaluation.as_ref();
        let moves = frame.velocities.iter().any(|it| *it != glam::DVec3::ZERO);
        let cell = frame.cell.as_ref().filter(|_| frame.cell != identity.cell);
        let stress = evaluation.and_then(|it| it.stress);
        EmbeddedFrame {
            id: None,
            structure,
            kind: match &frame.activity {
                Activity::Running(Task::Dynamics(_)) => FrameKind::Dynamics,
                Activity::Running(Task::Relaxation(_)) => FrameKind::Relaxation,
                Activity::Following(_) => FrameKind::Dynamics,
                Activity::Idle | Activity::Packing(_) | Activity::Playback => FrameKind::Idle,
            },
            step: frame.step,
            time: frame.time,
            energy: evaluation.map(|it| it.energy),
            temperature: moves.then_some(frame.temperature),
            cell: cell.map(CellRecord::from),
            stress: stress.map(|stress| stress.transpose().to_cols_array_2d()),
            positions: rows(&frame.positions),
            velocities: moves.then(|| rows(&frame.velocities)),
            forces: evaluation.map(|it| rows(&it.forces)),
        }
    }

    /// Rounds positions, velocities and forces to nine digits, which keep numbers of single precision
    /// exactly: the file is about a quarter shorter.
    pub fn shorten(&mut self) {
        let lists = [self.velocities.as_mut(), self.forces.as_mut()];
        let lists = lists.into_iter().flatten().chain([&mut self.positions]);
        for number in lists.flatten().flatten() {
            *number = nine_digits(*number);
        }
    }
}

/// The number rounded to nine significant decimal digits: a number of single precision stays the same in
/// single precision.
pub fn nine_digits(number: f64) -> f64 {
    format!("{number:.8e}").parse().unwrap_or(number)
}
