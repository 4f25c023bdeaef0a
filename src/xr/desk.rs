//! The window at the desk, while the scene is shown in a headset: it goes on, and nothing waits for it.

use bevy::prelude::*;
use bevy::window::PresentMode;

use super::headset::Headset;
use crate::viewer::ViewerSystems;
use crate::viewer::window::Elsewhere;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, step_back.in_set(ViewerSystems::Show));
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
    fn the_window_waits_for_its_screen_only_while_nobody_wears_the_headset() {
        let mut app = App::new();
        app.init_resource::<Headset>()
            .init_resource::<Elsewhere>()
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
