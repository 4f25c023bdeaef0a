//! Picking: the first atom or bond that a ray hits.
//!
//! All atoms are tested linearly: 100 000 take a fraction of a millisecond, less than rebuilding a
//! grid whenever atoms move (`benches/pick.rs`). A ray is tested again only if it or the scene has
//! changed.

mod intersection;
mod pickable;

use std::sync::Arc;

use bevy::prelude::*;

use super::aim::{Aims, HandPose, Hit, PointerInput};
use crate::scene::appearance::{Appearances, Radii};
use crate::scene::beam::Beam;
use crate::scene::bonds::Bonding;
use crate::scene::displayed::Scene;
use crate::scene::opacities::Opacities;
use crate::scene::selection::Hover;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::sim::constraint::Hand;

pub use pickable::{Pickable, images};

/// The last hit test of a hand.
struct CachedHit {
    hand: Hand,
    pressed: bool,
    ray: Ray3d,
    beam: Beam,
    hand_pose: Option<HandPose>,
    versions: [u64; 3],
    style: ([u32; 3], f32),
    hit: Option<Hit>,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (hit_test, hover)
            .chain()
            .in_set(ViewerSystems::Point)
            .after(PointerInput),
    );
}

fn hit_test(
    scene: Res<Scene>,
    appearances: Res<Appearances>,
    opacities: Res<Opacities>,
    bonding: Res<Bonding>,
    style: Res<Style>,
    mut aims: ResMut<Aims>,
    mut cached: Local<Vec<CachedHit>>,
) {
    let perceived = bonding.of(&scene.frame).map(Arc::clone);
    let radii = Radii::of(&style, scene.frame.identity.elements());
    let bonds = perceived.as_deref().map(|perceived| perceived.bonds.list());
    let stick = radii.of_stick();
    let pickable = Pickable {
        positions: scene.positions(),
        appearances: appearances.list(),
        bond_opacities: &opacities.bonds,
        bonds: bonds.filter(|_| stick.is_some()).unwrap_or(&[]),
        shifts: scene.shifts(),
        stick: stick.unwrap_or(0.0),
        with_orders: perceived
            .as_ref()
            .is_some_and(|perceived| perceived.with_orders),
        cell: scene.frame.cell.as_ref(),
        images: style.images,
    };
    let versions = [scene.version(), appearances.version(), bonding.version()];
    let style = (style.images, pickable.stick);
    cached.retain(|cached| aims.of(cached.hand).is_some());
    for aim in aims.list_mut() {
        let before = cached.iter_mut().find(|cached| cached.hand == aim.hand);
        let fresh = before.as_ref().is_none_or(|before| {
            (before.ray, before.beam, before.hand_pose) != (aim.ray, aim.beam, aim.hand_pose)
                || before.versions != versions
                || before.style != style
        });
        // While pressed, the first hit counts.
        let stays = before
            .as_ref()
            .is_some_and(|before| before.pressed && aim.pressed);
        let hit = match &before {
            Some(before) if stays || !fresh => before.hit,
            _ => pickable.hit(aim),
        };
        aim.hit = hit;
        let now = CachedHit {
            hand: aim.hand,
            pressed: aim.pressed,
            ray: aim.ray,
            beam: aim.beam,
            hand_pose: aim.hand_pose,
            versions,
            style,
            hit,
        };
        match before {
            Some(before) => *before = now,
            None => cached.push(now),
        }
    }
}

/// Hovers what the first pointer without a pressed button hits.
fn hover(aims: Res<Aims>, mut hover: ResMut<Hover>) {
    let mut idle = aims.list().iter().filter(|aim| !aim.pressed);
    let target = idle.find_map(|aim| Some(aim.hit?.target));
    if hover.target != target {
        hover.target = target;
    }
}
