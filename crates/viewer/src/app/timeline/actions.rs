//! Actions of the timeline: show, play, return, continue.

use bevy::prelude::*;

use super::options::PlaybackOptions;
use super::view::TimelineView;
use crate::app::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::simulation::Simulation;
use mlipview_core::sim::{Command, FrameAddress};

/// Carries out the actions of the timeline.
pub(super) fn carry_out(
    mut actions: MessageReader<Action>,
    scene: Res<Scene>,
    view: Res<TimelineView>,
    simulation: Res<Simulation>,
    mut notices: ResMut<Notices>,
) {
    let playback = scene.frame.playback;
    let mut shown = playback.map(|playback| playback.address);
    for action in actions.read() {
        let is_playing = playback.is_some_and(|playback| playback.play.is_some());
        let play = |backward| {
            let play = (!is_playing).then(|| view.options.play(backward));
            Some(Command::Play(play))
        };
        let command = match action {
            Action::ShowFrame(address) => show(Some(*address)),
            Action::StepFrames(by) => show(step(&view, shown, *by)),
            Action::FirstFrame => show(view.address(0)),
            Action::LastFrame => show(view.address(view.len().saturating_sub(1))),
            Action::ToggleRun if playback.is_some() => play(false),
            Action::TogglePlayback => play(false),
            Action::TogglePlaybackBackward => play(true),
            Action::EndPlayback if playback.is_some() => Some(Command::EndPlayback),
            Action::ContinueFromHere => match shown {
                Some(address) => Some(Command::ContinueFrom(address)),
                None => {
                    let text = "The simulation shows its newest frame: it continues from there.";
                    notices.post(Severity::Info, text.to_owned());
                    None
                }
            },
            _ => continue,
        };
        let Some(command) = command else { continue };
        if let Command::ShowFrame(address) = command {
            // Several steps within one rendered frame add up.
            shown = Some(address);
        }
        if let Err(full) = simulation.send(command) {
            notices.post(Severity::Warning, format!("Command rejected: {full}."));
        }
    }
}

fn show(address: Option<FrameAddress>) -> Option<Command> {
    address.map(Command::ShowFrame)
}

/// The frame some frames later than the shown one, or than the newest, within the timeline.
fn step(view: &TimelineView, shown: Option<FrameAddress>, by: i64) -> Option<FrameAddress> {
    let last = view.len().checked_sub(1)?;
    let now = match shown {
        Some(address) => view.position(address)?,
        // The newest frame is on screen: there is nothing after it.
        None if by > 0 => return None,
        None => last,
    };
    view.address(now.saturating_add_signed(by).min(last))
}

/// Applies changed options to the present playback.
pub(super) fn update_play(
    view: Res<TimelineView>,
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut applied: Local<PlaybackOptions>,
) {
    if *applied == view.options {
        return;
    }
    let playing = scene.frame.playback.and_then(|playback| playback.play);
    let play = playing.map(|play| view.options.play(play.rate < 0.0));
    // Retried in the next frame while the inbox is full.
    let is_done = play.is_none_or(|play| simulation.send(Command::Play(Some(play))).is_ok());
    if is_done {
        *applied = view.options;
    }
}
