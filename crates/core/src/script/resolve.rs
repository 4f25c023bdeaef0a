//! Resolved script: a script for the frames of one timeline, evaluated at any frame.

use std::collections::{BTreeMap, HashSet};

use super::segment::{Acting, ActionIndex, Kind, Segment, segments};
use super::state::{CameraBlend, Focus, OpacityBlend, VisibleCallout, VisibleText};
use super::{Action, FrameNames, OpacityFocus, Script, ScriptState, TimingFunction};

/// A script for the frames of one timeline.
///
/// Transitions depend on the position in the timeline only: they take as many frames as are played in
/// their time. So a position always shows the same, however it is reached.
#[derive(Clone, Debug)]
pub struct ResolvedScript {
    script: Script,
    frames: u64,
    default_rate: f64,
    ranges: Vec<Option<[u64; 2]>>,
    segments: Vec<Segment>,
    focuses: BTreeMap<(usize, usize), Focus>,
}

impl ResolvedScript {
    pub(super) fn new(
        script: Script,
        frames: &dyn FrameNames,
        default_rate: f64,
    ) -> ResolvedScript {
        let messages = &script.messages;
        let range = |message: &super::Message| message.range.resolve(frames);
        let ranges: Vec<Option<[u64; 2]>> = messages.iter().map(range).collect();
        let mut focuses = BTreeMap::new();
        for (message, it) in messages.iter().enumerate() {
            for (action, it) in it.actions.iter().enumerate() {
                if let Action::OpacityFocus(focus) = it {
                    focuses.insert((message, action), Focus::new(focus));
                }
            }
        }
        ResolvedScript {
            segments: segments(messages, &ranges),
            frames: frames.count(),
            default_rate,
            ranges,
            focuses,
            script,
        }
    }

    /// The script.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// First and last frame of each message, `[messages]`; `None` for those that no frame shows.
    pub fn ranges(&self) -> &[Option<[u64; 2]>] {
        &self.ranges
    }

    /// The state at a position, counted in frames from 0. A message is active while the position
    /// rounded down is in its range. Positions beyond the timeline are those of its ends.
    pub fn at(&self, position: f64) -> ScriptState<'_> {
        let Some(last) = self.frames.checked_sub(1) else {
            return ScriptState::default();
        };
        // A position that is not a number is 0: `max` ignores it.
        let position = 0.0_f64.max(position).min(last as f64);
        let frame = position as u64;
        let next = self
            .segments
            .partition_point(|segment| segment.start <= frame);
        let Some(segment) = self.segments.get(next.saturating_sub(1)) else {
            return ScriptState::default();
        };
        let speed = segment.acting[Kind::Speed as usize];
        let settled = self.rate_of(speed.now);
        let mut state = ScriptState {
            rate: self.rate(speed, position),
            opacity: self.opacity(segment.acting[Kind::Opacity as usize], position, settled),
            camera: self.camera(segment.acting[Kind::Camera as usize], position, settled),
            ..ScriptState::default()
        };
        for &index in &segment.active {
            let message = &self.script.messages[index];
            state.active.push(message);
            for (action, it) in message.actions.iter().enumerate() {
                match it {
                    Action::Callout(callout) => state.callouts.push(VisibleCallout {
                        message,
                        action,
                        callout,
                    }),
                    Action::Text(text) => state.texts.push(VisibleText {
                        message,
                        action,
                        text,
                    }),
                    _ => {}
                }
            }
        }
        state
    }

    fn action(&self, at: ActionIndex) -> &Action {
        &self.script.messages[at.message].actions[at.action]
    }

    /// Rate that an action sets, frames/s; without one, that without script.
    fn rate_of(&self, action: Option<ActionIndex>) -> f64 {
        match action.map(|at| self.action(at)) {
            Some(Action::Speed(speed)) => speed.effective_rate(self.default_rate),
            _ => self.default_rate,
        }
    }

    /// Rate of playback, frames/s; `None` for that without script.
    fn rate(&self, acting: Acting, position: f64) -> Option<f64> {
        let (after, before) = (self.rate_of(acting.now), self.rate_of(acting.before));
        let mean = 0.5 * (before + after);
        let progress = self.progress(acting, position, mean);
        if progress >= 1.0 {
            return acting.now.map(|_| after);
        }
        Some(before + progress * (after - before))
    }

    fn opacity(&self, acting: Acting, position: f64, rate: f64) -> Option<OpacityBlend<'_>> {
        let focus = |at: ActionIndex| self.focuses.get(&(at.message, at.action));
        let progress = self.progress(acting, position, rate);
        let blend = OpacityBlend {
            from: acting.before.filter(|_| progress < 1.0).and_then(focus),
            to: acting.now.and_then(focus),
            progress,
        };
        (blend.from.is_some() || blend.to.is_some()).then_some(blend)
    }

    fn camera(&self, acting: Acting, position: f64, rate: f64) -> Option<CameraBlend> {
        let pose = |at: ActionIndex| match self.action(at) {
            Action::Camera(camera) => Some(camera.pose),
            _ => None,
        };
        Some(CameraBlend {
            from: acting.before.and_then(pose),
            to: acting.now.and_then(pose)?,
            progress: self.progress(acting, position, rate),
        })
    }

    /// Progress of the transition to an action, 0 to 1, if it is played at a rate (frames/s). Actions of the
    /// first frame act at once.
    fn progress(&self, acting: Acting, position: f64, rate: f64) -> f64 {
        let (seconds, timing) = match acting.now.or(acting.before).map(|at| self.action(at)) {
            Some(Action::Speed(speed)) => (speed.transition, speed.timing),
            Some(Action::OpacityFocus(focus)) => (focus.transition, focus.timing),
            Some(Action::Camera(camera)) => (camera.transition, camera.timing),
            _ => (0.0, TimingFunction::Linear),
        };
        let frames = seconds * rate.abs();
        if acting.since == 0 || frames <= 0.0 {
            return 1.0;
        }
        timing.progress((position - acting.since as f64) / frames)
    }
}

impl Focus {
    fn new(focus: &OpacityFocus) -> Focus {
        let key = |[one, other]: [usize; 2]| [one.min(other), one.max(other)];
        Focus {
            atoms: focus.atoms.iter().copied().collect::<HashSet<_>>(),
            bonds: focus.bonds.iter().copied().map(key).collect(),
            rule: OpacityFocus {
                atoms: Vec::new(),
                bonds: Vec::new(),
                ..focus.clone()
            },
        }
    }
}
