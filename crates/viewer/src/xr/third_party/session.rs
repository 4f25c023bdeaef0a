//! A session, as the main thread has it: what happens to it, when frames are due, where head and hands
//! are.

use std::sync::Arc;

use openxr::{
    Event, EventDataBuffer, FrameWaiter, Posef, ReferenceSpaceType, SessionState, Space, Time,
    Vector3f, ViewStateFlags, Vulkan,
};

use super::canvas::{Canvas, Frame};
use super::card::Card;
use super::clock::Work;
use super::controls::Hands;
use super::convert;
use super::joints::Joints;
use super::refusal::{Answer, Fate};
use super::runtime::{EYES, Runtime};
use crate::xr::headset::Reason;
use crate::xr::seen::{Blend, Seen, View};
use crate::xr::wishes::Wishes;

/// Eyes above the floor, where a runtime does not know the floor, m.
const EYES_ABOVE_FLOOR: f32 = 1.6;

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// The runtime does not want pictures, not yet or not now.
    Waiting,
    /// It wants frames; whether hands are ours.
    Running {
        /// Whether hands are ours.
        focused: bool,
    },
    /// It wants no more frames, and waits to be told that none is under way.
    Stopping,
    /// It is over.
    Over,
}

/// A session.
pub(super) struct Session {
    runtime: Arc<Runtime>,
    card: Card,
    session: openxr::Session<Vulkan>,
    waiter: FrameWaiter,
    floor: Arc<Space>,
    head: Space,
    hands: Hands,
    joints: Option<Joints>,
    pub(super) fate: Fate,
    pub(super) progress: Progress,
    /// Waited for, and not begun.
    waited: Option<Frame>,
    last: Option<Time>,
}

impl Session {
    /// Makes one, and what it is drawn on. No thread may give the card work meanwhile.
    #[expect(unsafe_code, reason = "a session is bound to the handles of a card")]
    pub(super) fn open(runtime: &Arc<Runtime>, card: &Card) -> Result<(Session, Canvas), Reason> {
        let Runtime {
            instance, system, ..
        } = &**runtime;
        // SAFETY: the handles are valid, the card is kept for as long as the session by the guard, and
        // nothing is given to its queue while the main thread is in here (`life.rs`).
        let opened = unsafe {
            let guard = Box::new(card.clone());
            instance.create_session_with_guard::<Vulkan>(*system, &card.binding(), guard)
        };
        let (session, waiter, stream) = opened.of("xrCreateSession")?;
        let floor = Arc::new(floor(&session)?);
        let head = session.create_reference_space(ReferenceSpaceType::VIEW, Posef::IDENTITY);
        let head = head.of("xrCreateReferenceSpace")?;
        let hands = runtime.controls.attach(&session)?;
        let joints = runtime.sees_bare_hands().then(|| Joints::of(&session));
        let joints = joints.transpose()?;
        let fate = Fate::default();
        let views = instance.enumerate_view_configuration_views(*system, EYES);
        let views = views.of("xrEnumerateViewConfigurationViews")?;
        let canvas = Canvas::new(&session, stream, &floor, card, &views, &fate)?;
        let session = Session {
            runtime: Arc::clone(runtime),
            card: card.clone(),
            session,
            waiter,
            floor,
            head,
            hands,
            joints,
            fate,
            progress: Progress::Waiting,
            waited: None,
            last: None,
        };
        Ok((session, canvas))
    }

    /// The ways of blending that are offered.
    pub(super) fn blends(&self) -> Vec<Blend> {
        self.runtime.blends(&self.session)
    }

    /// Hears what the runtime says.
    pub(super) fn listen(&mut self, seen: &mut Seen) {
        seen.recentred = false;
        let fate = self.fate.clone();
        let runtime = Arc::clone(&self.runtime);
        let mut buffer = EventDataBuffer::new();
        while let Some(Some(event)) =
            fate.ok(runtime.instance.poll_event(&mut buffer).of("xrPollEvent"))
        {
            match event {
                Event::SessionStateChanged(event) if event.session() == self.session.as_raw() => {
                    fate.ok(self.change(event.state()));
                }
                Event::ReferenceSpaceChangePending(_) => seen.recentred = true,
                Event::InteractionProfileChanged(_) => {
                    let controls = &runtime.controls;
                    controls.look_at_kinds(&self.session, &mut self.hands);
                }
                Event::InstanceLossPending(_) => fate.seal(Reason::Lost),
                _ => (),
            }
        }
    }

    fn change(&mut self, state: SessionState) -> Result<(), Reason> {
        self.progress = match state {
            SessionState::READY => {
                self.session.begin(EYES).of("xrBeginSession")?;
                Progress::Running { focused: false }
            }
            SessionState::SYNCHRONIZED | SessionState::VISIBLE => {
                Progress::Running { focused: false }
            }
            SessionState::FOCUSED => Progress::Running { focused: true },
            SessionState::STOPPING => Progress::Stopping,
            SessionState::EXITING => Progress::Over,
            SessionState::LOSS_PENDING => return Err(Reason::Lost),
            _ => Progress::Waiting,
        };
        Ok(())
    }

    /// Waits until the next frame is due, and says what is seen at the time when it will be shown;
    /// whether there is to be a picture of it.
    pub(super) fn wait(&mut self, seen: &mut Seen, wishes: &mut Wishes) -> bool {
        if !matches!(self.progress, Progress::Running { .. }) || self.fate.told().is_some() {
            seen.views = None;
            seen.hands = [None; 2];
            return false;
        }
        // A frame that was waited for and not begun is not waited for again: that would last forever.
        if self.waited.is_none() {
            let fate = self.fate.clone();
            self.waited = fate.ok(self.wait_for_frame(seen));
        }
        let Some(frame) = &mut self.waited else {
            return false;
        };
        frame.blend = wishes.blend;
        let is_drawn = frame.is_drawn;
        let time = frame.time;
        let fate = self.fate.clone();
        fate.ok(self.look(seen, time));
        fate.ok(self.tremble(wishes));
        is_drawn && seen.views.is_some()
    }

    fn wait_for_frame(&mut self, seen: &mut Seen) -> Result<Frame, Reason> {
        let state = self.waiter.wait().of("xrWaitFrame")?;
        let time = state.predicted_display_time;
        let period = state.predicted_display_period.as_nanos();
        let last = self.last.replace(time);
        seen.missed += last.map_or(0, |last| missed(time.as_nanos() - last.as_nanos(), period));
        seen.period = period as f32 * 1e-9;
        Ok(Frame {
            time,
            is_drawn: state.should_render,
            blend: Blend::Opaque,
            work: Work::begin(),
        })
    }

    fn look(&mut self, seen: &mut Seen, time: Time) -> Result<(), Reason> {
        let head = self.head.locate(&self.floor, time).of("xrLocateSpace")?;
        seen.head = convert::located(&head);
        seen.views = views(&self.session, &self.floor, time)?.map(|(_, views)| views);
        let controls = &self.runtime.controls;
        seen.hands = controls.look(&self.session, &self.hands, &self.floor, time)?;
        // A hand that holds nothing is seen by its joints.
        if let Some(joints) = &mut self.joints {
            joints.look(&mut seen.hands, seen.head.as_ref(), &self.floor, time)?;
        }
        Ok(())
    }

    fn tremble(&mut self, wishes: &mut Wishes) -> Result<(), Reason> {
        let controls = &self.runtime.controls;
        let mut pulses = wishes.take_pulses();
        pulses.try_for_each(|pulse| controls.tremble(&self.session, &pulse))
    }

    /// What the frame that was waited for takes.
    pub(super) fn work(&mut self) -> Option<&mut Work> {
        self.waited.as_mut().map(|frame| &mut frame.work)
    }

    /// The frame that was waited for, to be begun.
    pub(super) fn take_frame(&mut self) -> Option<Frame> {
        let mut frame = self.waited.take()?;
        frame.work.pause();
        Some(frame)
    }

    /// Asks to leave; whether the runtime will say when it is over.
    pub(super) fn ask_to_leave(&mut self) -> bool {
        let is_running = matches!(self.progress, Progress::Running { .. });
        let asked = is_running && self.session.request_exit().is_ok();
        asked || self.progress == Progress::Stopping
    }

    /// Says that no frame is under way; none may be.
    pub(super) fn stop(&mut self) {
        self.waited = None;
        let stopped = self.session.end().of("xrEndSession");
        if self.fate.ok(stopped).is_some() {
            self.progress = Progress::Waiting;
        }
    }

    /// Waits until the card has drawn what it was given: then what it drew on may go.
    pub(super) fn finish(&self) {
        self.card.finish();
    }
}

/// Frames that were left out before one that came so long after the last (both ns).
fn missed(since: i64, period: i64) -> u64 {
    if period <= 0 {
        return 0;
    }
    let periods = (since + period / 2) / period;
    u64::try_from(periods - 1).unwrap_or(0)
}

/// Both eyes, as the runtime has them and as we do.
type Sights = ([openxr::View; 2], [View; 2]);

/// Where both eyes are and what they see; `None` while the head is not tracked.
pub(super) fn views(
    session: &openxr::Session<Vulkan>,
    floor: &Space,
    time: Time,
) -> Result<Option<Sights>, Reason> {
    let (flags, views) = session
        .locate_views(EYES, time, floor)
        .of("xrLocateViews")?;
    let known = ViewStateFlags::POSITION_VALID | ViewStateFlags::ORIENTATION_VALID;
    let [left, right] = views[..] else {
        return Ok(None);
    };
    let views = ([left, right], [convert::view(&left), convert::view(&right)]);
    Ok(flags.contains(known).then_some(views))
}

/// The space of the room: its origin on the floor, under where the runtime has its middle.
fn floor(session: &openxr::Session<Vulkan>) -> Result<Space, Reason> {
    let offered = session.enumerate_reference_spaces();
    let offered = offered.of("xrEnumerateReferenceSpaces")?;
    let floors = [ReferenceSpaceType::LOCAL_FLOOR, ReferenceSpaceType::STAGE];
    let known = floors.into_iter().find(|floor| offered.contains(floor));
    let mut origin = Posef::IDENTITY;
    if known.is_none() {
        origin.position = Vector3f {
            y: -EYES_ABOVE_FLOOR,
            ..Vector3f::default()
        };
    }
    let kind = known.unwrap_or(ReferenceSpaceType::LOCAL);
    let floor = session.create_reference_space(kind, origin);
    floor.of("xrCreateReferenceSpace")
}

#[cfg(test)]
mod tests {
    use super::missed;

    #[test]
    fn frames_are_missed_when_time_passes_by_more_than_a_period_and_a_half() {
        assert_eq!(missed(11_000_000, 11_111_111), 0);
        assert_eq!(missed(16_000_000, 11_111_111), 0);
        assert_eq!(missed(22_222_222, 11_111_111), 1);
        assert_eq!(missed(55_555_555, 11_111_111), 4);
        assert_eq!(missed(0, 11_111_111), 0);
        assert_eq!(missed(5, 0), 0);
    }
}
