//! Packing of molecules around or instead of the structure: settings, and the start on a task.
//!
//! The simulation packs, and shows every step; a relaxation follows once the potential has forces.

mod settings;

use std::sync::Arc;

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
use mlipview_core::sim::{Activity, Command, Event, Frame};

/// Rendered frames for which a relaxation waits for forces while no potential is being chosen.
const MAX_WAIT: u32 = 120;

/// The next packing, and the one that is prepared.
#[derive(Resource, Default)]
pub struct Packing {
    /// Settings.
    pub settings: FillSettings,
    placement: Option<Placement>,
    /// Whether a relaxation follows the packing that goes on.
    relaxes: bool,
    /// Rendered frames for which the relaxation will still wait for forces; `None` if none follows now.
    wait: Option<u32>,
}

/// Molecules that are being read and placed.
struct Placement {
    settings: FillSettings,
    /// The frame around whose atoms they are placed.
    frame: Arc<Frame>,
    task: Task<Result<Packer, FillError>>,
}

impl Packing {
    /// Whether molecules are being read and placed.
    pub fn is_busy(&self) -> bool {
        self.placement.is_some()
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
    if !actions.read().any(|action| *action == Action::Fill) || packing.is_busy() {
        return;
    }
    let frame = &scene.frame;
    let obstacle = match frame.activity {
        Activity::Playback => Some("a recorded frame is shown; return to the simulation first"),
        Activity::Running(_) if packing.settings.keeps_atoms() => {
            Some("the atoms are moving; stop the run first")
        }
        _ => None,
    };
    if let Some(obstacle) = obstacle {
        notices.post(
            Severity::Warning,
            format!("Nothing was filled: {obstacle}."),
        );
        return;
    }
    let (settings, present) = (packing.settings.clone(), frame.structure());
    let job = async move {
        let mixture = settings.mixture(present)?;
        Ok(Packer::new(&mixture, settings.packing())?)
    };
    packing.placement = Some(Placement {
        settings: packing.settings.clone(),
        frame: Arc::clone(frame),
        task: AsyncComputeTaskPool::get().spawn(job),
    });
}

/// Sends the placed molecules to the simulation, unless the structure has changed meanwhile.
fn send(
    mut packing: ResMut<Packing>,
    mut document: ResMut<Document>,
    mut notices: ResMut<Notices>,
    simulation: Res<Simulation>,
    scene: Res<Scene>,
) {
    let unchanged = packing.bypass_change_detection();
    let polled = unchanged.placement.as_mut();
    let Some(placed) = polled.and_then(|placement| poll(&mut placement.task)) else {
        return;
    };
    let Some(Placement {
        settings, frame, ..
    }) = packing.placement.take()
    else {
        return;
    };
    let moved = settings.keeps_atoms() && frame.positions != scene.frame.positions;
    if moved || frame.revision != scene.frame.revision {
        let text = "Nothing was filled: the structure has changed meanwhile. Fill again.";
        notices.post(Severity::Warning, text.to_owned());
        return;
    }
    match placed {
        Ok(packer) => match simulation.send(Command::Pack(Box::new(packer))) {
            Ok(_) => {
                if !settings.keeps_atoms() {
                    document.name = settings.title();
                    document.path = None;
                }
                (packing.relaxes, packing.wait) = (settings.relaxes, None);
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
            Event::Packed { .. } => packing.wait = packing.relaxes.then_some(MAX_WAIT),
            Event::Started { .. } | Event::Edited { .. } => packing.wait = None,
            _ => {}
        }
    }
    let frame = &scene.frame;
    let Some(wait) = packing.wait.filter(|_| !choice.is_busy()) else {
        return;
    };
    let has_forces = frame.evaluation.is_some();
    if has_forces && frame.activity == Activity::Idle {
        actions.write(Action::Relax);
    }
    packing.wait = wait.checked_sub(1).filter(|_| !has_forces);
}
