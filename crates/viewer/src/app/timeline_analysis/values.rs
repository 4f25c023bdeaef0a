//! Values of a frame that analyses read.

use glam::DVec3;

use mlipview_core::analysis::FrameValues;
use mlipview_core::sim::{Frame, FrameAddress};

/// The values of a frame of the timeline; `indexed_energy` is that of the index of a file, eV.
///
/// Files do not tell a missing time from 0, nor missing velocities from atoms at rest: a time of 0 after the
/// first frame, and the kinetic energy of a frame without any velocity, count as unknown.
pub(super) fn frame_values(
    frame: &Frame,
    address: FrameAddress,
    indexed_energy: Option<f64>,
) -> FrameValues<'_> {
    let is_of_file = matches!(address, FrameAddress::File(_));
    let is_later = !matches!(address, FrameAddress::File(0));
    let has_no_time = is_of_file && is_later && frame.time == 0.0;
    let is_still = || {
        frame
            .velocities
            .iter()
            .all(|velocity| *velocity == DVec3::ZERO)
    };
    let is_moving = !is_of_file || !is_still();
    FrameValues {
        time: (!has_no_time).then_some(frame.time),
        elements: frame.identity.elements(),
        positions: &frame.positions,
        cell: frame.cell.as_ref(),
        potential_energy: frame.potential_energy().or(indexed_energy),
        kinetic_energy: frame.known_kinetic_energy().filter(|_| is_moving),
        temperature: frame.known_temperature().filter(|_| is_moving),
    }
}
