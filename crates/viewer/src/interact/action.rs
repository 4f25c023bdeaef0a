//! Actions: everything a person can request by a menu, button, key or the tour, so that each is
//! carried out by one function.

use bevy::prelude::*;

use super::gesture::GripKind;
use crate::app::xr_status::Mode;
use crate::schedule::ViewerSystems;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::FrameAddress;

/// A request of the person, carried out once, by one system, in [`ViewerSystems::Steer`]. If it is
/// not possible, a notice says why.
#[derive(Message, Clone, Debug, PartialEq)]
pub enum Action {
    // Files: carried out by `document`.
    /// Shows the open dialog.
    Open,
    /// Shows the save dialog.
    Save,
    /// Shows the dialog that saves the session.
    SaveSession,
    /// Shows the dialog that saves an image without panels.
    SavePicture,

    // The program: carried out here.
    /// Quits.
    Quit,

    // Panels: carried out by `panels`.
    /// Hides or shows all panels.
    TogglePanels,
    /// Shows or hides the help.
    ToggleHelp,
    /// Shows or hides the connected people and the invite links.
    TogglePeople,

    // The headset: carried out by `xr`.
    /// Enters the headset in this mode, or leaves it if it is in this mode.
    ToggleHeadset(Mode),
    /// Puts the molecule in front of the head again.
    Recenter,

    // People: carried out by `people`.
    /// Gives a person a role.
    Admit(PersonId, Role),
    /// Disconnects a person.
    Dismiss(PersonId),

    // Runs: carried out by `run`.
    /// Starts a run of the last kind, or stops the current one.
    ToggleRun,
    /// Starts dynamics, also instead of a relaxation.
    StartDynamics,
    /// Starts a relaxation, also instead of dynamics.
    Relax,
    /// Takes one step of the last kind of run.
    Step,
    /// Stops the run.
    Stop,

    // The timeline: carried out by `timeline`.
    /// Shows a recorded frame.
    ShowFrame(FrameAddress),
    /// Shows the frame this many frames later, or earlier if negative.
    StepFrames(i64),
    /// Shows the first recorded frame.
    FirstFrame,
    /// Shows the last recorded frame.
    LastFrame,
    /// Plays the recorded frames forward, or pauses.
    TogglePlayback,
    /// Plays the recorded frames backward, or pauses.
    TogglePlaybackBackward,
    /// Ends playback and returns to the simulation.
    EndPlayback,
    /// Makes the shown recorded frame the state of the simulation.
    ContinueFromHere,
    /// Starts a recording to a file, or ends it: carried out by `recording`.
    ToggleRecording,

    // Selection and editing: carried out by `edit`, one after the other.
    /// Selects all atoms.
    SelectAll,
    /// Selects no atom and no bond.
    SelectNone,
    /// Inverts the selection.
    InvertSelection,
    /// Selects the atoms of a query; see [`AtomQuery`](mlipview_core::chem::query::AtomQuery).
    SelectQuery(String),
    /// Selects these atoms only; the order defines the vertex of an angle.
    Select(Vec<usize>),
    /// Expands the selection to whole molecules.
    ExpandToMolecules,
    /// Expands the selection to all atoms of the selected elements.
    ExpandToElements,
    /// Deletes the selected atoms.
    Delete,
    /// Changes the element of the selected atoms.
    SetElement(Element),
    /// Adds missing hydrogens to the selected atoms, or to all if none is selected.
    AddHydrogens,
    /// Adds a copy of the selected atoms where there is space.
    Duplicate,
    /// Adds a molecule beside the structure.
    Merge {
        /// Its name.
        name: String,
        /// The molecule; its cell is ignored.
        structure: Box<Structure>,
    },
    /// Packs molecules around the atoms or instead of them: carried out by `packing`.
    Fill,
    /// Fixes the positions of the selected atoms.
    Fix,
    /// Frees the selected atoms.
    Free,
    /// Makes the molecules of the selected atoms rigid bodies.
    MakeRigid,
    /// Lets the molecules of the selected atoms change their geometry again.
    MakeFlexible,
    /// Fixes the selected atoms, or frees them if all of them are fixed.
    ToggleFixed,
    /// Undoes the last change.
    Undo,
    /// Redoes the last undone change.
    Redo,

    // Bonds: carried out by `gesture::rotate_bond`.
    /// Rotates one side of the selected bond by this angle, degrees; without a selected bond, of
    /// the bond between two selected atoms or the middle two of four.
    RotateBond(f64),
    /// Swaps the moving side of the selected bond.
    SwapBondSide,

    // Tools: carried out by `gesture`.
    /// Tool that selects and drags atoms.
    ManipulateTool,
    /// Tool that adds atoms of this element, or of the last one.
    AddAtomTool(Option<Element>),
    /// How dragged atoms are held.
    SetGrip(GripKind),
    /// Toggles between holding and pulling.
    ToggleGrip,
    /// Restricts drags to this axis (0, 1, 2 for x, y, z), or frees them.
    LockAxis(Option<usize>),
    /// Restricts drags to this axis, or frees them if they are.
    ToggleAxis(usize),
    /// Leaves the tool, or else clears the selection.
    Escape,

    // The view: carried out by `view`.
    /// Centers the selected atoms, or all.
    Center,
    /// Fits the whole scene into the window.
    Fit,
    /// Looks along an axis.
    ViewAlong(AxisView),
    /// Rotates the scene.
    Rotate {
        /// To the right, degrees.
        right: f32,
        /// Down, degrees.
        down: f32,
    },
    /// Zooms in by this factor (above 1) or out (below 1).
    Zoom(f32),
    /// Toggles orthographic and perspective projection.
    TogglePerspective,
    /// Switches to the next representation.
    NextRepresentation,
    /// Switches to the next kind of label.
    NextLabels,
    /// Toggles force arrows.
    ToggleForces,
    /// Toggles cell edges.
    ToggleCell,
}

/// A view along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AxisView {
    /// Axis that points to the eye: 0, 1, 2 for x, y, z.
    pub axis: usize,
    /// Whether the axis points away from the eye instead.
    pub from_behind: bool,
}

/// Systems that write actions from keys and controllers, before actions are carried out.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActionInput;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Action>()
        .configure_sets(Update, ActionInput.in_set(ViewerSystems::Point));
}
