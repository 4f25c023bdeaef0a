//! Adaptive quality: lowers resolution and effects when frames miss their deadline.

use bevy::prelude::*;

use super::display::HeadsetDisplay;
use super::headset::Headset;
use super::output::HeadsetOutput;

/// Rendering quality for the eyes of the headset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QualityLevel {
    /// Rendered pixels per pixel that the runtime recommends, along each axis.
    pub render_scale: f32,
    /// Whether ambient occlusion is drawn.
    pub ambient_occlusion: bool,
    /// Whether outlines are drawn.
    pub outlines: bool,
}

/// The quality levels, from the best to the fastest.
pub const LEVELS: [QualityLevel; 5] = {
    const fn level(render_scale: f32, ambient_occlusion: bool, outlines: bool) -> QualityLevel {
        QualityLevel {
            render_scale,
            ambient_occlusion,
            outlines,
        }
    }
    [
        level(1.0, true, true),
        level(0.85, true, true),
        level(0.85, false, true),
        level(0.7, false, true),
        level(0.7, false, false),
    ]
};

/// Dropped frames within [`WINDOW`] that lower the level.
const MAX_DROPPED: u64 = 3;
/// Length of the window that dropped frames are counted in, frames.
const WINDOW: u64 = 30;
/// Frames in time after which the next better level is tried.
const MIN_STABLE: u64 = 300;
/// Upper limit of that number, which doubles at each failed trial.
const MAX_STABLE: u64 = 32 * MIN_STABLE;

/// The quality level that the headset keeps up with.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct AdaptiveQuality {
    /// Index into [`LEVELS`].
    level: usize,
    /// Frames of the current window.
    drawn: u64,
    /// Dropped frames of the current window.
    dropped: u64,
    /// Frames since the last dropped one or the last change of level.
    stable: u64,
    /// Frames in time that are required before a better level is tried.
    required_stable: u64,
    /// Whether the current level is on trial.
    on_trial: bool,
}

impl Default for AdaptiveQuality {
    fn default() -> AdaptiveQuality {
        AdaptiveQuality {
            level: 0,
            drawn: 0,
            dropped: 0,
            stable: 0,
            required_stable: MIN_STABLE,
            on_trial: false,
        }
    }
}

impl AdaptiveQuality {
    /// The current quality.
    pub fn quality(&self) -> QualityLevel {
        LEVELS[self.level]
    }

    /// Records a frame, and the frames that were dropped before it.
    pub fn record_frame(&mut self, dropped: u64) {
        self.drawn += 1;
        self.dropped += dropped.min(WINDOW);
        self.stable = if dropped > 0 { 0 } else { self.stable + 1 };
        if self.dropped >= MAX_DROPPED {
            if self.on_trial {
                self.required_stable = (2 * self.required_stable).min(MAX_STABLE);
            }
            self.set_level((self.level + 1).min(LEVELS.len() - 1), false);
        } else if self.stable >= self.required_stable && self.level > 0 {
            self.set_level(self.level - 1, true);
        } else if self.drawn >= WINDOW {
            (self.drawn, self.dropped) = (0, 0);
            // A level that is stable for long enough has passed its trial.
            self.on_trial &= self.stable < MIN_STABLE;
        }
    }

    fn set_level(&mut self, level: usize, on_trial: bool) {
        *self = AdaptiveQuality {
            level,
            on_trial,
            required_stable: self.required_stable,
            ..AdaptiveQuality::default()
        };
    }
}

/// Records the frame and sets the render scale.
pub(super) fn adapt(
    display: Res<HeadsetDisplay>,
    headset: Res<Headset>,
    mut quality: ResMut<AdaptiveQuality>,
    mut output: ResMut<HeadsetOutput>,
    mut dropped_before: Local<Option<u64>>,
) {
    if !headset.is_running() {
        *dropped_before = None;
        return;
    }
    let total = display.dropped_frames;
    let before = dropped_before.replace(total).unwrap_or(total);
    let level = quality.level;
    quality
        .bypass_change_detection()
        .record_frame(total.saturating_sub(before));
    if quality.level != level {
        quality.set_changed();
    }
    let render_scale = quality.quality().render_scale;
    if output.render_scale != render_scale {
        output.render_scale = render_scale;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_dropped_frames_of_thirty_lower_the_level_and_two_do_not() {
        let level_after = |dropped: &[usize]| {
            let mut quality = AdaptiveQuality::default();
            for frame in 0..30 {
                quality.record_frame(u64::from(dropped.contains(&frame)));
            }
            quality.level
        };
        assert_eq!(level_after(&[]), 0);
        assert_eq!(level_after(&[3, 20]), 0);
        assert_eq!(level_after(&[3, 20, 25]), 1);
    }

    #[test]
    fn each_level_draws_less_than_the_one_before_and_the_last_one_stays() {
        for pair in LEVELS.windows(2) {
            let [before, next] = [pair[0], pair[1]];
            assert_ne!(next, before);
            assert!(next.render_scale <= before.render_scale);
            assert!(next.ambient_occlusion <= before.ambient_occlusion);
            assert!(next.outlines <= before.outlines);
        }
        let mut quality = AdaptiveQuality::default();
        for _ in 0..10_000 {
            quality.record_frame(1);
        }
        assert_eq!(quality.quality(), LEVELS[4]);
    }

    #[test]
    fn a_level_that_fails_its_trial_is_tried_less_and_less_often() {
        let mut quality = AdaptiveQuality::default();
        // Level 0 never keeps up, level 1 always does.
        let (mut tries, mut before) = (0, 0);
        for _ in 0..30_000 {
            quality.record_frame(u64::from(quality.level == 0));
            tries += u64::from(quality.level == 0 && before == 1);
            before = quality.level;
        }
        assert!((4..=9).contains(&tries), "{tries}");
    }

    #[test]
    fn the_best_level_returns_when_no_frame_is_dropped_any_more() {
        let mut quality = AdaptiveQuality::default();
        for _ in 0..1000 {
            quality.record_frame(1);
        }
        for _ in 0..4 * MIN_STABLE + 100 {
            quality.record_frame(0);
        }
        assert_eq!(quality.quality(), LEVELS[0]);
    }
}
