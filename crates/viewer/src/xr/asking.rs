//! What is asked about the headset becomes what it does, and why it is away is told.

use bevy::prelude::*;

use super::headset::{Ask, Headset, Mode};
use crate::app::notices::{Notices, Severity};
use crate::schedule::ViewerSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            answer.in_set(ViewerSystems::Steer),
            tell.in_set(ViewerSystems::Show),
        ),
    );
}

fn answer(mut asked: MessageReader<Ask>, mut headset: ResMut<Headset>, mut mode: ResMut<Mode>) {
    for ask in asked.read() {
        // Both by what was before: a mode that is changed is not left.
        let (wanted, next) = (enters(*ask, &headset, *mode), next(*ask, &headset, *mode));
        if let Some(wanted) = wanted {
            mode.set_if_neq(wanted);
        }
        if let Some(next) = next {
            *headset = next;
        }
    }
}

/// The mode that is entered, if one is.
fn enters(ask: Ask, headset: &Headset, mode: Mode) -> Option<Mode> {
    match ask {
        Ask::Enter(wanted) => Some(wanted),
        Ask::Toggle(wanted) if matches!(headset, Headset::Away { .. }) || wanted != mode => {
            Some(wanted)
        }
        _ => None,
    }
}

/// What the headset does next, if that is something else.
fn next(ask: Ask, headset: &Headset, mode: Mode) -> Option<Headset> {
    let enters = enters(ask, headset, mode).is_some();
    let leaves = ask == Ask::Leave || matches!(ask, Ask::Toggle(_)) && !enters;
    match headset {
        Headset::Away { .. } if enters => Some(Headset::Asking),
        // Nothing was begun that would have to be ended.
        Headset::Asking if leaves => Some(Headset::default()),
        Headset::Joining | Headset::Present { .. } if leaves => Some(Headset::Leaving),
        _ => None,
    }
}

fn tell(headset: Res<Headset>, mut notices: ResMut<Notices>) {
    if headset.is_changed()
        && let Headset::Away { why: Some(reason) } = &*headset
    {
        notices.say(Severity::Warning, reason.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xr::headset::Reason;

    fn app() -> App {
        let mut app = App::new();
        app.init_resource::<Headset>()
            .init_resource::<Mode>()
            .init_resource::<Notices>()
            .add_message::<Ask>()
            .add_plugins(plugin);
        app
    }

    /// What becomes of it in this state.
    fn asked(ask: Ask, mut headset: Headset, mode: Mode) -> (Headset, Mode) {
        let mut app = app();
        app.insert_resource(headset.clone()).insert_resource(mode);
        app.world_mut().write_message(ask);
        app.update();
        headset.clone_from(app.world().resource::<Headset>());
        (headset, *app.world().resource::<Mode>())
    }

    const PRESENT: Headset = Headset::Present { focused: true };
    const AWAY: Headset = Headset::Away { why: None };
    use Mode::{Augmented, Virtual};

    #[test]
    fn who_enters_is_asked_for_and_who_is_there_changes_what_is_around() {
        let enter = Ask::Enter(Augmented);
        assert_eq!(asked(enter, AWAY, Virtual), (Headset::Asking, Augmented));
        assert_eq!(asked(enter, PRESENT, Virtual), (PRESENT, Augmented));
        let toggle = Ask::Toggle(Augmented);
        assert_eq!(asked(toggle, AWAY, Augmented), (Headset::Asking, Augmented));
        assert_eq!(asked(toggle, PRESENT, Virtual), (PRESENT, Augmented));
        assert_eq!(
            asked(toggle, PRESENT, Augmented),
            (Headset::Leaving, Augmented)
        );
    }

    #[test]
    fn who_leaves_comes_back_to_the_desk_however_far_it_was() {
        for (before, after) in [
            (Headset::Asking, AWAY),
            (Headset::Joining, Headset::Leaving),
            (PRESENT, Headset::Leaving),
            (Headset::Leaving, Headset::Leaving),
            (AWAY, AWAY),
        ] {
            assert_eq!(asked(Ask::Leave, before, Virtual).0, after);
        }
    }

    #[test]
    fn why_there_is_no_headset_is_said_once() {
        let mut app = app();
        let reason = Reason::NoHeadset;
        app.insert_resource(Headset::Away {
            why: Some(reason.clone()),
        });
        app.update();
        app.update();
        let notices = app.world().resource::<Notices>();
        let said: Vec<_> = notices
            .list()
            .map(|it| (it.text.clone(), it.times))
            .collect();
        assert_eq!(said, [(reason.to_string(), 1)]);
    }
}
