//! Whether the scene is also shown in a headset: said by whoever has the door to one, shown by the
//! panels. Who wants to change it writes [`Action::Immerse`].

use bevy::prelude::*;

use super::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::schedule::ViewerSystems;

/// What is seen around the molecule in a headset.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Nothing of the room.
    #[default]
    Virtual,
    /// The room in which the person is.
    Augmented,
}

impl Mode {
    /// Both.
    pub const ALL: [Mode; 2] = [Mode::Virtual, Mode::Augmented];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Virtual => "VR",
            Mode::Augmented => "AR",
        }
    }

    /// What it means.
    pub fn about(self) -> &'static str {
        match self {
            Mode::Virtual => "In a headset, with nothing around the molecule (F8)",
            Mode::Augmented => "In a headset, in the room where you are (F9)",
        }
    }
}

/// Whether the scene is also shown in a headset.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Immersion {
    /// It cannot be: nobody here has a door to headsets.
    #[default]
    Impossible,
    /// It is not.
    Desk,
    /// It is about to be, or about to end.
    OnTheWay,
    /// It is.
    Inside(Mode),
}

impl Immersion {
    /// What is seen around the molecule, in a headset that is there.
    pub fn mode(self) -> Option<Mode> {
        match self {
            Immersion::Inside(mode) => Some(mode),
            _ => None,
        }
    }
}

/// What pictures for the headset take, and how much there is for one: means over half a second.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct FrameBudget {
    /// From one picture to the next, s; 0 while no headset says so.
    pub period: f32,
    /// What one takes of the program, s.
    pub app: f32,
    /// What it takes of the graphics card, s; `None` where the card does not tell.
    pub card: Option<f32>,
    /// Pictures that came too late since the headset was put on.
    pub missed: u64,
    /// Drawn pixels for each that the headset would like, along each axis: fewer when there is too
    /// little time.
    pub sharpness: f32,
}

impl FrameBudget {
    /// In a line: milliseconds of the program and of the card, out of those that there are.
    pub fn in_words(&self) -> String {
        let milliseconds = |seconds: f32| format!("{:.1}", 1e3 * seconds);
        let card = self.card.map(milliseconds);
        let card = card.map_or_else(String::new, |card| format!(", card {card}"));
        let sharpness = match self.sharpness {
            sharpness if sharpness < 1.0 => format!(", {:.0} % sharp", 100.0 * sharpness),
            _ => String::new(),
        };
        format!(
            "app {}{card} of {} ms, {} missed{sharpness}",
            milliseconds(self.app),
            milliseconds(self.period),
            self.missed
        )
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Immersion>()
        .init_resource::<FrameBudget>()
        .add_systems(Update, refuse.in_set(ViewerSystems::Steer));
}

/// Keys ask for it even where nobody hears them.
fn refuse(
    mut actions: MessageReader<Action>,
    immersion: Res<Immersion>,
    mut notices: ResMut<Notices>,
) {
    let asks = |action: &Action| matches!(action, Action::Immerse(_));
    if actions.read().any(asks) && *immersion == Immersion::Impossible {
        notices.say(
            Severity::Info,
            "This program was built without its part for headsets: build it with the feature xr.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_says_what_is_taken_of_what_there_is() {
        let mut budget = FrameBudget {
            period: 1.0 / 90.0,
            app: 0.0031,
            card: Some(0.006_04),
            missed: 2,
            sharpness: 1.0,
        };
        assert_eq!(budget.in_words(), "app 3.1, card 6.0 of 11.1 ms, 2 missed");
        budget.card = None;
        budget.sharpness = 0.85;
        assert_eq!(
            budget.in_words(),
            "app 3.1 of 11.1 ms, 2 missed, 85 % sharp"
        );
    }
}
