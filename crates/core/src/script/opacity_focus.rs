//! Opacity focus: some atoms and bonds stay as they are, the others fade.

use serde::{Deserialize, Serialize};

use super::error::Place;
use super::speed::MAX_TRANSITION;
use super::{MAX_FOCUS, ScriptError, TimingFunction};

/// Opacities of what is in focus and of the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpacityFocus {
    /// Indices of the atoms in focus.
    #[serde(default)]
    pub atoms: Vec<usize>,
    /// Bonds in focus, by their atoms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bonds: Vec<[usize; 2]>,
    /// Whether bonds between two atoms in focus are in focus too.
    #[serde(default = "yes")]
    pub bonds_between: bool,
    /// Opacities in focus.
    #[serde(default = "Opacities::opaque")]
    pub focus: Opacities,
    /// Opacities of the rest.
    #[serde(default = "Opacities::faded")]
    pub background: Opacities,
    /// Whether atoms change at all.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub fades_atoms: bool,
    /// Whether bonds change at all.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub fades_bonds: bool,
    /// Time in which opacities change from those before, s.
    #[serde(default, skip_serializing_if = "super::callout::is_zero")]
    pub transition: f64,
    /// Course of the transition.
    #[serde(default, skip_serializing_if = "TimingFunction::is_linear")]
    pub timing: TimingFunction,
}

/// Opacity of atoms and of bonds, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opacities {
    /// Opacity of atoms.
    pub atoms: f64,
    /// Opacity of bonds.
    pub bonds: f64,
}

impl Opacities {
    /// Nothing shines through.
    pub fn opaque() -> Opacities {
        Opacities {
            atoms: 1.0,
            bonds: 1.0,
        }
    }

    /// The default of the background.
    pub fn faded() -> Opacities {
        Opacities {
            atoms: 0.32,
            bonds: 0.18,
        }
    }
}

impl Default for OpacityFocus {
    /// No atoms in focus.
    fn default() -> OpacityFocus {
        OpacityFocus {
            atoms: Vec::new(),
            bonds: Vec::new(),
            bonds_between: true,
            focus: Opacities::opaque(),
            background: Opacities::faded(),
            fades_atoms: true,
            fades_bonds: true,
            transition: 0.0,
            timing: TimingFunction::Linear,
        }
    }
}

impl OpacityFocus {
    pub(super) fn check(&self, at: &Place, path: &str) -> Result<(), ScriptError> {
        for (name, count) in [("atoms", self.atoms.len()), ("bonds", self.bonds.len())] {
            if count > MAX_FOCUS {
                let expected = format!("at most {MAX_FOCUS}");
                return Err(at.error(format!("{path}.{name}"), count, expected));
            }
        }
        for (index, atom) in self.atoms.iter().enumerate() {
            at.atom(format_args!("{path}.atoms[{index}]"), *atom)?;
        }
        for (index, atoms) in self.bonds.iter().enumerate() {
            for atom in atoms {
                at.atom(format_args!("{path}.bonds[{index}]"), *atom)?;
            }
        }
        let opacities = [
            ("focus.atoms", self.focus.atoms),
            ("focus.bonds", self.focus.bonds),
            ("background.atoms", self.background.atoms),
            ("background.bonds", self.background.bonds),
        ];
        for (name, opacity) in opacities {
            at.within(format!("{path}.{name}"), opacity, [0.0, 1.0])?;
        }
        let bounds = [0.0, MAX_TRANSITION];
        at.within(format!("{path}.transition"), self.transition, bounds)
    }
}

fn yes() -> bool {
    true
}

fn is_yes(flag: &bool) -> bool {
    *flag
}
