//! Which way of blending shows the room, and which hides it.

use bevy::prelude::*;

use super::headset::{Headset, Mode};
use super::seen::{Blend, Seen};
use super::wishes::Wishes;
use crate::app::notices::{Notices, Severity};

/// The headset cannot show the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "This headset shows no room behind the molecule, so it is shown without one. Passthrough may have \
     to be allowed in the settings of its runtime."
)]
pub struct NoRoom;

/// The best way of blending among those that are offered. A room in the picture is seen through it by
/// opacity, by the runtime's own layer, or by adding light, which cannot darken anything, in this order.
///
/// # Errors
/// If the room is to be seen and cannot be.
pub fn choose(mode: Mode, offered: &[Blend]) -> Result<Blend, NoRoom> {
    let first = |order: &[Blend]| order.iter().copied().find(|blend| offered.contains(blend));
    match mode {
        // Glasses offer no opaque picture: with them the room is always seen.
        Mode::Virtual => {
            Ok(first(&[Blend::Opaque, Blend::Additive, Blend::Alpha]).unwrap_or_default())
        }
        Mode::Augmented => {
            first(&[Blend::Alpha, Blend::Passthrough, Blend::Additive]).ok_or(NoRoom)
        }
    }
}

/// Wishes for the blend of the mode, and says so once where there is none.
pub(super) fn wish(
    seen: Res<Seen>,
    headset: Res<Headset>,
    mut mode: ResMut<Mode>,
    mut wishes: ResMut<Wishes>,
    mut notices: ResMut<Notices>,
) {
    if !headset.is_present() || seen.blends.is_empty() {
        return;
    }
    let blend = choose(*mode, &seen.blends).unwrap_or_else(|error| {
        notices.say(Severity::Warning, error.to_string());
        *mode = Mode::Virtual;
        Blend::Opaque
    });
    if wishes.blend != blend {
        wishes.blend = blend;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_offered_set_the_blend_that_shows_the_room_best_is_taken() {
        use Blend::{Additive, Alpha, Opaque, Passthrough};
        let augmented = |offered: &[Blend]| choose(Mode::Augmented, offered);
        assert_eq!(augmented(&[Opaque]), Err(NoRoom));
        assert_eq!(augmented(&[]), Err(NoRoom));
        assert_eq!(augmented(&[Additive]), Ok(Additive));
        assert_eq!(augmented(&[Opaque, Passthrough]), Ok(Passthrough));
        assert_eq!(augmented(&[Passthrough, Additive, Opaque]), Ok(Passthrough));
        assert_eq!(
            augmented(&[Opaque, Additive, Alpha, Passthrough]),
            Ok(Alpha)
        );
    }

    #[test]
    fn without_the_room_the_picture_is_opaque_wherever_it_can_be() {
        use Blend::{Additive, Alpha, Opaque, Passthrough};
        let virtually = |offered: &[Blend]| choose(Mode::Virtual, offered);
        assert_eq!(
            virtually(&[Alpha, Additive, Opaque, Passthrough]),
            Ok(Opaque)
        );
        assert_eq!(virtually(&[Additive]), Ok(Additive));
        assert_eq!(virtually(&[Additive, Alpha]), Ok(Additive));
        assert_eq!(virtually(&[]), Ok(Opaque));
    }
}
