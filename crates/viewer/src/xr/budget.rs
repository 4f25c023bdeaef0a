//! When pictures come too late they become coarser, before they become fewer; and what they take is
//! told.

use bevy::prelude::*;

use super::headset::Headset;
use super::seen::Seen;
use super::wishes::Wishes;
use crate::app::xr_status::FrameBudget;

/// How well the scene is drawn for the eyes of a headset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detail {
    /// Drawn pixels for each pixel that the runtime recommends, along each axis.
    pub sharpness: f32,
    /// Whether corners are darkened.
    pub occlusion: bool,
    /// Whether there are contours.
    pub contours: bool,
}

/// From the best to the fastest.
pub const LEVELS: [Detail; 5] = {
    const fn detail(sharpness: f32, occlusion: bool, contours: bool) -> Detail {
        Detail {
            sharpness,
            occlusion,
            contours,
        }
    }
    [
        detail(1.0, true, true),
        detail(0.85, true, true),
        detail(0.85, false, true),
        detail(0.7, false, true),
        detail(0.7, false, false),
    ]
};

/// So many late pictures
const MANY: u64 = 3;
/// among so many are too many.
const WINDOW: u64 = 30;
/// So many pictures in time, one after the other, and a better level is tried;
const GOOD: u64 = 300;
/// more after each one that was tried in vain, up to so many.
const MOST_GOOD: u64 = 32 * GOOD;

/// Which level of detail the headset can keep up with.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Budget {
    level: usize,
    /// Pictures since the level was chosen or the window began, and those of them that were late.
    drawn: u64,
    late: u64,
    /// Pictures since the last late one or the last change.
    in_time: u64,
    /// So many must be in time before a better level is tried.
    patience: u64,
    /// Whether this level is being tried.
    on_trial: bool,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget {
            level: 0,
            drawn: 0,
            late: 0,
            in_time: 0,
            patience: GOOD,
            on_trial: false,
        }
    }
}

impl Budget {
    /// How well is drawn now.
    pub fn detail(&self) -> Detail {
        LEVELS[self.level]
    }

    /// Counts a picture, and the late ones since the one before.
    pub fn count(&mut self, late: u64) {
        self.drawn += 1;
        self.late += late.min(WINDOW);
        self.in_time = if late > 0 { 0 } else { self.in_time + 1 };
        if self.late >= MANY {
            if self.on_trial {
                self.patience = (2 * self.patience).min(MOST_GOOD);
            }
            self.go_to((self.level + 1).min(LEVELS.len() - 1), false);
        } else if self.in_time >= self.patience && self.level > 0 {
            self.go_to(self.level - 1, true);
        } else if self.drawn >= WINDOW {
            (self.drawn, self.late) = (0, 0);
            // What kept up for a window and longer is no trial any more.
            self.on_trial &= self.in_time < GOOD;
        }
    }

    fn go_to(&mut self, level: usize, on_trial: bool) {
        *self = Budget {
            level,
            on_trial,
            patience: self.patience,
            ..Budget::default()
        };
    }
}

/// Counts late pictures, and wishes for the sharpness that can be kept up.
pub(super) fn keep(
    seen: Res<Seen>,
    headset: Res<Headset>,
    mut budget: ResMut<Budget>,
    mut wishes: ResMut<Wishes>,
    mut missed: Local<Option<u64>>,
) {
    if !headset.is_present() {
        *missed = None;
        return;
    }
    let before = missed.replace(seen.missed).unwrap_or(seen.missed);
    let level = budget.level;
    budget
        .bypass_change_detection()
        .count(seen.missed.saturating_sub(before));
    if budget.level != level {
        budget.set_changed();
    }
    let sharpness = budget.detail().sharpness;
    if wishes.sharpness != sharpness {
        wishes.sharpness = sharpness;
    }
}

/// What is told is a mean over so long, s: numbers that flicker cannot be read.
const READABLE: f32 = 0.5;

/// Costs of pictures, to be told together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Recent {
    pictures: f32,
    lasted: f32,
    app: f32,
    card: f32,
}

impl Recent {
    fn count(&mut self, seen: &Seen, passed: f32) {
        self.pictures += 1.0;
        self.lasted += passed;
        self.app += seen.costs.app;
        self.card += seen.costs.card.unwrap_or_default();
    }
}

/// Tells what pictures take, for whoever shows it.
pub(super) fn tell(
    seen: Res<Seen>,
    headset: Res<Headset>,
    wishes: Res<Wishes>,
    time: Res<Time<Real>>,
    mut told: ResMut<FrameBudget>,
    mut recent: Local<Recent>,
) {
    if !headset.is_present() {
        *recent = Recent::default();
        told.set_if_neq(FrameBudget::default());
        return;
    }
    recent.count(&seen, time.delta_secs());
    if recent.lasted >= READABLE || told.period == 0.0 {
        *told = FrameBudget {
            period: seen.period,
            app: recent.app / recent.pictures,
            card: seen.costs.card.map(|_| recent.card / recent.pictures),
            missed: seen.missed,
            sharpness: wishes.sharpness,
        };
        *recent = Recent::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_late_pictures_of_thirty_make_it_coarser_and_two_do_not() {
        let late_at = |times: &[usize]| {
            let mut budget = Budget::default();
            for picture in 0..30 {
                budget.count(u64::from(times.contains(&picture)));
            }
            budget.level
        };
        assert_eq!(late_at(&[]), 0);
        assert_eq!(late_at(&[3, 20]), 0);
        assert_eq!(late_at(&[3, 20, 25]), 1);
    }

    #[test]
    fn each_level_costs_less_and_there_is_a_last_one() {
        for pair in LEVELS.windows(2) {
            let cost = |detail: &Detail| {
                let extras = f32::from(u8::from(detail.occlusion) + u8::from(detail.contours));
                detail.sharpness * detail.sharpness * (1.0 + extras)
            };
            assert!(cost(&pair[1]) < cost(&pair[0]));
        }
        let mut budget = Budget::default();
        for _ in 0..10_000 {
            budget.count(1);
        }
        assert_eq!(budget.detail(), LEVELS[4]);
    }

    #[test]
    fn a_level_that_was_tried_in_vain_is_tried_less_and_less_often() {
        let mut budget = Budget::default();
        // Level 0 never keeps up, level 1 always does.
        let (mut tries, mut before) = (0, 0);
        for _ in 0..30_000 {
            budget.count(u64::from(budget.level == 0));
            tries += u64::from(budget.level == 0 && before == 1);
            before = budget.level;
        }
        assert!((4..=9).contains(&tries), "{tries}");
    }

    #[test]
    fn once_the_load_is_gone_all_comes_back() {
        let mut budget = Budget::default();
        for _ in 0..1000 {
            budget.count(1);
        }
        for _ in 0..4 * GOOD + 100 {
            budget.count(0);
        }
        assert_eq!(budget.detail(), LEVELS[0]);
    }
}
