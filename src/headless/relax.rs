//! `mlipview relax`.

use anyhow::Context;
use mlipview_core::chem::units;
use mlipview_core::files::{self, Source};
use mlipview_core::sim::propagate::{CellRelaxation, Method, Relaxation};
use mlipview_core::sim::{Engine, Frame, Task};

use super::output::{self, Recording};
use super::report::{Quantity, Report};
use super::run::{self, Ending};
use super::{DONE, FAILED, INTERRUPTED, NOT_CONVERGED, energy, input, potential};
use crate::cli::{Optimizer, Relax};

pub(super) fn run(arguments: &Relax) -> anyhow::Result<u8> {
    let input = input::read_one(&arguments.input, &arguments.structure)?;
    let structure = input.configuration.structure;
    let output = output::choose(
        arguments.output.as_deref(),
        Source::parse(&arguments.input).stem(),
        "relaxed",
        arguments.json,
    )?;
    let mut trajectory = arguments
        .trajectory
        .as_deref()
        .map(Recording::new)
        .transpose()?;
    output::expect_different(output.as_deref(), arguments.trajectory.as_deref())?;
    if let Some(path) = &output {
        output::expect_writable(path, &structure.clone().into())?;
    }
    let (chosen, sentence) = potential::choose(&arguments.potential, &structure)?;
    let leaves_file = output.is_some() || trajectory.is_some();
    let mut report = Report::new(arguments.json, arguments.steps, leaves_file);
    report.say(&sentence)?;

    let task = Task::Relaxation(parameters(arguments));
    let mut engine = Engine::new(structure, Some(chosen.potential), 0);
    let ending = run::run(
        &mut engine,
        task,
        arguments.steps,
        arguments.every,
        |frame| {
            if let Some(trajectory) = &mut trajectory {
                trajectory.append(frame)?;
            }
            report.step(frame.step, &quantities(frame, arguments.cell))
        },
    )?;

    let frame = engine.newest();
    if let Some(path) = &output {
        files::write(&path.to_string_lossy(), &[frame.configuration()])?;
    }
    let energy = frame
        .evaluation
        .as_ref()
        .context("the last frame has no energy")?
        .energy;
    let (outcome, words, code) = match ending {
        Ending::Converged(steps) => ("converged", format!("converged after {steps} steps"), DONE),
        Ending::StepsTaken(steps) => (
            "not converged",
            format!("not converged after {steps} steps"),
            NOT_CONVERGED,
        ),
        Ending::Stopped(reason) => ("stopped", format!("stopped: {reason}"), FAILED),
        Ending::Interrupted => ("interrupted", "interrupted".to_owned(), INTERRUPTED),
    };
    let saved = output.map_or(String::new(), |path| {
        format!("; saved as {}", path.display())
    });
    let max_force = frame.max_force().unwrap_or_default();
    let sentence = format!("{words}: energy {energy:.6} eV, max force {max_force:.4} eV/Å{saved}");
    let object = energy::outcome(&frame, outcome, &words);
    report.end(&sentence, &object)?;
    Ok(code)
}

fn parameters(arguments: &Relax) -> Relaxation {
    let method = match arguments.optimizer {
        None => Method::Auto,
        Some(Optimizer::Bfgs) => Method::Bfgs,
        Some(Optimizer::Lbfgs) => Method::Lbfgs,
        Some(Optimizer::Fire) => Method::Fire,
        Some(Optimizer::Fire2) => Method::Fire2,
    };
    let cell = arguments.cell.then(|| CellRelaxation {
        pressure: arguments.pressure * units::BAR,
        smax: arguments.smax.map(|smax| smax * units::BAR),
        ..CellRelaxation::default()
    });
    Relaxation {
        method,
        fmax: arguments.fmax,
        max_step: arguments.max_step,
        cell,
    }
}

fn quantities(frame: &Frame, cell_moves: bool) -> Vec<Quantity> {
    let Some(evaluation) = &frame.evaluation else {
        return Vec::new();
    };
    let max_force = frame.max_force().unwrap_or_default();
    let mut quantities = vec![
        Quantity::new("energy", "energy/eV", evaluation.energy, 6),
        Quantity::new("max_force", "max force/eV/Å", max_force, 4),
    ];
    if cell_moves {
        quantities.extend(Quantity::of_moving_cell(frame));
    }
    quantities
}
