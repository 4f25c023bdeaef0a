//! A frame on its way from the main thread, which waits for it, to the render thread, which draws it.

use openxr::Time;

use super::cpu_timer::CpuTimer;
use crate::xr::blend_mode::BlendMode;

/// A frame that `xrWaitFrame` returned.
#[derive(Clone, Copy)]
pub(super) struct XrFrame {
    /// Predicted display time.
    pub(super) time: Time,
    /// Whether the runtime wants an image.
    pub(super) should_render: bool,
    /// Blend mode of the image.
    pub(super) blend_mode: BlendMode,
    /// CPU time that the frame has taken so far.
    pub(super) cpu: CpuTimer,
}
