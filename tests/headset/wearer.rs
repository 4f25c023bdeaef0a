//! Somebody who wears the headset: an app without a window, frame by frame.

use std::process::Command as Program;
use std::time::Duration;

use bevy::math::UVec2;
use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::{Engine, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::picture::Studio;
use mlipview_viewer::scene::style::{Background, Representation};
use mlipview_viewer::xr;
use mlipview_viewer::xr::seen::{Pose, View};
use mlipview_viewer::xr::{Ask, Headset, Mode, Rig, Seen};

use crate::both_eyes::both_eyes;

/// How long anything may take before it is taken for stuck: processors draw here.
const PATIENCE: Duration = Duration::from_secs(60);

/// An app that may be shown in a headset.
pub(crate) struct Wearer {
    studio: Studio,
}

/// One atom of each element at these places, Å.
pub(crate) fn structure(atoms: &[(&str, DVec3)]) -> Structure {
    let elements = atoms
        .iter()
        .map(|(symbol, _)| Element::from_symbol(symbol).unwrap());
    let places = atoms.iter().map(|(_, place)| *place);
    Structure::new(elements.collect(), places.collect()).unwrap()
}

impl Wearer {
    /// At the desk.
    pub(crate) fn of(engine: Engine) -> Wearer {
        Wearer::furnished(engine, |_| {})
    }

    /// At the desk, with more in the app.
    pub(crate) fn furnished(engine: Engine, furnish: impl FnOnce(&mut App)) -> Wearer {
        let mut app = window::windowless(spawn(engine).unwrap());
        app.add_plugins((xr::plugin, xr::third_party::plugin));
        furnish(&mut app);
        app.insert_resource(Style {
            background: Background::Black,
            representation: Representation::BallAndStick,
            occlusion: 0.0,
            contours: 0.0,
            depth_cue: 0.0,
            ..Style::default()
        });
        let mut studio = Studio::new(app, UVec2::new(64, 48));
        // What draws is ready from here on.
        studio.picture().unwrap();
        Wearer { studio }
    }

    pub(crate) fn world(&mut self) -> &mut World {
        self.studio.app.world_mut()
    }

    pub(crate) fn headset(&self) -> &Headset {
        self.studio.app.world().resource::<Headset>()
    }

    pub(crate) fn ask(&mut self, ask: Ask) {
        self.world().write_message(ask);
    }

    /// Since the app began.
    fn now(&self) -> Duration {
        self.studio.app.world().resource::<Time<Real>>().elapsed()
    }

    pub(crate) fn frame(&mut self) {
        self.studio.app.update();
    }

    /// Lets frames pass until something is so.
    pub(crate) fn until(&mut self, what: &str, is_so: impl Fn(&World) -> bool) {
        let begin = self.now();
        while !is_so(self.studio.app.world()) {
            assert!(
                self.now() - begin < PATIENCE,
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

    pub(crate) fn ask_to_enter(&mut self) {
        self.ask(Ask::Enter(Mode::Virtual));
        self.frame();
    }

    /// Puts the headset on.
    pub(crate) fn enter(&mut self) {
        self.ask_to_enter();
        self.until("focus", |world| {
            let headset = world.resource::<Headset>();
            if let Headset::Away { why: Some(reason) } = headset {
                panic!("{reason}\n(These tests need a runtime: see tests/headset/main.rs.)");
            }
            headset.is_focused()
        });
    }

    /// Takes it off.
    pub(crate) fn leave(&mut self) {
        self.ask(Ask::Leave);
        self.frame();
        self.until_away();
    }

    pub(crate) fn until_away(&mut self) {
        self.until("being away", |world| {
            matches!(world.resource::<Headset>(), Headset::Away { .. })
        });
    }

    pub(crate) fn head(&mut self) -> Pose {
        self.world().resource::<Seen>().head.unwrap()
    }

    /// What both eyes are shown while the molecule is there, and from where.
    pub(crate) fn look(&mut self, rig: Rig) -> ([Image; 2], [View; 2]) {
        self.world().insert_resource(rig);
        self.frame();
        self.world().insert_resource(rig);
        let (pictures, seen) = both_eyes::<Seen>(&mut self.studio.app);
        (pictures, seen.views.unwrap())
    }
}

/// Turns the runtime's switch: start, stop or kill.
pub(crate) fn runtime(word: &str) {
    let folder = std::env::var("XDG_RUNTIME_DIR").unwrap();
    let done = Program::new(format!("{folder}/service")).arg(word).status();
    assert!(done.unwrap().success(), "the runtime does not {word}");
}
