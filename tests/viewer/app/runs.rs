//! Starting, changing and reporting runs.

use mlipview_core::sim::propagate::{Ensemble, Method};
use mlipview_core::sim::{Activity, Task};
use mlipview_viewer::app::notices::Severity;
use mlipview_viewer::app::progress::Progress;
use mlipview_viewer::app::run::{RunKind, RunSettings, Thermostat};
use mlipview_viewer::interact::action::Action;

use super::has_notice;
use crate::interact::argon_viewer;
use crate::test_viewer::TestViewer;

/// Temperature (K) and timestep (fs) of the current dynamics.
fn dynamics(viewer: &TestViewer) -> Option<(f64, f64)> {
    match &viewer.frame().activity {
        Activity::Running(Task::Dynamics(dynamics)) => match dynamics.ensemble {
            Ensemble::Langevin { temperature, .. } => Some((temperature, dynamics.timestep)),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn dynamics_start_with_the_settings_of_the_panel() {
    let mut viewer = argon_viewer();
    let mut settings = viewer.get_mut::<RunSettings>();
    settings.temperature = 45.0;
    settings.timestep = 2.5;
    viewer.act(Action::StartDynamics);
    viewer.wait_until("the run", |viewer| viewer.frame().step > 2);
    assert_eq!(dynamics(&viewer), Some((45.0, 2.5)));
    let words = |viewer: &TestViewer| viewer.get::<Progress>().in_words(&viewer.frame());
    viewer.wait_until("a rate", |viewer| words(viewer).contains("steps/s"));
    assert!(words(&viewer).starts_with("running"), "{}", words(&viewer));

    viewer.act(Action::ToggleRun);
    viewer.wait_until("the end", |viewer| {
        words(viewer).starts_with("stopped after")
    });
    // The last kind of run is repeated.
    viewer.act(Action::ToggleRun);
    viewer.wait_until("the run", |viewer| dynamics(viewer).is_some());
}

#[test]
fn the_temperature_changes_during_a_run_and_the_velocities_stay() {
    let mut viewer = argon_viewer();
    let mut settings = viewer.get_mut::<RunSettings>();
    settings.temperature = 20.0;
    // Without friction, the thermostat has no effect.
    settings.friction = 0.0;
    viewer.act(Action::StartDynamics);
    viewer.wait_until("the run", |viewer| viewer.frame().step > 5);
    let total = |viewer: &TestViewer| {
        let frame = viewer.frame();
        frame.kinetic_energy + frame.evaluation.as_ref().unwrap().energy
    };
    let before = total(&viewer);
    viewer.get_mut::<RunSettings>().temperature = 2000.0;
    viewer.wait_until("the new temperature", |viewer| {
        dynamics(viewer) == Some((2000.0, 1.0))
    });
    let step = viewer.frame().step;
    viewer.wait_until("more steps", |viewer| viewer.frame().step > step + 20);
    // Velocities at 2000 K would add 0.8 eV.
    let gained = total(&viewer) - before;
    assert!(gained.abs() < 0.005, "gained {gained} eV");
}

#[test]
fn settings_changed_at_the_start_of_a_run_are_not_lost() {
    let mut viewer = argon_viewer();
    viewer.get_mut::<RunSettings>().temperature = 20.0;
    viewer.act(Action::StartDynamics);
    viewer.get_mut::<RunSettings>().temperature = 30.0;
    viewer.wait_until("the new temperature", |viewer| {
        dynamics(viewer) == Some((30.0, 1.0))
    });
    // Changing settings back does not restart the previous run.
    let mut settings = viewer.get_mut::<RunSettings>();
    // Never reached, so that the relaxation is seen running.
    settings.fmax = 1e-30;
    settings.method = Method::Fire;
    viewer.app.update();
    viewer.act(Action::Relax);
    viewer.get_mut::<RunSettings>().temperature = 40.0;
    viewer.wait_until("the relaxation", |viewer| {
        matches!(
            &viewer.frame().activity,
            Activity::Running(Task::Relaxation(_))
        )
    });
    viewer.app.update();
    assert_eq!(dynamics(&viewer), None);
}

#[test]
fn a_converged_relaxation_is_reported() {
    let mut viewer = argon_viewer();
    viewer.get_mut::<RunSettings>().thermostat = Thermostat::Bussi;
    viewer.act(Action::Relax);
    assert_eq!(viewer.get::<RunSettings>().kind, RunKind::Relaxation);
    viewer.wait_until("the minimum", |viewer| {
        has_notice(viewer, Severity::Info, "Converged after")
    });
    viewer.app.update();
    let words = viewer.get::<Progress>().in_words(&viewer.frame());
    assert!(words.starts_with("converged after"), "{words}");
    assert_eq!(viewer.frame().activity, Activity::Idle);
}
