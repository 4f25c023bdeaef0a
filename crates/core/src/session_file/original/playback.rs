//! Reader of the playback and run settings of a session of the original.

use super::FRICTION;
use crate::json::{Cursor, JsonError};
use crate::potential::Request;
use crate::script::FrameReference;
use crate::script::original::{Notes, frame_reference};
use crate::session_file::{MAX_NAME, Playback, PlaybackRange, Repetition, RunKind, RunSettings};

/// Default timestep of the original, fs.
const TIMESTEP: f64 = 1.0;

/// Default friction of the original, 1/[`ASE_TIME`](crate::chem::units::ASE_TIME).
const DEFAULT_FRICTION: f64 = 0.5;

/// Bounds of the rate that the original plays, frames/s.
const RATES: [f64; 2] = [1.0, 1000.0];

/// The settings of `timeline.playback`.
pub(super) fn playback(playback: &Cursor, notes: &mut Notes) -> Result<Playback, JsonError> {
    let default = Playback::default();
    let flag = |key: &str| playback.get(key).map_or(Ok(false), |it| it.flag());
    let rate = playback.object()?.get("defaultFps");
    let rate = rate.map(|it| it.number()).transpose()?;
    let rate = rate.filter(|rate| *rate > 0.0);
    let loops = flag("loop")?;
    let range = match playback.get("loopRange") {
        Some(range) if loops => Some(loop_range(&range)?),
        Some(range) => {
            let path = range.path();
            notes.add(format!(
                "{path}: left out, because it has no effect without loop"
            ));
            None
        }
        None => None,
    };
    Ok(Playback {
        // As the original, in whole frames/s.
        rate: rate.map_or(default.rate, |rate| rate.round().clamp(RATES[0], RATES[1])),
        starts: flag("autoPlay")?,
        repeat: if loops {
            Repetition::Loop
        } else {
            Repetition::Once
        },
        range,
        first: reference(playback.get("startFrame"))?,
        interpolate: false,
    })
}

fn reference(frame: Option<Cursor>) -> Result<Option<FrameReference>, JsonError> {
    frame.map_or(Ok(None), |frame| frame_reference(&frame))
}

fn loop_range(range: &Cursor) -> Result<PlaybackRange, JsonError> {
    let end = |key: &str, id: &str| -> Result<Option<FrameReference>, JsonError> {
        if let Some(frame) = range.object()?.get(key) {
            return reference(Some(frame));
        }
        let id = range.get(id).map(|it| it.text(MAX_NAME)).transpose()?;
        Ok(id.map(FrameReference::named))
    };
    Ok(PlaybackRange {
        start: end("start", "startFrameId")?,
        end: end("end", "endFrameId")?,
    })
}

/// The run settings of `timeline`, and the requested potential.
pub(super) fn run(timeline: &Cursor) -> Result<(RunSettings, Option<Request>), JsonError> {
    let mut run = RunSettings::default();
    let mode = timeline.get("lastLiveMode");
    let mode = mode.map(|it| it.text(MAX_NAME)).transpose()?;
    if mode == Some("relax") {
        run.kind = RunKind::Relaxation;
    }
    let running = timeline.get("wasRunning");
    run.running = running.map_or(Ok(false), |it| it.flag())?;
    run.dynamics.timestep = TIMESTEP;
    run.dynamics.friction = DEFAULT_FRICTION * FRICTION;
    let Some(parameters) = timeline.get("pendingSimParams") else {
        return Ok((run, None));
    };
    let number = |key: &str| -> Result<Option<f64>, JsonError> {
        let number = parameters.object()?.get(key);
        number.map(|it| it.not_negative()).transpose()
    };
    let positive = |key: &str| Ok::<_, JsonError>(number(key)?.filter(|it| *it > 0.0));
    let dynamics = &mut run.dynamics;
    dynamics.temperature = number("temperature")?.unwrap_or(dynamics.temperature);
    dynamics.timestep = positive("timestep_fs")?.unwrap_or(dynamics.timestep);
    let friction = number("friction")?.map(|friction| friction * FRICTION);
    dynamics.friction = friction.unwrap_or(dynamics.friction);
    let fmax = parameters.get("fmax").map(|it| it.number()).transpose()?;
    run.relaxation.fmax = fmax.unwrap_or(run.relaxation.fmax);
    run.relaxation.max_step = positive("max_step")?.unwrap_or(run.relaxation.max_step);
    let calculator = parameters.get("calculator");
    let calculator = calculator.map(|it| it.text(MAX_NAME)).transpose()?;
    let request = calculator.and_then(|name| name.parse().ok());
    Ok((run, request))
}
