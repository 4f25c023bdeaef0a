//! State of a script at a position of the timeline: speed, callouts, opacities, camera and text.

use std::collections::{BTreeMap, HashSet};

use super::{BondOpacities, Callout, CameraPose, Message, OpacityFocus, ScreenText};

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

    /// Opacity of bonds in focus or of the others.
    fn bonds(&self, in_focus: bool) -> f64 {
        match (self.rule.fades_bonds, in_focus) {
            (false, _) => 1.0,
            (true, true) => self.rule.focus.bonds,
            (true, false) => self.rule.background.bonds,
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

    /// Opacities of the first atoms, `[count]`.
    pub fn atoms(&self, count: usize) -> Vec<f64> {
        (0..count).map(|atom| self.atom(atom)).collect()
    }

    /// Opacities of bonds between the first atoms.
    pub fn bonds(&self, count: usize) -> BondOpacities {
        let mut atoms = vec![0; count];
        let mut bonds = BTreeMap::new();
        for (bit, focus) in [(1, self.from), (2, self.to)] {
            let Some(focus) = focus else { continue };
            let between = focus.atoms.iter().filter(|_| focus.rule.bonds_between);
            for atom in between.filter(|atom| **atom < count) {
                atoms[*atom] |= bit;
            }
            for bond in focus.bonds.iter().filter(|bond| bond[1] < count) {
                *bonds.entry(*bond).or_default() |= bit;
            }
        }
        let value = |focus: Option<&Focus>, is_in| focus.map_or(1.0, |it| it.bonds(is_in));
        let between = |before, after| self.between(value(self.from, before), value(self.to, after));
        BondOpacities {
            values: [
                between(false, false),
                between(true, false),
                between(false, true),
                between(true, true),
            ],
            atoms,
            bonds,
        }
    }

    fn blend(&self, opacity: impl Fn(&Focus) -> f64) -> f64 {
        let [from, to] = [self.from, self.to].map(|focus| focus.map_or(1.0, &opacity));
        self.between(from, to)
    }

    fn between(&self, from: f64, to: f64) -> f64 {
        if self.progress >= 1.0 {
            return to;
        }
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
