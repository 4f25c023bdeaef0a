//! Panels beside the scene, rendered as in the window.

use bevy::image::Image;
use bevy::math::UVec2;
use glam::{DQuat, DVec3};
use mlipview_core::chem::library;
use mlipview_core::presence::{Pose, Presence, Role};
use mlipview_core::sim::{Command, Engine, Grip, SimHandle, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::invite_links::{InviteLink, InviteLinks, Reachability};
use mlipview_viewer::app::panels;
use mlipview_viewer::app::panels::{Panels, Section};
use mlipview_viewer::app::window;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::initial_view;
use mlipview_viewer::scene::picture;
use mlipview_viewer::scene::picture::OffscreenRenderer;
use mlipview_viewer::scene::style::Background;

use crate::test_renderer::plain;

const SIZE: UVec2 = UVec2::new(1100, 860);
const LINK: &str = "http://192.168.178.24:8000/";

/// Adds two people: a spectator, and a driver who holds an atom.
fn add_people(sim: &SimHandle) {
    let roster = sim.roster();
    let ada = roster
        .join(Role::Spectator, "192.168.178.31:50312")
        .unwrap();
    let bo = roster.join(Role::Driver, "192.168.178.40:41230").unwrap();
    roster.set_profile(ada, Some("Ada"), None);
    roster.set_profile(bo, Some("Bo, with the headset"), None);
    roster.set_statistics(ada, 29.7, Some(12.0));
    roster.set_statistics(bo, 60.0, Some(4.3));
    let at = |position: DVec3, direction: DVec3| Pose {
        position,
        orientation: DQuat::from_rotation_arc(DVec3::NEG_Z, direction.normalize_or(DVec3::NEG_Z)),
    };
    let ada_presence = Presence {
        head: Some(at(DVec3::new(-4.0, 4.0, 3.0), DVec3::new(4.0, -4.0, -3.0))),
        hands: Vec::new(),
    };
    let bo_presence = Presence {
        head: Some(at(DVec3::new(5.0, -2.0, 3.0), DVec3::new(-5.0, 2.0, -3.0))),
        hands: vec![at(DVec3::new(3.0, 2.0, 1.0), DVec3::NEG_Z)],
    };
    roster.set_presence(ada, ada_presence);
    roster.set_presence(bo, bo_presence);
    let (hand, grip) = (bo.hand(0), Grip::Hold);
    let grab = Command::Grab {
        hand,
        atoms: vec![3],
        grip,
    };
    sim.send(grab).unwrap();
}

/// The window with the section People.
fn window_with_people(name: &str, background: Background) -> Image {
    let entry = library::find("caffeine").unwrap();
    let structure = entry.structure().unwrap();
    let orientation = initial_view::orientation(&structure);
    let sim = spawn(Engine::new(structure, None, 0)).unwrap();
    add_people(&sim);
    let mut app = window::windowless(sim);
    app.add_plugins(panels::plugin);
    let world = app.world_mut();
    world.resource_mut::<Orbit>().rotation = orientation;
    world.resource_mut::<Panels>().section = Some(Section::People);
    let link = |role, address: &str| InviteLink {
        role,
        address: address.to_owned(),
    };
    app.insert_resource(InviteLinks {
        reachability: Reachability::Network,
        links: vec![
            link(Role::Spectator, LINK),
            link(Role::Driver, &format!("{LINK}#token=0123456789abcdef")),
        ],
        note: None,
    });
    app.insert_resource(Style {
        background,
        ..plain()
    });
    let mut renderer = OffscreenRenderer::new(app, SIZE);
    // Panels are laid out in the first frames; text is drawn after them.
    for _ in 0..6 {
        renderer.app.update();
    }
    let image = renderer.picture().unwrap();
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("{name}.png"));
        picture::write(&image, &path).unwrap();
    }
    image
}

#[test]
fn the_qr_code_in_the_window_encodes_the_link() {
    for (name, background) in [
        ("people-dark", Background::Slate),
        ("people-light", Background::White),
    ] {
        let image = window_with_people(name, background);
        let data = image.data.as_ref().unwrap();
        let at = |x: usize, y: usize| data[4 * (y * SIZE.x as usize + x)];
        let expected = qrcode::QrCode::with_error_correction_level(LINK, qrcode::EcLevel::M);
        let expected = expected.unwrap();
        let side = expected.width() + 8;
        // The first black pixel is the corner of a finder pattern.
        let is_black = |&(x, y): &(usize, usize)| at(x, y) < 4;
        let positions = || (40..SIZE.y as usize).flat_map(|y| (66..370).map(move |x| (x, y)));
        let (left, top) = positions().find(is_black).unwrap();
        let right = (left..370).rfind(|x| at(*x, top) < 4).unwrap();
        let module = (right + 1 - left) / expected.width();
        assert_eq!(
            (right + 1 - left) % expected.width(),
            0,
            "modules are whole"
        );
        assert!(side * module >= 160, "large enough for a phone");
        let colors = expected.to_colors();
        for row in 0..side {
            for column in 0..side {
                let inside = |position: usize| (4..4 + expected.width()).contains(&position);
                let is_dark = inside(row)
                    && inside(column)
                    && colors[(row - 4) * expected.width() + column - 4] == qrcode::Color::Dark;
                let x = left - 4 * module + column * module + module / 2;
                let y = top - 4 * module + row * module + module / 2;
                let expected = if is_dark { 0 } else { 255 };
                let found = at(x, y);
                assert!(found.abs_diff(expected) < 4, "row {row}, column {column}");
            }
        }
    }
}
