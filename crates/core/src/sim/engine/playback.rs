//! Playback of recorded frames, while the run waits.

use std::sync::Arc;
use std::time::Duration;

use super::Engine;
use super::error::EngineError;
use super::shown_frame::Playback;
use crate::sim::event::Event;
use crate::sim::frame::{Activity, Frame};
use crate::sim::playback::{FrameAddress, Play, PlaybackStatus};
use crate::sim::timeline::playback::{advance, interpolate};
use crate::sim::timeline::{FrameSource, NoFrame, Timeline};

impl Engine {
    pub(super) fn show_frame(&mut self, address: FrameAddress) -> Result<(), EngineError> {
        let frame = self.timeline.frame(address)?;
        self.timeline.show_line_of(Some(address));
        let position = self.timeline.position(address).unwrap_or(0) as f64;
        self.show(&frame, address, position, None);
        Ok(())
    }

    pub(super) fn play(&mut self, play: Option<Play>) -> Result<(), EngineError> {
        if let Some(play) = &play {
            if play.rate == 0.0 || !play.rate.is_finite() {
                return Err(EngineError::PlaybackRate(play.rate));
            }
            if self.timeline.len() < 2 {
                return Err(EngineError::NothingToPlay(self.timeline.len()));
            }
            self.playback_rate = play.rate.abs();
        }
        if self.playback.is_none() {
            let Some(play) = &play else { return Ok(()) };
            // Forward from the newest frame is from the first one.
            let whole = [Some(0), self.timeline.len().checked_sub(1)];
            let whole = whole.map(|position| self.timeline.address(position?));
            let [first, last] = play.range.map_or(whole, |range| range.map(Some));
            let start = if play.rate > 0.0 { first } else { last };
            if let Some(start) = start {
                self.show_frame(start)?;
            }
        }
        if let Some(playback) = &self.playback {
            // At the end of the range, playback begins again.
            if play.is_some_and(|mut play| {
                advance(&mut play, playback.position, &self.timeline).is_none()
            }) {
                self.playback = None;
                return self.play(play);
            }
            let (frame, position) = (Arc::clone(&playback.shown), playback.position);
            if let Some(status) = frame.playback {
                self.show(&frame, status.address, position, play);
            }
        }
        Ok(())
    }

    pub(super) fn end_playback(&mut self) {
        self.playback = None;
        self.timeline.show_line_of(None);
        self.has_changed = true;
    }

    pub(super) fn continue_from(&mut self, address: FrameAddress) -> Result<(), EngineError> {
        let frame = self.timeline.frame(address)?;
        let revision = self.revision_of(&frame, address);
        self.record_undo(self.snapshot());
        self.return_to(&Frame {
            revision,
            ..Frame::clone(&frame)
        });
        self.timeline.branch_after(address);
        Ok(())
    }

    pub(super) fn restart_timeline(&mut self, source: Option<Arc<dyn FrameSource>>) {
        self.playback = None;
        self.timeline.restart(source);
        self.has_changed = true;
    }

    /// Shows the next frame of playback, or only that something has changed.
    pub(super) fn advance_playback(&mut self) {
        if std::mem::take(&mut self.has_changed) {
            return;
        }
        let Some(playback) = &self.playback else {
            return;
        };
        let (Some(mut play), position) = (playback.play, playback.position) else {
            return;
        };
        let mut scripted = self.scripted(play, position);
        let Some(next) = advance(&mut scripted, position, &self.timeline) else {
            self.show_at(position, None);
            return;
        };
        play.rate = play.rate.copysign(scripted.rate);
        self.show_at(next, Some(play));
    }

    /// Wall time until the next frame of playback.
    pub(super) fn playback_interval(&self, playback: &Playback) -> Option<Duration> {
        let play = self.scripted(playback.play?, playback.position);
        Some(play.interval())
    }

    /// Playback at the rate of the script at a position.
    fn scripted(&self, play: Play, position: f64) -> Play {
        let extent = self.timeline.extent(play.rate.abs());
        let rate = self.timeline.script().rate(position, extent);
        Play {
            rate: rate.copysign(play.rate),
            ..play
        }
    }

    /// Shows the frame at a position, with a paused playback if it cannot be read.
    fn show_at(&mut self, position: f64, play: Option<Play>) {
        let interpolates = play.is_some_and(|play| play.interpolate);
        match frame_at(&self.timeline, position, interpolates) {
            Ok((frame, address)) => self.show(&frame, address, position, play),
            Err(error) => {
                self.events.push(Event::Interrupted {
                    reason: error.to_string(),
                });
                if let Some(playback) = &mut self.playback {
                    playback.play = None;
                }
            }
        }
        self.has_changed = false;
    }

    /// Revision of the structure of a recorded frame. Frames of a file have one for as long as they share
    /// their structure.
    fn revision_of(&mut self, frame: &Frame, address: FrameAddress) -> u64 {
        if let FrameAddress::Memory(_) = address {
            return frame.revision;
        }
        match &self.file_structure {
            Some((identity, revision)) if Arc::ptr_eq(identity, &frame.identity) => *revision,
            _ => {
                self.last_revision += 1;
                self.file_structure = Some((Arc::clone(&frame.identity), self.last_revision));
                self.last_revision
            }
        }
    }

    fn show(
        &mut self,
        frame: &Arc<Frame>,
        address: FrameAddress,
        position: f64,
        play: Option<Play>,
    ) {
        self.last_number += 1;
        let interpolates = play.is_some_and(|play| play.interpolate);
        let fraction = if interpolates { position.fract() } else { 0.0 };
        let shown = Arc::new(Frame {
            number: self.last_number,
            ticket: self.ticket,
            revision: self.revision_of(frame, address),
            activity: Activity::Playback,
            undo_count: self.history.undo_count(),
            redo_count: self.history.redo_count(),
            playback: Some(PlaybackStatus {
                address,
                fraction,
                rate: self.playback_rate,
                play,
            }),
            ..Frame::clone(frame)
        });
        self.playback = Some(Playback {
            shown,
            position,
            play,
        });
        self.has_changed = true;
        // Hands do not reach another program through a recorded frame.
        self.pull_externally();
    }
}

/// The frame at a position of a timeline, with its address.
fn frame_at(
    timeline: &Timeline,
    position: f64,
    interpolates: bool,
) -> Result<(Arc<Frame>, FrameAddress), NoFrame> {
    let at = |position: u64| {
        let absent = || NoFrame::Absent {
            address: FrameAddress::Memory(position),
            len: timeline.len(),
        };
        let address = timeline.address(position).ok_or_else(absent)?;
        Ok::<_, NoFrame>((timeline.frame(address)?, address))
    };
    let whole = position.floor();
    if !interpolates || position == whole {
        return at(position.round() as u64);
    }
    let (one, address) = at(whole as u64)?;
    let (other, _) = at(whole as u64 + 1)?;
    Ok((interpolate(&one, &other, position - whole), address))
}
