//! What a press does, and the actions that change it.

use bevy::prelude::*;

use super::Steering;
use crate::app::notices::Notices;
use crate::interact::action::Action;
use crate::interact::edit::{Edits, Wish};
use mlipview_core::chem::Element;
use mlipview_core::sim::constraint::Grip;

/// What a press is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To choose, and to take atoms.
    #[default]
    Manipulate,
    /// To add an atom of this element: bonded to the one that is clicked, or in free space.
    AddAtom(Element),
}

/// How a hand takes atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GripKind {
    /// The atom goes where the hand is.
    #[default]
    Hold,
    /// A spring between them.
    Pull,
}

/// What a press does.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Tool {
    /// What a press is for.
    pub purpose: Purpose,
    /// How atoms are taken.
    pub grip: GripKind,
    /// The spring of a pull, eV/Å².
    pub stiffness: f64,
    /// The largest force of a pull on one atom, eV/Å.
    pub max_force: f64,
    /// The one axis (x, y, z) along which drags move, if only one.
    pub axis: Option<usize>,
    /// What was added last, and will be added if no other element is named.
    pub element: Element,
}

impl Default for Tool {
    fn default() -> Tool {
        Tool {
            purpose: Purpose::Manipulate,
            grip: GripKind::Hold,
            stiffness: 1.0,
            max_force: 5.0,
            axis: None,
            element: Element::C,
        }
    }
}

impl Tool {
    /// The weakest and the strongest spring, eV/Å².
    pub const STIFFNESS: [f64; 2] = [0.05, 50.0];

    /// How a hand takes atoms now.
    pub fn grip(&self) -> Grip {
        match self.grip {
            GripKind::Hold => Grip::Hold,
            GripKind::Pull => Grip::Spring {
                stiffness: self.stiffness,
                max_force: self.max_force,
            },
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Tool>()
        .add_systems(Update, take_up.in_set(Steering::Act));
}

fn take_up(
    mut actions: MessageReader<Action>,
    mut tool: ResMut<Tool>,
    mut edits: ResMut<Edits>,
    mut notices: ResMut<Notices>,
) {
    for action in actions.read() {
        match action {
            Action::ManipulateTool => tool.purpose = Purpose::Manipulate,
            Action::AddAtomTool(element) => {
                tool.element = element.unwrap_or(tool.element);
                tool.purpose = Purpose::AddAtom(tool.element);
            }
            Action::SetGrip(grip) => tool.grip = *grip,
            Action::ToggleGrip => {
                tool.grip = match tool.grip {
                    GripKind::Hold => GripKind::Pull,
                    GripKind::Pull => GripKind::Hold,
                }
            }
            Action::LockAxis(axis) => tool.axis = axis.filter(|axis| *axis < 3),
            Action::ToggleAxis(axis) => {
                tool.axis = Some(*axis).filter(|axis| *axis < 3 && tool.axis != Some(*axis));
            }
            Action::Escape if tool.purpose != Purpose::Manipulate => {
                tool.purpose = Purpose::Manipulate;
            }
            Action::Escape => edits.ask(Wish::Action(Action::SelectNone), &mut notices),
            _ => {}
        }
    }
}
