//! The window's panels on the tablet, drawn into an image and pressed by its pointer.

use bevy::prelude::*;
use bevy::render::render_resource::{TextureFormat, TextureUsages};

use super::theme;
use crate::scene::style::Background;
use crate::scene::tablet::{Tablet, TabletPicture, TabletPlane, TabletPointer};
use crate::third_party::egui::{
    Contexts, Event, Id, InputOptions, Modifiers, MouseWheelUnit, PanelSurface, PointerButton,
    Pos2, SurrenderFocusOn, TabletCamera, TabletEvents, TouchPhase, tablet_camera, vec2,
};

/// A press whose pointer moves farther is no click, points: hands in the air tremble, and a ray turns by
/// a degree, 15 points at half a meter, when the trigger is pulled.
const MAX_CLICK_DISTANCE: f32 = 16.0;

/// Creates the tablet's image and camera with the tablet, and removes them with it.
pub(super) fn create_or_remove(
    tablet: Res<Tablet>,
    mut picture: ResMut<TabletPicture>,
    images: Option<ResMut<Assets<Image>>>,
    cameras: Query<Entity, With<TabletCamera>>,
    mut commands: Commands,
) {
    let Some(mut images) = images else {
        return;
    };
    match (tablet.plane.is_some(), picture.0.is_some()) {
        (true, false) => {
            let handle = images.add(blank());
            let camera =
                tablet_camera(handle.clone(), TabletPlane::PIXELS_PER_POINT, theme::GROUND);
            commands.spawn(camera);
            picture.0 = Some(handle);
        }
        (false, true) => {
            picture.0 = None;
            for camera in &cameras {
                commands.entity(camera).despawn();
            }
        }
        _ => {}
    }
}

fn blank() -> Image {
    let size = (TabletPlane::SIZE * TabletPlane::PIXELS_PER_POINT).as_uvec2();
    let format = TextureFormat::Rgba8UnormSrgb;
    let mut image = Image::new_target_texture(size.x, size.y, format, None);
    image.texture_descriptor.usage |= TextureUsages::TEXTURE_BINDING;
    image
}

/// The tablet's pointer acts as a mouse.
pub(super) fn point(
    tablet: Res<Tablet>,
    mut events: TabletEvents,
    mut before: Local<Option<TabletPointer>>,
) {
    let now = tablet.pointer.filter(|_| tablet.plane.is_some());
    for event in pointer_events(before.as_ref(), now.as_ref()) {
        events.send(event);
    }
    *before = now;
}

/// The egui events of a change of the pointer.
fn pointer_events(before: Option<&TabletPointer>, now: Option<&TabletPointer>) -> Vec<Event> {
    let pos = |pointer: &TabletPointer| Pos2::new(pointer.position.x, pointer.position.y);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let was_pressed = before.is_some_and(|before| before.pressed);
    let mut events = Vec::new();
    match (before, now) {
        (_, Some(now)) => {
            events.push(Event::PointerMoved(pos(now)));
            if now.pressed != was_pressed {
                events.push(button(pos(now), now.pressed));
            }
            if now.scroll != 0.0 {
                events.push(Event::MouseWheel {
                    unit: MouseWheelUnit::Point,
                    delta: vec2(0.0, -now.scroll),
                    phase: TouchPhase::Move,
                    modifiers: Modifiers::NONE,
                });
            }
        }
        (Some(before), None) => {
            if was_pressed {
                events.push(button(pos(before), false));
            }
            events.push(Event::PointerGone);
        }
        (None, None) => {}
    }
    events
}

/// From here, panels are drawn on the tablet.
pub(super) fn begin(mut surface: ResMut<PanelSurface>) {
    *surface = PanelSurface::Tablet;
}

/// The tablet has the dark theme on any background.
pub(super) fn apply_theme(mut contexts: Contexts) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    // A new tablet has a new egui context.
    let themed = Id::new("themed");
    let is_themed = context.data_mut(|data| {
        let known = data.get_temp_mut_or_default::<bool>(themed);
        std::mem::replace(known, true)
    });
    if !is_themed {
        theme::apply(context, Background::Slate);
        context.options_mut(|options| adapt_to_hands(&mut options.input_options));
    }
}

fn adapt_to_hands(input: &mut InputOptions) {
    // The virtual keyboard is pressed while a field keeps the focus.
    input.surrender_focus_on = SurrenderFocusOn::Never;
    input.max_click_dist = MAX_CLICK_DISTANCE;
    // A trigger is pulled more slowly than a mouse clicks.
    input.max_click_duration = f64::INFINITY;
}

/// From here, panels are drawn in the window.
pub(super) fn end(mut surface: ResMut<PanelSurface>) {
    *surface = PanelSurface::Window;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::test_click::{Hold, press};
    use crate::third_party::egui::Context;

    fn at(pressed: bool) -> TabletPointer {
        TabletPointer {
            position: Vec2::new(20.0, 30.0),
            pressed,
            scroll: 0.0,
        }
    }

    fn presses(before: Option<TabletPointer>, now: Option<TabletPointer>) -> Vec<bool> {
        let events = pointer_events(before.as_ref(), now.as_ref());
        let pressed = events.iter().filter_map(|event| match event {
            Event::PointerButton { pressed, .. } => Some(*pressed),
            _ => None,
        });
        pressed.collect()
    }

    #[test]
    fn every_press_ends_even_when_the_pointer_goes_away() {
        assert_eq!(presses(Some(at(false)), Some(at(true))), [true]);
        assert!(presses(Some(at(true)), Some(at(true))).is_empty());
        assert_eq!(presses(Some(at(true)), Some(at(false))), [false]);
        assert_eq!(presses(Some(at(true)), None), [false]);
        assert_eq!(presses(None, Some(at(true))), [true]);
        assert!(pointer_events(None, None).is_empty());
        let gone = pointer_events(Some(&at(false)), None);
        assert_eq!(gone, [Event::PointerGone]);
    }

    #[test]
    fn a_slow_press_of_a_trembling_hand_is_a_click() {
        let is_clicked = |seconds, x| {
            let context = Context::default();
            context.options_mut(|options| adapt_to_hands(&mut options.input_options));
            let mut clicked = false;
            let motion = vec2(x, 0.0);
            press(
                &context,
                "Open the library",
                Hold { seconds, motion },
                |ui| {
                    clicked |= ui.button("Open the library").clicked();
                },
            );
            clicked
        };
        assert!(is_clicked(0.1, 0.0));
        assert!(is_clicked(5.0, 10.0), "slow and trembling");
        assert!(!is_clicked(0.1, 20.0), "a motion is no click");
    }
}
