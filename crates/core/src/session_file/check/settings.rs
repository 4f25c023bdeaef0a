//! Bounds of run settings, view and appearance.

use super::values::{finite, invalid, within};
use crate::session_file::{Session, SessionError};
use crate::sim::propagate::Ensemble;

/// Checks the settings of dynamics and relaxation.
pub(super) fn run(session: &Session) -> Result<(), SessionError> {
    let run = &session.run;
    let dynamics = &run.dynamics;
    let refused = |path: &str, error: &dyn std::error::Error| {
        invalid(path, "invalid settings", format!("valid ones ({error})"))
    };
    within("run.dynamics.timestep", dynamics.timestep, [1e-6, 1e6])?;
    // Settings of other thermostats than the chosen one must be finite too, or JSON cannot hold them.
    finite("run.dynamics.friction", dynamics.friction)?;
    finite("run.dynamics.relaxation_time", dynamics.relaxation_time)?;
    if let Some(barostat) = dynamics.barostat {
        finite("run.dynamics.barostat.pressure", barostat.pressure)?;
        finite(
            "run.dynamics.barostat.relaxation_time",
            barostat.relaxation_time,
        )?;
        finite(
            "run.dynamics.barostat.compressibility",
            barostat.compressibility,
        )?;
    }
    let ensemble: Ensemble = dynamics.dynamics().ensemble;
    ensemble
        .check()
        .map_err(|error| refused("run.dynamics", &error))?;
    let relaxation = &run.relaxation;
    finite("run.relaxation.fmax", relaxation.fmax)?;
    within("run.relaxation.max_step", relaxation.max_step, [1e-9, 1e6])?;
    if let Some(cell) = relaxation.cell {
        finite("run.relaxation.cell.pressure", cell.pressure)?;
        let smax = cell.smax.unwrap_or(1.0);
        within(
            "run.relaxation.cell.smax",
            smax,
            [f64::MIN_POSITIVE, f64::MAX],
        )?;
    }
    let limit = run.speed_limit.unwrap_or(1.0);
    within("run.speed_limit", limit, [f64::MIN_POSITIVE, f64::MAX])
}

/// Checks the camera.
pub(super) fn view(session: &Session) -> Result<(), SessionError> {
    let Some(view) = &session.view else {
        return Ok(());
    };
    if let Some((field, found, expected)) = view.camera.invalid() {
        return Err(invalid(format!("view.camera.{field}"), found, expected));
    }
    let angle = view.field_of_view.unwrap_or(45.0);
    within("view.field_of_view", angle, [1.0, 170.0])
}

/// Checks the drawing options.
pub(super) fn appearance(session: &Session) -> Result<(), SessionError> {
    let it = &session.appearance;
    let fractions = [
        ("ambient_occlusion", it.ambient_occlusion),
        ("outlines", it.outlines),
        ("depth_cue", it.depth_cue),
    ];
    for (name, value) in fractions {
        within(&format!("appearance.{name}"), value.into(), [0.0, 1.0])?;
    }
    let sizes = [
        ("ball", it.ball.into()),
        ("stick", it.stick.into()),
        ("arrows.force_scale", it.arrows.force_scale.into()),
        ("arrows.velocity_scale", it.arrows.velocity_scale.into()),
        ("color_limits.force", it.color_limits.force),
        ("color_limits.speed", it.color_limits.speed),
        ("color_limits.charge", it.color_limits.charge),
    ];
    for (name, value) in sizes {
        within(&format!("appearance.{name}"), value, [0.0, 1e9])?;
    }
    for images in it.images {
        within("appearance.images", images.into(), [1.0, 1000.0])?;
    }
    Ok(())
}
