//! Locates the views of both eyes.

use openxr::{Session, Space, Time, ViewStateFlags, Vulkan};

use super::convert;
use super::error::ResultExt;
use super::runtime::VIEW_CONFIGURATION;
use crate::xr::error::HeadsetError;
use crate::xr::eye_view::EyeView;

/// The views of both eyes, as OpenXR and as this crate has them.
pub(super) type Views = ([openxr::View; 2], [EyeView; 2]);

/// Views of both eyes at a time, relative to a space; `None` while the head is not tracked.
pub(super) fn locate_views(
    session: &Session<Vulkan>,
    space: &Space,
    time: Time,
) -> Result<Option<Views>, HeadsetError> {
    let (flags, views) = session
        .locate_views(VIEW_CONFIGURATION, time, space)
        .in_call("xrLocateViews")?;
    let valid = ViewStateFlags::POSITION_VALID | ViewStateFlags::ORIENTATION_VALID;
    let [left, right] = views[..] else {
        return Ok(None);
    };
    let views = ([left, right], [convert::view(&left), convert::view(&right)]);
    Ok(flags.contains(valid).then_some(views))
}
