//! State of a script at a position of the timeline: speed, callouts, opacities, camera and text.

use std::collections::HashSet;

use super::{Callout, CameraPose, Message, OpacityFocus, ScreenText};

/// State of a script at a position of the timeline.
#[derive(Clone, Debug, Default)]
pub struct ScriptState<'a> {
    /// Rate of playback, frames/s; `None` for that without script.
    pub rate: Option<f64>,
    /// Callouts of all active messages, those of higher priority first.
    pub callouts: Vec<VisibleCallout<'a>>,
    /// Opacities; `None` if nothing fades.
    pub opacity: Option<OpacityBlend<'a>>,
    /// The camera; `None` if it is free.
    pub camera: Option<CameraBlend>,
    /// Texts of all active messages, those of higher priority first.
    pub texts: Vec<VisibleText<'a>>,
    /// Active messages, those that win first.
    pub active: Vec<&'a Message>,
}

/// A callout, and where it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VisibleCallout<'a> {
    /// Its message.
    pub message: &'a Message,
    /// Its index among the actions of the message.
    pub action: usize,
    /// The callout.
    pub callout: &'a Callout,
}

impl VisibleCallout<'_> {
    /// A name that stays while the callout is visible: `message:action`.
    pub fn key(&self) -> String {
        format!("{}:{}", self.message.id, self.action)
    }
}

/// A text, and where it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VisibleText<'a> {
    /// Its message.
    pub message: &'a Message,
    /// Its index among the actions of the message.
    pub action: usize,
    /// The text.
    pub text: &'a ScreenText,
}

/// An opacity focus, with its atoms and bonds for look-up.
#[derive(Clone, Debug)]
pub(super) struct Focus {
    pub(super) atoms: HashSet<usize>,
    pub(super) bonds: HashSet<[usize; 2]>,
    /// The focus without its atoms and bonds.
    pub(super) rule: OpacityFocus,
}

impl Focus {
    fn atom(&self, atom: usize) -> f64 {
        if !self.rule.fades_atoms {
            1.0
        } else if self.atoms.contains(&atom) {
            self.rule.focus.atoms
        } else {
            self.rule.background.atoms
        }
    }

    fn bond(&self, [one, other]: [usize; 2]) -> f64 {
        if !self.rule.fades_bonds {
            return 1.0;
        }
        let between =
            self.rule.bonds_between && self.atoms.contains(&one) && self.atoms.contains(&other);
        if between || self.bonds.contains(&[one.min(other), one.max(other)]) {
            self.rule.focus.bonds
        } else {
            self.rule.background.bonds
        }
    }
}

/// Opacities on the way from one focus, or none, to another, or none.
#[derive(Clone, Copy, Debug)]
pub struct OpacityBlend<'a> {
    pub(super) from: Option<&'a Focus>,
    pub(super) to: Option<&'a Focus>,
    pub(super) progress: f64,
}

impl OpacityBlend<'_> {
    /// Progress of the transition, 0 to 1.
    pub fn progress(&self) -> f64 {
        self.progress
    }

    /// Opacity of an atom, 0 to 1.
    pub fn atom(&self, atom: usize) -> f64 {
        self.blend(|focus| focus.atom(atom))
    }

    /// Opacity of the bond between two atoms, 0 to 1.
    pub fn bond(&self, atoms: [usize; 2]) -> f64 {
        self.blend(|focus| focus.bond(atoms))
    }

    /// Opacities of the first atoms, `[count]`.
    pub fn atoms(&self, count: usize) -> Vec<f64> {
        (0..count).map(|atom| self.atom(atom)).collect()
    }

    fn blend(&self, opacity: impl Fn(&Focus) -> f64) -> f64 {
        let to = self.to.map_or(1.0, &opacity);
        if self.progress >= 1.0 {
            return to;
        }
        let from = self.from.map_or(1.0, opacity);
        from + self.progress * (to - from)
    }
}

/// The camera on the way to a pose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CameraBlend {
    /// The pose of the message before; `None`: where the user left the camera.
    pub from: Option<CameraPose>,
    /// The pose to come to.
    pub to: CameraPose,
    /// Progress of the transition, 0 to 1.
    pub progress: f64,
}

impl CameraBlend {
    /// The pose now; `free` is the pose at which the user left the camera.
    pub fn pose(&self, free: &CameraPose) -> CameraPose {
        let from = self.from.unwrap_or(*free);
        from.between(&self.to, self.progress)
    }
}
