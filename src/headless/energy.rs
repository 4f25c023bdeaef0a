//! The command `mlipview energy`: energies, forces and stress of structures.

use std::io::Write;

use anyhow::{Context, anyhow};
use glam::DVec3;
use mlipview_core::chem::format::FrameSelection;
use mlipview_core::chem::{Structure, units};
use mlipview_core::files;
use mlipview_core::potential::catalog::AUTO;
use mlipview_core::potential::{Chosen, Evaluation, ForceErrors};
use mlipview_core::sim::{Frame, guard};
use serde_json::{Value, json};

use super::exit_code::DONE;
use super::input::Input;
use super::run::RunOutcome;
use super::{input, interrupt, potential};
use crate::cli::EnergyArgs;

pub(super) fn run(arguments: &EnergyArgs) -> anyhow::Result<u8> {
    let path = arguments.output.as_ref().map(|path| path.to_string_lossy());
    let mut output = path
        .as_deref()
        .map(files::TrajectoryWriter::create)
        .transpose()?;
    let computed = compute(arguments, &mut output);
    // Results before an error are saved.
    output.map_or(Ok(()), files::TrajectoryWriter::finish)?;
    computed?;
    Ok(interrupt::exit_code(DONE))
}

/// Computes and prints all structures, and writes them.
fn compute(
    arguments: &EnergyArgs,
    output: &mut Option<files::TrajectoryWriter>,
) -> anyhow::Result<()> {
    let mut printed_reason = String::new();
    let mut chosen = None;
    for argument in &arguments.inputs {
        for input in input::read(
            argument,
            FrameSelection::ALL,
            &arguments.calculation.structure,
        )? {
            if interrupt::requested() {
                return Ok(());
            }
            let Input {
                name,
                mut configuration,
            } = input?;
            input::report_notes(&name, &configuration.notes);
            let structure = &configuration.structure;
            let kept = chosen.take().filter(|kept| is_for(kept, structure));
            let mut now = match kept {
                Some(kept) => kept,
                None => potential::choose(&arguments.calculation.potential, structure)
                    .map(|(potential, reason)| (potential, reason, structure.clone()))?,
            };
            let (potential, reason) = (&mut now.0.potential, now.1.clone());
            let evaluation = potential.evaluate(structure).context(name.clone())?;
            guard::check_finite(&evaluation).map_err(|reason| anyhow!("{name}: {reason}"))?;
            if arguments.format.json {
                let line = evaluation_object(potential.name(), &evaluation);
                writeln!(std::io::stdout(), "{line}")?;
            } else {
                if reason != printed_reason {
                    writeln!(std::io::stdout(), "{reason}")?;
                    printed_reason = reason;
                }
                writeln!(
                    std::io::stdout(),
                    "{}",
                    sentence(&name, structure, &evaluation)
                )?;
            }
            if let Some(output) = output {
                configuration.energy = Some(evaluation.energy);
                configuration.forces = Some(evaluation.forces);
                configuration.stress = evaluation.stress;
                output.push(&configuration)?;
            }
            // A choice by the structure is made for each.
            chosen = Some(now).filter(|_| arguments.calculation.potential.potential.name != AUTO);
        }
    }
    Ok(())
}

/// Whether a potential for a structure is one for another: the same atoms, in a cell or not.
fn is_for((_, _, kept): &(Chosen, String, Structure), structure: &Structure) -> bool {
    let periodicity = |it: &Structure| it.cell.as_ref().map(|cell| cell.periodic());
    kept.elements() == structure.elements()
        && kept.charge == structure.charge
        && kept.multiplicity() == structure.multiplicity()
        && periodicity(kept) == periodicity(structure)
}

/// JSON object of a frame's results.
fn frame_object(frame: &Frame) -> Value {
    let potential = frame.potential.as_deref().unwrap_or_default();
    frame.evaluation.as_ref().map_or_else(
        || json!({ "potential": potential, "n_atoms": frame.positions.len(), "energy": null }),
        |evaluation| evaluation_object(potential, evaluation),
    )
}

/// JSON object of the last frame of a run: the outcome, and all that is needed to continue.
pub(super) fn outcome_object(frame: &Frame, outcome: &RunOutcome) -> Value {
    let mut object = frame_object(frame);
    object["outcome"] = outcome.key.into();
    object["reason"] = outcome.sentence.as_str().into();
    object["steps"] = frame.step.into();
    object["positions"] = json!(rows(&frame.positions));
    object["cell"] = json!(frame.cell.as_ref().map(|cell| rows(&cell.vectors())));
    object
}

fn evaluation_object(potential: &str, evaluation: &Evaluation) -> Value {
    let stress = evaluation.stress.map(|stress| {
        let stress = stress.transpose();
        rows(&[stress.x_axis, stress.y_axis, stress.z_axis])
    });
    json!({
        "potential": potential,
        "n_atoms": evaluation.forces.len(),
        "energy": evaluation.energy,
        "forces": rows(&evaluation.forces),
        "stress": stress,
        "charges": evaluation.charges,
        "force_errors": evaluation.force_errors,
    })
}

/// Vectors as arrays for JSON.
pub(super) fn rows(vectors: &[DVec3]) -> Vec<[f64; 3]> {
    vectors.iter().map(|vector| vector.to_array()).collect()
}

fn sentence(name: &str, structure: &Structure, evaluation: &Evaluation) -> String {
    let max_force = evaluation
        .forces
        .iter()
        .map(|force| force.length())
        .fold(0.0, f64::max);
    // Without three periodic axes the volume includes vacuum, so a pressure has no meaning.
    let bulk = structure
        .cell
        .as_ref()
        .is_some_and(|cell| cell.periodic() == [true; 3]);
    let pressure = evaluation
        .stress
        .filter(|_| bulk)
        .map_or(String::new(), |stress| {
            let trace = stress.x_axis.x + stress.y_axis.y + stress.z_axis.z;
            format!(", pressure {:.1} bar", -trace / 3.0 / units::BAR)
        });
    let (energy, atoms) = (evaluation.energy, evaluation.forces.len());
    let expected = expected_errors(evaluation);
    format!(
        "{name}: {atoms} atoms, energy {energy:.6} eV, max force {max_force:.4} eV/Å{pressure}\
         {expected}"
    )
}

/// Expected force errors of the potential, as the end of a sentence.
fn expected_errors(evaluation: &Evaluation) -> String {
    evaluation
        .expected_force_errors()
        .map_or_else(String::new, |errors| {
            let ForceErrors { mean, largest, .. } = errors;
            format!(", expected force error {mean:.2} eV/Å, at most {largest:.2}")
        })
}
