//! Opacities of atoms and bonds, as the script of the shown frame says.

use bevy::prelude::*;

use super::bonds::Stick;
use mlipview_core::script::{BondOpacities, ShownScript};

/// Opacities of atoms and bonds. What is faded is blended over what is opaque; what has no opacity is not
/// drawn.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Opacities {
    /// Opacity of each atom, 0 to 1; without an entry 1.
    pub atoms: Vec<f32>,
    /// Opacities of bonds.
    pub bonds: BondOpacities,
}

impl Opacities {
    /// Opacities of a script.
    pub fn of(script: &ShownScript) -> Opacities {
        Opacities {
            atoms: script.opacities.iter().map(|it| *it as f32).collect(),
            bonds: script.bonds.clone(),
        }
    }

    /// Whether anything is faded.
    pub fn any_faded(&self) -> bool {
        let fades = |opacity: f64| opacity > 0.0 && fading(opacity as f32) > 0;
        self.atoms.iter().any(|opacity| fades(f64::from(*opacity)))
            || self.bonds.values.iter().any(|opacity| fades(*opacity))
    }

    /// Sticks of bonds with their fading.
    pub(super) fn of_sticks(&self, sticks: &[Stick]) -> Vec<Stick> {
        let faded = sticks.iter().map(|stick| {
            let opacity = self.bonds.of(stick.atoms.map(|atom| atom as usize));
            let is_drawn = opacity > 0.0;
            stick.with_fading(if is_drawn {
                fading(opacity as f32)
            } else {
                HIDDEN
            })
        });
        faded.collect()
    }
}

/// Fading of a stick that is not drawn.
const HIDDEN: u8 = 255;

/// Fading of an opacity in 32 steps: 0 for opaque; n for an opacity of 1 − n/32.
pub(super) fn fading(opacity: f32) -> u8 {
    (32.0 * (1.0 - opacity)).round().clamp(0.0, 31.0) as u8
}
