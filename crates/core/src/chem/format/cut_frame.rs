//! A last frame that is cut short, as in the file of a run that was killed or still goes on.

use super::{Notes, ParseError, Selection};

/// The selected ones of `whole` frames and, behind them, one that is cut short if `cut` says why.
///
/// The cut frame counts as a frame but is left out. A selection from the end that has nothing else
/// (`@-1`) gives the frame before it.
///
/// # Errors
/// If nothing is selected, or only the cut frame by its own number.
pub(super) fn selected(
    selection: Selection,
    whole: usize,
    cut: Option<&ParseError>,
) -> Result<Vec<usize>, ParseError> {
    let Some(cut) = cut else {
        return selection.of(whole);
    };
    let mut frames = selection.of(whole + 1)?;
    frames.retain(|&frame| frame < whole);
    match whole.checked_sub(1) {
        _ if !frames.is_empty() => Ok(frames),
        Some(before) if selection.forward().is_none() => Ok(vec![before]),
        _ => Err(cut.clone()),
    }
}

/// Says in the notes of the last frame given that the one behind it is left out.
pub(super) fn note(notes: &mut Notes, cut: &ParseError) {
    let text = format!(
        "the last frame is cut short and left out: expected {}, found {}",
        cut.expected, cut.found
    );
    match cut.line {
        Some(line) => notes.at(line, text),
        None => notes.whole(text),
    }
}
