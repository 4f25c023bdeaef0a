//! The mirror window: while the headset runs, the window redraws at a lower rate and without vsync, so
//! that the headset does not wait for it.

use bevy::prelude::*;
use bevy::window::PresentMode;

use super::headset::Headset;
use crate::app::document::HidePanels;
use crate::app::window::KeepAwake;
use crate::scene::camera::DesktopEye;
use crate::schedule::ViewerSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (disable_vsync, limit_frame_rate).in_set(ViewerSystems::Show),
    );
}

/// Frame rate of the window while the headset runs, Hz.
const FRAME_RATE: f32 = 30.0;

/// Activates the window's camera at [`FRAME_RATE`], and always while a picture is taken.
fn limit_frame_rate(
    headset: Res<Headset>,
    hide_panels: Res<HidePanels>,
    time: Res<Time<Real>>,
    mut cameras: Query<&mut Camera, With<DesktopEye>>,
    mut since_drawn: Local<f32>,
) {
    *since_drawn += time.delta_secs();
    let is_due = !headset.is_running() || hide_panels.0 || *since_drawn >= 1.0 / FRAME_RATE;
    if is_due {
        *since_drawn = 0.0;
    }
    for mut camera in &mut cameras {
        if camera.is_active != is_due {
            camera.is_active = is_due;
        }
    }
}

/// Disables vsync while the headset runs: its frame rate is higher than that of many screens.
fn disable_vsync(
    headset: Res<Headset>,
    keep_awake: Option<ResMut<KeepAwake>>,
    mut windows: Query<&mut Window>,
    mut mode_before: Local<Option<PresentMode>>,
) {
    let is_off = matches!(*headset, Headset::Off { .. });
    if let Some(mut keep_awake) = keep_awake {
        keep_awake.set_if_neq(KeepAwake(!is_off));
    }
    for mut window in &mut windows {
        let mode = match (headset.is_running(), *mode_before) {
            (true, None) => {
                *mode_before = Some(window.present_mode);
                PresentMode::AutoNoVsync
            }
            (false, Some(mode)) if is_off => {
                *mode_before = None;
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
    fn the_window_is_drawn_thirty_times_a_second_beside_a_headset_and_always_without() {
        let mut app = App::new();
        app.init_resource::<Headset>()
            .init_resource::<Time<Real>>()
            .init_resource::<HidePanels>()
            .add_systems(Update, limit_frame_rate);
        let camera = app.world_mut().spawn((DesktopEye, Camera::default())).id();
        let drawn_in_a_second = |app: &mut App, headset| {
            app.insert_resource(headset);
            let drawn = (0..90).filter(|_| {
                let mut time = app.world_mut().resource_mut::<Time<Real>>();
                time.advance_by(std::time::Duration::from_secs_f64(1.0 / 90.0));
                app.update();
                app.world().get::<Camera>(camera).unwrap().is_active
            });
            drawn.count()
        };
        assert_eq!(drawn_in_a_second(&mut app, Headset::default()), 90);
        let beside = drawn_in_a_second(&mut app, Headset::Running { focused: true });
        assert!((22..=31).contains(&beside), "{beside}");
        app.insert_resource(HidePanels(true));
        assert_eq!(
            drawn_in_a_second(&mut app, Headset::Running { focused: true }),
            90
        );
    }

    #[test]
    fn the_window_has_vsync_only_without_a_headset() {
        let mut app = App::new();
        app.init_resource::<Headset>()
            .init_resource::<KeepAwake>()
            .init_resource::<Time<Real>>()
            .init_resource::<HidePanels>()
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
            (mode, app.world().resource::<KeepAwake>().0)
        };
        let running = Headset::Running { focused: false };
        assert_eq!(after(Headset::Connecting), (PresentMode::AutoVsync, true));
        assert_eq!(after(running), (PresentMode::AutoNoVsync, true));
        assert_eq!(after(Headset::Stopping), (PresentMode::AutoNoVsync, true));
        let off = Headset::Off { error: None };
        assert_eq!(after(off), (PresentMode::AutoVsync, false));
    }
}
