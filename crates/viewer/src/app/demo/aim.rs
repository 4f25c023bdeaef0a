//! The tour's pointer as an aim.

use bevy::prelude::*;

use super::state::Demo;
use crate::interact::aim::{Aim, Aims};
use crate::scene::camera::Orbit;
use mlipview_core::sim::constraint::Hand;

/// Hand of the tour, distinct from the mouse and touches.
const HAND: Hand = Hand(u64::MAX);

/// Hit tolerance, logical pixels.
const TOLERANCE: f32 = 4.0;

pub(super) fn aim(
    demo: Res<Demo>,
    orbit: Res<Orbit>,
    windows: Query<&Window>,
    mut aims: ResMut<Aims>,
) {
    let Some((position, pressed)) = demo.pointer() else {
        return;
    };
    let size = windows.iter().next().map(Window::size);
    let Some(view_ray) = size.and_then(|size| orbit.view_ray(position, size)) else {
        return;
    };
    aims.add(Aim {
        hand: HAND,
        ray: view_ray.ray,
        beam: view_ray.beam(TOLERANCE),
        plane_normal: view_ray.plane_normal,
        hand_pose: None,
        pressed,
        extend: false,
        scroll: 0.0,
        screen: Some(position),
        hit: None,
    });
}
