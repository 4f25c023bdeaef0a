//! Movies that the window saves.

use std::path::Path;

use bevy::math::{Quat, Vec3};
use mlipview_core::chem::Structure;
use mlipview_core::potential::LennardJones;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Activity, Command, Engine, Timeline};
use mlipview_viewer::app::document::DocumentRequest;
use mlipview_viewer::app::movie::encode::{
    FrameRate, FrameSize, MovieOptions, MoviePlan, PlanOptions, Subject,
};
use mlipview_viewer::app::movie::{MovieJob, MovieRequest, MovieScene, View, render};
use mlipview_viewer::app::timeline::TimelineView;
use mlipview_viewer::app::window::windowless_with_text;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::{Scene, Simulation};

use super::{Decoded, TestWindow, is_red, keep};
use crate::test_renderer::{plain, structure};

/// An oxygen, left of the center.
fn oxygen() -> Structure {
    structure(&[("O", [-1.0, 0.0, 0.0])])
}

/// The frames of a movie of a still structure, written as PNG files.
fn frames(folder: &Path, view: View, turn: f64, transparent: bool) -> Vec<Decoded> {
    let timeline = Timeline::default();
    timeline.record(Engine::new(oxygen(), None, 0).frame());
    let rate = FrameRate::new(10.0).unwrap();
    let plan = MoviePlan::new(&PlanOptions {
        subject: Subject::Still {
            position: 0,
            seconds: 0.4,
        },
        rate,
        turn,
    });
    let request = MovieRequest {
        path: folder.join("frame-%02d.png"),
        size: FrameSize::new(160, 120).unwrap(),
        rate,
        plan: plan.unwrap(),
        axis: None,
        options: MovieOptions {
            transparent,
            ..MovieOptions::default()
        },
        samples: 2,
    };
    let scene = MovieScene {
        timeline,
        style: plain(),
        view,
        rate: 10.0,
    };
    let go_on = |_: &_| std::ops::ControlFlow::Continue(());
    assert!(render(&request, scene, windowless_with_text, go_on).unwrap());
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| Decoded::of(path)).collect()
}

/// A camera that no fit would choose.
fn aside() -> View {
    let orbit = Orbit {
        target: Vec3::ZERO,
        distance: 9.0,
        ..Orbit::default()
    };
    View::Window(orbit, 4.0 / 3.0)
}

#[test]
fn the_first_frame_has_the_camera_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let frames = frames(folder.path(), aside(), 0.0, false);
    assert_eq!(frames.len(), 4);
    let [x, y] = frames[0].center(is_red);
    assert!((0.1..0.4).contains(&x) && (y - 0.5).abs() < 0.01, "{x} {y}");
    for frame in &frames[1..] {
        assert!(
            frame.rgba == frames[0].rgba,
            "{}",
            frame.difference(&frames[0])
        );
    }
}

#[test]
fn a_turning_movie_starts_at_the_view_of_the_window() {
    let [still, turning] = [0.0, 360.0].map(|turn| {
        let folder = tempfile::tempdir().unwrap();
        frames(folder.path(), aside(), turn, false)
    });
    assert!(still[0].rgba == turning[0].rgba);
    // A quarter and half of a turn: in front of the axis, and on its other side.
    let column = |at: usize| turning[at].center(is_red)[0];
    assert!((column(1) - 0.5).abs() < 0.02, "{}", column(1));
    assert!((column(0) + column(2) - 1.0).abs() < 0.02);
    assert!((column(3) - 0.5).abs() < 0.02);
}

#[test]
fn frames_of_a_transparent_movie_have_opaque_atoms_and_nothing_around_them() {
    let folder = tempfile::tempdir().unwrap();
    let view = View::Fit(Quat::IDENTITY);
    for frame in frames(folder.path(), view, 0.0, true) {
        assert_eq!(frame.at(0, 0)[3], 0);
        assert_eq!(frame.at(80, 60)[3], 255);
    }
}

/// A window with the frames of some steps of dynamics.
fn after_steps(steps: u64) -> TestWindow {
    let argon = structure(&[("Ar", [-2.0, 0.0, 0.0]), ("Ar", [2.0, 0.0, 0.0])]);
    let potential = Box::new(LennardJones::noble_gases());
    let mut window = TestWindow::with_potential(argon, plain(), Some(potential));
    let world = window.renderer.app.world();
    let run = Command::Steps(DynamicsSettings::default().task(), steps);
    world.resource::<Simulation>().send(run).unwrap();
    window.update_until("the frames", |world| {
        let frame = &world.resource::<Scene>().frame;
        let recorded = world.resource::<TimelineView>().len();
        frame.activity == Activity::Idle && frame.step == steps && recorded > steps
    });
    window
}

#[test]
fn the_window_saves_a_movie_of_its_timeline() {
    let mut window = after_steps(2);
    let mut job = window.renderer.app.world_mut().resource_mut::<MovieJob>();
    job.settings.size = [160, 120];
    let (path, since) = (window.path("run.gif"), window.notices());
    window.request(DocumentRequest::SaveMovie(path.clone()));
    assert!(
        window
            .renderer
            .app
            .world()
            .resource::<MovieJob>()
            .in_words()
            .is_some()
    );
    let notice = window.wait_for_notice(since);
    assert_eq!(notice, format!("Saved the movie as {}.", path.display()));
    assert_eq!(window.files(), ["run.gif"]);
    keep(&path, "run.gif");
    let mut decoder = gif::DecodeOptions::new();
    decoder.set_color_output(gif::ColorOutput::RGBA);
    let file = std::fs::File::open(&path).unwrap();
    let decoder = decoder.read_info(std::io::BufReader::new(file)).unwrap();
    assert_eq!([decoder.width(), decoder.height()], [160, 120]);
    assert!(
        window
            .renderer
            .app
            .world()
            .resource::<MovieJob>()
            .in_words()
            .is_none()
    );
}

#[test]
fn a_canceled_movie_leaves_no_file() {
    let mut window = after_steps(2);
    let mut job = window.renderer.app.world_mut().resource_mut::<MovieJob>();
    // Long enough not to be complete before it is canceled.
    job.settings.size = [640, 480];
    job.settings.rate = 60.0;
    let mut view = window
        .renderer
        .app
        .world_mut()
        .resource_mut::<TimelineView>();
    view.options.rate = 0.5;
    let (path, since) = (window.path("run.gif"), window.notices());
    window.request(DocumentRequest::SaveMovie(path));
    window.request(DocumentRequest::Cancel);
    let notice = window.wait_for_notice(since);
    assert_eq!(notice, "The movie was canceled; no file was written.");
    assert_eq!(window.files(), Vec::<String>::new());
}
