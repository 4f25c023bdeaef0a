//! Section Run: potential, dynamics, relaxation, and system.

mod learning;
mod potential;
mod settings;
mod system;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::widgets;
use super::widgets::{group, section};
use crate::app::document::{DocumentRequest, FileDialogKind, PotentialChoice};
use crate::app::notices::{Notices, Severity, sentence};
use crate::app::periodicity::Periodicity;
use crate::app::progress::Progress;
use crate::app::run::{RunKind, RunSettings};
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::simulation::Simulation;
use crate::third_party::egui::{Contexts, RichText, Ui};
use mlipview_core::sim::external::ExternalPhase;
use mlipview_core::sim::{Activity, Command, Frame};

pub(super) use potential::Drafts;

/// Parameters of the section.
#[derive(SystemParam)]
pub(super) struct RunParams<'w> {
    scene: Res<'w, Scene>,
    progress: Res<'w, Progress>,
    periodicity: Res<'w, Periodicity>,
    simulation: Res<'w, Simulation>,
    settings: ResMut<'w, RunSettings>,
    choice: ResMut<'w, PotentialChoice>,
    drafts: ResMut<'w, Drafts>,
    notices: ResMut<'w, Notices>,
    actions: MessageWriter<'w, Action>,
    requests: MessageWriter<'w, DocumentRequest>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<FreeArea>, params: RunParams) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    free.dock_section(context, |ui| {
        section(ui, "Run", |ui| contents(ui, params));
    });
}

fn contents(ui: &mut Ui, mut params: RunParams) {
    let frame = &params.scene.frame;
    let mut settings = params.settings.clone();
    let mut commands = Vec::new();
    if potential::show(ui, frame, &mut params.choice, &mut params.drafts) {
        let dialog = DocumentRequest::ShowDialog(FileDialogKind::OpenPotential);
        params.requests.write(dialog);
    }
    group(ui, "Motion");
    for action in buttons(ui, frame, &settings) {
        params.actions.write(action);
    }
    state(ui, frame, &params.progress);
    settings::dynamics(ui, &mut settings);
    group(ui, "Relaxation");
    settings::relaxation(ui, frame, &mut settings);
    group(ui, "System");
    system::show(ui, frame, &params.periodicity, &mut commands);
    params.settings.set_if_neq(settings);
    if velocities(ui, frame) {
        commands.push(Command::Thermalize(params.settings.temperature));
    }
    for command in commands {
        if let Err(full) = params.simulation.send(command) {
            params
                .notices
                .post(Severity::Warning, format!("Command rejected: {full}."));
        }
    }
}

/// Buttons that start and stop runs.
fn buttons(ui: &mut Ui, frame: &Frame, settings: &RunSettings) -> Vec<Action> {
    let running = match &frame.activity {
        Activity::Running(task) => Some(RunKind::of(task)),
        _ => None,
    };
    let is_packing = matches!(frame.activity, Activity::Packing(_));
    let followed = match &frame.activity {
        Activity::Following(status) => Some(status.phase),
        _ => None,
    };
    let half = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
    let mut actions = Vec::new();
    let mut ask = |pressed: bool, action| {
        if pressed {
            actions.push(action);
        }
    };
    let is_elsewhere = is_packing || followed.is_some();
    let can_run = frame.evaluation.is_some() || running.is_some() || is_elsewhere;
    ui.add_enabled_ui(can_run, |ui| {
        ui.horizontal(|ui| match running {
            None if is_packing => {
                let stop = widgets::main(ui, "⏹  Stop packing", half);
                ask(stop.clicked(), Action::Stop);
            }
            None if followed == Some(ExternalPhase::Paused) => {
                let run = widgets::main(ui, "▶  Continue", half);
                ask(run.clicked(), Action::StartDynamics);
            }
            None if followed.is_some() => {
                let stop = widgets::main(ui, "⏸  Pause", half);
                ask(stop.clicked(), Action::Stop);
            }
            None => {
                ask(
                    widgets::main(ui, "▶  Dynamics", half).clicked(),
                    Action::StartDynamics,
                );
                ask(widgets::wide(ui, "⬇  Relax", half).clicked(), Action::Relax);
            }
            Some(kind) => {
                ask(widgets::main(ui, "⏹  Stop", half).clicked(), Action::Stop);
                let (other, label) = match kind {
                    RunKind::Dynamics => (Action::Relax, "⬇  Relax instead"),
                    RunKind::Relaxation => (Action::StartDynamics, "▶  Dynamics instead"),
                };
                ask(widgets::wide(ui, label, half).clicked(), other);
            }
        });
        ui.add_enabled_ui(running.is_none() && !is_elsewhere, |ui| {
            let label = match settings.kind {
                RunKind::Dynamics => "One step of dynamics",
                RunKind::Relaxation => "One step of relaxation",
            };
            let step = widgets::wide(ui, label, ui.available_width());
            ask(
                step.on_hover_text("Takes one step of the last task, dynamics or relaxation")
                    .clicked(),
                Action::Step,
            );
        });
    });
    actions
}

/// Activity of the simulation.
fn state(ui: &mut Ui, frame: &Frame, progress: &Progress) {
    let color = super::status::color(frame, progress);
    let words = sentence(&progress.in_words(frame));
    ui.horizontal_wrapped(|ui| {
        widgets::dot(ui, color);
        ui.label(RichText::new(words).small());
    });
}

/// Whether new velocities are requested.
fn velocities(ui: &mut Ui, frame: &Frame) -> bool {
    let is_idle = matches!(frame.activity, Activity::Idle);
    ui.add_space(4.0);
    ui.add_enabled_ui(is_idle && !frame.positions.is_empty(), |ui| {
        let label = "Randomize velocities";
        let about = "Maxwell–Boltzmann at the temperature above, without drift and rotation";
        widgets::wide(ui, label, ui.available_width())
            .on_hover_text(about)
            .clicked()
    })
    .inner
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use glam::DVec3;

    use super::*;
    use crate::app::panels::test_click::click;
    use mlipview_core::chem::{Element, Structure};
    use mlipview_core::potential::LennardJones;
    use mlipview_core::sim::Engine;

    fn argon() -> Engine {
        let positions = vec![DVec3::ZERO, DVec3::new(3.8, 0.0, 0.0)];
        let structure = Structure::new(vec![Element::AR; 2], positions).unwrap();
        let mut engine = Engine::new(structure, Some(Box::new(LennardJones::noble_gases())), 0);
        engine.step();
        engine
    }

    /// Actions of the button with this label.
    fn pressed(frame: &Arc<Frame>, label: &str) -> Vec<Action> {
        let mut actions = Vec::new();
        click(label, |ui| {
            actions.extend(buttons(ui, frame, &RunSettings::default()));
        });
        actions
    }

    #[test]
    fn buttons_start_and_end_runs() {
        let mut engine = argon();
        let idle = engine.frame();
        assert_eq!(pressed(&idle, "Dynamics"), [Action::StartDynamics]);
        assert_eq!(pressed(&idle, "Relax"), [Action::Relax]);
        assert_eq!(pressed(&idle, "One step"), [Action::Step]);
        let task = RunSettings::default().task(RunKind::Dynamics);
        engine.apply(1, Command::Run(task));
        engine.step();
        let running = engine.frame();
        assert_eq!(pressed(&running, "Stop"), [Action::Stop]);
        assert_eq!(pressed(&running, "Relax instead"), [Action::Relax]);
        assert_eq!(pressed(&running, "One step"), []);
    }
}
