//! Callout: a panel of text in the scene that faces the viewer.

use glam::DVec3;
use serde::{Deserialize, Serialize};

use super::error::Place;
use super::{Anchor, MAX_TEXT, ScriptError, color};

/// Default width and height of a panel, Å.
const DEFAULT_PANEL: [f64; 2] = [1.4, 0.7];

/// Height of letters of text size 1, as a fraction of the height of the panel.
const LETTER_HEIGHT: f64 = 48.0 / 512.0;

/// Default text size.
const DEFAULT_TEXT_SIZE: f64 = 42.0 / 48.0;

/// Maximum size of a panel, or of the text, or of an offset.
const MAX_SIZE: f64 = 1e6;

/// A panel of text in the scene that faces the viewer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Callout {
    /// The text, with line breaks.
    pub text: String,
    /// Its place.
    pub anchor: Anchor,
    /// Offset of the panel's center from the anchor along the axes of the scene, Å.
    #[serde(default, skip_serializing_if = "is_zero_vector")]
    pub offset: [f64; 3],
    /// Width of the panel, Å [default: 1.4].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
    /// Height of the panel, Å [default: 0.7].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<f64>,
    /// Size of the text, in units of 3/32 of the panel's height [default: 0.875].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_size: Option<f64>,
    /// Colors and shape.
    #[serde(default, skip_serializing_if = "CalloutStyle::is_default")]
    pub style: CalloutStyle,
}

/// Colors and shape of a callout; what is not given has the viewer's default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CalloutStyle {
    /// Color of the text, as in CSS: see [`color::parse`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Color of the panel, as in CSS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<String>,
    /// Opacity of panel and text, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opacity: Option<f64>,
    /// Radius of the panel's corners, in 1/512 of its height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corner_radius: Option<f64>,
    /// Font families, as in CSS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font_family: Option<String>,
}

impl Callout {
    /// A callout of default size and style.
    pub fn new(text: impl Into<String>, anchor: Anchor) -> Callout {
        Callout {
            text: text.into(),
            anchor,
            offset: [0.0; 3],
            width: None,
            height: None,
            text_size: None,
            style: CalloutStyle::default(),
        }
    }

    /// Center of the panel, Å, for these positions of the atoms (Å): `[atoms]`. `None` if an atom of the
    /// anchor does not exist.
    pub fn position(&self, positions: &[DVec3]) -> Option<DVec3> {
        Some(self.anchor.position(positions)? + DVec3::from(self.offset))
    }

    /// Width and height of the panel, Å.
    pub fn panel(&self) -> [f64; 2] {
        let [width, height] = DEFAULT_PANEL;
        [self.width.unwrap_or(width), self.height.unwrap_or(height)]
    }

    /// Height of a line of text, Å.
    pub fn letter_height(&self) -> f64 {
        self.panel()[1] * LETTER_HEIGHT * self.text_size.unwrap_or(DEFAULT_TEXT_SIZE)
    }

    /// The callout with another height of a line of text, Å.
    pub fn with_letter_height(self, height: f64) -> Callout {
        Callout {
            text_size: Some(height / (self.panel()[1] * LETTER_HEIGHT)),
            ..self
        }
    }

    pub(super) fn check(&self, at: &Place, path: &str) -> Result<(), ScriptError> {
        at.text(format!("{path}.text"), &self.text, MAX_TEXT)?;
        self.anchor.check(at, &format!("{path}.anchor"))?;
        at.finite(format!("{path}.offset"), &self.offset)?;
        let sizes = [
            ("width", self.width),
            ("height", self.height),
            ("text_size", self.text_size),
        ];
        for (name, size) in sizes {
            let size = size.unwrap_or(1.0);
            at.within(format!("{path}.{name}"), size, [1e-3, MAX_SIZE])?;
        }
        self.style.check(at, &format!("{path}.style"))
    }
}

impl CalloutStyle {
    fn is_default(&self) -> bool {
        *self == CalloutStyle::default()
    }

    fn check(&self, at: &Place, path: &str) -> Result<(), ScriptError> {
        color::check(at, format!("{path}.color"), self.color.as_deref())?;
        color::check(at, format!("{path}.background"), self.background.as_deref())?;
        let opacity = self.opacity.unwrap_or(1.0);
        at.within(format!("{path}.opacity"), opacity, [0.0, 1.0])?;
        let radius = self.corner_radius.unwrap_or(0.0);
        at.within(format!("{path}.corner_radius"), radius, [0.0, MAX_SIZE])?;
        let font = self.font_family.as_deref().unwrap_or("");
        at.text(format!("{path}.font_family"), font, MAX_TEXT)
    }
}

/// Whether a number is zero.
pub(super) fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

fn is_zero_vector(vector: &[f64; 3]) -> bool {
    *vector == [0.0; 3]
}
