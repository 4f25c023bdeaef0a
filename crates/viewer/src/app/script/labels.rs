//! Callouts and texts of a script as labels.

use bevy::prelude::*;

use crate::scene::labels::{Label, LabelPlace, MAX_LABELS};
use glam::DVec3;
use mlipview_core::script::color::parse;
use mlipview_core::script::{ScriptState, VisibleCallout, VisibleText};

/// Default colors of letters and panels, sRGB with alpha.
const WHITE: [f32; 4] = [1.0; 4];
const SLATE: [f32; 4] = [0.06, 0.07, 0.09, 0.84];

/// Maximum number of texts; of more, those of highest priority are taken.
const MAX_TEXTS: usize = MAX_LABELS / 4;

/// The labels of a state, for these positions of the atoms (Å): callouts below texts, and among each the
/// highest priority on top. If there are more than [`MAX_LABELS`], those of highest priority are taken.
pub(super) fn labels(state: &ScriptState<'_>, positions: &[DVec3]) -> Vec<Label> {
    let callouts = state.callouts.iter();
    let callouts = callouts.filter_map(|visible| callout_label(visible, positions));
    let mut labels: Vec<Label> = callouts.take(MAX_LABELS - MAX_TEXTS).collect();
    labels.reverse();
    let texts = state.texts.iter().take(MAX_TEXTS).rev();
    labels.extend(texts.map(text_label));
    labels
}

/// The label of a callout; `None` if its atom does not exist.
fn callout_label(visible: &VisibleCallout<'_>, positions: &[DVec3]) -> Option<Label> {
    let callout = visible.callout;
    let style = &callout.style;
    let place = callout.position(positions)?.as_vec3();
    let opacity = style.opacity.unwrap_or(1.0) as f32;
    let faded = |[red, green, blue, alpha]: [f32; 4]| [red, green, blue, alpha * opacity];
    Some(Label {
        text: callout.text.clone(),
        place: LabelPlace::Scene(place, callout.letter_height() as f32),
        color: faded(color(style.color.as_deref(), WHITE)),
        background: faded(color(style.background.as_deref(), SLATE)),
    })
}

fn text_label(visible: &VisibleText<'_>) -> Label {
    let text = visible.text;
    let [x, y] = text.position.map(|fraction| fraction as f32);
    Label {
        text: text.text.clone(),
        place: LabelPlace::Window(Vec2::new(x, y), text.size as f32),
        color: color(text.color.as_deref(), WHITE),
        background: color(text.background.as_deref(), SLATE),
    }
}

fn color(name: Option<&str>, default: [f32; 4]) -> [f32; 4] {
    name.and_then(parse).unwrap_or(default)
}
