//! The command `mlipview md`: molecular dynamics.

use glam::DVec3;
use mlipview_core::chem::units;
use mlipview_core::files::Source;
use mlipview_core::sim::propagate::{CellFreedom, Dynamics, RigidMotion};
use mlipview_core::sim::task::{Barostat, DynamicsSettings, Thermostat};
use mlipview_core::sim::{Command, Edit, Engine, Frame, Task};
use serde_json::json;

use super::exit_code::DONE;
use super::output::{self, TrajectoryFile};
use super::recording::RunRecording;
use super::report::{Report, ReportedQuantity};
use super::run::{self, RunOutcome};
use super::{energy, input, potential, rigid};
use crate::cli::{BarostatArg, MdArgs, ThermostatArg};

pub(super) fn run(arguments: &MdArgs) -> anyhow::Result<u8> {
    let dynamics = dynamics(arguments)?;
    let input = input::read_one(&arguments.input, &arguments.calculation.structure)?;
    let mut structure = input.configuration.structure;
    let rigid = rigid::apply(&arguments.rigid, &mut structure)?;
    let source = Source::parse(&arguments.input);
    let needs_no_file = arguments.format.json || arguments.record.is_some();
    let output = output::path(
        arguments.output.as_deref(),
        source.stem(),
        "md",
        needs_no_file,
    )?;
    output::expect_different(output.as_deref(), source.path())?;
    let mut trajectory = output.as_deref().map(TrajectoryFile::new).transpose()?;
    let (chosen, sentence) = potential::choose(&arguments.calculation.potential, &structure)?;
    let options = arguments.recording.options(arguments.every);
    let recording = arguments.record.as_deref();
    let mut recording = recording
        .map(|path| RunRecording::create(path, options))
        .transpose()?;
    let mut report = Report::new(
        arguments.format.json,
        arguments.steps,
        output.is_some() || arguments.record.is_some(),
    );
    report.message(&sentence)?;
    rigid.map_or(Ok(()), |sentence| report.message(&sentence))?;

    // Dynamics as requested, from exactly this structure.
    let mut engine =
        Engine::new(structure, Some(chosen.potential), arguments.seed).without_edit_relaxation();
    let drawn_temperature = dynamics.ensemble.initial_temperature();
    let velocities = input.configuration.velocities;
    let sentence = match set_velocities(&mut engine, arguments.initial_temperature, velocities) {
        VelocitySource::File => "velocities: from the file".to_owned(),
        VelocitySource::Drawn(temperature) => format!("velocities: drawn at {temperature} K"),
        VelocitySource::AtRest => {
            format!("velocities: drawn at {drawn_temperature} K, as the atoms are at rest")
        }
    };
    report.message(&sentence)?;
    let end = run::run(
        &mut engine,
        Task::Dynamics(dynamics),
        arguments.steps,
        arguments.every,
        |frame| {
            if let Some(trajectory) = &mut trajectory {
                trajectory.append(frame)?;
            }
            if let Some(recording) = &mut recording {
                recording.append(frame);
            }
            report.step(frame.step, &quantities(frame, arguments.barostat.is_some()))
        },
    )?;

    let frame = engine.frame();
    let outcome = RunOutcome::new(end, ("done", DONE));
    let recorded = recording.map(RunRecording::finish);
    let saved = output::saved_as(output.as_deref()) + &recorded.unwrap_or_default();
    let status = frame.potential_status.as_deref();
    let status = status.map_or_else(String::new, |status| format!("\n{status}"));
    let sentence = format!(
        "{}: {:.3} ps, {:.1} K{saved}{status}",
        outcome.sentence,
        frame.time * 1e-3,
        frame.temperature
    );
    let mut object = energy::outcome_object(&frame, &outcome);
    object["time"] = frame.time.into();
    object["temperature"] = frame.temperature.into();
    object["kinetic_energy"] = frame.kinetic_energy.into();
    object["velocities"] = json!(energy::rows(&frame.velocities));
    report.outcome(&sentence, &object)?;
    Ok(outcome.exit_code)
}

/// Source of the start velocities.
enum VelocitySource {
    /// The file.
    File,
    /// Drawn at the requested temperature, K.
    Drawn(f64),
    /// None: the engine draws them at the temperature of the ensemble when the run starts.
    AtRest,
}

/// Sets the velocities of the file, or draws them if an initial temperature is requested. Velocities
/// that are all zero count as none.
fn set_velocities(
    engine: &mut Engine,
    initial_temperature: Option<f64>,
    velocities: Option<Vec<DVec3>>,
) -> VelocitySource {
    match (initial_temperature, velocities) {
        (Some(temperature), _) if temperature != 0.0 => {
            engine.apply(0, Command::Thermalize(temperature));
            VelocitySource::Drawn(temperature)
        }
        (None, Some(velocities)) if velocities.iter().any(|v| *v != DVec3::ZERO) => {
            let velocities = velocities.into_iter().enumerate().collect();
            engine.apply(0, Command::Edit(Edit::SetVelocities(velocities)));
            VelocitySource::File
        }
        _ => VelocitySource::AtRest,
    }
}

fn dynamics(arguments: &MdArgs) -> anyhow::Result<Dynamics> {
    let thermostat = match arguments.thermostat {
        ThermostatArg::None => Thermostat::None,
        ThermostatArg::Langevin => Thermostat::Langevin,
        ThermostatArg::Bussi => Thermostat::Bussi,
    };
    if arguments.barostat.is_some() && thermostat != Thermostat::Bussi {
        anyhow::bail!("--barostat requires --thermostat bussi");
    }
    let temperature = match (thermostat, arguments.initial_temperature) {
        (Thermostat::None, Some(initial_temperature)) => initial_temperature,
        _ => arguments.temperature,
    };
    let settings = DynamicsSettings {
        timestep: arguments.timestep,
        temperature,
        thermostat,
        friction: arguments.friction,
        relaxation_time: arguments.relaxation_time,
        barostat: arguments.barostat.map(|barostat| Barostat {
            freedom: match barostat {
                BarostatArg::Isotropic => CellFreedom::Isotropic,
                BarostatArg::Anisotropic => CellFreedom::Anisotropic,
            },
            pressure: arguments.pressure * units::BAR,
            relaxation_time: arguments.pressure_relaxation_time,
            compressibility: arguments.compressibility / units::BAR,
        }),
        rigid_motion: RigidMotion::Free,
    };
    Ok(settings.dynamics())
}

fn quantities(frame: &Frame, is_cell_variable: bool) -> Vec<ReportedQuantity> {
    let Some(evaluation) = &frame.evaluation else {
        return Vec::new();
    };
    let (potential, kinetic) = (evaluation.energy, frame.kinetic_energy);
    let mut quantities = vec![
        ReportedQuantity::new("time", "time/fs", frame.time, 1),
        ReportedQuantity::new("potential_energy", "potential/eV", potential, 6),
        ReportedQuantity::new("kinetic_energy", "kinetic/eV", kinetic, 6),
        ReportedQuantity::new("total_energy", "total/eV", potential + kinetic, 6),
        ReportedQuantity::new("temperature", "T/K", frame.temperature, 1),
    ];
    if is_cell_variable {
        quantities.extend(ReportedQuantity::of_variable_cell(frame));
    } else {
        quantities.extend(ReportedQuantity::pressure(frame));
    }
    quantities
}
