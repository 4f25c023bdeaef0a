//! Selection of frames of a file.

use std::fmt;

use super::ParseError;

/// Selection of frames in the syntax of ASE after an `@`: `@3`, `@-1`, `@10:`, `@::5`, `@:`.
///
/// Frames count from 0, negative numbers from the end.
///
/// ```
/// use mlipview_core::chem::format::FrameSelection;
///
/// let (path, selection) = FrameSelection::split("run.xyz@-2:");
/// assert_eq!(path, "run.xyz");
/// assert_eq!(selection.unwrap().of(5)?, [3, 4]);
/// # Ok::<(), mlipview_core::chem::format::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameSelection {
    /// One frame.
    One(i64),
    /// Every `step`-th frame from `start` to `stop` (exclusive), as a slice in Python.
    Range {
        /// First frame [default: the first in the direction of the step].
        start: Option<i64>,
        /// Frame after the last [default: all in the direction of the step].
        stop: Option<i64>,
        /// Step, not zero; backward if negative.
        step: i64,
    },
}

impl FrameSelection {
    /// The last frame.
    pub const LAST: FrameSelection = FrameSelection::One(-1);

    /// All frames.
    pub const ALL: FrameSelection = FrameSelection::Range {
        start: None,
        stop: None,
        step: 1,
    };

    /// Parses the text after the `@`; `None` if it is neither a number nor a slice.
    pub fn parse(text: &str) -> Option<FrameSelection> {
        if !text.contains(':') {
            return text.parse().ok().map(FrameSelection::One);
        }
        let mut bounds = [None; 3];
        let parts: Vec<&str> = text.split(':').collect();
        if parts.len() > bounds.len() {
            return None;
        }
        for (bound, part) in bounds.iter_mut().zip(parts) {
            if !part.is_empty() {
                *bound = Some(part.parse().ok()?);
            }
        }
        let [start, stop, step] = bounds;
        let step = step.unwrap_or(1);
        (step != 0).then_some(FrameSelection::Range { start, stop, step })
    }

    /// Splits `path@selection` at the last `@` if a valid selection follows; `run@home/a.xyz` and
    /// `a@b.xyz` are paths.
    pub fn split(path: &str) -> (&str, Option<FrameSelection>) {
        match path.rsplit_once('@') {
            Some((file, selection)) if !file.is_empty() => match FrameSelection::parse(selection) {
                Some(selection) => (file, Some(selection)),
                None => (path, None),
            },
            _ => (path, None),
        }
    }

    /// Start, stop and step of a forward selection that does not depend on the number of frames.
    pub(super) fn forward(&self) -> Option<(usize, usize, usize)> {
        let known = |bound: i64| usize::try_from(bound).ok();
        match *self {
            FrameSelection::One(index) => {
                known(index).map(|index| (index, index.saturating_add(1), 1))
            }
            FrameSelection::Range { start, stop, step } => {
                let end = stop.map_or(Some(usize::MAX), known)?;
                let step = known(step).filter(|&step| step > 0)?;
                Some((known(start.unwrap_or(0))?, end, step))
            }
        }
    }

    /// Whether the step is negative.
    pub fn is_backward(&self) -> bool {
        matches!(self, FrameSelection::Range { step, .. } if *step < 0)
    }

    /// Indices of the selected ones of `count` frames, in the order of the selection.
    ///
    /// # Errors
    /// If the selection is empty.
    pub fn of(&self, count: usize) -> Result<Vec<usize>, ParseError> {
        let frames = self.frames(count as i64);
        if frames.is_empty() {
            return Err(self.nothing(count));
        }
        Ok(frames)
    }

    /// The error of an empty selection of `count` frames.
    pub(super) fn nothing(&self, count: usize) -> ParseError {
        let expected = match count {
            0 => "at least one frame".to_owned(),
            1 => "a selection of the one frame (@0 or @-1)".to_owned(),
            _ => format!(
                "a selection of the {count} frames (@0 to @{}, or @-{count} to @-1)",
                count - 1
            ),
        };
        let found = match count {
            0 => "none".to_owned(),
            _ => self.to_string(),
        };
        ParseError::whole(expected, found)
    }

    fn frames(&self, count: i64) -> Vec<usize> {
        match *self {
            FrameSelection::One(index) => {
                let frame = if index < 0 {
                    index.saturating_add(count)
                } else {
                    index
                };
                (0..count)
                    .contains(&frame)
                    .then_some(frame as usize)
                    .into_iter()
                    .collect()
            }
            FrameSelection::Range { start, stop, step } => slice(start, stop, step, count),
        }
    }
}

/// The indices of Python's `range(count)[start:stop:step]`.
fn slice(start: Option<i64>, stop: Option<i64>, step: i64, count: i64) -> Vec<usize> {
    let (lowest, highest) = if step > 0 {
        (0, count)
    } else {
        (-1, count - 1)
    };
    let bound = |bound: i64| {
        let from_front = if bound < 0 {
            bound.saturating_add(count)
        } else {
            bound
        };
        from_front.clamp(lowest, highest)
    };
    let (first, end) = if step > 0 {
        (lowest, highest)
    } else {
        (highest, lowest)
    };
    let end = stop.map_or(end, bound);
    let mut frame = start.map_or(first, bound);
    let mut frames = Vec::new();
    while (step > 0 && frame < end) || (step < 0 && frame > end) {
        frames.push(frame as usize);
        frame = frame.saturating_add(step);
    }
    frames
}

impl fmt::Display for FrameSelection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |bound: Option<i64>| bound.map_or(String::new(), |bound| bound.to_string());
        match *self {
            FrameSelection::One(index) => write!(formatter, "@{index}"),
            FrameSelection::Range { start, stop, step } => {
                write!(formatter, "@{}:{}", shown(start), shown(stop))?;
                if step == 1 {
                    Ok(())
                } else {
                    write!(formatter, ":{step}")
                }
            }
        }
    }
}
