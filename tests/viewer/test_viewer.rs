//! A viewer without a display: synthetic mouse, touches and keys, and a real simulation.

use std::sync::Arc;
use std::time::Duration;

use bevy::asset::AssetPlugin;
use bevy::ecs::component::Mutable;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input::mouse::{MouseButtonInput, MouseScrollUnit, MouseWheel};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::input::{ButtonState, InputPlugin};
use bevy::prelude::*;
use bevy::time::TimeUpdateStrategy;
use bevy::window::{CursorMoved, PrimaryWindow, WindowEvent, WindowPlugin, WindowResolution};
use mlipview_core::chem::Structure;
use mlipview_core::potential::{Catalog, Potential, Request};
use mlipview_core::sim::{Engine, Frame, thread};
use mlipview_viewer::app::document::PotentialChoice;
use mlipview_viewer::app::notices::Notices;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::interact::edit::Edits;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::selection::Selection;
use mlipview_viewer::{Scene, ViewerPlugin};

/// Size of the virtual window, logical pixels.
pub(crate) const WINDOW: Vec2 = Vec2::new(800.0, 600.0);
/// Maximum number of polls of the simulation, one per millisecond.
const MAX_POLLS: usize = 20_000;

/// The app of the window, without a display.
pub(crate) struct TestViewer {
    pub(crate) app: App,
    window: Entity,
}

impl TestViewer {
    /// A structure seen from the front, 20 Å away.
    pub(crate) fn new(structure: Structure, potential: Option<Box<dyn Potential>>) -> TestViewer {
        TestViewer::with_plugins(structure, potential, |_| {})
    }

    /// A structure with a requested potential, which stays for any atoms.
    pub(crate) fn with_request(request: &str, structure: Structure) -> TestViewer {
        let request: Request = request.parse().unwrap();
        let chosen = Catalog::built_in().provide(&request, &structure);
        TestViewer::with_plugins(structure, Some(chosen.unwrap().potential), |app| {
            app.insert_resource(PotentialChoice::of(request));
        })
    }

    /// A structure, with additional plugins.
    pub(crate) fn with_plugins(
        structure: Structure,
        potential: Option<Box<dyn Potential>>,
        add_plugins: impl FnOnce(&mut App),
    ) -> TestViewer {
        let engine = Engine::new(structure, potential, 1);
        let sim = thread::spawn(engine).unwrap();
        let mut app = App::new();
        app.add_plugins((
            MinimalPlugins,
            AssetPlugin::default(),
            InputPlugin,
            WindowPlugin {
                primary_window: None,
                ..default()
            },
        ));
        app.init_asset::<Shader>();
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(
            16,
        )));
        app.add_plugins(ViewerPlugin { sim });
        add_plugins(&mut app);
        let (width, height) = (WINDOW.x as u32, WINDOW.y as u32);
        let window = Window {
            resolution: WindowResolution::new(width, height),
            ..default()
        };
        let window = app.world_mut().spawn((window, PrimaryWindow)).id();
        app.finish();
        app.cleanup();
        let mut viewer = TestViewer { app, window };
        viewer.app.update();
        viewer.app.update();
        viewer
    }

    pub(crate) fn get<R: Resource>(&self) -> &R {
        self.app.world().resource::<R>()
    }

    pub(crate) fn get_mut<R: Resource<Mutability = Mutable>>(&mut self) -> Mut<'_, R> {
        self.app.world_mut().resource_mut::<R>()
    }

    pub(crate) fn selected(&self) -> Vec<usize> {
        self.get::<Selection>().atoms().to_vec()
    }

    pub(crate) fn frame(&self) -> Arc<Frame> {
        Arc::clone(&self.get::<Scene>().frame)
    }

    /// Renders frames until a condition holds.
    pub(crate) fn wait_until(&mut self, what: &str, is_done: impl Fn(&TestViewer) -> bool) {
        for _ in 0..MAX_POLLS {
            self.app.update();
            if is_done(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("timeout: {what}");
    }

    /// Projects a point to the window, logical pixels.
    pub(crate) fn pixel(&self, point: Vec3) -> Vec2 {
        self.get::<Orbit>().project(point, WINDOW).unwrap()
    }

    /// Drawn position of an atom, Å.
    pub(crate) fn drawn(&self, atom: usize) -> Vec3 {
        self.get::<Scene>().positions()[atom]
    }

    pub(crate) fn move_to(&mut self, place: Vec2) {
        let window = self.window;
        let moved = CursorMoved {
            window,
            position: place,
            delta: None,
        };
        // Both forms of input: panels read messages, the scene reads state.
        let world = self.app.world_mut();
        world.write_message(WindowEvent::from(moved.clone()));
        world.write_message(moved);
        self.app.update();
    }

    pub(crate) fn button(&mut self, button: MouseButton, state: ButtonState) {
        let window = self.window;
        let pressed = MouseButtonInput {
            button,
            state,
            window,
        };
        let world = self.app.world_mut();
        world.write_message(WindowEvent::from(pressed));
        world.write_message(pressed);
        self.app.update();
    }

    pub(crate) fn press(&mut self) {
        self.button(MouseButton::Left, ButtonState::Pressed);
    }

    pub(crate) fn release(&mut self) {
        self.button(MouseButton::Left, ButtonState::Released);
    }

    pub(crate) fn click(&mut self, point: Vec3) {
        let place = self.pixel(point);
        self.click_pixel(place);
    }

    pub(crate) fn click_pixel(&mut self, place: Vec2) {
        self.move_to(place);
        self.press();
        self.release();
        // Prevents two clicks of a test from being a double click.
        for _ in 0..40 {
            self.app.update();
        }
    }

    pub(crate) fn scroll(&mut self, notches: f32) {
        let window = self.window;
        self.app.world_mut().write_message(MouseWheel {
            unit: MouseScrollUnit::Line,
            x: 0.0,
            y: notches,
            window,
            phase: TouchPhase::Moved,
        });
        self.app.update();
    }

    pub(crate) fn key(&mut self, key_code: KeyCode, state: ButtonState) {
        self.key_with_text(key_code, None, state);
    }

    /// A key at a physical position, with the character it types.
    pub(crate) fn key_with_text(
        &mut self,
        key_code: KeyCode,
        sign: Option<char>,
        state: ButtonState,
    ) {
        let window = self.window;
        let unknown = Key::Unidentified(bevy::input::keyboard::NativeKey::Unidentified);
        let written = sign.map(|sign| Key::Character(sign.to_string().into()));
        self.app.world_mut().write_message(KeyboardInput {
            key_code,
            logical_key: written.unwrap_or(unknown),
            state,
            text: None,
            repeat: false,
            window,
        });
        self.app.update();
    }

    /// Presses and releases a key with modifiers held down.
    pub(crate) fn press_key(&mut self, held: &[KeyCode], key: KeyCode, sign: Option<char>) {
        for other in held {
            self.key(*other, ButtonState::Pressed);
        }
        self.key_with_text(key, sign, ButtonState::Pressed);
        self.key_with_text(key, sign, ButtonState::Released);
        for other in held {
            self.key(*other, ButtonState::Released);
        }
    }

    /// Writes an action.
    pub(crate) fn act(&mut self, action: Action) {
        self.app.world_mut().write_message(action);
        self.app.update();
    }

    /// Writes an action and waits until it is done.
    pub(crate) fn act_and_wait(&mut self, action: Action) {
        self.act(action);
        self.wait_for_edits();
    }

    /// Waits until all edits are done.
    pub(crate) fn wait_for_edits(&mut self) {
        self.app.update();
        self.wait_until("the changes", |viewer| !viewer.get::<Edits>().is_busy());
    }

    /// The last notice.
    pub(crate) fn last_notice(&self) -> String {
        let notices = self.get::<Notices>();
        notices
            .list()
            .last()
            .map_or_else(String::new, |notice| notice.text.clone())
    }

    pub(crate) fn touch(&mut self, id: u64, phase: TouchPhase, position: Vec2) {
        let window = self.window;
        self.app.world_mut().write_message(TouchInput {
            phase,
            position,
            window,
            force: None,
            id,
        });
    }
}
