//! The window, and the image of `--screenshot` without one.

mod environment;
#[cfg(feature = "xr")]
mod headset;
pub(crate) mod movie;
#[cfg(feature = "server")]
mod server;
mod style;
#[cfg(feature = "training")]
mod training;
#[cfg(feature = "training")]
mod training_service;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use bevy::app::{App, AppExit, Update};
use bevy::ecs::message::MessageWriter;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::Configuration;
use mlipview_core::potential::Potential;
use mlipview_core::sim::{Engine, SimHandle, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::demo::{Demo, tour};
use mlipview_viewer::app::document::{Document, OpenError, PotentialChoice, Read, Source};
#[cfg(not(feature = "server"))]
use mlipview_viewer::app::invite_links::InviteLinks;
use mlipview_viewer::app::picture::{PictureRequest, PictureRequestError};
use mlipview_viewer::app::run::RunSettings;
use mlipview_viewer::app::unsaved::AutosaveFolder;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::initial_view;
use mlipview_viewer::scene::picture::OffscreenRenderer;
use mlipview_viewer::scene::style::Background;

#[cfg(feature = "imd")]
use crate::cli::AttachArgs;
use crate::cli::{PictureSize, SimulationArgs, WindowArgs};
use crate::headless::{self, input, potential, system};

/// Opens the window and runs until it is closed, or writes the image of `--screenshot`.
pub(crate) fn run(arguments: &WindowArgs) -> anyhow::Result<ExitCode> {
    environment::quiet_device_selection();
    let style = style(arguments)?;
    if let Some(path) = &arguments.screenshot {
        // Options out of range are an error before anything is read.
        let request = picture_request(path, arguments, &style)?;
        let structure = read(&arguments.simulation)?.structure;
        let potential = &arguments.simulation.calculation.potential;
        let potential = match potential::choose(potential, &structure) {
            Ok((chosen, _)) => Some(chosen.potential),
            // A structure without a potential can still be drawn.
            Err(error) => {
                eprintln!("mlipview: the image shows no forces: {error:#}");
                None
            }
        };
        let sim = spawn_simulation(structure, potential)?;
        return write_image(sim, style, &request);
    }
    if !has_display() {
        return headless::serve_instead(
            arguments,
            "no display for a window (neither DISPLAY nor WAYLAND_DISPLAY is set; --screenshot FILE.png \
             needs none)",
        );
    }
    let empty = Structure::new(Vec::new(), Vec::new())?;
    let sim = spawn_simulation(empty, None)?;
    show(arguments, style, sim, true)
}

/// Whether `attach` opens a window.
#[cfg(feature = "imd")]
pub(crate) fn shows_attached(arguments: &AttachArgs) -> bool {
    !arguments.headless && has_display()
}

/// Attaches to a program, opens the window for its simulation, and runs until it is closed.
#[cfg(feature = "imd")]
pub(crate) fn run_attached(arguments: &AttachArgs) -> anyhow::Result<ExitCode> {
    environment::quiet_device_selection();
    let window = headless::attach::window(arguments)?;
    let style = style(&window)?;
    headless::interrupt::install_handler()?;
    let attached = headless::attach::attach(arguments)?;
    let exit = show(&window, style, attached.sim.clone(), false);
    // Detaches.
    drop(attached);
    exit
}

/// Opens the window, with the document of the arguments or what the simulation has, and runs until it is closed.
fn show(
    arguments: &WindowArgs,
    style: Style,
    sim: SimHandle,
    opens_document: bool,
) -> anyhow::Result<ExitCode> {
    let title = sim.title();
    #[cfg(feature = "imd")]
    let _imd = {
        let report = Arc::new(|sentence: &str| eprintln!("mlipview: IMD: {sentence}"));
        headless::imd::start(&arguments.imd, &sim, report)?
    };
    #[cfg(feature = "server")]
    let (server, invite_links) = server::start(arguments, &sim)?;
    #[cfg(all(feature = "server", feature = "training"))]
    let service = training_service::TrainingService::of(server.clone());
    #[cfg(all(not(feature = "server"), feature = "training"))]
    let service = training_service::TrainingService::default();
    #[cfg(not(feature = "server"))]
    let invite_links = InviteLinks {
        note: Some("This build has no server.".to_owned()),
        ..InviteLinks::default()
    };
    #[cfg(feature = "xr")]
    let mut app = headset::app(sim, arguments.headset.mode());
    #[cfg(not(feature = "xr"))]
    let mut app = window::windowed(sim, None);
    app.insert_resource(style).insert_resource(invite_links);
    #[cfg(feature = "training")]
    let trainings = training::WindowTrainings::new(service);
    #[cfg(feature = "training")]
    app.insert_resource(trainings.job());
    app.world_mut().resource_mut::<RunSettings>().speed_limit = arguments.simulation.speed.limit();
    if arguments.demo {
        if let Some(folder) = &arguments.pictures {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot create the folder {}", folder.display()))?;
        }
        let mut demo = app.world_mut().resource_mut::<Demo>();
        demo.begin(tour(), arguments.pictures.clone());
    } else if opens_document {
        if let Some(folder) = AutosaveFolder::of_user() {
            app.insert_resource(folder);
        }
        open_document(&mut app, &arguments.simulation);
    }
    if !opens_document {
        name_and_interrupt(&mut app, &title);
    }
    let exit = app.run();
    // Trainings end first: they publish their last events by the server.
    #[cfg(feature = "training")]
    drop(trainings);
    #[cfg(feature = "server")]
    drop(server);
    match exit {
        AppExit::Success => Ok(ExitCode::SUCCESS),
        AppExit::Error(code) => Ok(ExitCode::from(code.get())),
    }
}

/// Names the document, and lets Ctrl-C close the window, so that the followed program is detached from.
fn name_and_interrupt(app: &mut App, title: &str) {
    title.clone_into(&mut app.world_mut().resource_mut::<Document>().name);
    app.add_systems(Update, |mut exit: MessageWriter<AppExit>| {
        if headless::interrupt::requested() {
            exit.write(AppExit::Success);
        }
    });
}

/// Starts to open the structure; the window appears meanwhile.
fn open_document(app: &mut App, arguments: &SimulationArgs) {
    let source = Source::parse(&arguments.input);
    let potential = &arguments.calculation.potential;
    let (catalog, request) = (potential::catalog(potential), potential.potential.clone());
    app.insert_resource(PotentialChoice::of(request.clone()).with_catalog(Arc::clone(&catalog)));
    let arguments = arguments.clone();
    let mut document = app.world_mut().resource_mut::<Document>();
    document.open(source, catalog, request, move || {
        let options = &arguments.calculation.structure;
        let read = system::read(&arguments.input, options);
        let read = read.map(|system| Read {
            configuration: system.configuration,
            timeline: system.timeline,
        });
        read.map_err(|error| OpenError::Reader(format!("{error:#}").into()))
    });
}

fn read(arguments: &SimulationArgs) -> anyhow::Result<Configuration> {
    let additions = &arguments.calculation.structure;
    Ok(input::read_one(&arguments.input, additions)?.configuration)
}

fn spawn_simulation(
    structure: Structure,
    potential: Option<Box<dyn Potential>>,
) -> anyhow::Result<SimHandle> {
    spawn(Engine::new(structure, potential, 0)).context("cannot start the simulation thread")
}

/// The image that the arguments describe.
fn picture_request(
    path: &Path,
    arguments: &WindowArgs,
    style: &Style,
) -> Result<PictureRequest, PictureRequestError> {
    let PictureSize(width, height) = arguments.size;
    let transparent = arguments.transparent || style.background == Background::Clear;
    let (scale, samples) = (arguments.scale, arguments.antialias);
    PictureRequest::new(path, [width, height], scale, samples, transparent)
}

fn write_image(sim: SimHandle, style: Style, request: &PictureRequest) -> anyhow::Result<ExitCode> {
    let orientation = initial_view::orientation(&sim.frame().identity);
    let mut app = window::windowless(sim);
    app.world_mut().resource_mut::<Orbit>().rotation = orientation;
    app.insert_resource(request.style(style));
    let mut renderer = OffscreenRenderer::with_options(app, request.image_options())?;
    let image = renderer.picture()?;
    request.write(&image.data.unwrap_or_default())?;
    eprintln!("wrote {}", request.path().display());
    Ok(ExitCode::SUCCESS)
}

fn style(arguments: &WindowArgs) -> anyhow::Result<Style> {
    style::by_names(arguments.style.as_deref(), arguments.background.as_deref())
}

/// Whether a window can open; without a display winit panics.
fn has_display() -> bool {
    let has = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || has("DISPLAY") || has("WAYLAND_DISPLAY")
}
