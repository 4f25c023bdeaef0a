//! Frames of a movie: the position on the timeline and the rotation of each.

use std::sync::Arc;

use super::rate::FrameRate;

/// Maximum number of frames of a movie: more than nine hours at 30 frames/s.
pub const MAX_FRAMES: u64 = 1_000_000;

/// Maximum rotation, degrees.
const MAX_TURN: f64 = 360_000.0;

/// Contents of a movie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject {
    /// One frame of the timeline.
    Still {
        /// The frame, counted from 0.
        position: u64,
        /// Duration, s.
        seconds: f64,
    },
    /// Successive frames of the timeline.
    Recording {
        /// First and last frame, counted from 0; both are shown.
        range: [u64; 2],
        /// Takes each n-th frame from the first on; the last frame that is taken may come before the
        /// last of the range. At least 1.
        every: u64,
        /// Frames that are taken, shown per second; `None`: each in one frame of the movie.
        rate: Option<f64>,
        /// Whether positions between frames are shown; otherwise the nearest frame that is taken.
        interpolates: bool,
    },
}

/// Options of a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanOptions {
    /// Contents.
    pub subject: Subject,
    /// Frame rate of the movie.
    pub rate: FrameRate,
    /// Rotation over the whole movie, degrees; 0: none.
    pub turn: f64,
}

/// A frame of a movie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlannedFrame {
    /// Position on the timeline, in frames from its start; a fraction lies between two frames.
    pub position: f64,
    /// Rotation about the axis, radians.
    pub angle: f64,
}

/// Why there is no plan for options.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// The range is reversed.
    #[error("invalid range of frames {0}:{1}: expected the first before the last")]
    Range(u64, u64),
    /// The stride is 0.
    #[error("invalid stride 0: expected at least 1 (every frame)")]
    Every,
    /// The playback rate is not positive.
    #[error("invalid playback rate {0}: expected a positive number of frames/s")]
    Rate(f64),
    /// The duration is not positive.
    #[error("invalid duration {0}: expected a positive number of seconds")]
    Duration(f64),
    /// The rotation is too large or not a number.
    #[error("invalid rotation {0}: expected -{MAX_TURN} to {MAX_TURN} degrees")]
    Turn(f64),
    /// Too many frames.
    #[error(
        "{0:.0} frames: a movie has at most {MAX_FRAMES}; choose a shorter range, a larger stride or a lower \
         frame rate"
    )]
    TooManyFrames(f64),
}

/// The frames of a movie.
#[derive(Clone, Debug, PartialEq)]
pub struct MoviePlan {
    /// Number of frames, at least 1.
    count: u64,
    /// First position on the timeline.
    first: u64,
    /// Frames of the timeline per frame that is taken.
    every: u64,
    /// Number of steps from the first to the last frame that is taken.
    steps: u64,
    interpolates: bool,
    /// Steps from the first frame that each frame of the movie shows, if their speed varies.
    varied: Option<Arc<[f64]>>,
    /// Rotation, degrees, and the number of frames that it takes.
    turn: f64,
    turn_frames: u64,
}

impl MoviePlan {
    /// Plan for options.
    ///
    /// # Errors
    /// If an option is out of range, or there are too many frames.
    pub fn new(options: &PlanOptions) -> Result<MoviePlan, PlanError> {
        let plan = match options.subject {
            Subject::Still { position, seconds } => {
                let positive = (seconds > 0.0).then_some(seconds);
                let seconds = positive.ok_or(PlanError::Duration(seconds))?;
                MoviePlan {
                    count: count(seconds * options.rate.frames_per_second())?,
                    first: position,
                    every: 1,
                    steps: 0,
                    interpolates: false,
                    varied: None,
                    turn: 0.0,
                    turn_frames: 1,
                }
            }
            Subject::Recording {
                range: [first, last],
                every,
                rate,
                interpolates,
            } => {
                let length = last.checked_sub(first);
                let length = length.ok_or(PlanError::Range(first, last))?;
                let steps = length.checked_div(every).ok_or(PlanError::Every)?;
                MoviePlan {
                    count: recording_count(steps, rate, options.rate)?,
                    first,
                    every,
                    steps,
                    interpolates,
                    varied: None,
                    turn: 0.0,
                    turn_frames: 1,
                }
            }
        };
        plan.turned(options.turn)
    }

    /// The plan with a rotation. Whole turns end one frame before they come back to the start, so that the
    /// movie loops without showing it twice; others end at their angle.
    fn turned(self, turn: f64) -> Result<MoviePlan, PlanError> {
        if !(-MAX_TURN..=MAX_TURN).contains(&turn) {
            return Err(PlanError::Turn(turn));
        }
        let is_whole = turn % 360.0 == 0.0;
        let turn_frames = if is_whole { self.count } else { self.count - 1 };
        Ok(MoviePlan {
            turn,
            turn_frames: turn_frames.max(1),
            ..self
        })
    }

    /// The plan at a speed that varies: frames of the timeline per second at a position, positive. The first
    /// and last frame are shown.
    ///
    /// # Errors
    /// If there are too many frames.
    pub fn with_speed(
        self,
        rate: FrameRate,
        speed: impl Fn(f64) -> f64,
    ) -> Result<MoviePlan, PlanError> {
        let end = self.steps as f64;
        let mut steps = vec![0.0];
        let mut step = 0.0;
        while step < end {
            let position = self.first as f64 + step * self.every as f64;
            step = (step + speed(position) / rate.frames_per_second()).min(end);
            steps.push(step);
            count(steps.len() as f64)?;
        }
        let turn = self.turn;
        let plan = MoviePlan {
            count: count(steps.len() as f64)?,
            varied: Some(steps.into()),
            ..self
        };
        plan.turned(turn)
    }

    /// Number of frames, 1 to [`MAX_FRAMES`].
    pub fn count(&self) -> u64 {
        self.count
    }

    /// A frame, counted from 0; `None` after the last.
    pub fn frame(&self, number: u64) -> Option<PlannedFrame> {
        if number >= self.count {
            return None;
        }
        // The product before the quotient: the first and last position are exact.
        let share = |whole: f64, parts: u64| whole * number as f64 / parts as f64;
        let varied = self.varied.as_ref();
        let varied = varied.and_then(|steps| steps.get(usize::try_from(number).ok()?));
        let step = varied.copied();
        let step = step.unwrap_or_else(|| share(self.steps as f64, (self.count - 1).max(1)));
        let step = if self.interpolates {
            step
        } else {
            step.round()
        };
        Some(PlannedFrame {
            position: self.first as f64 + step * self.every as f64,
            angle: share(self.turn, self.turn_frames).to_radians(),
        })
    }

    /// All frames, in order.
    pub fn frames(&self) -> impl Iterator<Item = PlannedFrame> + '_ {
        (0..self.count).filter_map(|number| self.frame(number))
    }
}

/// Number of frames of a recording with some steps between the frames that are taken. The first and the
/// last of them are always shown.
fn recording_count(steps: u64, rate: Option<f64>, movie: FrameRate) -> Result<u64, PlanError> {
    let Some(rate) = rate else {
        return count(steps as f64 + 1.0);
    };
    if !(rate > 0.0 && rate.is_finite()) {
        return Err(PlanError::Rate(rate));
    }
    let intervals = steps as f64 * movie.frames_per_second() / rate;
    count(intervals.round().max(steps.min(1) as f64) + 1.0)
}

/// A number of frames, rounded, at least 1.
fn count(frames: f64) -> Result<u64, PlanError> {
    if frames <= MAX_FRAMES as f64 {
        Ok((frames.round() as u64).max(1))
    } else {
        Err(PlanError::TooManyFrames(frames))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MoviePlan, PlanError, PlanOptions, Subject};
    use crate::app::movie::encode::rate::FrameRate;

    fn plan(subject: Subject, rate: f64, turn: f64) -> Result<MoviePlan, PlanError> {
        let rate = FrameRate::new(rate).expect("a rate in range");
        MoviePlan::new(&PlanOptions {
            subject,
            rate,
            turn,
        })
    }

    fn recording(range: [u64; 2], every: u64, rate: Option<f64>, interpolates: bool) -> Subject {
        Subject::Recording {
            range,
            every,
            rate,
            interpolates,
        }
    }

    #[test]
    fn at_a_speed_that_varies_each_part_takes_its_time_and_both_ends_are_shown() {
        let rate = FrameRate::new(30.0).unwrap();
        for interpolates in [true, false] {
            let subject = recording([10, 40], 1, Some(30.0), interpolates);
            let slow = |position: f64| if position < 20.0 { 5.0 } else { 30.0 };
            let plan = plan(subject, 30.0, 90.0).unwrap();
            let plan = plan.with_speed(rate, slow).unwrap();
            // 10 frames at 5 frames/s take 2 s, 20 at 30 take 2/3 s.
            assert_eq!(plan.count(), 81);
            let position = |number| plan.frame(number).unwrap().position;
            assert_eq!(
                [position(0), position(60), position(80)],
                [10.0, 20.0, 40.0]
            );
            let middle = if interpolates { 15.0 + 1.0 / 6.0 } else { 15.0 };
            assert!((position(31) - middle).abs() < 1e-9, "{}", position(31));
            let last = plan.frame(80).unwrap();
            assert!((last.angle.to_degrees() - 90.0).abs() < 1e-9);
            assert_eq!(plan.frame(81), None);
        }
    }

    #[test]
    fn without_a_rate_each_frame_is_shown_once() {
        let plan = plan(recording([3, 14], 4, None, false), 30.0, 0.0).unwrap();
        let positions: Vec<f64> = plan.frames().map(|frame| frame.position).collect();
        assert_eq!(positions, [3.0, 7.0, 11.0]);
    }

    #[test]
    fn slow_playback_interpolates_or_repeats() {
        let positions = |interpolates| {
            let subject = recording([0, 2], 1, Some(10.0), interpolates);
            let plan = plan(subject, 40.0, 0.0).unwrap();
            plan.frames()
                .map(|frame| frame.position)
                .collect::<Vec<_>>()
        };
        let between = [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0];
        assert_eq!(positions(true), between);
        assert_eq!(positions(false), between.map(f64::round));
    }

    #[test]
    fn a_whole_turn_loops_without_a_doubled_frame() {
        for turn in [360.0, -720.0] {
            let still = Subject::Still {
                position: 5,
                seconds: 4.0,
            };
            let plan = plan(still, 30.0, turn).unwrap();
            let angles: Vec<f64> = plan.frames().map(|frame| frame.angle).collect();
            assert_eq!(plan.count(), 120);
            assert_eq!(angles[0], 0.0);
            let step = angles[1];
            let back = turn.to_radians() - angles[119];
            assert!((back - step).abs() < 1e-12 && step != 0.0);
        }
    }

    #[test]
    fn a_partial_turn_ends_at_its_angle() {
        let plan = plan(recording([0, 99], 1, None, false), 30.0, 90.0).unwrap();
        let angles: Vec<f64> = plan.frames().map(|frame| frame.angle).collect();
        assert_eq!([angles[0], angles[99]], [0.0, 90_f64.to_radians()]);
    }

    #[test]
    fn invalid_options_are_rejected() {
        let still = |seconds| Subject::Still {
            position: 0,
            seconds,
        };
        let shown = recording([0, 9], 1, None, false);
        assert_eq!(plan(still(0.0), 30.0, 0.0), Err(PlanError::Duration(0.0)));
        assert!(plan(still(f64::NAN), 30.0, 0.0).is_err());
        assert!(plan(still(1e9), 30.0, 0.0).is_err());
        assert!(plan(shown, 30.0, f64::NAN).is_err());
        let cases = [
            (recording([4, 3], 1, None, false), PlanError::Range(4, 3)),
            (recording([0, 9], 0, None, false), PlanError::Every),
            (
                recording([0, 9], 1, Some(-1.0), false),
                PlanError::Rate(-1.0),
            ),
        ];
        for (subject, error) in cases {
            assert_eq!(plan(subject, 30.0, 0.0), Err(error));
        }
        let all = recording([0, u64::MAX], 1, None, false);
        assert!(matches!(
            plan(all, 30.0, 0.0),
            Err(PlanError::TooManyFrames(_))
        ));
    }

    proptest! {
        #[test]
        fn the_first_and_last_frames_are_exact(
            first in 0_u64..1_000_000, length in 0_u64..100_000, every in 1_u64..1000,
            playback in proptest::option::of(0.5..1000.0), rate in 1.0..60.0, interpolates: bool,
        ) {
            let subject = recording([first, first + length], every, playback, interpolates);
            if let Ok(plan) = plan(subject, rate, 0.0) {
                let last = first + every * (length / every);
                let position = |number| plan.frame(number).unwrap().position;
                prop_assert_eq!(position(0), first as f64);
                prop_assert_eq!(position(plan.count() - 1), last as f64);
                prop_assert_eq!(plan.frame(plan.count()), None);
            }
        }

        #[test]
        fn positions_never_go_back(
            length in 0_u64..3000, every in 1_u64..10, playback in 1.0..200.0, interpolates: bool,
        ) {
            let plan = plan(recording([0, length], every, Some(playback), interpolates), 30.0, 0.0);
            let positions: Vec<f64> = plan.unwrap().frames().map(|frame| frame.position).collect();
            prop_assert!(positions.is_sorted());
            let is_taken = |position: &f64| *position % every as f64 == 0.0;
            prop_assert!(interpolates || positions.iter().all(is_taken));
        }
    }
}
