//! What a person can ask for: menus, buttons, keys and the scripted demo all write these, so that the
//! same thing is always done by the same function.

use bevy::prelude::*;

use super::gesture::GripKind;
use crate::app::xr_status::Mode;
use crate::schedule::ViewerSystems;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::presence::{PersonId, Role};

/// Something to be done. Carried out once, by one system, in [`ViewerSystems::Steer`]; what cannot be
/// done becomes a notice that says why.
#[derive(Message, Clone, Debug, PartialEq)]
pub enum Action {
    // Files: carried out by `document`.
    /// Asks for a file and opens it.
    Open,
    /// Asks for a name and writes the structure.
    Save,
    /// Asks for a name and writes a picture without panels.
    SavePicture,

    // The program: carried out here.
    /// Ends the program.
    Quit,

    // Panels: carried out by `panels`.
    /// Puts all panels away, or brings them back.
    TogglePanels,
    /// Explains keys and gestures, or stops doing so.
    ToggleHelp,
    /// Shows who is here and how others come in, or stops doing so.
    TogglePeople,

    // The headset: carried out by whoever has the door to one.
    /// Shows the scene in a headset, too, with this around it; or comes back where it is shown so.
    Immerse(Mode),
    /// Puts the molecule before the head again.
    Recentre,

    // People: carried out by `people`.
    /// Gives someone a role.
    Admit(PersonId, Role),
    /// Asks someone to leave.
    Dismiss(PersonId),

    // Runs: carried out by `run`.
    /// Starts what was run last, or stops what runs.
    ToggleRun,
    /// Starts dynamics, or makes dynamics of a relaxation.
    StartDynamics,
    /// Starts a relaxation, or makes one of dynamics.
    Relax,
    /// Takes one step of what was run last.
    Step,
    /// Ends the run.
    Stop,

    // Choosing and editing: carried out by `edit`, one after the other.
    /// Chooses all atoms.
    SelectAll,
    /// Chooses nothing, no bond either.
    SelectNone,
    /// Chooses the other atoms.
    Invert,
    /// Chooses the atoms that a text names; see [`AtomQuery`](mlipview_core::chem::query::AtomQuery).
    SelectQuery(String),
    /// Chooses these atoms, and no others; the order gives angles their vertex.
    Select(Vec<usize>),
    /// Chooses the whole molecules of the chosen atoms.
    GrowToMolecules,
    /// Chooses all atoms of the elements of the chosen ones.
    GrowToElements,
    /// Takes the chosen atoms out.
    Delete,
    /// Makes the chosen atoms another element.
    SetElement(Element),
    /// Adds the hydrogens that the chosen atoms lack, or all atoms if none is chosen.
    AddHydrogens,
    /// Adds a copy of the chosen atoms, where there is room.
    Duplicate,
    /// Adds a molecule beside what is there.
    Merge {
        /// What it is called.
        name: String,
        /// The molecule; its cell is left behind.
        structure: Box<Structure>,
    },
    /// Fixes the chosen atoms in space.
    Fix,
    /// Frees the chosen atoms.
    Free,
    /// Fixes the chosen atoms, or frees them if all of them are fixed.
    ToggleFixed,
    /// Takes back the last change.
    Undo,
    /// Makes the change again that was taken back last.
    Redo,

    // Bonds: carried out by `gesture::rotate_bond`.
    /// Turns one side of the chosen bond by so many degrees; without one, that of the bond between
    /// the two chosen atoms, or the middle two of four.
    RotateBond(f64),
    /// Lets the other side of the chosen bond move.
    SwapSide,

    // Tools: carried out by `gesture`.
    /// A press chooses and takes atoms.
    ManipulateTool,
    /// A press adds an atom of this element, or of the one that was added last.
    AddAtomTool(Option<Element>),
    /// How atoms are taken.
    SetGrip(GripKind),
    /// Takes atoms in the other way.
    ToggleGrip,
    /// Drags move along this axis (0, 1, 2 for x, y, z) only, or freely.
    LockAxis(Option<usize>),
    /// Drags move along this axis only, or freely if they did so.
    ToggleAxis(usize),
    /// Leaves the tool, or else chooses nothing.
    Escape,

    // The view: carried out by `view`.
    /// Puts the chosen atoms, or all, into the middle.
    Center,
    /// Shows everything.
    Fit,
    /// Looks along an axis.
    ViewAlong(View),
    /// Turns the scene in degrees: to the right, and down.
    Turn {
        /// To the right, degrees.
        right: f32,
        /// Down, degrees.
        down: f32,
    },
    /// Comes nearer by this factor, above 1, or goes away, below.
    Zoom(f32),
    /// Lets things farther away look smaller, or not.
    TogglePerspective,
    /// Draws atoms in the next way.
    NextRepresentation,
    /// Writes the next thing beside atoms.
    NextLabels,
    /// Draws forces at the atoms, or not.
    ToggleForces,
    /// Draws the box of the cell, or not.
    ToggleCell,
}

/// From where along an axis the scene is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The axis that points to the eye: 0, 1, 2 for x, y, z.
    pub axis: usize,
    /// Whether it points away from the eye instead.
    pub from_behind: bool,
}

/// Where actions are written that come from keys, before they are carried out.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asking;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Action>()
        .configure_sets(Update, Asking.in_set(ViewerSystems::Point))
        .add_systems(Update, quit.in_set(ViewerSystems::Steer));
}

fn quit(mut actions: MessageReader<Action>, mut exits: MessageWriter<AppExit>) {
    if actions.read().any(|action| *action == Action::Quit) {
        exits.write(AppExit::Success);
    }
}
