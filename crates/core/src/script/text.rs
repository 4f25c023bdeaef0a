//! Text over the image, at a place of the window.

use serde::{Deserialize, Serialize};

use super::error::Place;
use super::{MAX_TEXT, ScriptError, color};

/// Text over the image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreenText {
    /// The text, with line breaks.
    pub text: String,
    /// Its center, as fractions of the image's width and height from the top left corner.
    #[serde(default = "near_the_bottom")]
    pub position: [f64; 2],
    /// Height of a line, as a fraction of the image's height.
    #[serde(default = "caption_size")]
    pub size: f64,
    /// Color of the text, as in CSS: see [`color::parse`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Color behind the text, as in CSS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<String>,
}

fn near_the_bottom() -> [f64; 2] {
    [0.5, 0.85]
}

fn caption_size() -> f64 {
    0.05
}

impl ScreenText {
    /// A caption near the bottom of the image.
    pub fn caption(text: impl Into<String>) -> ScreenText {
        ScreenText {
            text: text.into(),
            position: near_the_bottom(),
            size: caption_size(),
            color: None,
            background: None,
        }
    }

    pub(super) fn check(&self, at: &Place, path: &str) -> Result<(), ScriptError> {
        at.text(format!("{path}.text"), &self.text, MAX_TEXT)?;
        for fraction in self.position {
            at.within(format!("{path}.position"), fraction, [0.0, 1.0])?;
        }
        at.within(format!("{path}.size"), self.size, [1e-3, 1.0])?;
        color::check(at, format!("{path}.color"), self.color.as_deref())?;
        color::check(at, format!("{path}.background"), self.background.as_deref())
    }
}
