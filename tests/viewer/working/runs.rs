//! Starting, changing and reporting runs.

use mlipview_core::sim::propagate::{Ensemble, Method};
use mlipview_core::sim::{Activity, Task};
use mlipview_viewer::app::notices::Severity;
use mlipview_viewer::app::progress::Progress;
use mlipview_viewer::app::run::{RunKind, RunSettings, Thermostat};
use mlipview_viewer::interact::action::Action;

use super::has_said;
use crate::desk::Desk;
use crate::touching::argon_desk;

/// Temperature (K) and timestep (fs) of the current dynamics.
fn dynamics(desk: &Desk) -> Option<(f64, f64)> {
    match &desk.frame().activity {
        Activity::Running(Task::Dynamics(dynamics)) => match dynamics.ensemble {
            Ensemble::Langevin { temperature, .. } => Some((temperature, dynamics.timestep)),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn dynamics_start_with_the_settings_of_the_panel() {
    let mut desk = argon_desk();
    let mut settings = desk.get_mut::<RunSettings>();
    settings.temperature = 45.0;
    settings.timestep = 2.5;
    desk.ask(Action::StartDynamics);
    desk.wait_until("the run", |desk| desk.frame().step > 2);
    assert_eq!(dynamics(&desk), Some((45.0, 2.5)));
    let words = |desk: &Desk| desk.get::<Progress>().in_words(&desk.frame());
    desk.wait_until("a rate", |desk| words(desk).contains("steps/s"));
    assert!(words(&desk).starts_with("running"), "{}", words(&desk));

    desk.ask(Action::ToggleRun);
    desk.wait_until("the end", |desk| words(desk).starts_with("stopped after"));
    // The last kind of run is repeated.
    desk.ask(Action::ToggleRun);
    desk.wait_until("the run", |desk| dynamics(desk).is_some());
}

#[test]
fn the_temperature_changes_during_a_run_and_the_velocities_stay() {
    let mut desk = argon_desk();
    let mut settings = desk.get_mut::<RunSettings>();
    settings.temperature = 20.0;
    // Without friction, the thermostat has no effect.
    settings.friction = 0.0;
    desk.ask(Action::StartDynamics);
    desk.wait_until("the run", |desk| desk.frame().step > 5);
    let total = |desk: &Desk| {
        let frame = desk.frame();
        frame.kinetic_energy + frame.evaluation.as_ref().unwrap().energy
    };
    let before = total(&desk);
    desk.get_mut::<RunSettings>().temperature = 2000.0;
    desk.wait_until("the new temperature", |desk| {
        dynamics(desk) == Some((2000.0, 1.0))
    });
    let step = desk.frame().step;
    desk.wait_until("more steps", |desk| desk.frame().step > step + 20);
    // Velocities at 2000 K would add 0.8 eV.
    let gained = total(&desk) - before;
    assert!(gained.abs() < 0.005, "gained {gained} eV");
}

#[test]
fn settings_changed_at_the_start_of_a_run_are_not_lost() {
    let mut desk = argon_desk();
    desk.get_mut::<RunSettings>().temperature = 20.0;
    desk.ask(Action::StartDynamics);
    desk.get_mut::<RunSettings>().temperature = 30.0;
    desk.wait_until("the new temperature", |desk| {
        dynamics(desk) == Some((30.0, 1.0))
    });
    // Changing settings back does not restart the previous run.
    let mut settings = desk.get_mut::<RunSettings>();
    // Never reached, so that the relaxation is seen running.
    settings.fmax = 1e-30;
    settings.method = Method::Fire;
    desk.app.update();
    desk.ask(Action::Relax);
    desk.get_mut::<RunSettings>().temperature = 40.0;
    desk.wait_until("the relaxation", |desk| {
        matches!(
            &desk.frame().activity,
            Activity::Running(Task::Relaxation(_))
        )
    });
    desk.app.update();
    assert_eq!(dynamics(&desk), None);
}

#[test]
fn a_converged_relaxation_is_reported() {
    let mut desk = argon_desk();
    desk.get_mut::<RunSettings>().thermostat = Thermostat::Bussi;
    desk.ask(Action::Relax);
    assert_eq!(desk.get::<RunSettings>().kind, RunKind::Relaxation);
    desk.wait_until("the minimum", |desk| {
        has_said(desk, Severity::Info, "Converged after")
    });
    desk.app.update();
    let words = desk.get::<Progress>().in_words(&desk.frame());
    assert!(words.starts_with("converged after"), "{words}");
    assert_eq!(desk.frame().activity, Activity::Idle);
}
