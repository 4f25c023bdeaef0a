//! Labels: the callouts and texts of a script at a frame, with places and colors.

use glam::DVec3;

use super::color::parse;
use super::{ScriptState, VisibleCallout, VisibleText};

/// Maximum number of labels of a frame.
pub const MAX_LABELS: usize = 64;

/// Maximum number of texts; of more, those of highest priority are taken.
const MAX_TEXTS: usize = MAX_LABELS / 4;

/// Default colors of letters and panels, sRGB with alpha.
const WHITE: [f64; 4] = [1.0; 4];
const SLATE: [f64; 4] = [0.06, 0.07, 0.09, 0.84];

/// Text on a panel, over the scene.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The text, with line breaks.
    pub text: String,
    /// The place of its center.
    pub place: LabelPlace,
    /// Color of the text, sRGB with alpha, 0 to 1.
    pub color: [f64; 4],
    /// Color behind it.
    pub background: [f64; 4],
}

/// Place of a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LabelPlace {
    /// A point of the scene, Å, and the height of its letters, Å.
    Scene(DVec3, f64),
    /// Fractions of the image's width and height from the top left, and the height of its letters as a
    /// fraction of the image's height.
    Image([f64; 2], f64),
}

/// The labels of a state, for these positions of the atoms (Å), in drawing order: callouts below texts, and
/// among each the highest priority on top. If there are more than [`MAX_LABELS`], those of highest priority
/// are taken.
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
    let place = callout.position(positions)?;
    let opacity = style.opacity.unwrap_or(1.0);
    let faded = |[red, green, blue, alpha]: [f64; 4]| [red, green, blue, alpha * opacity];
    Some(Label {
        text: callout.text.clone(),
        place: LabelPlace::Scene(place, callout.letter_height()),
        color: faded(color(style.color.as_deref(), WHITE)),
        background: faded(color(style.background.as_deref(), SLATE)),
    })
}

fn text_label(visible: &VisibleText<'_>) -> Label {
    let text = visible.text;
    Label {
        text: text.text.clone(),
        place: LabelPlace::Image(text.position, text.size),
        color: color(text.color.as_deref(), WHITE),
        background: color(text.background.as_deref(), SLATE),
    }
}

fn color(name: Option<&str>, default: [f64; 4]) -> [f64; 4] {
    let parsed = name.and_then(parse);
    parsed.map_or(default, |channels| channels.map(f64::from))
}
