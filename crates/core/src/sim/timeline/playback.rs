//! Playback of a timeline: the next position, and frames between two.

use std::sync::Arc;

use glam::DVec3;

use super::Timeline;
use crate::chem::Cell;
use crate::sim::frame::Frame;
use crate::sim::playback::{FrameAddress, Play, Repeat};

/// The next position after `position`, counted in frames from the start of the timeline; `None` at
/// the end. Turns around by changing the sign of the rate.
pub(crate) fn advance(play: &mut Play, position: f64, timeline: &Timeline) -> Option<f64> {
    let last = timeline.len().saturating_sub(1);
    let bound = |address: FrameAddress| timeline.position(address).map(|it| it as f64);
    let ends = play.range.map_or([None; 2], |range| range.map(bound));
    let low = ends[0].unwrap_or(0.0);
    let high = ends[1].unwrap_or(last as f64).max(low);
    let next = position + play.stride();
    if (low..=high).contains(&next) {
        return Some(next);
    }
    // A range that was left, or not yet entered, begins at its end.
    let (start, end) = if play.rate > 0.0 {
        (low, high)
    } else {
        (high, low)
    };
    let has_passed = (next - end) * play.rate.signum() > 0.0;
    if !has_passed {
        return Some(start);
    }
    match play.repeat {
        // The last frame is shown, even if the stride would leave it out.
        Repeat::Once => (position != end && (low..=high).contains(&position)).then_some(end),
        Repeat::Loop if position == end || !(low..=high).contains(&position) => Some(start),
        Repeat::Loop => Some(end),
        Repeat::BackAndForth => {
            play.rate = -play.rate;
            Some((2.0 * end - next).clamp(low, high))
        }
    }
}

/// A frame between two: positions and cell interpolated by a fraction from 0 to 1, along the shortest
/// way through a periodic cell; everything else from the nearer frame. The nearer frame itself if they
/// have different atoms.
///
/// x(f) = x₀ + f · d, where d is the minimum image of x₁ − x₀.
pub fn interpolate(one: &Arc<Frame>, other: &Arc<Frame>, fraction: f64) -> Arc<Frame> {
    let nearer = if fraction < 0.5 { one } else { other };
    let same_atoms = one.identity.elements() == other.identity.elements();
    if fraction <= 0.0 || fraction >= 1.0 || !same_atoms {
        return Arc::clone(nearer);
    }
    let between = |(from, to): (&DVec3, &DVec3)| {
        let straight = *to - *from;
        let way = one
            .cell
            .as_ref()
            .map_or(straight, |cell| cell.minimum_image(straight));
        *from + fraction * way
    };
    let positions = one
        .positions
        .iter()
        .zip(&other.positions)
        .map(between)
        .collect();
    Arc::new(Frame {
        positions,
        cell: cell_between(one, other, fraction).or_else(|| nearer.cell.clone()),
        ..Frame::clone(nearer)
    })
}

/// The cell between those of two frames, if both have one with the same periodicity.
fn cell_between(one: &Frame, other: &Frame, fraction: f64) -> Option<Cell> {
    let (one, other) = (one.cell.as_ref()?, other.cell.as_ref()?);
    let [from, to] = [one, other].map(Cell::vectors);
    let vectors = std::array::from_fn(|axis| from[axis].lerp(to[axis], fraction));
    let is_same = one.periodic() == other.periodic();
    is_same.then(|| Cell::new(vectors, one.periodic()).ok())?
}
