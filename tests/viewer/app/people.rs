//! Other people: names, roles, heads and hands.

use glam::{DQuat, DVec3};
use mlipview_core::presence::{LOCAL, Person, PersonId, Pose, Presence, Role};
use mlipview_core::sim::{Command, Grip};
use mlipview_viewer::Simulation;
use mlipview_viewer::app::document::{Document, DocumentRequest, Source};
use mlipview_viewer::app::invite_links::{InviteLink, InviteLinks, Reachability};
use mlipview_viewer::app::notices::Severity;
use mlipview_viewer::app::panels::{Panels, Section};
use mlipview_viewer::app::people::People;
use mlipview_viewer::app::qr_code::QrCode;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::interact::hands::Pulls;
use mlipview_viewer::scene::lines::Lines;
use mlipview_viewer::scene::style::Style;

use super::has_notice;
use super::panels::viewer_with_panels;
use crate::interact::argon_viewer;
use crate::test_viewer::TestViewer;

/// Connects a person, as the server does.
fn join(viewer: &TestViewer, name: &str) -> PersonId {
    let roster = viewer.get::<Simulation>().roster();
    let id = roster.join(Role::Spectator, "10.0.0.7:50000").unwrap();
    roster.set_profile(id, Some(name), Some([10, 200, 30]));
    id
}

fn person(viewer: &TestViewer, id: PersonId) -> Person {
    viewer.get::<Simulation>().roster().person(id).unwrap()
}

fn names(viewer: &TestViewer) -> Vec<&str> {
    let people = viewer.get::<People>().list().iter();
    people.map(|person| person.name.as_str()).collect()
}

fn lines_of(viewer: &TestViewer, color: [u8; 3]) -> usize {
    let lines = viewer.get::<Lines>().list().iter();
    lines.filter(|stroke| stroke.color[..3] == color).count()
}

#[test]
fn people_are_listed_until_they_leave_and_both_events_are_reported() {
    let mut viewer = argon_viewer();
    let ada = join(&viewer, "Ada");
    viewer.app.update();
    assert_eq!(names(&viewer), ["Ada"]);
    viewer.wait_until("a word of it", |viewer| {
        has_notice(viewer, Severity::Info, "Ada is watching.")
    });
    join(&viewer, "Bo");
    viewer.get::<Simulation>().roster().leave(ada);
    viewer.app.update();
    assert_eq!(names(&viewer), ["Bo"]);
    viewer.wait_until("a word of it", |viewer| {
        has_notice(viewer, Severity::Info, "Bo is watching.")
            && has_notice(viewer, Severity::Info, "Ada has left.")
    });
}

#[test]
fn connection_statistics_are_polled() {
    let mut viewer = argon_viewer();
    let ada = join(&viewer, "Ada");
    viewer.app.update();
    let roster = viewer.get::<Simulation>().roster();
    roster.set_statistics(ada, 29.0, Some(7.0));
    viewer.wait_until("the figures", |viewer| {
        viewer.get::<People>().list()[0].latency_ms == Some(7.0)
    });
}

#[test]
fn roles_can_be_given_and_taken_and_people_disconnected() {
    let mut viewer = argon_viewer();
    let ada = join(&viewer, "Ada");
    viewer.act(Action::Admit(ada, Role::Driver));
    assert_eq!(person(&viewer, ada).role, Role::Driver);
    viewer.act(Action::Admit(ada, Role::Spectator));
    assert_eq!(person(&viewer, ada).role, Role::Spectator);
    assert!(!person(&viewer, ada).dismissed);
    viewer.act(Action::Dismiss(ada));
    assert!(person(&viewer, ada).dismissed);

    viewer.get::<Simulation>().roster().leave(ada);
    viewer.act(Action::Admit(ada, Role::Driver));
    assert!(has_notice(&viewer, Severity::Info, "the person has left"));
}

#[test]
fn heads_and_hands_of_others_are_drawn_in_their_color_unless_disabled() {
    let mut viewer = argon_viewer();
    let ada = join(&viewer, "Ada");
    let color = person(&viewer, ada).color;
    viewer.app.update();
    assert_eq!(lines_of(&viewer, color), 0);
    let at = |position| Pose {
        position,
        orientation: DQuat::IDENTITY,
    };
    let presence = Presence {
        head: Some(at(DVec3::new(0.0, 3.0, 9.0))),
        hands: vec![at(DVec3::X), at(DVec3::NEG_X)],
    };
    let roster = |viewer: &TestViewer, presence| {
        let simulation = viewer.get::<Simulation>();
        simulation.roster().set_presence(ada, presence);
    };
    roster(&viewer, presence);
    viewer.app.update();
    assert_eq!(lines_of(&viewer, color), 10 + 2 * 3);
    let from: Vec<[f32; 3]> = viewer
        .get::<Lines>()
        .list()
        .iter()
        .map(|stroke| stroke.from)
        .collect();
    assert!(from.contains(&[0.0, 3.0, 9.0]), "the tip is at the eyes");

    viewer.get_mut::<Style>().presence = false;
    viewer.app.update();
    assert_eq!(lines_of(&viewer, color), 0);
    viewer.get_mut::<Style>().presence = true;

    // A head at the position of the camera is not drawn, nor a non-finite one.
    for place in [DVec3::new(0.0, 0.0, 20.0), DVec3::NAN] {
        let head = Some(at(place));
        let hands = Vec::new();
        roster(&viewer, Presence { head, hands });
        viewer.app.update();
        assert_eq!(lines_of(&viewer, color), 0, "{place}");
    }
}

#[test]
fn atoms_held_by_others_have_a_ring_and_pulled_ones_a_line_in_their_color() {
    let mut viewer = argon_viewer();
    let ada = join(&viewer, "Ada");
    let color = person(&viewer, ada).color;
    let hand = ada.hand(0);
    let grab = |viewer: &TestViewer, hand, grip| {
        let atoms = vec![1];
        let grab = Command::Grab { hand, atoms, grip };
        viewer.get::<Simulation>().send(grab).unwrap();
    };
    grab(&viewer, hand, Grip::Hold);
    viewer.wait_until("the ring", |viewer| lines_of(viewer, color) == 24);
    let pull = Grip::Spring {
        stiffness: 1.0,
        max_force: 10.0,
    };
    grab(&viewer, hand, pull);
    viewer.wait_until("the line", |viewer| lines_of(viewer, color) == 1);
    assert_eq!(viewer.get::<Pulls>().0[0].color, Some(color));

    // A pull of this window belongs to no other person.
    grab(&viewer, LOCAL.hand(0), Grip::Hold);
    viewer
        .get::<Simulation>()
        .send(Command::Release(hand))
        .unwrap();
    viewer.wait_until("no line", |viewer| lines_of(viewer, color) == 0);
}

#[test]
fn the_qr_code_of_a_link_has_the_reference_modules() {
    for link in ["http://10.0.0.5:8000/", &"x".repeat(2000)] {
        let level = qrcode::EcLevel::M;
        let expected = qrcode::QrCode::with_error_correction_level(link, level).unwrap();
        let code = QrCode::of(link).unwrap();
        let side = expected.width();
        assert_eq!(code.side(), side);
        let mut dark = vec![false; code.side() * code.side()];
        for bar in code.bars() {
            let start = bar.row * code.side() + bar.column;
            dark[start..start + bar.length].fill(true);
        }
        let colors = expected.into_colors().into_iter();
        let expected: Vec<bool> = colors.map(|color| color == qrcode::Color::Dark).collect();
        assert_eq!(dark, expected);
    }
    assert_eq!(QrCode::of(&"x".repeat(5000)), None);
}

#[test]
fn the_shortcut_opens_the_section_people() {
    let mut viewer = viewer_with_panels();
    join(&viewer, "Ada");
    *viewer.get_mut::<InviteLinks>() = InviteLinks {
        reachability: Reachability::Network,
        links: vec![InviteLink {
            role: Role::Spectator,
            address: "http://10.0.0.5:8000/".to_owned(),
        }],
        note: Some("Port 8000 is taken.".to_owned()),
    };
    viewer.get_mut::<Panels>().hidden = true;
    viewer.act(Action::TogglePeople);
    for _ in 0..5 {
        viewer.app.update();
    }
    let panels = viewer.get::<Panels>();
    assert_eq!(
        (panels.section, panels.hidden),
        (Some(Section::People), false)
    );
    viewer.act(Action::TogglePeople);
    assert_eq!(viewer.get::<Panels>().section, None);
}

#[test]
fn the_room_has_the_title_of_the_document() {
    let mut viewer = argon_viewer();
    let title = |viewer: &TestViewer| viewer.get::<Simulation>().title();
    let open = |viewer: &mut TestViewer, source| {
        viewer
            .app
            .world_mut()
            .write_message(DocumentRequest::Open(source));
        viewer.wait_until("it", |viewer| !viewer.get::<Document>().jobs.is_busy());
    };
    assert_eq!(&*title(&viewer), "");
    open(&mut viewer, Source::Library("caffeine".to_owned()));
    viewer.wait_until("caffeine", |viewer| viewer.frame().positions.len() == 24);
    assert_eq!(&*title(&viewer), "Caffeine");
    open(&mut viewer, Source::File("no/such.xyz".to_owned()));
    assert_eq!(
        &*title(&viewer),
        "Caffeine",
        "what is not opened names nothing"
    );
}
