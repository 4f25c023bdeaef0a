//! Periodic nets: atoms that are bonded to their own images through the faces of the cell.

use glam::IVec3;

use super::Bonds;

impl Bonds {
    /// Whether each atom belongs to a periodic net, a chain, sheet or framework of bonds that reaches an
    /// image of its own atoms: `[atoms]`. In linear time.
    ///
    /// ```
    /// use mlipview_core::chem::{Bonds, library};
    ///
    /// let nets = |key: &str| {
    ///     let structure = library::find(key).unwrap().structure().unwrap();
    ///     Bonds::of(&structure).unwrap().periodic_nets()
    /// };
    /// assert!(nets("quartz").into_iter().all(|in_net| in_net));
    /// assert!(!nets("ice-ih").contains(&true));
    /// ```
    pub fn periodic_nets(&self) -> Vec<bool> {
        let count = self.graph.atoms();
        // The image of each atom by which a search reached it.
        let mut images: Vec<Option<IVec3>> = vec![None; count];
        let mut in_net = vec![false; count];
        for start in 0..count {
            if images[start].is_some() {
                continue;
            }
            images[start] = Some(IVec3::ZERO);
            let (mut found, mut next, mut is_net) = (vec![start], 0, false);
            while let Some(&atom) = found.get(next) {
                next += 1;
                let image = images[atom].unwrap_or_default();
                for neighbor in self.graph.neighbors(atom) {
                    let other = neighbor.atom as usize;
                    let reached = image + neighbor.shift;
                    match images[other] {
                        None => {
                            images[other] = Some(reached);
                            found.push(other);
                        }
                        Some(known) => is_net |= known != reached,
                    }
                }
            }
            for atom in found {
                in_net[atom] = is_net;
            }
        }
        in_net
    }
}
