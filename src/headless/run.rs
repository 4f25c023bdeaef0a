//! Runs a task of the engine to its end, and names the outcome.

use std::sync::Arc;

use anyhow::bail;
use mlipview_core::sim::{Command, Engine, Event, Frame, Task};

use super::exit_code::{DONE, FAILED, INTERRUPTED};
use super::interrupt;

/// The end of a run.
pub(super) enum RunEnd {
    /// The relaxation converged after this number of steps.
    Converged(u64),
    /// The run took all its steps.
    StepsTaken(u64),
    /// The engine stopped at the last valid state, for this reason.
    Stopped(String),
    /// Ctrl-C.
    Interrupted,
}

/// RunOutcome of a run, as it is reported.
pub(super) struct RunOutcome {
    /// Key in JSON.
    pub(super) key: &'static str,
    /// The outcome with steps or reason, as the start of a sentence.
    pub(super) sentence: String,
    /// Exit code of the program.
    pub(super) exit_code: u8,
}

impl RunOutcome {
    /// The outcome of a run; `all_steps` is the key and exit code of one that took all its steps.
    pub(super) fn new(end: RunEnd, all_steps: (&'static str, u8)) -> RunOutcome {
        let (key, exit_code) = match end {
            RunEnd::Converged(_) => ("converged", DONE),
            RunEnd::StepsTaken(_) => all_steps,
            RunEnd::Stopped(_) => ("stopped", FAILED),
            RunEnd::Interrupted => ("interrupted", INTERRUPTED),
        };
        let sentence = match end {
            RunEnd::Converged(steps) | RunEnd::StepsTaken(steps) => {
                format!("{key} after {steps} steps")
            }
            RunEnd::Stopped(reason) => format!("{key}: {reason}"),
            RunEnd::Interrupted => key.to_owned(),
        };
        RunOutcome {
            key,
            sentence,
            exit_code,
        }
    }
}

/// Runs a task for at most `steps` steps; `show` gets every `every`-th frame, the first and the last.
///
/// # Errors
/// If the engine refuses the task or cannot evaluate the structure, or `show` fails.
pub(super) fn run(
    engine: &mut Engine,
    task: Task,
    steps: u64,
    every: u64,
    mut show: impl FnMut(&Arc<Frame>) -> anyhow::Result<()>,
) -> anyhow::Result<RunEnd> {
    engine.apply(0, Command::Steps(task, steps));
    let mut shown = None;
    loop {
        let mut end = take_end(engine)?;
        let Some(frame) = engine.step() else {
            bail!("the run ended without an event")
        };
        if end.is_none() {
            end = take_end(engine)?;
        }
        if interrupt::requested() {
            // A potential that was waiting for another program fails by the interruption.
            let has_ended = matches!(end, Some(RunEnd::Converged(_) | RunEnd::StepsTaken(_)));
            end = end.filter(|_| has_ended).or(Some(RunEnd::Interrupted));
        }
        let is_due = frame.step.is_multiple_of(every) || end.is_some();
        if is_due && shown != Some(frame.step) {
            show(&frame)?;
            shown = Some(frame.step);
        }
        if let Some(end) = end {
            return Ok(end);
        }
    }
}

/// The end of the run, if the engine's events have it.
fn take_end(engine: &mut Engine) -> anyhow::Result<Option<RunEnd>> {
    for event in engine.take_events() {
        match event {
            Event::Converged { steps, .. } => return Ok(Some(RunEnd::Converged(steps))),
            Event::Stopped { steps } => return Ok(Some(RunEnd::StepsTaken(steps))),
            Event::Interrupted { reason } => return Ok(Some(RunEnd::Stopped(reason))),
            Event::Refused { reason, .. } | Event::Unevaluated { reason } => bail!(reason),
            Event::Started { .. }
            | Event::Edited { .. }
            | Event::Packed { .. }
            | Event::ExternalStatus { .. }
            | Event::PotentialChanged { .. } => {}
        }
    }
    Ok(None)
}
