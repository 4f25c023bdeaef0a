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
mod easel;

mod bond_orders;
mod cones;
mod crowds;
mod eyes;
#[cfg(feature = "xr")]
mod headset;
mod marks;
mod panels;
mod representations;
mod sight;
mod solids;
mod tablet;
