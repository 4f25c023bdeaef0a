//! Reader of the actions of control messages.

use serde::de::DeserializeOwned;

use super::read_opacity::opacity_focus;
use super::read_transition::{timing, transition};
use super::{CAMERA, DEFAULT_RATE, Notes, Read, TEXT};
use crate::json::{Cursor, JsonError};
use crate::script::speed::RATES;
use crate::script::{Action, Anchor, Callout, CalloutStyle, MAX_FOCUS, MAX_TEXT, Speed, color};

/// An action; `None` with a note if it is left out.
pub(super) fn action(item: &Cursor, atoms: usize, notes: &mut Notes) -> Read<Option<Action>> {
    let kind = item.require("type", "the type of an action")?;
    match kind.text(MAX_TEXT)? {
        "timeline.playbackSpeed" => speed(item, notes),
        "overlay.callout" => callout(item, atoms, notes),
        "visual.opacityFocus" => opacity_focus(item, atoms, notes).map(Some),
        kind if kind == CAMERA[0] => own(item, CAMERA[1]).map(|it| Some(Action::Camera(it))),
        kind if kind == TEXT[0] => own(item, TEXT[1]).map(|it| Some(Action::Text(it))),
        unknown => {
            notes.add(format!(
                "{}: unknown action {unknown:?} is left out",
                item.path()
            ));
            Ok(None)
        }
    }
}

/// An action in our form.
fn own<T: DeserializeOwned>(item: &Cursor, key: &str) -> Read<T> {
    let value = item.require(key, "the values of the action")?;
    T::deserialize(value.value()).map_err(|error| JsonError::Syntax {
        path: value.path().to_owned(),
        reason: error.to_string(),
    })
}

fn speed(item: &Cursor, notes: &mut Notes) -> Read<Option<Action>> {
    let number = |key: &str| item.get(key).map(|it| it.number()).transpose();
    let rate = number("fps")?.map(|rate| match rate {
        rate if rate > 0.0 => rate.clamp(RATES[0], RATES[1]),
        _ => DEFAULT_RATE,
    });
    let multiplier = number("speedMultiplier")?.filter(|it| *it > 0.0);
    if rate.is_none() && multiplier.is_none() {
        notes.add(format!("{}: a speed without fps is left out", item.path()));
        return Ok(None);
    }
    Ok(Some(Action::Speed(Speed {
        rate,
        multiplier: multiplier.map(|it| it.clamp(1e-6, 1e6)),
        transition: transition(item)?,
        timing: timing(item, notes)?,
    })))
}

fn callout(item: &Cursor, atoms: usize, notes: &mut Notes) -> Read<Option<Action>> {
    let text = item
        .get("text")
        .map_or(Ok(""), |text| text.text(MAX_TEXT))?;
    let place = item.require("anchor", "an anchor with a mode")?;
    let Some(anchor) = anchor(&place, atoms)? else {
        let path = place.path();
        notes.add(format!(
            "{path}: no such atoms or point; the callout is left out"
        ));
        return Ok(None);
    };
    // The offset of the action hides that of its anchor.
    let offset = item.get("offset").or_else(|| place.get("offset"));
    let size = |value: Option<Cursor>| -> Read<Option<f64>> {
        let size = value.map(|it| it.number()).transpose()?;
        Ok(size
            .filter(|size| *size > 0.0)
            .map(|it| it.clamp(1e-3, 1e6)))
    };
    let panel = item.get("panelSize");
    let panel_side = |key: &str| size(panel.as_ref().and_then(|panel| panel.get(key)));
    Ok(Some(Action::Callout(Callout {
        text: text.to_owned(),
        anchor,
        offset: offset.map_or(Ok([0.0; 3]), |it| it.vector())?,
        width: panel_side("width")?,
        height: panel_side("height")?,
        text_size: size(item.get("textSize"))?,
        style: match item.get("style") {
            Some(it) => style(&it, notes)?,
            None => CalloutStyle::default(),
        },
    })))
}

/// The place of a callout; `None` if it is not stated, or its atoms do not exist.
fn anchor(place: &Cursor, atoms: usize) -> Read<Option<Anchor>> {
    let mode = place.require("mode", "atom, bond, world or xyz")?;
    let list = || -> Read<Vec<usize>> {
        let list = place
            .get("atoms")
            .map(|it| it.items(MAX_FOCUS))
            .transpose()?;
        list.into_iter().flatten().map(|it| it.index()).collect()
    };
    let one = |key: &str| place.get(key).map(|it| it.index()).transpose();
    let anchor = match mode.text(MAX_TEXT)? {
        "atom" => {
            let atom = one("atom")?;
            let atom =
                atom.map_or_else(|| list().map(|it| it.first().copied()), |it| Ok(Some(it)))?;
            atom.map(Anchor::Atom)
        }
        "bond" => match (list()?.as_slice(), one("i")?, one("j")?) {
            ([one, other, ..], _, _) => Some(Anchor::Bond([*one, *other])),
            (_, Some(one), Some(other)) => Some(Anchor::Bond([one, other])),
            _ => None,
        },
        "world" | "xyz" => {
            let keys = ["position", "xyz", "value"];
            let point = keys.into_iter().find_map(|key| place.get(key));
            point.map(|it| it.vector()).transpose()?.map(Anchor::Point)
        }
        _ => return Err(mode.error("atom, bond, world or xyz")),
    };
    let exists = |anchor: &Anchor| match anchor {
        Anchor::Atom(atom) => *atom < atoms,
        Anchor::Bond(both) => both.iter().all(|atom| *atom < atoms),
        Anchor::Point(_) => true,
    };
    Ok(anchor.filter(exists))
}

fn style(style: &Cursor, notes: &mut Notes) -> Read<CalloutStyle> {
    let text = |key: &str| style.get(key).map(|it| it.text(MAX_TEXT)).transpose();
    let number = |key: &str| style.get(key).map(|it| it.not_negative()).transpose();
    let mut read_color = |key: &str| -> Read<Option<String>> {
        let stated = text(key)?;
        let readable = stated.filter(|it| color::parse(it).is_some());
        if let (Some(stated), None) = (stated, readable) {
            let path = style.path_of(key);
            notes.add(format!(
                "{path}: {stated:?} is no color; the default instead"
            ));
        }
        Ok(readable.map(str::to_owned))
    };
    let read = CalloutStyle {
        color: read_color("color")?,
        background: read_color("background")?,
        opacity: number("opacity")?.map(|it| it.min(1.0)),
        corner_radius: number("cornerRadius")?.map(|it| it.min(1e6)),
        font_family: text("fontFamily")?.map(str::to_owned),
    };
    let known = [
        "color",
        "background",
        "opacity",
        "cornerRadius",
        "fontFamily",
    ];
    for key in style.keys()?.filter(|key| !known.contains(key)) {
        notes.add(format!("{}: unknown style is left out", style.path_of(key)));
    }
    Ok(read)
}
