//! Recentering, and the choice between VR and AR.

use bevy::prelude::*;
use mlipview_viewer::app::notices::Notices;
use mlipview_viewer::xr::{
    BlendMode, HeadsetDisplay, HeadsetOutput, HeadsetRequest, Mode, Pose, Rig, Tracking,
};

use crate::grab_atoms::three;
use crate::wearer::{EYES, Wearer};

/// Center of the bounding box of the three atoms in the room, m.
fn center(wearer: &Wearer) -> Vec3 {
    wearer.rig().to_room(Vec3::new(1.5, 0.0, -1.5))
}

fn request(wearer: &mut Wearer, request: HeadsetRequest) {
    wearer.viewer.app.world_mut().write_message(request);
    wearer.viewer.app.update();
}

#[test]
fn the_molecule_is_put_in_front_of_the_chest_on_entering_and_on_request() {
    let mut wearer = Wearer::at(three());
    let there = center(&wearer);
    assert!(
        (there - Vec3::new(0.0, EYES.y - 0.35, -1.15)).length() < 1e-3,
        "{there}"
    );
    // The molecule stays when the head moves.
    let head = Pose {
        position: EYES + Vec3::new(2.0, 0.0, 1.0),
        rotation: Quat::from_rotation_y(1.0),
    };
    wearer.viewer.get_mut::<Tracking>().head = Some(head);
    wearer.viewer.app.update();
    assert_eq!(center(&wearer), there);
    request(&mut wearer, HeadsetRequest::Recenter);
    let expected = head.position + Quat::from_rotation_y(1.0) * Vec3::new(0.0, -0.35, -1.15);
    assert!((center(&wearer) - expected).length() < 1e-3);
}

#[test]
fn the_molecule_is_recentered_when_the_runtime_moves_the_origin_of_the_room() {
    let mut wearer = Wearer::at(three());
    let there = center(&wearer);
    let mut tracking = wearer.viewer.get_mut::<Tracking>();
    tracking.recentered = true;
    tracking.head = tracking.head.map(|head| Pose {
        position: head.position + Vec3::X,
        ..head
    });
    wearer.viewer.app.update();
    assert!((center(&wearer) - there - Vec3::X).length() < 1e-3);
}

#[test]
fn in_ar_the_molecule_is_smaller_and_nearer() {
    let mut wearer = Wearer::at(three());
    wearer.viewer.get_mut::<HeadsetDisplay>().blend_modes =
        vec![BlendMode::Opaque, BlendMode::Alpha];
    let large = wearer.rig().scale;
    *wearer.viewer.get_mut::<Mode>() = Mode::Augmented;
    wearer.viewer.app.update();
    wearer.viewer.app.update();
    assert!((wearer.rig().scale / large - 2.0).abs() < 1e-3);
    assert!((center(&wearer).z + 0.8).abs() < 1e-3);
    assert_eq!(
        wearer.viewer.get::<HeadsetOutput>().blend_mode,
        BlendMode::Alpha
    );
    *wearer.viewer.get_mut::<Mode>() = Mode::Virtual;
    wearer.viewer.app.update();
    assert_eq!(
        wearer.viewer.get::<HeadsetOutput>().blend_mode,
        BlendMode::Opaque
    );
}

#[test]
fn a_headset_without_passthrough_warns_once_and_switches_to_vr() {
    let mut wearer = Wearer::at(three());
    *wearer.viewer.get_mut::<Mode>() = Mode::Augmented;
    wearer.viewer.app.update();
    assert!(wearer.viewer.last_notice().contains("has no passthrough"));
    assert_eq!(*wearer.viewer.get::<Mode>(), Mode::Virtual);
    assert_eq!(
        wearer.viewer.get::<HeadsetOutput>().blend_mode,
        BlendMode::Opaque
    );
    let notices = wearer.viewer.get::<Notices>().list().len();
    wearer.viewer.app.update();
    assert_eq!(wearer.viewer.get::<Notices>().list().len(), notices);
}

#[test]
fn nothing_is_recentered_before_the_head_is_tracked() {
    let mut wearer = Wearer::at(three());
    wearer.viewer.get_mut::<Tracking>().head = None;
    let before = wearer.rig();
    request(&mut wearer, HeadsetRequest::Recenter);
    assert_eq!(wearer.rig(), before);
    wearer.viewer.get_mut::<Tracking>().head = Some(Pose {
        position: EYES + Vec3::Z,
        rotation: Quat::IDENTITY,
    });
    wearer.viewer.app.update();
    assert_ne!(wearer.rig(), before);
    assert_ne!(before, Rig::default());
}
