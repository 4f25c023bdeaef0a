//! The current tool, and the actions that change it.

use bevy::prelude::*;

use super::Steering;
use super::grip::GripKind;
use crate::app::notices::Notices;
use crate::interact::action::Action;
use crate::interact::edit::{EditRequest, Edits};
use mlipview_core::chem::Element;
use mlipview_core::sim::constraint::Grip;

/// Effect of a press.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToolMode {
    /// Selects and drags atoms.
    #[default]
    Manipulate,
    /// Adds an atom of this element: bonded to a clicked atom, or in free space.
    AddAtom(Element),
}

/// The current tool.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Tool {
    /// Effect of a press.
    pub mode: ToolMode,
    /// How dragged atoms are held.
    pub grip: GripKind,
    /// Stiffness of a pull, eV/Å².
    pub stiffness: f64,
    /// Maximum force of a pull on one atom, eV/Å.
    pub max_force: f64,
    /// The axis to which drags are restricted (0, 1, 2 for x, y, z).
    pub axis: Option<usize>,
    /// The last added element, the default for the next.
    pub element: Element,
}

impl Default for Tool {
    fn default() -> Tool {
        Tool {
            mode: ToolMode::Manipulate,
            grip: GripKind::Hold,
            stiffness: 1.0,
            max_force: 5.0,
            axis: None,
            element: Element::C,
        }
    }
}

impl Tool {
    /// Minimum and maximum stiffness, eV/Å².
    pub const STIFFNESS: [f64; 2] = [0.05, 50.0];

    /// The grip for the next grab.
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
            Action::ManipulateTool => tool.mode = ToolMode::Manipulate,
            Action::AddAtomTool(element) => {
                tool.element = element.unwrap_or(tool.element);
                tool.mode = ToolMode::AddAtom(tool.element);
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
            Action::Escape if tool.mode != ToolMode::Manipulate => {
                tool.mode = ToolMode::Manipulate;
            }
            Action::Escape => edits.push(EditRequest::Action(Action::SelectNone), &mut notices),
            _ => {}
        }
    }
}
