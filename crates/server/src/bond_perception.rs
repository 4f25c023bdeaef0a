//! Perception of bonds for clients, in the precision of the wire.

use crate::session::PerceivedBonds;
use crate::session::message::PerceivedBond;
use mlipview_core::chem::bonds::Bonds;
use mlipview_core::sim::Frame;

/// Number of levels to which the strength of a bond is rounded up.
const STRENGTH_LEVELS: f64 = 16.0;

/// The bonds of a frame, and a text if the perception has failed; `None` if the bonds equal the last ones.
pub(super) fn perceive(
    frame: &Frame,
    last: Option<&PerceivedBonds>,
) -> Option<(PerceivedBonds, Option<String>)> {
    let mut bonds = Bonds::empty();
    bonds.set_stated(frame.identity.stated_bonds());
    let elements = frame.identity.elements();
    let (positions, cell) = (&frame.positions, frame.cell.as_ref());
    let perceived = bonds.update(elements, positions, cell);
    bonds.perceive_orders(elements, positions, cell);
    let failure = perceived.err().map(|error| format!("NO_BONDS: {error}"));
    let bonds = bonds.list().iter().map(|bond| {
        let hundredths = |length: f64| (length * 100.0).round() as u32;
        PerceivedBond {
            atoms: bond.atoms,
            shift: bond.shift,
            strength: (bond.strength * STRENGTH_LEVELS).ceil() / STRENGTH_LEVELS,
            limits: [bond.limits.onset, bond.limits.cutoff].map(hundredths),
            order: bond.order,
        }
    });
    let bonds = PerceivedBonds {
        structure: frame.revision,
        revision: last.map_or(0, |last| last.revision) + 1,
        bonds: bonds.collect(),
    };
    let same =
        last.is_some_and(|last| last.structure == bonds.structure && last.bonds == bonds.bonds);
    (!same).then_some((bonds, failure))
}
