//! Opens the window, or draws a picture of what it would show.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use bevy::app::AppExit;
use bevy::math::UVec2;
use mlipview::sim::{Engine, SimHandle, spawn};
use mlipview::viewer::picture::{self, Studio};
use mlipview::viewer::style::{Background, Representation};
use mlipview::viewer::{Style, window};

use crate::cli::{PictureSize, View};
use crate::headless::{input, potential};

/// What is opened when nothing is asked for.
const FIRST: &str = "library:caffeine";

pub(crate) fn show(view: &View) -> anyhow::Result<ExitCode> {
    let style = style(view)?;
    if let Some(path) = &view.screenshot {
        let (sim, _) = simulation(view)?;
        return draw(sim, style, view.size, path);
    }
    let (sim, name) = simulation(view)?;
    check_display()?;
    let mut app = window::windowed(sim, &format!("{name} - mlipview"));
    app.insert_resource(style);
    match app.run() {
        AppExit::Success => Ok(ExitCode::SUCCESS),
        AppExit::Error(code) => Ok(ExitCode::from(code.get())),
    }
}

fn simulation(view: &View) -> anyhow::Result<(SimHandle, String)> {
    let argument = view.input.as_deref().unwrap_or(FIRST);
    let input = input::read_one(argument, &view.structure)?;
    let structure = input.configuration.structure;
    let potential = match potential::choose(&view.potential, &structure) {
        Ok((chosen, sentence)) => {
            eprintln!("{sentence}");
            Some(chosen.potential)
        }
        // What cannot be run can still be looked at.
        Err(error) => {
            eprintln!("mlipview: {error:#}");
            None
        }
    };
    let sim =
        spawn(Engine::new(structure, potential, 0)).context("no thread for the simulation")?;
    Ok((sim, input.name))
}

fn draw(sim: SimHandle, style: Style, size: PictureSize, path: &Path) -> anyhow::Result<ExitCode> {
    let mut app = window::windowless(sim);
    app.insert_resource(Style {
        supersampling: true,
        ..style
    });
    let mut studio = Studio::new(app, UVec2::new(size.0, size.1));
    picture::write(&studio.picture()?, path)?;
    eprintln!("wrote {}", path.display());
    Ok(ExitCode::SUCCESS)
}

fn style(view: &View) -> anyhow::Result<Style> {
    let mut style = Style::default();
    if let Some(name) = &view.style {
        style.representation = named(name, &Representation::ALL, Representation::name)?;
    }
    if let Some(name) = &view.background {
        style.background = named(name, &Background::ALL, Background::name)?;
    }
    Ok(style)
}

/// The choice of this name, however it is capitalized and hyphenated.
fn named<T: Copy>(name: &str, all: &[T], name_of: fn(T) -> &'static str) -> anyhow::Result<T> {
    let plain = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
    let found = all
        .iter()
        .find(|choice| plain(name_of(**choice)) == plain(name));
    found.copied().ok_or_else(|| {
        let known: Vec<String> = all.iter().map(|choice| plain(name_of(*choice))).collect();
        anyhow!("there is no {name:?}: choose {}", known.join(", "))
    })
}

/// Without a display a window cannot open, and winit would panic.
fn check_display() -> anyhow::Result<()> {
    let has = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !has("DISPLAY") && !has("WAYLAND_DISPLAY") {
        bail!(
            "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); \
             --screenshot FILE.png draws a picture without one, and `mlipview help` lists what needs \
             none"
        );
    }
    Ok(())
}
