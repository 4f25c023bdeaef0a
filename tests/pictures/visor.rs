//! What both eyes of a headset see that shows the room behind the molecule.
//!
//! There is no such headset here, not even a simulated one: its eyes and hands are made up, and what
//! would be given to its runtime is looked at.

use bevy::image::Image;
use bevy::math::{Quat, UVec2, Vec2, Vec3};
use bevy::render::render_resource::{
    Extent3d, TextureDescriptor, TextureDimension, TextureFormat, TextureUsages,
    TextureViewDescriptor,
};
use bevy::render::renderer::RenderDevice;
use bevy::render::texture::{ManualTextureView, ManualTextureViews};
use mlipview_core::chem::{Structure, library};
use mlipview_core::sim::{Engine, spawn};
use mlipview_viewer::app::window;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::initial_view;
use mlipview_viewer::scene::picture;
use mlipview_viewer::scene::picture::Studio;
use mlipview_viewer::xr;
use mlipview_viewer::xr::eyes::{Screens, TARGETS};
use mlipview_viewer::xr::seen::{Blend, HandSeen, Pose, View};
use mlipview_viewer::xr::{Headset, Mode, Rig, Seen};
use mlipview_viewer::{Scene, Style};

use crate::both_eyes::both_eyes;
use crate::easel::plain;

const SIZE: UVec2 = UVec2::new(720, 720);
const HEAD: Vec3 = Vec3::new(0.0, 1.5, 0.0);
/// How far each eye is from the middle of the head, m.
const ASIDE: f32 = 0.0315;

/// Somebody with a headset that offers a way of blending.
fn wearer(structure: Structure, style: Style, blend: Blend) -> Studio {
    let orientation = initial_view::orientation(&structure);
    let sim = spawn(Engine::new(structure, None, 0)).unwrap();
    let mut app = window::windowless(sim);
    app.add_plugins(xr::plugin);
    app.insert_resource(style);
    app.world_mut().resource_mut::<Orbit>().rotation = orientation;
    let mut studio = Studio::new(app, UVec2::new(64, 48));
    studio.picture().unwrap();
    let world = studio.app.world_mut();
    let device = world.resource::<RenderDevice>().clone();
    let screens = TARGETS.map(|target| (target, screen(&device)));
    world.resource_mut::<ManualTextureViews>().extend(screens);
    world.insert_resource(Screens {
        size: SIZE,
        are_lit: true,
    });
    world.insert_resource(seen(blend));
    world.insert_resource(Mode::Augmented);
    world.insert_resource(Headset::Present { focused: true });
    for _ in 0..6 {
        studio.app.update();
    }
    studio
}

fn screen(device: &RenderDevice) -> ManualTextureView {
    let texture = device.create_texture(&TextureDescriptor {
        label: None,
        size: Extent3d {
            width: SIZE.x,
            height: SIZE.y,
            depth_or_array_layers: 1,
        },
        mip_level_count: 1,
        sample_count: 1,
        dimension: TextureDimension::D2,
        format: TextureFormat::Rgba8UnormSrgb,
        usage: TextureUsages::RENDER_ATTACHMENT | TextureUsages::COPY_SRC,
        view_formats: &[],
    });
    ManualTextureView {
        texture_view: texture.create_view(&TextureViewDescriptor::default()),
        size: SIZE,
        view_format: TextureFormat::Rgba8UnormSrgb,
    }
}

/// A head that looks ahead and a little down, and two hands.
fn seen(blend: Blend) -> Seen {
    let head = Pose {
        place: HEAD,
        turn: Quat::from_rotation_x(-0.4),
    };
    let eye = |side: f32| View {
        pose: Pose {
            place: head.place + head.turn * Vec3::X * side * ASIDE,
            ..head
        },
        // Noses are in the way.
        left: -0.4 - 0.04 * side,
        right: 0.4 - 0.04 * side,
        up: 0.4,
        down: -0.4,
    };
    let hand = |x: f32| {
        let place = Vec3::new(x, 1.04, -0.55);
        let towards = Vec3::new(0.3 * x, 1.12, -0.8) - place;
        let turn = Quat::from_rotation_arc(Vec3::NEG_Z, towards.normalize_or_zero());
        let pose = Pose { place, turn };
        HandSeen {
            aim: pose,
            grip: pose,
            ..HandSeen::default()
        }
    };
    Seen {
        head: Some(head),
        views: Some([eye(-1.0), eye(1.0)]),
        hands: [Some(hand(-0.17)), Some(hand(0.17))],
        blends: vec![Blend::Opaque, blend],
        period: 1.0 / 90.0,
        ..Seen::default()
    }
}

fn caffeine() -> Structure {
    library::find("caffeine").unwrap().structure().unwrap()
}

/// Keeps pictures, to be looked at, where MLIPVIEW_PICTURES names a folder.
fn keep(pictures: &[Image; 2], name: &str) {
    if let Ok(folder) = std::env::var("MLIPVIEW_PICTURES") {
        for (picture, eye) in pictures.iter().zip(["left", "right"]) {
            let path = std::path::Path::new(&folder).join(format!("{name}-{eye}.png"));
            picture::write(picture, &path).unwrap();
        }
    }
}

/// Where a place in the room (m) is on an eye's picture, pixels from the upper left.
fn on_picture(view: &View, place: Vec3) -> UVec2 {
    let seen = view.pose.turn.inverse() * (place - view.pose.place);
    let slope = seen.truncate() / -seen.z;
    let across = (slope.x - view.left) / (view.right - view.left);
    let along = (view.up - slope.y) / (view.up - view.down);
    (Vec2::new(across, along) * SIZE.as_vec2()).as_uvec2()
}

fn at(picture: &Image, pixel: UVec2) -> [u8; 4] {
    let start = 4 * (pixel.y * SIZE.x + pixel.x) as usize;
    picture.data.as_ref().unwrap()[start..start + 4]
        .try_into()
        .unwrap()
}

#[test]
fn in_the_room_only_atoms_and_hands_hide_what_is_behind_them() {
    for blend in [Blend::Alpha, Blend::Passthrough, Blend::Additive] {
        let mut studio = wearer(caffeine(), plain(), blend);
        let (pictures, seen) = both_eyes::<Seen>(&mut studio.app);
        keep(&pictures, &format!("augmented-{blend:?}"));
        let world = studio.app.world();
        let (rig, scene) = (world.resource::<Rig>(), world.resource::<Scene>());
        for (picture, view) in pictures.iter().zip(seen.views.unwrap()) {
            for corner in [UVec2::ZERO, UVec2::new(SIZE.x - 1, 0), SIZE - 1] {
                assert_eq!(at(picture, corner), [0; 4], "{blend:?}, {corner}");
            }
            for atom in scene.positions() {
                let pixel = on_picture(&view, rig.to_room(*atom));
                assert_eq!(at(picture, pixel)[3], 255, "{blend:?}, {pixel}");
            }
            let data = picture.data.as_ref().unwrap();
            let hidden = data.chunks_exact(4).filter(|pixel| pixel[3] > 0).count();
            let share = hidden as f32 / (SIZE.x * SIZE.y) as f32;
            assert!((0.01..0.3).contains(&share), "{blend:?}: {share}");
        }
    }
}

#[test]
fn a_headset_that_shows_no_room_is_given_a_whole_picture() {
    let mut studio = wearer(caffeine(), plain(), Blend::Opaque);
    assert_eq!(*studio.app.world().resource::<Mode>(), Mode::Virtual);
    let (pictures, _) = both_eyes::<Seen>(&mut studio.app);
    for picture in &pictures {
        let data = picture.data.as_ref().unwrap();
        assert!(data.chunks_exact(4).all(|pixel| pixel[3] == 255));
    }
}
