//! Playback: recorded frames shown one after another, forward or backward.

use std::sync::Arc;
use std::time::Duration;

use glam::DVec3;

use super::{FrameAddress, Timeline};
use crate::sim::frame::Frame;

/// Frames shown per second at most; faster playback leaves frames out.
pub const MAX_SHOWN_RATE: f64 = 60.0;

/// Default speed, frames per second.
pub const DEFAULT_RATE: f64 = 20.0;

/// How to play recorded frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Play {
    /// Frames per second; negative: backward. Not 0, and finite.
    pub rate: f64,
    /// The first and last frame to play; `None`: all.
    pub range: Option<[FrameAddress; 2]>,
    /// Behavior at the end of the range.
    pub repeat: Repeat,
    /// Whether positions between two frames are interpolated.
    pub interpolate: bool,
}

impl Default for Play {
    fn default() -> Play {
        Play {
            rate: DEFAULT_RATE,
            range: None,
            repeat: Repeat::Once,
            interpolate: false,
        }
    }
}

/// Behavior of playback at the end of its range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat {
    /// Stops at the last frame.
    #[default]
    Once,
    /// Begins again at the other end.
    Loop,
    /// Turns around.
    BackAndForth,
}

/// The recorded frame that is shown, and how it is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaybackStatus {
    /// The frame.
    pub address: FrameAddress,
    /// How it is played; `None` while paused.
    pub play: Option<Play>,
}

impl Play {
    /// Wall time between two shown frames.
    pub fn interval(&self) -> Duration {
        Duration::from_secs_f64(1.0 / self.shown_rate())
    }

    /// Frames shown per second.
    fn shown_rate(&self) -> f64 {
        if self.interpolate {
            MAX_SHOWN_RATE
        } else {
            self.rate.abs().min(MAX_SHOWN_RATE)
        }
    }

    /// Frames to advance per shown frame, with the sign of the direction.
    fn stride(&self) -> f64 {
        self.rate / self.shown_rate()
    }

    /// The next position after `position`, counted in frames from the start of the timeline; `None` at
    /// the end. Turns around by changing the sign of the rate.
    pub(crate) fn advance(&mut self, position: f64, timeline: &Timeline) -> Option<f64> {
        let last = timeline.len().saturating_sub(1);
        let bound = |address: FrameAddress| timeline.position(address).map(|it| it as f64);
        let ends = self.range.map_or([None; 2], |range| range.map(bound));
        let low = ends[0].unwrap_or(0.0);
        let high = ends[1].unwrap_or(last as f64).max(low);
        let next = position + self.stride();
        if (low..=high).contains(&next) {
            return Some(next);
        }
        // A range that was left, or not yet entered, begins at its end.
        let (start, end) = if self.rate > 0.0 {
            (low, high)
        } else {
            (high, low)
        };
        let has_passed = (next - end) * self.rate.signum() > 0.0;
        if !has_passed {
            return Some(start);
        }
        match self.repeat {
            // The last frame is shown, even if the stride would leave it out.
            Repeat::Once => (position != end && (low..=high).contains(&position)).then_some(end),
            Repeat::Loop if position == end || !(low..=high).contains(&position) => Some(start),
            Repeat::Loop => Some(end),
            Repeat::BackAndForth => {
                self.rate = -self.rate;
                Some((2.0 * end - next).clamp(low, high))
            }
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
        ..Frame::clone(nearer)
    })
}
