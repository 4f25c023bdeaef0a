//! Addresses of recorded frames, activities, playback, and summaries of the timeline.

use super::checks::finite_number;
use super::generated as pb;
use super::generated::frame_address::At;
use super::generated::play::Repeat as WireRepeat;
use super::generated::timeline::mark::Kind;
use crate::session::timeline::{ShownMark, TimelineSummary};
use crate::session::violation::Violation;
use mlipview_core::sim::external::ExternalPhase;
use mlipview_core::sim::playback::Repeat;
use mlipview_core::sim::timeline::{LineSummary, MarkKind};
use mlipview_core::sim::{Activity, FrameAddress, Play, Task};

pub(super) fn read_address(
    field: &'static str,
    address: Option<pb::FrameAddress>,
) -> Result<FrameAddress, Violation> {
    match address.and_then(|address| address.at) {
        Some(At::File(index)) => Ok(FrameAddress::File(index)),
        Some(At::Memory(number)) => Ok(FrameAddress::Memory(number)),
        None => Err(Violation::Value {
            field,
            reason: "expected an address: an index in the file, or the number of a frame in memory"
                .to_owned(),
        }),
    }
}

pub(super) fn write_address(address: FrameAddress) -> pb::FrameAddress {
    pb::FrameAddress {
        at: Some(match address {
            FrameAddress::File(index) => At::File(index),
            FrameAddress::Memory(number) => At::Memory(number),
        }),
    }
}

/// How to play; `None` pauses.
pub(super) fn read_play(play: &pb::Play) -> Result<Option<Play>, Violation> {
    if play.pause {
        return Ok(None);
    }
    let invalid = |reason: &str| Violation::Value {
        field: "play",
        reason: reason.to_owned(),
    };
    let rate = finite_number("play", play.rate)?;
    if rate == 0.0 {
        return Err(invalid("the rate is 0 frames/s; set pause to pause"));
    }
    let range = match (play.first, play.last) {
        (None, None) => None,
        (Some(first), Some(last)) => Some([
            read_address("play", Some(first))?,
            read_address("play", Some(last))?,
        ]),
        _ => return Err(invalid("a range needs both its first and its last frame")),
    };
    let repeat = match WireRepeat::try_from(play.repeat) {
        Ok(WireRepeat::Once) => Repeat::Once,
        Ok(WireRepeat::Loop) => Repeat::Loop,
        Ok(WireRepeat::BackAndForth) => Repeat::BackAndForth,
        Err(_) => {
            return Err(invalid(
                "repeat: expected 0 (once), 1 (loop) or 2 (back and forth)",
            ));
        }
    };
    Ok(Some(Play {
        rate,
        range,
        repeat,
        interpolate: play.interpolate,
    }))
}

pub(super) fn write_play(play: Play) -> pb::Play {
    let repeat = match play.repeat {
        Repeat::Once => WireRepeat::Once,
        Repeat::Loop => WireRepeat::Loop,
        Repeat::BackAndForth => WireRepeat::BackAndForth,
    };
    pb::Play {
        rate: play.rate,
        first: play.range.map(|[first, _]| write_address(first)),
        last: play.range.map(|[_, last]| write_address(last)),
        repeat: repeat.into(),
        interpolate: play.interpolate,
        pause: false,
    }
}

pub(super) fn write_activity(activity: &Activity) -> pb::Activity {
    match activity {
        Activity::Idle | Activity::Packing(_) => pb::Activity::Idle,
        Activity::Running(Task::Dynamics(_)) => pb::Activity::Dynamics,
        // Another program that computes is shown as running: it can be stopped, and paused as stopped.
        Activity::Following(status) if status.phase == ExternalPhase::Running => {
            pb::Activity::Dynamics
        }
        Activity::Following(_) => pb::Activity::Idle,
        Activity::Running(Task::Relaxation(_)) => pb::Activity::Relaxation,
        Activity::Playback => pb::Activity::Playback,
    }
}

pub(super) fn write_timeline(summary: &TimelineSummary) -> pb::Timeline {
    let runs = summary.runs.iter().map(|run| pb::timeline::Run {
        first: run.first,
        frames: run.frames,
    });
    let energy = pb::EnergyCurve {
        positions: summary.energy.iter().map(|it| it.position).collect(),
        low: summary.energy.iter().map(|it| it.range.low).collect(),
        high: summary.energy.iter().map(|it| it.range.high).collect(),
    };
    pb::Timeline {
        file: summary.file.clone(),
        file_frames: summary.file_frames,
        searched: summary.searched,
        search_error: summary.search_error.clone(),
        memory_frames: summary.memory_frames,
        first: summary.first,
        last: summary.last,
        runs: runs.collect(),
        marks: summary.marks.iter().map(write_mark).collect(),
        lines: summary.lines.iter().map(write_line).collect(),
        energy: Some(energy),
        activity: write_activity(&summary.activity).into(),
    }
}

fn write_mark(mark: &ShownMark) -> pb::timeline::Mark {
    let kind = match mark.kind {
        MarkKind::Edit => Kind::Edit,
        MarkKind::Dynamics => Kind::Dynamics,
        MarkKind::Relaxation => Kind::Relaxation,
    };
    pb::timeline::Mark {
        address: Some(write_address(mark.address)),
        position: mark.position,
        kind: kind.into(),
    }
}

fn write_line(line: &LineSummary) -> pb::timeline::Line {
    pb::timeline::Line {
        after: line.after.map(write_address),
        frames: line.frames,
        newest: line.newest.map(write_address),
        live: line.is_live,
        shown: line.is_shown,
    }
}
