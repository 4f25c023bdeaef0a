//! Packing of molecules around or instead of the structure: settings, and the start on a task.
//!
//! The simulation packs, and shows every step; a relaxation follows once the potential has forces.

mod settings;

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task};

pub use settings::{FillError, FillSettings, MAX_KINDS, MoleculeRow, RegionKind};

use super::document::{Document, PotentialChoice, poll};
use super::notices::{Notices, Severity, sentence};
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::{Simulation, SimulationEvent};
use mlipview_core::packing::Packer;
use mlipview_core::sim::{Activity, Command, Event};

/// The next packing, and the one that is prepared.
#[derive(Resource, Default)]
pub struct Packing {
    /// Settings.
    pub settings: FillSettings,
    task: Option<Task<Result<Packer, FillError>>>,
    /// Whether a relaxation follows the packing that goes on.
    relaxes: bool,
    /// Whether the relaxation waits for forces.
    is_packed: bool,
}

impl Packing {
    /// Whether molecules are being read and placed.
    pub fn is_busy(&self) -> bool {
        self.task.is_some()
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Packing>().add_systems(
        Update,
        (begin, send, relax).chain().in_set(ViewerSystems::Steer),
    );
}

/// Reads and places the molecules on a task.
fn begin(
    mut actions: MessageReader<Action>,
    mut packing: ResMut<Packing>,
    mut notices: ResMut<Notices>,
    scene: Res<Scene>,
) {
    if !actions.read().any(|action| *action == Action::Fill) {
        return;
    }
    if scene.frame.activity == Activity::Playback {
        let text = "Nothing was filled: a recorded frame is shown. Return to the simulation first.";
        notices.post(Severity::Warning, text.to_owned());
        return;
    }
    let (settings, present) = (packing.settings.clone(), scene.frame.structure());
    let job = async move {
        let mixture = settings.mixture(present)?;
        Ok(Packer::new(&mixture, settings.packing())?)
    };
    packing.task = Some(AsyncComputeTaskPool::get().spawn(job));
}

/// Hands the placed molecules to the simulation.
fn send(
    mut packing: ResMut<Packing>,
    mut document: ResMut<Document>,
    mut notices: ResMut<Notices>,
    simulation: Res<Simulation>,
) {
    let polled = packing.bypass_change_detection().task.as_mut();
    let Some(placed) = polled.and_then(poll) else {
        return;
    };
    packing.task = None;
    match placed {
        Ok(packer) => match simulation.send(Command::Pack(Box::new(packer))) {
            Ok(_) => {
                if !packing.settings.keeps_atoms() {
                    document.name = packing.settings.title();
                    document.path = None;
                }
                packing.relaxes = packing.settings.relaxes;
                packing.is_packed = false;
                // Another time, other places.
                packing.settings.seed += 1;
            }
            Err(full) => notices.post(Severity::Error, format!("Nothing was filled: {full}.")),
        },
        Err(error) => notices.post(Severity::Error, sentence(&format!("{error}."))),
    }
}

/// Relaxes the packed molecules, once there are forces.
fn relax(
    mut events: MessageReader<SimulationEvent>,
    mut packing: ResMut<Packing>,
    mut actions: MessageWriter<Action>,
    scene: Res<Scene>,
    choice: Res<PotentialChoice>,
) {
    for SimulationEvent(event) in events.read() {
        match event {
            Event::Packed { .. } => packing.is_packed = packing.relaxes,
            Event::Started { .. } | Event::Edited { .. } => packing.is_packed = false,
            _ => {}
        }
    }
    let frame = &scene.frame;
    let has_forces = frame.evaluation.is_some() && !choice.is_busy();
    if packing.is_packed && frame.activity == Activity::Idle && has_forces {
        packing.is_packed = false;
        actions.write(Action::Relax);
    }
}
