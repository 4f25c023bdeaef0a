//! Writer of the frames and energies of a session of the original.

use serde_json::{Value, json};

use crate::chem::units::ASE_TIME;
use crate::session_file::{EmbeddedFrames, FrameKind};

/// Velocities in the unit of the original, √(eV/amu), from Å/fs; `None` if one is too large for a number
/// in that unit (above 1.7e307 Å/fs).
pub(super) fn velocities(rows: &[[f64; 3]]) -> Option<Value> {
    let converted = |row: &[f64; 3]| {
        let row = row.map(|velocity| velocity * ASE_TIME);
        row.iter().all(|it| it.is_finite()).then(|| json!(row))
    };
    rows.iter().map(converted).collect()
}

fn kind(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::Idle => "idle",
        FrameKind::Dynamics => "md",
        FrameKind::Relaxation => "relax",
    }
}

/// The frames, each with an id.
pub(super) fn frames(embedded: &EmbeddedFrames) -> Vec<Value> {
    let mut points = 0;
    let mut frames = Vec::with_capacity(embedded.frames.len());
    for (index, frame) in embedded.frames.iter().enumerate() {
        let number = index + 1;
        let generated = format!("frame-{number:05}");
        let point = frame.energy.map(|_| points);
        points += usize::from(frame.energy.is_some());
        frames.push(json!({
            "id": frame.id.as_ref().unwrap_or(&generated),
            "numericId": number,
            "kind": kind(frame.kind),
            "seq": number,
            "simStep": frame.step,
            "userInteractionCount": 0,
            "timestamp": 0,
            "energy": frame.energy,
            "temperature": frame.temperature,
            "stress": frame.stress,
            "energyIndex": point,
            "positions": frame.positions,
            "velocities": frame.velocities.as_deref().and_then(velocities),
            "forces": frame.forces,
        }));
    }
    frames
}

/// The curve of energies: a point for each frame that has one.
pub(super) fn energies(embedded: &EmbeddedFrames) -> Value {
    let point = |frame: &crate::session_file::EmbeddedFrame| {
        let energy = frame.energy?;
        Some(json!({ "energy": energy, "kind": kind(frame.kind) }))
    };
    let series: Vec<Value> = embedded.frames.iter().filter_map(point).collect();
    json!({ "markerIndex": series.len().checked_sub(1), "series": series })
}
