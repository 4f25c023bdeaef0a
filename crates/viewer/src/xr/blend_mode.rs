//! Environment blend modes: how the rendered image and the real room are combined.

use crate::app::xr_status::Mode;

/// An environment blend mode (`XrEnvironmentBlendMode`), or passthrough as a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BlendMode {
    /// The room is hidden.
    #[default]
    Opaque,
    /// The room shows where the image is transparent.
    Alpha,
    /// The image is added to the light of the room (see-through displays).
    Additive,
    /// The runtime draws the room as a layer below the image (`XR_FB_passthrough`).
    Passthrough,
}

/// The headset has no blend mode that shows the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "This headset has no passthrough, so the molecule is shown without the room. Passthrough may have \
     to be allowed in the settings of the runtime."
)]
pub struct NoPassthrough;

/// Chooses the best supported blend mode. To show the room, alpha comes before passthrough, and
/// additive last, since it cannot darken anything.
///
/// # Errors
/// If the room is to be shown and no supported mode can.
pub fn choose(mode: Mode, supported: &[BlendMode]) -> Result<BlendMode, NoPassthrough> {
    let first = |order: &[BlendMode]| {
        order
            .iter()
            .copied()
            .find(|blend_mode| supported.contains(blend_mode))
    };
    match mode {
        // See-through displays have no opaque mode: they always show the room.
        Mode::Virtual => {
            let order = [BlendMode::Opaque, BlendMode::Additive, BlendMode::Alpha];
            Ok(first(&order).unwrap_or_default())
        }
        Mode::Augmented => {
            let order = [
                BlendMode::Alpha,
                BlendMode::Passthrough,
                BlendMode::Additive,
            ];
            first(&order).ok_or(NoPassthrough)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ar_takes_the_supported_blend_mode_that_shows_the_room_best() {
        use BlendMode::{Additive, Alpha, Opaque, Passthrough};
        let in_ar = |supported: &[BlendMode]| choose(Mode::Augmented, supported);
        assert_eq!(in_ar(&[Opaque]), Err(NoPassthrough));
        assert_eq!(in_ar(&[]), Err(NoPassthrough));
        assert_eq!(in_ar(&[Additive]), Ok(Additive));
        assert_eq!(in_ar(&[Opaque, Passthrough]), Ok(Passthrough));
        assert_eq!(in_ar(&[Passthrough, Additive, Opaque]), Ok(Passthrough));
        assert_eq!(in_ar(&[Opaque, Additive, Alpha, Passthrough]), Ok(Alpha));
    }

    #[test]
    fn vr_is_opaque_where_that_is_supported() {
        use BlendMode::{Additive, Alpha, Opaque, Passthrough};
        let in_vr = |supported: &[BlendMode]| choose(Mode::Virtual, supported);
        assert_eq!(in_vr(&[Alpha, Additive, Opaque, Passthrough]), Ok(Opaque));
        assert_eq!(in_vr(&[Additive]), Ok(Additive));
        assert_eq!(in_vr(&[Additive, Alpha]), Ok(Additive));
        assert_eq!(in_vr(&[]), Ok(Opaque));
    }
}
