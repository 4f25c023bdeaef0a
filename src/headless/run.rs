//! A task from its first frame to its end.

use anyhow::bail;
use mlipview_core::sim::{Command, Engine, Event, Frame, Task};

use super::interrupt;

/// How a run ended.
pub(super) enum Ending {
    /// The relaxation met its criteria after so many moves.
    Converged(u64),
    /// All steps asked for were taken.
    StepsTaken(u64),
    /// The engine stopped at the last good state, for this reason.
    Stopped(String),
    /// Ctrl-C.
    Interrupted,
}

/// Runs a task for at most `steps` steps and shows every `every`-th frame, the first and the last.
pub(super) fn run(
    engine: &mut Engine,
    task: Task,
    steps: u64,
    every: u64,
    mut show: impl FnMut(&Frame) -> anyhow::Result<()>,
) -> anyhow::Result<Ending> {
    engine.apply(0, Command::Steps(task, steps));
    let mut shown = None;
    loop {
        let mut ending = end(engine)?;
        let Some(frame) = engine.step() else {
            bail!("the run ended without saying why")
        };
        if ending.is_none() {
            ending = end(engine)?;
        }
        if interrupt::requested() {
            ending.get_or_insert(Ending::Interrupted);
        }
        let due = frame.step.is_multiple_of(every) || ending.is_some();
        if due && shown != Some(frame.step) {
            show(&frame)?;
            shown = Some(frame.step);
        }
        if let Some(ending) = ending {
            return Ok(ending);
        }
    }
}

/// What the engine's events say of the run's end.
fn end(engine: &mut Engine) -> anyhow::Result<Option<Ending>> {
    for event in engine.take_events() {
        match event {
            Event::Converged { steps, .. } => return Ok(Some(Ending::Converged(steps))),
            Event::Stopped { steps } => return Ok(Some(Ending::StepsTaken(steps))),
            Event::Interrupted { reason } => return Ok(Some(Ending::Stopped(reason))),
            Event::Refused { reason, .. } | Event::Unevaluated { reason } => bail!(reason),
            Event::Started { .. } | Event::Edited { .. } | Event::PotentialChanged { .. } => {}
        }
    }
    Ok(None)
}
