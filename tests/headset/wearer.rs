//! A wearer of the headset: an app without a window, updated frame by frame.

use std::process::Command as Program;
use std::time::Duration;

use bevy::math::UVec2;
use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::{Engine, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::picture::OffscreenRenderer;
use mlipview_viewer::scene::style::{Background, Representation};
use mlipview_viewer::xr::{self, EyeView, Headset, HeadsetRequest, Mode, Pose, Rig, Tracking};

use crate::both_eyes::both_eyes;

/// Timeout for a change of state; long, since a CPU may render.
const TIMEOUT: Duration = Duration::from_secs(60);

/// An app that a headset can show.
pub(crate) struct Wearer {
    renderer: OffscreenRenderer,
}

/// Atoms of these elements at these positions, Å.
pub(crate) fn structure(atoms: &[(&str, DVec3)]) -> Structure {
    let elements = atoms
        .iter()
        .map(|(symbol, _)| Element::from_symbol(symbol).unwrap());
    let positions = atoms.iter().map(|(_, position)| *position);
    Structure::new(elements.collect(), positions.collect()).unwrap()
}

impl Wearer {
    /// A wearer without a session.
    pub(crate) fn of(engine: Engine) -> Wearer {
        Wearer::with_plugins(engine, |_| {})
    }

    /// A wearer without a session, with additional plugins.
    pub(crate) fn with_plugins(engine: Engine, add_plugins: impl FnOnce(&mut App)) -> Wearer {
        let mut app = window::windowless(spawn(engine).unwrap());
        app.add_plugins((xr::plugin, xr::third_party::plugin));
        add_plugins(&mut app);
        app.insert_resource(Style {
            background: Background::Black,
            representation: Representation::BallAndStick,
            ambient_occlusion: 0.0,
            outlines: 0.0,
            depth_cue: 0.0,
            ..Style::default()
        });
        let mut renderer = OffscreenRenderer::new(app, UVec2::new(64, 48));
        // The renderer is ready from here on.
        renderer.picture().unwrap();
        Wearer { renderer }
    }

    pub(crate) fn world(&mut self) -> &mut World {
        self.renderer.app.world_mut()
    }

    pub(crate) fn headset(&self) -> &Headset {
        self.renderer.app.world().resource::<Headset>()
    }

    pub(crate) fn request(&mut self, request: HeadsetRequest) {
        self.world().write_message(request);
    }

    /// Time since the app started.
    fn now(&self) -> Duration {
        self.renderer.app.world().resource::<Time<Real>>().elapsed()
    }

    pub(crate) fn frame(&mut self) {
        self.renderer.app.update();
    }

    /// Updates until a condition holds.
    pub(crate) fn until(&mut self, what: &str, holds: impl Fn(&World) -> bool) {
        let begin = self.now();
        while !holds(self.renderer.app.world()) {
            assert!(
                self.now() - begin < TIMEOUT,
                "{what} does not happen; the headset is {:?}",
                self.headset()
            );
            self.frame();
        }
    }

    pub(crate) fn frames(&mut self, count: usize) {
        for _ in 0..count {
            self.frame();
        }
    }

    /// Updates for a time.
    pub(crate) fn frames_for(&mut self, time: Duration) {
        let end = self.now() + time;
        while self.now() < end {
            self.frame();
        }
    }

    pub(crate) fn request_enter(&mut self) {
        self.request(HeadsetRequest::Enter(Mode::Virtual));
        self.frame();
    }

    /// Starts a session and waits for input focus.
    pub(crate) fn enter(&mut self) {
        self.request_enter();
        self.until("focus", |world| {
            let headset = world.resource::<Headset>();
            if let Headset::Off { error: Some(error) } = headset {
                panic!("{error}\n(These tests need a runtime: see tests/headset/main.rs.)");
            }
            headset.is_focused()
        });
    }

    /// Ends the session.
    pub(crate) fn leave(&mut self) {
        self.request(HeadsetRequest::Leave);
        self.frame();
        self.until_off();
    }

    pub(crate) fn until_off(&mut self) {
        self.until("the end of the session", |world| {
            matches!(world.resource::<Headset>(), Headset::Off { .. })
        });
    }

    pub(crate) fn head(&mut self) -> Pose {
        self.world().resource::<Tracking>().head.unwrap()
    }

    /// Images and views of both eyes with a rig.
    pub(crate) fn render(&mut self, rig: Rig) -> ([Image; 2], [EyeView; 2]) {
        self.world().insert_resource(rig);
        self.frame();
        self.world().insert_resource(rig);
        let (pictures, tracking) = both_eyes::<Tracking>(&mut self.renderer.app);
        (pictures, tracking.views.unwrap())
    }
}

/// Starts, stops or kills the runtime.
pub(crate) fn runtime(command: &str) {
    let folder = std::env::var("XDG_RUNTIME_DIR").unwrap();
    let done = Program::new(format!("{folder}/service"))
        .arg(command)
        .status();
    assert!(done.unwrap().success(), "the runtime does not {command}");
}
