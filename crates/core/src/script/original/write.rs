//! Writer of control messages.

use serde_json::{Map, Value, json};

use super::{CAMERA, MILLISECONDS, OPAQUE, TEXT};
use crate::script::{
    Action, Anchor, Callout, FrameReference, Message, Opacities, OpacityFocus, Script, Speed,
    TimingFunction,
};

/// The control messages of a script.
pub fn write(script: &Script) -> Value {
    script.messages.iter().map(message).collect()
}

fn message(message: &Message) -> Value {
    let mut range = Map::new();
    if let Some(start) = &message.range.start {
        range.insert("start".to_owned(), write_reference(start));
    }
    if message.range.end.is_some() || message.range.without_end {
        let end = message.range.end.as_ref();
        let mut end = end.map_or_else(|| json!({}), write_reference);
        end["inclusive"] = Value::Bool(!message.range.without_end);
        range.insert("end".to_owned(), end);
    }
    json!({
        "id": message.id,
        "priority": message.priority,
        "label": message.label,
        "notes": message.notes,
        "range": range,
        "actions": message.actions.iter().map(action).collect::<Vec<Value>>(),
    })
}

/// A frame by its id, index and offset.
pub(crate) fn write_reference(frame: &FrameReference) -> Value {
    without_nulls(json!({
        "frameId": frame.id,
        "frameIndex": frame.index,
        "offset": frame.offset,
    }))
}

/// An object without its fields that are null.
fn without_nulls(mut object: Value) -> Value {
    if let Value::Object(fields) = &mut object {
        fields.retain(|_, value| !value.is_null());
    }
    object
}

fn action(action: &Action) -> Value {
    match action {
        Action::Speed(it) => speed(it),
        Action::Callout(it) => callout(it),
        Action::OpacityFocus(it) => opacity_focus(it),
        Action::Camera(it) => json!({ "type": CAMERA[0], CAMERA[1]: it }),
        Action::Text(it) => json!({ "type": TEXT[0], TEXT[1]: it }),
    }
}

/// Milliseconds of a time in seconds, whole if they are but for rounding: the original rounds down.
fn milliseconds(seconds: f64) -> f64 {
    let milliseconds = seconds * MILLISECONDS;
    let whole = milliseconds.round();
    if whole / MILLISECONDS == seconds {
        whole
    } else {
        milliseconds
    }
}

fn timing(timing: TimingFunction) -> Option<&'static str> {
    (timing != TimingFunction::Linear).then(|| timing.name())
}

fn speed(speed: &Speed) -> Value {
    without_nulls(json!({
        "type": "timeline.playbackSpeed",
        "fps": speed.rate,
        "speedMultiplier": speed.multiplier,
        "transitionMs": milliseconds(speed.transition),
        "easing": timing(speed.timing),
    }))
}

fn callout(callout: &Callout) -> Value {
    let anchor = match callout.anchor {
        Anchor::Atom(atom) => json!({ "mode": "atom", "atoms": [atom] }),
        Anchor::Bond(atoms) => json!({ "mode": "bond", "atoms": atoms }),
        Anchor::Point(point) => json!({ "mode": "world", "position": point }),
    };
    let panel = without_nulls(json!({ "width": callout.width, "height": callout.height }));
    let style = without_nulls(json!({
        "color": callout.style.color,
        "background": callout.style.background,
        "opacity": callout.style.opacity,
        "cornerRadius": callout.style.corner_radius,
        "fontFamily": callout.style.font_family,
    }));
    let filled = |object: Value| object.as_object().filter(|it| !it.is_empty()).cloned();
    without_nulls(json!({
        "type": "overlay.callout",
        "text": callout.text,
        "anchor": anchor,
        "offset": callout.offset,
        "panelSize": filled(panel),
        "textSize": callout.text_size,
        "style": filled(style),
    }))
}

fn opacity_focus(focus: &OpacityFocus) -> Value {
    let mode = |opacity: f64| if opacity >= OPAQUE { "solid" } else { "soft" };
    let Opacities { atoms, bonds } = focus.focus;
    let background = focus.background;
    without_nulls(json!({
        "type": "visual.opacityFocus",
        "focus": {
            "atoms": focus.atoms,
            "bonds": focus.bonds,
            "includeBonds": if focus.bonds_between { "connected" } else { "none" },
        },
        "focusOpacity": focus.focus,
        "backgroundOpacity": background,
        "mode": {
            "focusAtoms": mode(atoms),
            "focusBonds": mode(bonds),
            "backgroundAtoms": mode(background.atoms),
            "backgroundBonds": mode(background.bonds),
        },
        "applyTo": {
            "primaryAtoms": focus.fades_atoms,
            "primaryBonds": focus.fades_bonds,
        },
        "transitionMs": milliseconds(focus.transition),
        "easing": timing(focus.timing),
    }))
}
