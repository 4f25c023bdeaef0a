//! State machine of the headset: turns enter and leave requests into states, and reports why the
//! headset is unavailable.

use bevy::prelude::*;

use super::headset::Headset;
use super::request::HeadsetRequest;
use crate::app::notices::{Notices, Severity};
use crate::app::xr_status::Mode;
use crate::schedule::ViewerSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            apply_requests.in_set(ViewerSystems::Steer),
            report_error.in_set(ViewerSystems::Show),
        ),
    );
}

fn apply_requests(
    mut requests: MessageReader<HeadsetRequest>,
    mut headset: ResMut<Headset>,
    mut mode: ResMut<Mode>,
) {
    for request in requests.read() {
        // Both use the old state: switching VR/AR must not also leave.
        let next_mode = next_mode(*request, &headset, *mode);
        let next_state = next_state(*request, &headset, *mode);
        if let Some(next) = next_mode {
            mode.set_if_neq(next);
        }
        if let Some(next) = next_state {
            *headset = next;
        }
    }
}

/// The mode that a request enters; `None` if it enters none.
fn next_mode(request: HeadsetRequest, headset: &Headset, mode: Mode) -> Option<Mode> {
    let is_off = matches!(headset, Headset::Off { .. });
    match request {
        HeadsetRequest::Enter(wanted) => Some(wanted),
        HeadsetRequest::Toggle(wanted) if is_off || wanted != mode => Some(wanted),
        _ => None,
    }
}

/// The state that follows a request; `None` if it does not change.
fn next_state(request: HeadsetRequest, headset: &Headset, mode: Mode) -> Option<Headset> {
    let enters = next_mode(request, headset, mode).is_some();
    let leaves =
        request == HeadsetRequest::Leave || matches!(request, HeadsetRequest::Toggle(_)) && !enters;
    match headset {
        Headset::Off { .. } if enters => Some(Headset::Connecting),
        // There is no session yet that would have to be ended.
        Headset::Connecting if leaves => Some(Headset::default()),
        Headset::Starting | Headset::Running { .. } if leaves => Some(Headset::Stopping),
        _ => None,
    }
}

fn report_error(headset: Res<Headset>, mut notices: ResMut<Notices>) {
    if headset.is_changed()
        && let Headset::Off { error: Some(error) } = &*headset
    {
        notices.post(Severity::Warning, error.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xr::error::HeadsetError;

    fn app() -> App {
        let mut app = App::new();
        app.init_resource::<Headset>()
            .init_resource::<Mode>()
            .init_resource::<Notices>()
            .add_message::<HeadsetRequest>()
            .add_plugins(plugin);
        app
    }

    /// State and mode after a request.
    fn after(request: HeadsetRequest, mut headset: Headset, mode: Mode) -> (Headset, Mode) {
        let mut app = app();
        app.insert_resource(headset.clone()).insert_resource(mode);
        app.world_mut().write_message(request);
        app.update();
        headset.clone_from(app.world().resource::<Headset>());
        (headset, *app.world().resource::<Mode>())
    }

    const RUNNING: Headset = Headset::Running { focused: true };
    const OFF: Headset = Headset::Off { error: None };
    use Mode::{Augmented, Virtual};

    #[test]
    fn entering_connects_and_in_a_running_session_switches_the_mode() {
        let enter = HeadsetRequest::Enter(Augmented);
        assert_eq!(after(enter, OFF, Virtual), (Headset::Connecting, Augmented));
        assert_eq!(after(enter, RUNNING, Virtual), (RUNNING, Augmented));
        let toggle = HeadsetRequest::Toggle(Augmented);
        assert_eq!(
            after(toggle, OFF, Augmented),
            (Headset::Connecting, Augmented)
        );
        assert_eq!(after(toggle, RUNNING, Virtual), (RUNNING, Augmented));
        assert_eq!(
            after(toggle, RUNNING, Augmented),
            (Headset::Stopping, Augmented)
        );
    }

    #[test]
    fn leaving_ends_the_session_in_every_state() {
        for (before, expected) in [
            (Headset::Connecting, OFF),
            (Headset::Starting, Headset::Stopping),
            (RUNNING, Headset::Stopping),
            (Headset::Stopping, Headset::Stopping),
            (OFF, OFF),
        ] {
            assert_eq!(after(HeadsetRequest::Leave, before, Virtual).0, expected);
        }
    }

    #[test]
    fn the_error_of_the_headset_is_reported_once() {
        let mut app = app();
        let error = HeadsetError::NoHeadset;
        app.insert_resource(Headset::Off {
            error: Some(error.clone()),
        });
        app.update();
        app.update();
        let notices = app.world().resource::<Notices>();
        let texts: Vec<_> = notices
            .list()
            .map(|notice| (notice.text.clone(), notice.times))
            .collect();
        assert_eq!(texts, [(error.to_string(), 1)]);
    }
}
