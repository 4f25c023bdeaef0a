//! Which frames of a file are meant.

use std::fmt;

use super::ParseError;

/// Frames of a file, as ASE writes them behind an `@`: `@3`, `@-1`, `@10:`, `@::5`, `@:`.
///
/// Frames count from 0 and negative numbers from the end. A file named without an `@` means its
/// last frame, as in `ase.io.read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// One frame.
    One(i64),
    /// Every `step`-th frame from `start` up to and without `stop`, as a slice of Python.
    Range {
        /// The first; the end the step leaves from if not given.
        start: Option<i64>,
        /// The one after the last; the end the step goes to if not given.
        stop: Option<i64>,
        /// Not zero; negative goes backwards.
        step: i64,
    },
}

impl Selection {
    /// The last frame.
    pub const LAST: Selection = Selection::One(-1);

    /// All frames.
    pub const ALL: Selection = Selection::Range {
        start: None,
        stop: None,
        step: 1,
    };

    /// What stands behind the `@`; `None` if that is neither a number nor a slice.
    pub fn parse(text: &str) -> Option<Selection> {
        if !text.contains(':') {
            return text.parse().ok().map(Selection::One);
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
        (step != 0).then_some(Selection::Range { start, stop, step })
    }

    /// Splits `path@selection`. Only the last `@` of the file's own name counts, and only if what
    /// follows is a selection: `run@home/a.xyz` and `a@b.xyz` are names. `None` where nothing is
    /// selected.
    pub fn split(path: &str) -> (&str, Option<Selection>) {
        match path.rsplit_once('@') {
            Some((file, selection)) if !file.is_empty() => match Selection::parse(selection) {
                Some(selection) => (file, Some(selection)),
                None => (path, None),
            },
            _ => (path, None),
        }
    }

    /// The first frame, the one to end before and the step, where these can be told without
    /// knowing how many frames there are.
    pub(super) fn forward(&self) -> Option<(usize, usize, usize)> {
        let known = |bound: i64| usize::try_from(bound).ok();
        match *self {
            Selection::One(index) => known(index).map(|index| (index, index.saturating_add(1), 1)),
            Selection::Range { start, stop, step } => {
                let end = stop.map_or(Some(usize::MAX), known)?;
                let step = known(step).filter(|&step| step > 0)?;
                Some((known(start.unwrap_or(0))?, end, step))
            }
        }
    }

    /// Whether the frames are asked for from the last to the first.
    pub fn is_backwards(&self) -> bool {
        matches!(self, Selection::Range { step, .. } if *step < 0)
    }

    /// The selected ones of `count` frames, in the order asked for.
    ///
    /// # Errors
    /// If none of the frames is selected.
    pub fn of(&self, count: usize) -> Result<Vec<usize>, ParseError> {
        let frames = self.frames(count as i64);
        if frames.is_empty() {
            return Err(self.nothing(count));
        }
        Ok(frames)
    }

    /// Selecting gave nothing in a file of `count` frames.
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
            Selection::One(index) => {
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
            Selection::Range { start, stop, step } => slice(start, stop, step, count),
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

impl fmt::Display for Selection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |bound: Option<i64>| bound.map_or(String::new(), |bound| bound.to_string());
        match *self {
            Selection::One(index) => write!(formatter, "@{index}"),
            Selection::Range { start, stop, step } => {
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
