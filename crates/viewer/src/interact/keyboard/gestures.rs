//! Gestures of mouse, touch and headset, described for the help.

/// Description of one gesture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GestureHelp {
    /// Input device.
    pub device: &'static str,
    /// The gesture.
    pub gesture: &'static str,
    /// Its effect.
    pub effect: &'static str,
}

/// All gestures, in the order of the help.
pub fn gestures() -> &'static [GestureHelp] {
    const fn mouse(gesture: &'static str, effect: &'static str) -> GestureHelp {
        GestureHelp {
            device: "Mouse",
            gesture,
            effect,
        }
    }
    const fn touch(gesture: &'static str, effect: &'static str) -> GestureHelp {
        GestureHelp {
            device: "Touch",
            gesture,
            effect,
        }
    }
    const fn hand(gesture: &'static str, effect: &'static str) -> GestureHelp {
        GestureHelp {
            device: "Headset",
            gesture,
            effect,
        }
    }
    const GESTURES: [GestureHelp; 25] = [
        mouse("Drag an atom", "Move it, with the selection"),
        mouse("Drag the background", "Rotate"),
        mouse("Drag with the right or middle button", "Pan"),
        mouse("Wheel", "Zoom"),
        mouse("Click an atom", "Select it"),
        mouse("Shift and click", "Add it to the selection, or remove it"),
        mouse("Shift and drag the background", "Select the atoms in a box"),
        mouse("Double click an atom", "Center it"),
        mouse("Click a bond", "Select it; again: swap the moving side"),
        mouse(
            "Wheel on the selected bond",
            "Rotate it by 5°, with Shift by 1°",
        ),
        mouse("Wheel while pulling an atom", "Change the stiffness"),
        mouse(
            "Click with the tool that adds atoms",
            "Add an atom, bonded or in free space",
        ),
        touch("Drag an atom", "Move it, one atom per finger"),
        touch("Drag the background", "Rotate"),
        touch("Two fingers", "Pan, zoom and roll"),
        touch("Tap", "Select an atom or a bond"),
        hand(
            "Trigger or pinch on an atom",
            "Move and rotate it, near or by the ray",
        ),
        hand("Short trigger or pinch", "Select an atom or a bond"),
        hand(
            "Grip, or trigger on the background",
            "Move and rotate the scene",
        ),
        hand("Grip with both hands", "Move, rotate and scale the scene"),
        hand("Thumbstick sideways", "Rotate the selected bond"),
        hand("Thumbstick while pulling an atom", "Change the stiffness"),
        hand("Menu button", "Show or hide the panels"),
        hand(
            "Double pinch on the background",
            "Show or hide the panels, with hand tracking",
        ),
        hand("Hold the menu button", "Recenter"),
    ];
    &GESTURES
}
