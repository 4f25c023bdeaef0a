//! Reader of the transitions of control messages.

use super::{MILLISECONDS, Notes, Read};
use crate::json::Cursor;
use crate::script::speed::MAX_TRANSITION;
use crate::script::{MAX_TEXT, TimingFunction};

/// Length of a transition, s.
pub(super) fn transition(item: &Cursor) -> Read<f64> {
    let Some(milliseconds) = item.get("transitionMs") else {
        return Ok(0.0);
    };
    let seconds = milliseconds.number()?.max(0.0) / MILLISECONDS;
    Ok(seconds.min(MAX_TRANSITION))
}

/// Timing function of a transition.
pub(super) fn timing(item: &Cursor, notes: &mut Notes) -> Read<TimingFunction> {
    let Some(name) = item.get("easing") else {
        return Ok(TimingFunction::Linear);
    };
    let text = name.text(MAX_TEXT)?;
    let timing = TimingFunction::from_name(text);
    if timing.is_none() && !text.is_empty() {
        notes.add(format!(
            "{}: unknown easing {text:?}; linear instead",
            name.path()
        ));
    }
    Ok(timing.unwrap_or_default())
}
