//! Marks on a timeline: edits of the structure, and starts of runs.

use crate::sim::frame::{Activity, Frame};
use crate::sim::playback::FrameAddress;

/// A frame at which something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The first frame afterwards.
    pub address: FrameAddress,
    /// Kind of the event.
    pub kind: MarkKind,
}

/// Kind of event at a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Atoms were edited.
    Edit,
    /// A run of dynamics began.
    Dynamics,
    /// A relaxation began.
    Relaxation,
}

impl MarkKind {
    /// The event between two consecutive frames, if there is one.
    pub fn between(before: &Frame, after: &Frame) -> Option<MarkKind> {
        if before.revision != after.revision {
            return Some(MarkKind::Edit);
        }
        match (&before.activity, &after.activity) {
            (Activity::Running(one), Activity::Running(other)) if one.name() == other.name() => {
                None
            }
            (Activity::Following(_), Activity::Following(_)) => None,
            (_, Activity::Following(_)) => Some(MarkKind::Dynamics),
            (_, Activity::Running(task)) if task.timestep().is_some() => Some(MarkKind::Dynamics),
            (_, Activity::Running(_)) => Some(MarkKind::Relaxation),
            _ => None,
        }
    }

    /// Name for display.
    pub fn name(self) -> &'static str {
        match self {
            MarkKind::Edit => "edit",
            MarkKind::Dynamics => "start of dynamics",
            MarkKind::Relaxation => "start of relaxation",
        }
    }
}
