//! The main thread's half of a session: state changes, waiting for frames, tracking.

use std::sync::Arc;

use openxr::{
    Event, EventDataBuffer, FrameWaiter, Posef, ReferenceSpaceType, SessionState, Space, Time,
    Vector3f, Vulkan,
};

use super::actions::ActionSpaces;
use super::convert;
use super::cpu_timer::CpuTimer;
use super::error::{ResultExt, SessionFailure};
use super::frame::XrFrame;
use super::gpu_timer::GpuTimer;
use super::joints::JointTracking;
use super::render_session::RenderSession;
use super::runtime::{Runtime, VIEW_CONFIGURATION};
use super::swapchain::EyeSwapchain;
use super::views::locate_views;
use super::vulkan_device::VulkanDevice;
use crate::xr::blend_mode::BlendMode;
use crate::xr::display::HeadsetDisplay;
use crate::xr::error::HeadsetError;
use crate::xr::output::HeadsetOutput;
use crate::xr::tracking::Tracking;

/// Assumed height of the eyes where the runtime does not know the floor, m.
const EYE_HEIGHT: f32 = 1.6;

/// Phase of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SessionPhase {
    /// The runtime wants no frames, not yet or not now.
    Idle,
    /// The runtime wants frames.
    Running {
        /// Whether the session has input focus.
        focused: bool,
    },
    /// The runtime waits for `xrEndSession`.
    Stopping,
    /// The session is to be destroyed.
    Exiting,
}

/// A session.
pub(super) struct Session {
    runtime: Arc<Runtime>,
    device: VulkanDevice,
    session: openxr::Session<Vulkan>,
    waiter: FrameWaiter,
    floor: Arc<Space>,
    head: Space,
    action_spaces: ActionSpaces,
    joints: Option<JointTracking>,
    pub(super) failure: SessionFailure,
    pub(super) phase: SessionPhase,
    /// The frame that was waited for and not begun.
    waited: Option<XrFrame>,
    /// Display time of the last frame.
    last_time: Option<Time>,
}

impl Session {
    /// Creates a session with its swapchain. No thread may submit to the GPU meanwhile.
    #[expect(
        unsafe_code,
        reason = "a session is bound to the handles of a Vulkan device"
    )]
    pub(super) fn create(
        runtime: &Arc<Runtime>,
        device: &VulkanDevice,
    ) -> Result<(Session, RenderSession), HeadsetError> {
        let Runtime {
            instance, system, ..
        } = &**runtime;
        // SAFETY: the handles are valid, the guard keeps the device for as long as the session, and
        // nothing is submitted to its queue while the main thread is in here (`session_manager.rs`).
        let created = unsafe {
            let guard = Box::new(device.clone());
            instance.create_session_with_guard::<Vulkan>(*system, &device.binding(), guard)
        };
        let (session, waiter, stream) = created.in_call("xrCreateSession")?;
        let floor = Arc::new(floor_space(&session)?);
        let head = session.create_reference_space(ReferenceSpaceType::VIEW, Posef::IDENTITY);
        let head = head.in_call("xrCreateReferenceSpace")?;
        let action_spaces = runtime.actions.attach(&session)?;
        let joints = runtime.supports_hand_tracking();
        let joints = joints.then(|| JointTracking::new(&session)).transpose()?;
        let failure = SessionFailure::default();
        let views = instance.enumerate_view_configuration_views(*system, VIEW_CONFIGURATION);
        let views = views.in_call("xrEnumerateViewConfigurationViews")?;
        let swapchain = EyeSwapchain::new(&session, device, &views)?;
        let gpu_timer = GpuTimer::new(device.wgpu());
        let render_session =
            RenderSession::new(&session, stream, swapchain, &floor, &failure, gpu_timer);
        let session = Session {
            runtime: Arc::clone(runtime),
            device: device.clone(),
            session,
            waiter,
            floor,
            head,
            action_spaces,
            joints,
            failure,
            phase: SessionPhase::Idle,
            waited: None,
            last_time: None,
        };
        Ok((session, render_session))
    }

    /// The supported blend modes.
    pub(super) fn blend_modes(&self) -> Vec<BlendMode> {
        self.runtime.blend_modes(&self.session)
    }

    /// Handles the pending events of the runtime.
    pub(super) fn poll_events(&mut self, tracking: &mut Tracking) {
        tracking.recentered = false;
        let failure = self.failure.clone();
        let runtime = Arc::clone(&self.runtime);
        let mut buffer = EventDataBuffer::new();
        while let Some(event) = failure
            .ok(runtime
                .instance
                .poll_event(&mut buffer)
                .in_call("xrPollEvent"))
            .flatten()
        {
            match event {
                Event::SessionStateChanged(event) if event.session() == self.session.as_raw() => {
                    failure.ok(self.set_state(event.state()));
                }
                Event::ReferenceSpaceChangePending(_) => tracking.recentered = true,
                Event::InteractionProfileChanged(_) => {
                    let actions = &runtime.actions;
                    actions.update_sources(&self.session, &mut self.action_spaces);
                }
                Event::InstanceLossPending(_) => failure.set(HeadsetError::Lost),
                _ => (),
            }
        }
    }

    fn set_state(&mut self, state: SessionState) -> Result<(), HeadsetError> {
        self.phase = match state {
            SessionState::READY => {
                let begun = self.session.begin(VIEW_CONFIGURATION);
                begun.in_call("xrBeginSession")?;
                SessionPhase::Running { focused: false }
            }
            SessionState::SYNCHRONIZED | SessionState::VISIBLE => {
                SessionPhase::Running { focused: false }
            }
            SessionState::FOCUSED => SessionPhase::Running { focused: true },
            SessionState::STOPPING => SessionPhase::Stopping,
            SessionState::EXITING => SessionPhase::Exiting,
            SessionState::LOSS_PENDING => return Err(HeadsetError::Lost),
            _ => SessionPhase::Idle,
        };
        Ok(())
    }

    /// Waits until the next frame is due, and locates everything at its display time. Returns whether
    /// the frame is to be rendered.
    pub(super) fn wait_frame(
        &mut self,
        tracking: &mut Tracking,
        display: &mut HeadsetDisplay,
        output: &mut HeadsetOutput,
    ) -> bool {
        let is_running = matches!(self.phase, SessionPhase::Running { .. });
        if !is_running || self.failure.get().is_some() {
            tracking.views = None;
            tracking.hands = [None; 2];
            return false;
        }
        let failure = self.failure.clone();
        // A second xrWaitFrame without xrBeginFrame would block forever.
        if self.waited.is_none() {
            self.waited = failure.ok(self.next_frame(display));
        }
        let Some(frame) = &mut self.waited else {
            return false;
        };
        frame.blend_mode = output.blend_mode;
        let (should_render, time) = (frame.should_render, frame.time);
        failure.ok(self.locate(tracking, time));
        failure.ok(self.apply_haptic_feedback(output));
        should_render && tracking.views.is_some()
    }

    fn next_frame(&mut self, display: &mut HeadsetDisplay) -> Result<XrFrame, HeadsetError> {
        let state = self.waiter.wait().in_call("xrWaitFrame")?;
        let time = state.predicted_display_time;
        let period = state.predicted_display_period.as_nanos();
        if let Some(last) = self.last_time.replace(time) {
            display.dropped_frames += dropped_frames(time.as_nanos() - last.as_nanos(), period);
        }
        display.period = period as f32 * 1e-9;
        Ok(XrFrame {
            time,
            should_render: state.should_render,
            blend_mode: BlendMode::Opaque,
            cpu: CpuTimer::start(),
        })
    }

    /// Locates head, eyes and hands.
    fn locate(&mut self, tracking: &mut Tracking, time: Time) -> Result<(), HeadsetError> {
        let (session, floor) = (&self.session, &*self.floor);
        let head = self.head.locate(floor, time).in_call("xrLocateSpace")?;
        tracking.head = convert::location(&head);
        tracking.views = locate_views(session, floor, time)?.map(|(_, views)| views);
        let actions = &self.runtime.actions;
        tracking.hands = actions.sync(session, &self.action_spaces, floor, time)?;
        if let Some(joints) = &mut self.joints {
            joints.locate(&mut tracking.hands, tracking.head.as_ref(), floor, time)?;
        }
        Ok(())
    }

    fn apply_haptic_feedback(&mut self, output: &mut HeadsetOutput) -> Result<(), HeadsetError> {
        let actions = &self.runtime.actions;
        let mut pulses = output.take_pulses();
        pulses.try_for_each(|pulse| actions.apply_haptic_feedback(&self.session, &pulse))
    }

    /// CPU timer of the frame that was waited for.
    pub(super) fn cpu_timer(&mut self) -> Option<&mut CpuTimer> {
        self.waited.as_mut().map(|frame| &mut frame.cpu)
    }

    /// Takes the frame that was waited for, to be begun.
    pub(super) fn take_frame(&mut self) -> Option<XrFrame> {
        let mut frame = self.waited.take()?;
        frame.cpu.pause();
        Some(frame)
    }

    /// Requests the end of the session. Returns whether the runtime will report it.
    pub(super) fn request_exit(&mut self) -> bool {
        let is_running = matches!(self.phase, SessionPhase::Running { .. });
        let requested = is_running && self.session.request_exit().is_ok();
        requested || self.phase == SessionPhase::Stopping
    }

    /// Ends a stopping session. No frame may be under way.
    pub(super) fn end(&mut self) {
        self.waited = None;
        let ended = self.session.end().in_call("xrEndSession");
        if self.failure.ok(ended).is_some() {
            self.phase = SessionPhase::Idle;
        }
    }

    /// Waits until the GPU has finished, so that images may be destroyed.
    pub(super) fn wait_for_gpu(&self) {
        self.device.wait_idle();
    }
}

/// Frames dropped before one that is displayed `elapsed` after the last one (both ns).
fn dropped_frames(elapsed: i64, period: i64) -> u64 {
    if period <= 0 {
        return 0;
    }
    let periods = (elapsed + period / 2) / period;
    u64::try_from(periods - 1).unwrap_or(0)
}

/// Creates the reference space of the room, with the origin on the floor below the runtime's own.
fn floor_space(session: &openxr::Session<Vulkan>) -> Result<Space, HeadsetError> {
    let offered = session.enumerate_reference_spaces();
    let offered = offered.in_call("xrEnumerateReferenceSpaces")?;
    let with_floor = [ReferenceSpaceType::LOCAL_FLOOR, ReferenceSpaceType::STAGE];
    let supported = with_floor.into_iter().find(|space| offered.contains(space));
    let mut origin = Posef::IDENTITY;
    if supported.is_none() {
        origin.position = Vector3f {
            y: -EYE_HEIGHT,
            ..Vector3f::default()
        };
    }
    let kind = supported.unwrap_or(ReferenceSpaceType::LOCAL);
    let floor = session.create_reference_space(kind, origin);
    floor.in_call("xrCreateReferenceSpace")
}

#[cfg(test)]
mod tests {
    use super::dropped_frames;

    #[test]
    fn frames_are_dropped_when_more_than_one_and_a_half_periods_pass() {
        assert_eq!(dropped_frames(11_000_000, 11_111_111), 0);
        assert_eq!(dropped_frames(16_000_000, 11_111_111), 0);
        assert_eq!(dropped_frames(22_222_222, 11_111_111), 1);
        assert_eq!(dropped_frames(55_555_555, 11_111_111), 4);
        assert_eq!(dropped_frames(0, 11_111_111), 0);
        assert_eq!(dropped_frames(5, 0), 0);
    }
}
