//! Opens the window, or draws a picture of what it would show.

#[cfg(feature = "server")]
mod doors;
mod environment;
#[cfg(feature = "xr")]
mod headset;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use bevy::app::{App, AppExit};
use bevy::math::UVec2;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::Configuration;
use mlipview_core::potential::Potential;
use mlipview_core::sim::{Engine, SimHandle, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::demo::{Demo, tour};
use mlipview_viewer::app::document::{Choice, Document, Source};
#[cfg(not(feature = "server"))]
use mlipview_viewer::app::invite_links::Sharing;
use mlipview_viewer::app::run::RunSettings;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::initial_view;
use mlipview_viewer::scene::picture;
use mlipview_viewer::scene::picture::Studio;
use mlipview_viewer::scene::style::{Background, Representation};

#[cfg(feature = "server")]
use doors::open as open_doors;

use crate::cli::{PictureSize, View};
use crate::headless::{self, input, potential};

/// What is opened when nothing is asked for.
const FIRST: &str = "library:caffeine";

pub(crate) fn show(view: &View) -> anyhow::Result<ExitCode> {
    environment::quiet_device_selection();
    let style = style(view)?;
    if let Some(path) = &view.screenshot {
        let structure = read(view)?.structure;
        let potential = match potential::choose(&view.potential, &structure) {
            Ok((chosen, _)) => Some(chosen.potential),
            // What cannot be run can still be looked at.
            Err(error) => {
                eprintln!("mlipview: the picture shows no forces: {error:#}");
                None
            }
        };
        return draw(simulation(structure, potential)?, style, view.size, path);
    }
    if !has_display() {
        return headless::serve_instead(
            view,
            "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set; \
             --screenshot FILE.png draws a picture without one)",
        );
    }
    let nothing = Structure::new(Vec::new(), Vec::new())?;
    let sim = simulation(nothing, None)?;
    // For as long as there is a window.
    let (_server, sharing) = open_doors(view, &sim)?;
    #[cfg(feature = "xr")]
    let mut app = headset::beside_window(sim, view.headset.mode());
    #[cfg(not(feature = "xr"))]
    let mut app = window::windowed(sim, None);
    app.insert_resource(style).insert_resource(sharing);
    app.world_mut().resource_mut::<RunSettings>().speed_limit = view.speed.limit();
    if view.demo {
        if let Some(folder) = &view.pictures {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("no folder {} for pictures", folder.display()))?;
        }
        let mut demo = app.world_mut().resource_mut::<Demo>();
        demo.begin(tour(), view.pictures.clone());
    } else {
        open(&mut app, view);
    }
    match app.run() {
        AppExit::Success => Ok(ExitCode::SUCCESS),
        AppExit::Error(code) => Ok(ExitCode::from(code.get())),
    }
}

/// Opens what was asked for while the window is there already.
fn open(app: &mut App, view: &View) {
    let source = Source::parse(view.input.as_deref().unwrap_or(FIRST));
    let request = view.potential.potential.clone();
    let catalog = potential::catalog(&view.potential);
    app.insert_resource(Choice::of(request.clone()).among(Arc::clone(&catalog)));
    let view = view.clone();
    let mut document = app.world_mut().resource_mut::<Document>();
    document.open(source, catalog, request, move || {
        read(&view).map_err(|error| format!("{error:#}."))
    });
}

fn read(view: &View) -> anyhow::Result<Configuration> {
    let argument = view.input.as_deref().unwrap_or(FIRST);
    Ok(input::read_one(argument, &view.structure)?.configuration)
}

fn simulation(
    structure: Structure,
    potential: Option<Box<dyn Potential>>,
) -> anyhow::Result<SimHandle> {
    spawn(Engine::new(structure, potential, 0)).context("no thread for the simulation")
}

fn draw(sim: SimHandle, style: Style, size: PictureSize, path: &Path) -> anyhow::Result<ExitCode> {
    let orientation = initial_view::orientation(&sim.newest().identity);
    let mut app = window::windowless(sim);
    app.world_mut().resource_mut::<Orbit>().rotation = orientation;
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
fn has_display() -> bool {
    let has = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || has("DISPLAY") || has("WAYLAND_DISPLAY")
}

#[cfg(not(feature = "server"))]
fn open_doors(_view: &View, _sim: &SimHandle) -> anyhow::Result<((), Sharing)> {
    let remark = Some("This program was built without its server.".to_owned());
    let sharing = Sharing {
        remark,
        ..Sharing::default()
    };
    Ok(((), sharing))
}
