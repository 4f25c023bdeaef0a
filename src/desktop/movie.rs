//! The command `mlipview movie`: a movie of a recording, a trajectory or a structure, without a window.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use bevy::math::Vec3;
use indicatif::ProgressBar;
use mlipview_core::sim::playback::DEFAULT_RATE;
use mlipview_core::sim::timeline::FrameSource;
use mlipview_core::sim::{Engine, Timeline};
use mlipview_viewer::app::movie::encode::{
    FrameRate, FrameSize, MovieFormat, MovieOptions, MoviePlan, MovieProgress, PlanOptions, Subject,
};
use mlipview_viewer::app::movie::{MovieRequest, MovieScene, View, render, scripted};
use mlipview_viewer::app::window;
use mlipview_viewer::scene::initial_view;

use super::style;
use crate::cli::{MovieArgs, TurnAxisArg};
use crate::headless::{interrupt, system};

/// Writes the movie.
///
/// # Errors
/// If the input cannot be read, an argument does not fit it, or the movie cannot be drawn or written.
pub(crate) fn run(arguments: &MovieArgs) -> anyhow::Result<ExitCode> {
    super::environment::quiet_device_selection();
    // An unknown format is an error before anything is read.
    MovieFormat::of(&arguments.output)?;
    let system = system::read(&arguments.input, &arguments.structure)?;
    let structure = system.configuration.structure;
    if structure.is_empty() {
        bail!("{} has no atoms to show", arguments.input);
    }
    let rotation = initial_view::orientation(&structure);
    let timeline = Timeline::default();
    timeline.set_script(Arc::new(system.script));
    let subject = match system.timeline {
        Some(source) => {
            wait_for_frames(source.as_ref());
            let subject = recording(arguments, source.len())?;
            timeline.restart(Some(source));
            subject
        }
        None => {
            timeline.record(Engine::new(structure, None, 0).frame());
            Subject::Still {
                position: 0,
                seconds: arguments.duration.0,
            }
        }
    };
    let rate = FrameRate::new(arguments.fps.0)?;
    let plan = MoviePlan::new(&PlanOptions {
        subject,
        rate,
        turn: arguments.turn.unwrap_or(0.0),
    })?;
    let speed = arguments.speed.map(|speed| speed.0).or(system.rate);
    let speed = speed.unwrap_or(DEFAULT_RATE);
    let plan = scripted(plan, rate, &timeline, speed)?;
    let count = plan.count();
    let request = MovieRequest {
        path: arguments.output.clone(),
        size: FrameSize::new(arguments.size.0, arguments.size.1)?,
        rate,
        plan,
        axis: arguments.axis.map(axis),
        options: MovieOptions {
            transparent: arguments.transparent,
            quality: arguments.quality,
            ..MovieOptions::default()
        },
        samples: arguments.antialias,
    };
    let scene = MovieScene {
        timeline,
        style: style::by_names(arguments.style.as_deref(), arguments.background.as_deref())?,
        view: View::Fit(rotation),
        rate: speed,
    };
    let bar = ProgressBar::new(count);
    let is_terminal = std::io::stderr().is_terminal();
    let progress = |state: &MovieProgress| report(&bar, is_terminal, state);
    let is_complete = render(&request, scene, window::windowless, progress)?;
    bar.finish_and_clear();
    if !is_complete {
        eprintln!("mlipview: canceled; no file was written");
        return Ok(ExitCode::from(interrupt::exit_code(0)));
    }
    let path = arguments.output.display();
    writeln!(std::io::stdout(), "{count} frames written to {path}")?;
    Ok(ExitCode::SUCCESS)
}

/// The chosen frames of a recording or trajectory.
fn recording(arguments: &MovieArgs, len: u64) -> anyhow::Result<Subject> {
    let whole = len.checked_sub(1).map(|last| [0, last]);
    let range = match arguments.range {
        Some(range) => range.ends(len),
        None => whole,
    };
    let range = range.with_context(|| {
        let input = &arguments.input;
        format!("{input} has {len} frames: --range selects none of them")
    })?;
    Ok(Subject::Recording {
        range,
        every: arguments.every,
        rate: arguments.speed.map(|speed| speed.0),
        interpolates: arguments.interpolate,
    })
}

/// Waits until all frames of a file are found.
fn wait_for_frames(source: &dyn FrameSource) {
    while source.searched() < 1.0 && !interrupt::requested() {
        std::thread::sleep(Duration::from_millis(2));
    }
    if let Some(error) = source.search_error() {
        eprintln!("mlipview: {}: {error}", source.name());
    }
}

fn axis(axis: TurnAxisArg) -> Vec3 {
    match axis {
        TurnAxisArg::X => Vec3::X,
        TurnAxisArg::Y => Vec3::Y,
        TurnAxisArg::Z => Vec3::Z,
    }
}

/// Reports the progress; a first Ctrl-C cancels the movie.
fn report(bar: &ProgressBar, is_terminal: bool, progress: &MovieProgress) -> ControlFlow<()> {
    if is_terminal {
        bar.inc(1);
        bar.set_message(progress.in_words());
    }
    if interrupt::requested() {
        return ControlFlow::Break(());
    }
    ControlFlow::Continue(())
}
