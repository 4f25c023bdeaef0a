//! Colors of scripts, as CSS writes them: `white`, `#f6f8ff`, `rgba(12, 16, 24, 0.85)`.

use super::ScriptError;
use super::error::Place;

/// Maximum length of a color, bytes.
const MAX_COLOR: usize = 100;

/// Red, green, blue and alpha of a CSS color (sRGB, 0 to 1), written as a name, `#rgb`, `#rrggbb`,
/// `#rrggbbaa`, `rgb()`, `rgba()`, `hsl()` and the like. `None` if it is none.
pub fn parse(color: &str) -> Option<[f32; 4]> {
    let short = color.len() <= MAX_COLOR;
    let color = short.then(|| csscolorparser::parse(color).ok())??;
    Some(color.to_array())
}

/// Whether a color can be read, if there is one.
pub(super) fn check(at: &Place, path: String, color: Option<&str>) -> Result<(), ScriptError> {
    match color {
        Some(color) if parse(color).is_none() => Err(at.error(
            path,
            format!("{color:?}"),
            "a color as in CSS, such as #f6f8ff or rgba(12, 16, 24, 0.85)",
        )),
        _ => Ok(()),
    }
}
