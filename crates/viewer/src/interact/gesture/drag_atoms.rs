//! Dragging atoms: in a plane, with a hand, or along an axis.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use glam::DQuat;

use super::drag::{Drag, Grab, SentPose};
use super::{Gesture, Gestures, GripKind, Steering, Tool};
use crate::interact::aim::{Aim, Aims};
use crate::interact::hands::{Held, HeldAtoms};
use crate::scene::coordinates::to_simulated;
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::simulation::Simulation;
use mlipview_core::sim::Command;
use mlipview_core::sim::frame::Activity;

/// Stiffness factor per wheel notch.
const STIFFNESS_PER_NOTCH: f64 = 1.25;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (scale_stiffness, drag).chain().in_set(Steering::Act),
    );
}

/// The wheel scales the stiffness of a pull in progress.
fn scale_stiffness(
    mut gestures: ResMut<Gestures>,
    mut aims: ResMut<Aims>,
    mut tool: ResMut<Tool>,
    mut hands: ResMut<HeldAtoms>,
    simulation: Res<Simulation>,
) {
    for aim in aims.list_mut() {
        if aim.scroll == 0.0 || gestures.dragging(aim.hand).is_none() {
            continue;
        }
        let notches = std::mem::take(&mut aim.scroll);
        if tool.grip != GripKind::Pull {
            continue;
        }
        let [min, max] = Tool::STIFFNESS;
        let stiffness = tool.stiffness * STIFFNESS_PER_NOTCH.powf(f64::from(notches));
        tool.stiffness = stiffness.clamp(min, max);
        if let Some(held) = hands.of_mut(aim.hand) {
            held.regrip(tool.grip(), &simulation);
        }
    }
}

/// The scene and the settings of a drag.
#[derive(SystemParam)]
struct DragContext<'w> {
    tool: Res<'w, Tool>,
    selection: Res<'w, Selection>,
    scene: Res<'w, Scene>,
    simulation: Res<'w, Simulation>,
}

fn drag(
    mut gestures: ResMut<Gestures>,
    aims: Res<Aims>,
    context: DragContext,
    mut hands: ResMut<HeldAtoms>,
) {
    let DragContext {
        tool,
        scene,
        simulation,
        ..
    } = &context;
    hands.release_where(simulation, |hand| gestures.dragging(hand).is_none());
    for (hand, gesture) in &mut gestures.0 {
        let (Gesture::Drag(drag), Some(aim)) = (gesture, aims.of(*hand)) else {
            continue;
        };
        if drag.grab == Grab::Pending {
            drag.grab = grab(drag, aim, &context, &mut hands);
            drag.attach_to_hand(aim, scene);
        }
        let Grab::Holding { from, sent } = &mut drag.grab else {
            continue;
        };
        let (from, before) = (*from, *sent);
        let Some(held) = hands.of_mut(*hand) else {
            drag.grab = Grab::Lost;
            continue;
        };
        let Some(displacement) = drag.displacement_of(aim, tool.axis) else {
            continue;
        };
        let mut sent = before;
        let to = from + to_simulated(displacement);
        held.target = to;
        if to != before.position && simulation.send(Command::Move { hand: *hand, to }).is_ok() {
            sent.position = to;
        }
        if held.can_rotate() {
            let rotation = drag.rotation_of(aim, tool.axis);
            held.rotation = rotation;
            let orient = Command::Orient {
                hand: *hand,
                rotation,
            };
            if rotation != before.rotation && simulation.send(orient).is_ok() {
                sent.rotation = rotation;
            }
        }
        drag.grab = Grab::Holding { from, sent };
    }
}

/// Grabs the pressed atom, with the whole selection if it is selected.
fn grab(drag: &Drag, aim: &Aim, context: &DragContext, hands: &mut HeldAtoms) -> Grab {
    let DragContext {
        tool,
        selection,
        scene,
        simulation,
    } = context;
    let Some(&from) = scene.frame.positions.get(drag.atom) else {
        return Grab::Lost;
    };
    if scene.frame.activity == Activity::Playback {
        // A past frame is shown: its atoms cannot be grabbed.
        return Grab::Lost;
    }
    let mut atoms = vec![drag.atom];
    if selection.contains(drag.atom) {
        let others = selection.atoms().iter().copied();
        atoms.extend(others.filter(|atom| *atom != drag.atom));
    }
    let held = Held::grab(aim.hand, atoms, tool.grip(), scene, drag.image, simulation);
    match held {
        Ok(held) => {
            hands.add(held);
            let sent = SentPose {
                position: from,
                rotation: DQuat::IDENTITY,
            };
            Grab::Holding { from, sent }
        }
        // The inbox is full; retried in the next frame.
        Err(_) => Grab::Pending,
    }
}
