//! Pictures, drawn in memory and looked at: what must be there is there.
//!
//! They need a Vulkan driver; one that draws on the processor will do (Debian: mesa-vulkan-drivers).
//! With `MLIPVIEW_PICTURES=DIR` each picture is kept there for eyes.

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
