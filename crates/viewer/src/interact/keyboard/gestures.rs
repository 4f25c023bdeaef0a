//! What a mouse, fingers and the hands of a headset do, in words for the help.

/// What a mouse, fingers or the hands of a headset do, for the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gesture {
    /// With what.
    pub device: &'static str,
    /// How.
    pub how: &'static str,
    /// What it does.
    pub words: &'static str,
}

/// What a mouse, fingers and the hands of a headset do, in the order of the help.
pub fn gestures() -> &'static [Gesture] {
    const fn mouse(how: &'static str, words: &'static str) -> Gesture {
        Gesture {
            device: "Mouse",
            how,
            words,
        }
    }
    const fn touch(how: &'static str, words: &'static str) -> Gesture {
        Gesture {
            device: "Touch",
            how,
            words,
        }
    }
    const fn hand(how: &'static str, words: &'static str) -> Gesture {
        Gesture {
            device: "Headset",
            how,
            words,
        }
    }
    const GESTURES: [Gesture; 25] = [
        mouse("Drag an atom", "Move it, and the chosen ones with it"),
        mouse("Drag beside atoms", "Turn the scene"),
        mouse("Drag with the right or middle button", "Shift the scene"),
        mouse("Wheel", "Come nearer, or go away"),
        mouse("Click an atom", "Choose it"),
        mouse("Shift and click", "Choose it as well, or leave it out"),
        mouse(
            "Shift and drag beside atoms",
            "Choose the atoms in a rectangle",
        ),
        mouse("Double click an atom", "Put it into the middle"),
        mouse(
            "Click a bond",
            "Choose it; once more, and its other side moves",
        ),
        mouse(
            "Wheel on the chosen bond",
            "Turn it by 5°, with Shift by 1°",
        ),
        mouse("Wheel while pulling an atom", "Pull more strongly, or less"),
        mouse(
            "Click, with the tool that adds atoms",
            "Add one to an atom, or in free space",
        ),
        touch("Drag an atom", "Move it; each finger its own"),
        touch("Drag beside atoms", "Turn the scene"),
        touch("Two fingers", "Shift, zoom and turn the scene in its plane"),
        touch("Tap", "Choose an atom or a bond"),
        hand(
            "Trigger or pinch on an atom",
            "Carry it, touched or by the ray",
        ),
        hand("Short trigger or pinch", "Choose an atom or a bond"),
        hand("Grip, or trigger beside everything", "Move and turn all"),
        hand("Both of them", "Also make all larger or smaller"),
        hand("Stick to the sides", "Turn the chosen bond"),
        hand("Stick while pulling an atom", "Pull more strongly, or less"),
        hand("Menu button", "The panels before the hand, or away"),
        hand(
            "Two quick pinches beside everything",
            "The same for bare hands",
        ),
        hand("Long menu button", "The molecule before the head again"),
    ];
    &GESTURES
}
