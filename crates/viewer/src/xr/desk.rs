//! The window at the desk, while the scene is shown in a headset: it goes on, and nothing waits for it.

use bevy::prelude::*;
use bevy::window::PresentMode;

use super::headset::Headset;
use crate::app::document::Veil;
use crate::app::window::Elsewhere;
use crate::scene::camera::DeskEye;
use crate::schedule::ViewerSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (step_back, glance).in_set(ViewerSystems::Show));
}

/// The window's picture is drawn so often beside the headset's, times per second: enough for those who
/// look on.
const GLANCES: f32 = 30.0;

/// Beside a headset the eye at the desk is open now and then, and while a picture is taken.
fn glance(
    headset: Res<Headset>,
    veil: Res<Veil>,
    time: Res<Time<Real>>,
    mut eyes: Query<&mut Camera, With<DeskEye>>,
    mut since: Local<f32>,
) {
    *since += time.delta_secs();
    let is_open = !headset.is_present() || veil.0 || *since >= 1.0 / GLANCES;
    if is_open {
        *since = 0.0;
    }
    for mut eye in &mut eyes {
        if eye.is_active != is_open {
            eye.is_active = is_open;
        }
    }
}

/// A headset shows more pictures in a second than many a screen, and would wait for it.
fn step_back(
    headset: Res<Headset>,
    elsewhere: Option<ResMut<Elsewhere>>,
    mut windows: Query<&mut Window>,
    mut before: Local<Option<PresentMode>>,
) {
    let is_away = matches!(*headset, Headset::Away { .. });
    if let Some(mut elsewhere) = elsewhere {
        elsewhere.set_if_neq(Elsewhere(!is_away));
    }
    for mut window in &mut windows {
        let mode = match (headset.is_present(), *before) {
            (true, None) => {
                *before = Some(window.present_mode);
                PresentMode::AutoNoVsync
            }
            (false, Some(mode)) if is_away => {
                *before = None;
                mode
            }
            _ => continue,
        };
        if window.present_mode != mode {
            window.present_mode = mode;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_is_drawn_thirty_times_a_second_beside_a_headset_and_always_without() {
        let mut app = App::new();
        app.init_resource::<Headset>()
            .init_resource::<Time<Real>>()
            .init_resource::<Veil>()
            .add_systems(Update, glance);
        let eye = app.world_mut().spawn((DeskEye, Camera::default())).id();
        let drawn_in_a_second = |app: &mut App, headset| {
            app.insert_resource(headset);
            let open = (0..90).filter(|_| {
                let mut time = app.world_mut().resource_mut::<Time<Real>>();
                time.advance_by(std::time::Duration::from_secs_f64(1.0 / 90.0));
                app.update();
                app.world().get::<Camera>(eye).unwrap().is_active
            });
            open.count()
        };
        assert_eq!(drawn_in_a_second(&mut app, Headset::default()), 90);
        let beside = drawn_in_a_second(&mut app, Headset::Present { focused: true });
        assert!((22..=31).contains(&beside), "{beside}");
        app.insert_resource(Veil(true));
        assert_eq!(
            drawn_in_a_second(&mut app, Headset::Present { focused: true }),
            90
        );
    }

    #[test]
    fn the_window_waits_for_its_screen_only_while_nobody_wears_the_headset() {
        let mut app = App::new();
        app.init_resource::<Headset>()
            .init_resource::<Elsewhere>()
            .init_resource::<Time<Real>>()
            .init_resource::<Veil>()
            .add_plugins(plugin);
        let window = app.world_mut().spawn(Window {
            present_mode: PresentMode::AutoVsync,
            ..default()
        });
        let window = window.id();
        let mut after = |headset| {
            app.insert_resource(headset);
            app.update();
            let mode = app.world().get::<Window>(window).unwrap().present_mode;
            (mode, app.world().resource::<Elsewhere>().0)
        };
        let present = Headset::Present { focused: false };
        assert_eq!(after(Headset::Asking), (PresentMode::AutoVsync, true));
        assert_eq!(after(present), (PresentMode::AutoNoVsync, true));
        assert_eq!(after(Headset::Leaving), (PresentMode::AutoNoVsync, true));
        let away = Headset::Away { why: None };
        assert_eq!(after(away), (PresentMode::AutoVsync, false));
    }
}
