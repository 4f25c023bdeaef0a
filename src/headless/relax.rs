//! The command `mlipview relax`: relaxes atoms and cell.

use anyhow::Context;
use mlipview_core::chem::units;
use mlipview_core::files::{self, Source};
use mlipview_core::sim::propagate::{CellRelaxation, Method, Relaxation};
use mlipview_core::sim::{Engine, Frame, Task};

use super::exit_code::NOT_CONVERGED;
use super::output::{self, TrajectoryFile};
use super::report::{Report, ReportedQuantity};
use super::run::{self, RunOutcome};
use super::{energy, input, potential, rigid};
use crate::cli::{OptimizerArg, RelaxArgs};

pub(super) fn run(arguments: &RelaxArgs) -> anyhow::Result<u8> {
    let input = input::read_one(&arguments.input, &arguments.calculation.structure)?;
    let mut structure = input.configuration.structure;
    let rigid = rigid::apply(&arguments.rigid, &mut structure)?;
    let output = output::path(
        arguments.output.as_deref(),
        Source::parse(&arguments.input).stem(),
        "relaxed",
        arguments.format.json,
    )?;
    let mut trajectory = arguments
        .trajectory
        .as_deref()
        .map(TrajectoryFile::new)
        .transpose()?;
    output::expect_different(output.as_deref(), arguments.trajectory.as_deref())?;
    if let Some(path) = &output {
        output::expect_writable(path, &structure.clone().into())?;
    }
    let (chosen, sentence) = potential::choose(&arguments.calculation.potential, &structure)?;
    let writes_file = output.is_some() || trajectory.is_some();
    let mut report = Report::new(arguments.format.json, arguments.steps, writes_file);
    report.message(&sentence)?;
    rigid.map_or(Ok(()), |sentence| report.message(&sentence))?;

    let task = Task::Relaxation(relaxation(arguments));
    let mut engine = Engine::new(structure, Some(chosen.potential), 0);
    let end = run::run(
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

    let frame = engine.frame();
    if let Some(path) = &output {
        files::write(&path.to_string_lossy(), &[frame.configuration()])?;
    }
    let energy = frame
        .evaluation
        .as_ref()
        .context("the last frame has no energy")?
        .energy;
    let outcome = RunOutcome::new(end, ("not converged", NOT_CONVERGED));
    let saved = output::saved_as(output.as_deref());
    let max_force = frame.max_force().unwrap_or_default();
    let sentence = format!(
        "{}: energy {energy:.6} eV, max force {max_force:.4} eV/Å{saved}",
        outcome.sentence
    );
    report.outcome(&sentence, &energy::outcome_object(&frame, &outcome))?;
    Ok(outcome.exit_code)
}

fn relaxation(arguments: &RelaxArgs) -> Relaxation {
    let method = match arguments.optimizer {
        None => Method::Auto,
        Some(OptimizerArg::Bfgs) => Method::Bfgs,
        Some(OptimizerArg::Lbfgs) => Method::Lbfgs,
        Some(OptimizerArg::Fire) => Method::Fire,
        Some(OptimizerArg::Fire2) => Method::Fire2,
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

fn quantities(frame: &Frame, is_cell_variable: bool) -> Vec<ReportedQuantity> {
    let Some(evaluation) = &frame.evaluation else {
        return Vec::new();
    };
    let max_force = frame.max_force().unwrap_or_default();
    let mut quantities = vec![
        ReportedQuantity::new("energy", "energy/eV", evaluation.energy, 6),
        ReportedQuantity::new("max_force", "max force/eV/Å", max_force, 4),
    ];
    if is_cell_variable {
        quantities.extend(ReportedQuantity::of_variable_cell(frame));
    }
    quantities
}
