//! Images of both eyes in AR, where the background is transparent.
//!
//! No simulated device has passthrough: tracking data is made up, and the images for the runtime are
//! compared.

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
use mlipview_viewer::scene::labels::{Label, LabelPlace, Labels};
use mlipview_viewer::scene::picture::{self, OffscreenRenderer};
use mlipview_viewer::xr::eyes::{EYE_TARGETS, EyeTargets};
use mlipview_viewer::xr::{
    self, BlendMode, EyeView, HandInput, Headset, HeadsetDisplay, Mode, Pose, Rig, Tracking,
};
use mlipview_viewer::{Scene, Style};

use crate::both_eyes::both_eyes;
use crate::test_renderer::plain;

const SIZE: UVec2 = UVec2::new(720, 720);
const HEAD: Vec3 = Vec3::new(0.0, 1.5, 0.0);
/// Distance of each eye from the center of the head, m.
const EYE_OFFSET: f32 = 0.0315;

/// A wearer of a headset that supports a blend mode besides opaque.
fn wearer(structure: Structure, style: Style, blend: BlendMode) -> OffscreenRenderer {
    let orientation = initial_view::orientation(&structure);
    let sim = spawn(Engine::new(structure, None, 0)).unwrap();
    let mut app = window::windowless(sim);
    app.add_plugins(xr::plugin);
    app.insert_resource(style);
    app.world_mut().resource_mut::<Orbit>().rotation = orientation;
    let mut renderer = OffscreenRenderer::new(app, UVec2::new(64, 48));
    renderer.picture().unwrap();
    let world = renderer.app.world_mut();
    let device = world.resource::<RenderDevice>().clone();
    let screens = EYE_TARGETS.map(|target| (target, screen(&device)));
    world.resource_mut::<ManualTextureViews>().extend(screens);
    world.insert_resource(EyeTargets {
        size: SIZE,
        visible: true,
    });
    world.insert_resource(tracking());
    world.insert_resource(HeadsetDisplay {
        blend_modes: vec![BlendMode::Opaque, blend],
        period: 1.0 / 90.0,
        ..HeadsetDisplay::default()
    });
    world.insert_resource(Mode::Augmented);
    world.insert_resource(Headset::Running { focused: true });
    for _ in 0..6 {
        renderer.app.update();
    }
    renderer
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

/// A head that looks forward and a little down, and two hands.
fn tracking() -> Tracking {
    let head = Pose {
        position: HEAD,
        rotation: Quat::from_rotation_x(-0.4),
    };
    let eye = |side: f32| EyeView {
        pose: Pose {
            position: head.position + head.rotation * Vec3::X * side * EYE_OFFSET,
            ..head
        },
        // The nose limits the inner angles.
        left: -0.4 - 0.04 * side,
        right: 0.4 - 0.04 * side,
        up: 0.4,
        down: -0.4,
    };
    let hand = |x: f32| {
        let position = Vec3::new(x, 1.04, -0.55);
        let towards = Vec3::new(0.3 * x, 1.12, -0.8) - position;
        let rotation = Quat::from_rotation_arc(Vec3::NEG_Z, towards.normalize_or_zero());
        let pose = Pose { position, rotation };
        HandInput {
            aim: pose,
            grip: pose,
            ..HandInput::default()
        }
    };
    Tracking {
        head: Some(head),
        views: Some([eye(-1.0), eye(1.0)]),
        hands: [Some(hand(-0.17)), Some(hand(0.17))],
        ..Tracking::default()
    }
}

fn caffeine() -> Structure {
    library::find("caffeine").unwrap().structure().unwrap()
}

/// Saves images in the folder `MLIPVIEW_PICTURES`, if set.
fn save_pictures(pictures: &[Image; 2], name: &str) {
    if let Ok(folder) = std::env::var("MLIPVIEW_PICTURES") {
        for (picture, eye) in pictures.iter().zip(["left", "right"]) {
            let path = std::path::Path::new(&folder).join(format!("{name}-{eye}.png"));
            picture::write(picture, &path).unwrap();
        }
    }
}

/// Projection of a point in the room (m) onto the image of an eye, pixels from the upper left.
fn on_picture(view: &EyeView, position: Vec3) -> UVec2 {
    let point = view.pose.rotation.inverse() * (position - view.pose.position);
    let slope = point.truncate() / -point.z;
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
fn in_ar_only_atoms_and_hands_are_opaque() {
    for blend in [
        BlendMode::Alpha,
        BlendMode::Passthrough,
        BlendMode::Additive,
    ] {
        let mut renderer = wearer(caffeine(), plain(), blend);
        let (pictures, tracking) = both_eyes::<Tracking>(&mut renderer.app);
        save_pictures(&pictures, &format!("augmented-{blend:?}"));
        let world = renderer.app.world();
        let (rig, scene) = (world.resource::<Rig>(), world.resource::<Scene>());
        for (picture, view) in pictures.iter().zip(tracking.views.unwrap()) {
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
fn without_passthrough_the_whole_image_is_opaque() {
    let mut renderer = wearer(caffeine(), plain(), BlendMode::Opaque);
    assert_eq!(*renderer.app.world().resource::<Mode>(), Mode::Virtual);
    let (pictures, _) = both_eyes::<Tracking>(&mut renderer.app);
    for picture in &pictures {
        let data = picture.data.as_ref().unwrap();
        assert!(data.chunks_exact(4).all(|pixel| pixel[3] == 255));
    }
}

fn is_lime([red, green, blue, alpha]: [u8; 4]) -> bool {
    alpha == 255 && red < 40 && green > 200 && blue < 40
}

/// Center of the lime pixels.
fn center_of_lime(picture: &Image) -> Option<Vec2> {
    let pixels = (0..SIZE.y).flat_map(|y| (0..SIZE.x).map(move |x| UVec2::new(x, y)));
    let lime: Vec<UVec2> = pixels
        .filter(|pixel| is_lime(at(picture, *pixel)))
        .collect();
    let sum: Vec2 = lime.iter().map(|pixel| pixel.as_vec2()).sum();
    (!lime.is_empty()).then(|| sum / lime.len() as f32)
}

#[test]
fn both_eyes_see_callouts_at_their_points_and_texts_in_front_of_the_head() {
    let mut renderer = wearer(caffeine(), plain(), BlendMode::Alpha);
    let point = renderer.app.world().resource::<Scene>().positions()[3];
    let in_front = Pose {
        position: HEAD + tracking().head.unwrap().forward() * 1.5,
        rotation: tracking().head.unwrap().rotation,
    };
    // Fractions of a plane of 1.6 by 1.2 m.
    let text = in_front.position + in_front.rotation * Vec3::new(0.0, -0.35 * 1.2, 0.0);
    for (name, place, expected) in [
        ("callout", LabelPlace::Scene(point, 0.4), None),
        (
            "text",
            LabelPlace::Window(Vec2::new(0.5, 0.85), 0.05),
            Some(text),
        ),
    ] {
        let label = Label {
            text: "a label".to_owned(),
            place,
            color: [0.0, 1.0, 0.0, 1.0],
            background: [0.0, 1.0, 0.0, 1.0],
        };
        renderer.app.world_mut().resource_mut::<Labels>().0 = vec![label];
        for _ in 0..4 {
            renderer.app.update();
        }
        let (pictures, tracking) = both_eyes::<Tracking>(&mut renderer.app);
        save_pictures(&pictures, &format!("headset-{name}"));
        let rig = *renderer.app.world().resource::<Rig>();
        let place = expected.unwrap_or_else(|| rig.to_room(point));
        for (picture, view) in pictures.iter().zip(tracking.views.unwrap()) {
            let found = center_of_lime(picture).unwrap();
            let pixel = on_picture(&view, place).as_vec2();
            assert!(found.distance(pixel) < 4.0, "{name}: {found}, not {pixel}");
        }
    }
}
