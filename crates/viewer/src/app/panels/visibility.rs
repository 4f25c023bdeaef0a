//! Visibility of the panels.

use bevy::prelude::*;

use crate::interact::action::Action;

/// Sections of the left panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Open and save.
    File,
    /// Built-in structures.
    Library,
    /// Potential, dynamics and relaxation.
    Run,
    /// Selection and changes of the structure.
    Edit,
    /// Camera and drawing options.
    View,
    /// Training of learned potentials.
    Training,
    /// The timeline script.
    Script,
    /// Connected people and invite links.
    People,
}

/// Visibility of the panels.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub struct Panels {
    /// Whether all are hidden.
    pub hidden: bool,
    /// The open section at the left.
    pub section: Option<Section>,
    /// Whether the timeline is shown, once there are frames to show.
    pub timeline: bool,
    /// Whether plots are shown.
    pub plots: bool,
    /// Whether the log is shown.
    pub log: bool,
    /// Whether the help is shown.
    pub help: bool,
    /// Whether the about window is shown.
    pub about: bool,
}

impl Default for Panels {
    fn default() -> Panels {
        Panels {
            hidden: false,
            section: Some(Section::Run),
            timeline: true,
            plots: false,
            log: false,
            help: false,
            about: false,
        }
    }
}

/// Shows and hides panels.
pub(super) fn toggle(mut actions: MessageReader<Action>, mut panels: ResMut<Panels>) {
    for action in actions.read() {
        match action {
            Action::TogglePanels => panels.hidden = !panels.hidden,
            Action::ToggleHelp => panels.help = !panels.help,
            Action::TogglePeople => {
                let is_shown = !panels.hidden && panels.section == Some(Section::People);
                panels.section = (!is_shown).then_some(Section::People);
                panels.hidden &= is_shown;
            }
            _ => {}
        }
    }
}
