//! Run settings as fields of a session, and back.

use crate::app::run::{RunKind, RunSettings};
use mlipview_core::session_file as file;
use mlipview_core::sim::Task;

/// The settings as fields of a session.
pub(super) fn record(settings: &RunSettings, running: bool) -> file::RunSettings {
    let relaxation = match settings.task(RunKind::Relaxation) {
        Task::Relaxation(relaxation) => relaxation,
        Task::Dynamics(_) => Default::default(),
    };
    file::RunSettings {
        kind: match settings.kind {
            RunKind::Dynamics => file::RunKind::Dynamics,
            RunKind::Relaxation => file::RunKind::Relaxation,
        },
        running,
        dynamics: settings.dynamics(),
        relaxation,
        speed_limit: settings.speed_limit,
        seed: None,
    }
}

/// The settings of a session.
pub(super) fn settings(record: &file::RunSettings) -> RunSettings {
    let file::RunSettings {
        dynamics,
        relaxation,
        ..
    } = record;
    let pressures = [
        dynamics.barostat.map(|barostat| barostat.pressure),
        relaxation.cell.map(|cell| cell.pressure),
    ];
    RunSettings {
        temperature: dynamics.temperature,
        timestep: dynamics.timestep,
        thermostat: dynamics.thermostat,
        friction: dynamics.friction,
        relaxation_time: dynamics.relaxation_time,
        barostat: dynamics.barostat.is_some(),
        pressure: pressures.into_iter().flatten().next().unwrap_or(0.0),
        method: relaxation.method,
        fmax: relaxation.fmax,
        relax_cell: relaxation.cell.is_some(),
        speed_limit: record.speed_limit,
        rigid_motion: dynamics.rigid_motion,
        kind: match record.kind {
            file::RunKind::Dynamics => RunKind::Dynamics,
            file::RunKind::Relaxation => RunKind::Relaxation,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::run::Thermostat;

    #[test]
    fn run_settings_come_back() {
        let changed = RunSettings {
            temperature: 421.0,
            thermostat: Thermostat::Bussi,
            barostat: true,
            pressure: 0.01,
            fmax: 0.002,
            relax_cell: true,
            speed_limit: None,
            kind: RunKind::Relaxation,
            ..RunSettings::default()
        };
        for settings_before in [RunSettings::default(), changed] {
            assert_eq!(settings(&record(&settings_before, true)), settings_before);
        }
    }
}
