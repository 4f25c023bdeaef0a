//! The frames of a timeline: lines that branch from one another, and the frames of a file before them.

use std::sync::Arc;

use super::line::Line;
use super::source::FrameSource;
use crate::sim::frame::Frame;
use crate::sim::playback::FrameAddress;

/// A line of a timeline, for display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineSummary {
    /// The frame that it continues from, if it began by a branch.
    pub after: Option<FrameAddress>,
    /// Number of frames since the branch.
    pub frames: u64,
    /// The newest frame, if there is one since the branch.
    pub newest: Option<FrameAddress>,
    /// Whether the simulation is on this line.
    pub is_live: bool,
    /// Whether its frames are the positions of the timeline.
    pub is_shown: bool,
}

/// Lines, of which one is the simulation's and one is shown.
#[derive(Debug)]
pub(super) struct Contents {
    pub(super) source: Option<Arc<dyn FrameSource>>,
    pub(super) bytes: usize,
    pub(super) version: u64,
    max_bytes: usize,
    lines: Vec<Line>,
    live: usize,
    shown: usize,
}

/// The first `count` frames of a line.
struct Part {
    line: usize,
    count: usize,
}

/// The frames of a line and of those that it continues, oldest first.
struct Path {
    file_frames: u64,
    parts: Vec<Part>,
}

impl Contents {
    pub(super) fn new(max_bytes: usize) -> Contents {
        Contents {
            source: None,
            bytes: 0,
            version: 0,
            max_bytes,
            lines: vec![Line::default()],
            live: 0,
            shown: 0,
        }
    }

    pub(super) fn restart(&mut self, source: Option<Arc<dyn FrameSource>>) {
        *self = Contents {
            source,
            version: self.version + 1,
            ..Contents::new(self.max_bytes)
        };
    }

    pub(super) fn record(&mut self, frame: Arc<Frame>) {
        self.bytes += self.lines[self.live].push(frame);
        while self.bytes > self.max_bytes && self.drop_frames() {}
    }

    /// Drops the frames after the oldest branch, or else the oldest frame; returns whether there were any.
    fn drop_frames(&mut self) -> bool {
        let kept = |line: usize| line == self.live || line == self.shown;
        let loose = (0..self.lines.len()).filter(|&line| !kept(line));
        let loose = loose.filter(|&line| self.needed(line) < self.lines[line].len());
        if let Some(line) = loose.min_by_key(|&line| self.lines[line].newest()) {
            let needed = self.needed(line);
            self.bytes -= self.lines[line].truncate(needed);
            self.remove_empty(line);
            return true;
        }
        let path = self.path(self.live);
        let oldest = path.parts.iter().find(|part| part.count > 0);
        let is_newest = |part: &Part| part.line == self.live && self.lines[part.line].len() == 1;
        match oldest {
            Some(part) if !is_newest(part) => {
                let line = part.line;
                self.bytes -= self.lines[line].pop_oldest();
                self.remove_empty(line);
                true
            }
            _ => false,
        }
    }

    /// Number of the first frames of a line that others continue from.
    fn needed(&self, line: usize) -> usize {
        let branches = self.lines.iter().filter_map(|other| match other.after {
            Some(FrameAddress::Memory(number)) => self.lines[line].index_of(number),
            _ => None,
        });
        branches.map(|index| index + 1).max().unwrap_or(0)
    }

    fn remove_empty(&mut self, line: usize) {
        if self.lines[line].len() > 0 || line == self.live || line == self.shown {
            return;
        }
        self.lines.remove(line);
        for index in [&mut self.live, &mut self.shown] {
            if *index > line {
                *index -= 1;
            }
        }
    }

    pub(super) fn show_line_of(&mut self, address: Option<FrameAddress>) {
        let shown = match address {
            Some(address) if self.path_position(self.shown, address).is_some() => self.shown,
            Some(address) if self.path_position(self.live, address).is_some() => self.live,
            Some(FrameAddress::Memory(number)) => {
                self.line_of(number).map_or(self.shown, |(line, _)| line)
            }
            Some(FrameAddress::File(_)) => {
                let has = |line: &usize| {
                    let position = address.and_then(|it| self.path_position(*line, it));
                    position.is_some()
                };
                (0..self.lines.len()).find(has).unwrap_or(self.shown)
            }
            None => self.live,
        };
        if shown != self.shown {
            let before = std::mem::replace(&mut self.shown, shown);
            self.remove_empty(before);
            self.version += 1;
        }
    }

    pub(super) fn branch_after(&mut self, address: FrameAddress) {
        let holder = match address {
            FrameAddress::Memory(number) => self.line_of(number),
            FrameAddress::File(_) => None,
        };
        let before = self.live;
        match holder {
            Some((line, index)) if index + 1 == self.lines[line].len() => self.live = line,
            _ => {
                self.lines.push(Line::after(Some(address)));
                self.live = self.lines.len() - 1;
            }
        }
        self.shown = self.live;
        self.version += 1;
        self.remove_empty(before);
    }

    pub(super) fn len(&self) -> u64 {
        let path = self.path(self.shown);
        let in_memory: usize = path.parts.iter().map(|part| part.count).sum();
        path.file_frames + in_memory as u64
    }

    pub(super) fn frames_of_file(&self) -> u64 {
        self.path(self.shown).file_frames
    }

    pub(super) fn address(&self, position: u64) -> Option<FrameAddress> {
        let path = self.path(self.shown);
        let Some(in_memory) = position.checked_sub(path.file_frames) else {
            return Some(FrameAddress::File(position));
        };
        let frame = self.nth(&path, usize::try_from(in_memory).ok()?)?;
        Some(FrameAddress::Memory(frame.number))
    }

    pub(super) fn position(&self, address: FrameAddress) -> Option<u64> {
        self.path_position(self.shown, address)
    }

    pub(super) fn frame(&self, number: u64) -> Option<&Arc<Frame>> {
        let (line, index) = self.line_of(number)?;
        self.lines[line].at(index)
    }

    pub(super) fn frames_in_memory(&self, from: u64, max: u64) -> Vec<Arc<Frame>> {
        let path = self.path(self.shown);
        let positions = from..from.saturating_add(max);
        let frames = positions.map_while(|index| self.nth(&path, usize::try_from(index).ok()?));
        frames.cloned().collect()
    }

    pub(super) fn oldest_in_memory(&self) -> Option<u64> {
        Some(self.nth(&self.path(self.shown), 0)?.number)
    }

    pub(super) fn lines(&self) -> Vec<LineSummary> {
        let summary = |(index, line): (usize, &Line)| LineSummary {
            after: line.after,
            frames: line.len() as u64,
            newest: line.newest().map(FrameAddress::Memory),
            is_live: index == self.live,
            is_shown: index == self.shown,
        };
        self.lines.iter().enumerate().map(summary).collect()
    }

    /// The line that has a frame, and its index there.
    fn line_of(&self, number: u64) -> Option<(usize, usize)> {
        let of_line = |(line, it): (usize, &Line)| Some((line, it.index_of(number)?));
        self.lines.iter().enumerate().find_map(of_line)
    }

    fn path(&self, line: usize) -> Path {
        let count = self.lines[line].len();
        let mut parts = vec![Part { line, count }];
        let mut after = self.lines[line].after;
        let file_frames = loop {
            match after {
                None => break self.source.as_ref().map_or(0, |source| source.len()),
                Some(FrameAddress::File(index)) => break index + 1,
                // Frames before a branch may have been dropped, with all before them.
                Some(FrameAddress::Memory(number)) => match self.line_of(number) {
                    None => break 0,
                    Some((line, index)) => {
                        let count = index + 1;
                        parts.push(Part { line, count });
                        after = self.lines[line].after;
                    }
                },
            }
        };
        parts.reverse();
        Path { file_frames, parts }
    }

    fn nth(&self, path: &Path, mut index: usize) -> Option<&Arc<Frame>> {
        for part in &path.parts {
            if index < part.count {
                return self.lines[part.line].at(index);
            }
            index -= part.count;
        }
        None
    }

    fn path_position(&self, line: usize, address: FrameAddress) -> Option<u64> {
        let path = self.path(line);
        let number = match address {
            FrameAddress::File(index) => return (index < path.file_frames).then_some(index),
            FrameAddress::Memory(number) => number,
        };
        let mut before = path.file_frames;
        for part in &path.parts {
            if let Some(index) = self.lines[part.line].index_of(number) {
                return (index < part.count).then_some(before + index as u64);
            }
            before += part.count as u64;
        }
        None
    }
}
