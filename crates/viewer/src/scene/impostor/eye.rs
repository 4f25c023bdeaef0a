//! Eyes: the cameras that draw the scene.

use bevy::prelude::*;
use bevy::render::extract_component::ExtractComponent;

use crate::scene::labels::TextPlane;

/// A camera that draws the scene: one in the window, two in a headset.
#[derive(Component, ExtractComponent, Clone, Copy, Debug, Default, PartialEq)]
pub struct Eye {
    /// Rendered pixels per image pixel along each axis: at most 1, or a whole number, whose square is the
    /// number of samples per pixel; `None`: by the style.
    pub render_scale: Option<f32>,
    /// Width of a line of one pixel, image pixels; `None`: 1.
    pub line_scale: Option<f32>,
    /// Background behind the atoms.
    pub background: EyeBackground,
    /// Rotation from eye to head axes: the lights move with the head, equally for both eyes.
    pub head_from_eye: Quat,
    /// Effects left out to meet a frame deadline.
    pub disabled: DisabledEffects,
    /// Plane of the labels at places of the window; `None`: the image itself.
    pub text_plane: Option<TextPlane>,
}

/// Effects disabled for one eye, whatever the style says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DisabledEffects {
    /// No ambient occlusion.
    pub ambient_occlusion: bool,
    /// No outlines.
    pub outlines: bool,
}

/// Background behind the atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum EyeBackground {
    /// The background of the style, as a gradient from top to bottom of the image.
    #[default]
    Image,
    /// The same gradient as a sky around the viewer, opaque; the direction (in the scene) is up.
    Sky(Dir3),
    /// Transparent, with premultiplied colors.
    Transparent,
}
