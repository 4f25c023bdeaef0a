//! Opacities of bonds at a frame: by the focuses in which a bond is.

use std::collections::BTreeMap;

/// Opacities of bonds between two opacity focuses.
///
/// Bonds change from frame to frame, so they are given by their atoms: bit 0 is the focus before, bit 1 the
/// focus after the transition.
///
/// ```
/// use mlipview_core::script::BondOpacities;
///
/// let opacities = BondOpacities {
///     values: [0.2, 0.2, 1.0, 1.0],
///     atoms: vec![2, 2, 0],
///     ..BondOpacities::default()
/// };
/// assert_eq!(opacities.of([0, 1]), 1.0);
/// assert_eq!(opacities.of([1, 2]), 0.2);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BondOpacities {
    /// Opacity of a bond, 0 to 1, by its focuses: none, that before, that after, both.
    pub values: [f64; 4],
    /// Focuses of each atom: a bond is in those in which both its atoms are. Atoms without an entry are in
    /// none.
    pub atoms: Vec<u8>,
    /// Focuses of single bonds, in addition, by their atoms in ascending order.
    pub bonds: BTreeMap<[usize; 2], u8>,
}

impl Default for BondOpacities {
    /// Opaque bonds.
    fn default() -> BondOpacities {
        BondOpacities {
            values: [1.0; 4],
            atoms: Vec::new(),
            bonds: BTreeMap::new(),
        }
    }
}

impl BondOpacities {
    /// Whether all bonds are opaque.
    pub fn are_opaque(&self) -> bool {
        self.values.iter().all(|opacity| *opacity >= 1.0)
    }

    /// Opacity of the bond between two atoms, 0 to 1.
    pub fn of(&self, [one, other]: [usize; 2]) -> f64 {
        let atom = |atom: usize| self.atoms.get(atom).copied().unwrap_or(0);
        let own = self.bonds.get(&[one.min(other), one.max(other)]);
        let focuses = (atom(one) & atom(other)) | own.copied().unwrap_or(0);
        self.values[usize::from(focuses & 3)]
    }
}
