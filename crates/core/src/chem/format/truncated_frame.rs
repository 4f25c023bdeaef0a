//! Truncated last frame of a trajectory, as of a run that was killed or is still running.

use super::{FrameSelection, Notes, ParseError};

/// Indices of the selected frames of `whole` complete ones, followed by a truncated one if `truncation` is
/// its error.
///
/// The truncated frame counts but is omitted. If a selection from the end (`@-1`) has no other, the frame
/// before it is returned.
///
/// # Errors
/// If the selection is empty or only the truncated frame by its number.
pub(super) fn selected(
    selection: FrameSelection,
    whole: usize,
    truncation: Option<&ParseError>,
) -> Result<Vec<usize>, ParseError> {
    let Some(truncation) = truncation else {
        return selection.of(whole);
    };
    let mut frames = selection.of(whole + 1)?;
    frames.retain(|&frame| frame < whole);
    match whole.checked_sub(1) {
        _ if !frames.is_empty() => Ok(frames),
        Some(before) if selection.forward().is_none() => Ok(vec![before]),
        _ => Err(truncation.clone()),
    }
}

/// Notes that a truncated frame after this one is omitted.
pub(super) fn note(notes: &mut Notes, truncation: &ParseError) {
    let text = format!(
        "the last frame is cut short and left out: expected {}, found {}",
        truncation.expected, truncation.found
    );
    match truncation.line {
        Some(line) => notes.at(line, text),
        None => notes.whole(text),
    }
}
