//! `mlipview md`.

use glam::DVec3;
use mlipview_core::chem::units;
use mlipview_core::files::Source;
use mlipview_core::sim::propagate::{CellFreedom, Dynamics, RigidMotion};
use mlipview_core::sim::task::{Barostat, DynamicsSettings, Thermostat};
use mlipview_core::sim::{Command, Edit, Engine, Frame, Task};
use serde_json::json;

use super::output::{self, Recording};
use super::report::{Quantity, Report};
use super::run::{self, Ending};
use super::{DONE, FAILED, INTERRUPTED, energy, input, potential};
use crate::cli::{self, Md};

pub(super) fn run(arguments: &Md) -> anyhow::Result<u8> {
    let dynamics = parameters(arguments)?;
    let input = input::read_one(&arguments.input, &arguments.structure)?;
    let structure = input.configuration.structure;
    let source = Source::parse(&arguments.input);
    let output = output::choose(
        arguments.output.as_deref(),
        source.stem(),
        "md",
        arguments.json,
    )?;
    output::expect_different(output.as_deref(), source.path())?;
    let mut trajectory = output.as_deref().map(Recording::new).transpose()?;
    let (chosen, sentence) = potential::choose(&arguments.potential, &structure)?;
    let mut report = Report::new(arguments.json, arguments.steps, output.is_some());
    report.say(&sentence)?;

    let mut engine = Engine::new(structure, Some(chosen.potential), arguments.seed);
    let drawn_at = dynamics.ensemble.initial_temperature();
    let velocities = input.configuration.velocities;
    let sentence = match start(&mut engine, arguments.initial_temperature, velocities) {
        Start::File => "velocities: from the file".to_owned(),
        Start::Drawn(temperature) => format!("velocities: drawn at {temperature} K"),
        Start::AtRest => format!("velocities: drawn at {drawn_at} K, as the atoms are at rest"),
    };
    report.say(&sentence)?;
    let ending = run::run(
        &mut engine,
        Task::Dynamics(dynamics),
        arguments.steps,
        arguments.every,
        |frame| {
            if let Some(trajectory) = &mut trajectory {
                trajectory.append(frame)?;
            }
            report.step(frame.step, &quantities(frame, arguments.barostat.is_some()))
        },
    )?;

    let frame = engine.newest();
    let (outcome, words, code) = match ending {
        Ending::Converged(steps) | Ending::StepsTaken(steps) => {
            ("done", format!("done after {steps} steps"), DONE)
        }
        Ending::Stopped(reason) => ("stopped", format!("stopped: {reason}"), FAILED),
        Ending::Interrupted => ("interrupted", "interrupted".to_owned(), INTERRUPTED),
    };
    let saved = output.map_or(String::new(), |path| {
        format!("; saved as {}", path.display())
    });
    let sentence = format!(
        "{words}: {:.3} ps, {:.1} K{saved}",
        frame.time * 1e-3,
        frame.temperature
    );
    let mut object = energy::outcome(&frame, outcome, &words);
    object["time"] = frame.time.into();
    object["temperature"] = frame.temperature.into();
    object["kinetic_energy"] = frame.kinetic_energy.into();
    object["velocities"] = json!(energy::rows(&frame.velocities));
    report.end(&sentence, &object)?;
    Ok(code)
}

/// Where the velocities at the start come from.
enum Start {
    /// The file has some.
    File,
    /// Drawn at a temperature that was asked for, K.
    Drawn(f64),
    /// The atoms are at rest: the engine draws some at the temperature of the ensemble.
    AtRest,
}

/// Gives the engine the velocities of the file, unless others are asked for. Velocities that are all
/// zero are those of atoms at rest.
fn start(
    engine: &mut Engine,
    initial_temperature: Option<f64>,
    velocities: Option<Vec<DVec3>>,
) -> Start {
    match (initial_temperature, velocities) {
        (Some(temperature), _) if temperature != 0.0 => {
            engine.apply(0, Command::Thermalize(temperature));
            Start::Drawn(temperature)
        }
        (None, Some(velocities)) if velocities.iter().any(|v| *v != DVec3::ZERO) => {
            let velocities = velocities.into_iter().enumerate().collect();
            engine.apply(0, Command::Edit(Edit::SetVelocities(velocities)));
            Start::File
        }
        _ => Start::AtRest,
    }
}

fn parameters(arguments: &Md) -> anyhow::Result<Dynamics> {
    let thermostat = match arguments.thermostat {
        cli::Thermostat::None => Thermostat::None,
        cli::Thermostat::Langevin => Thermostat::Langevin,
        cli::Thermostat::Bussi => Thermostat::Bussi,
    };
    if arguments.barostat.is_some() && thermostat != Thermostat::Bussi {
        anyhow::bail!("--barostat works with --thermostat bussi");
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
                cli::Barostat::Isotropic => CellFreedom::Isotropic,
                cli::Barostat::Anisotropic => CellFreedom::Anisotropic,
            },
            pressure: arguments.pressure * units::BAR,
            relaxation_time: arguments.pressure_relaxation_time,
            compressibility: arguments.compressibility / units::BAR,
        }),
        rigid_motion: RigidMotion::Free,
    };
    Ok(settings.dynamics())
}

fn quantities(frame: &Frame, cell_moves: bool) -> Vec<Quantity> {
    let Some(evaluation) = &frame.evaluation else {
        return Vec::new();
    };
    let (potential, kinetic) = (evaluation.energy, frame.kinetic_energy);
    let mut quantities = vec![
        Quantity::new("time", "time/fs", frame.time, 1),
        Quantity::new("potential_energy", "potential/eV", potential, 6),
        Quantity::new("kinetic_energy", "kinetic/eV", kinetic, 6),
        Quantity::new("total_energy", "total/eV", potential + kinetic, 6),
        Quantity::new("temperature", "T/K", frame.temperature, 1),
    ];
    if cell_moves {
        quantities.extend(Quantity::of_moving_cell(frame));
    } else {
        quantities.extend(Quantity::pressure(frame));
    }
    quantities
}
