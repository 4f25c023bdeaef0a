//! Rendering tests: images drawn offscreen, and checked for what must be in them.
//!
//! They need a Vulkan driver; one that draws on the CPU is enough (Debian: mesa-vulkan-drivers).
//! With `MLIPVIEW_PICTURES=DIR` each image is saved there.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot draw has failed, and says where"
)]

#[cfg(feature = "xr")]
mod both_eyes;
mod test_renderer;
mod timeline;
mod timeline_plot;

mod bond_orders;
mod camera;
mod cells;
mod cones;
mod eyes;
#[cfg(feature = "xr")]
mod headset;
mod highlights;
mod labels;
mod many_atoms;
mod opacities;
mod packing;
mod panels;
mod representations;
mod saved;
mod script_panel;
mod tablet;
mod training_panel;
