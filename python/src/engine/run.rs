//! Run of a task, with callbacks and Ctrl-C.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mlipview_core::sim::{Command, Engine, Event, Frame as CoreFrame, Task};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use super::frame::Frame;

/// Key of the outcome, reason, and steps.
pub(super) type Outcome = (&'static str, String, u64);

/// Time between two checks for Ctrl-C; a step in progress is not interrupted.
const SIGNAL_INTERVAL: Duration = Duration::from_millis(50);

/// Runs a task for at most `steps` steps; `callback` gets the first frame, every `every`-th and the last,
/// and ends the run by returning `False`.
pub(super) fn run(
    py: Python<'_>,
    engine: &Mutex<Engine>,
    task: Task,
    steps: u64,
    every: u64,
    callback: Option<Bound<'_, PyAny>>,
) -> PyResult<Outcome> {
    let lock = || engine.lock().unwrap_or_else(PoisonError::into_inner);
    py.detach(|| lock().apply(0, Command::Steps(task, steps)));
    let mut shown = None;
    loop {
        let progress = py.detach(|| advance(&mut lock(), every, shown));
        let Progress { frame, end } = progress?;
        py.check_signals()?;
        let is_due = frame.step.is_multiple_of(every) || end.is_some();
        if is_due && shown != Some(frame.step) {
            shown = Some(frame.step);
            if let Some(callback) = &callback {
                let go_on = callback.call1((Frame::from(Arc::clone(&frame)),))?;
                if go_on.extract().is_ok_and(|go_on: bool| !go_on) && end.is_none() {
                    py.detach(|| lock().apply(0, Command::Stop));
                    return Ok(("stopped", "by the callback".to_owned(), frame.step));
                }
            }
        }
        if let Some((key, reason)) = end {
            return Ok((key, reason, frame.step));
        }
    }
}

/// The newest frame, and how the run has ended, if it has.
struct Progress {
    frame: Arc<CoreFrame>,
    end: Option<(&'static str, String)>,
}

/// Takes steps until the run ends, a frame is due, or Ctrl-C is to be checked.
#[expect(clippy::disallowed_methods, reason = "Ctrl-C is checked by wall time")]
fn advance(engine: &mut Engine, every: u64, shown: Option<u64>) -> PyResult<Progress> {
    let start = Instant::now();
    loop {
        let mut end = take_end(engine)?;
        let Some(frame) = engine.step() else {
            return Err(PyRuntimeError::new_err("the run ended without an event"));
        };
        if end.is_none() {
            end = take_end(engine)?;
        }
        let is_due = frame.step.is_multiple_of(every) && shown != Some(frame.step);
        if is_due || end.is_some() || start.elapsed() > SIGNAL_INTERVAL {
            return Ok(Progress { frame, end });
        }
    }
}

/// The end of the run, if the engine's events have it.
fn take_end(engine: &mut Engine) -> PyResult<Option<(&'static str, String)>> {
    for event in engine.take_events() {
        let text = event.to_string();
        match event {
            Event::Converged { .. } => return Ok(Some(("converged", text))),
            Event::Stopped { .. } => return Ok(Some(("steps taken", text))),
            Event::Interrupted { reason } => return Ok(Some(("failed", reason))),
            Event::Refused { reason, .. } | Event::Unevaluated { reason } => {
                return Err(PyRuntimeError::new_err(reason));
            }
            Event::Started { .. }
            | Event::Edited { .. }
            | Event::ExternalStatus { .. }
            | Event::Packed { .. }
            | Event::PotentialChanged { .. } => {}
        }
    }
    Ok(None)
}
