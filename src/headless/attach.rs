//! The command `mlipview attach`: a simulation that another program computes, in the window or on the server.

use std::time::Duration;

use anyhow::{Context, bail};
use clap::Parser;
use mlipview_core::files::Source;
use mlipview_core::sim::{Command, Engine, Event, SimHandle, spawn};
use mlipview_imd::{Client, ClientOptions};

use super::input;
use crate::cli::{AttachArgs, Cli, ServeArgs, WindowArgs};

/// A simulation that follows a program, and the connection, which ends when this is dropped.
pub(crate) struct Attached {
    // Dropped first: it says how to part, before the end of the simulation detaches.
    _client: Client,
    /// The simulation.
    pub(crate) sim: SimHandle,
}

/// Attaches, and serves the simulation until it is interrupted.
///
/// # Errors
/// If the structure cannot be read, or the server cannot start.
pub(super) fn run(arguments: &AttachArgs) -> anyhow::Result<u8> {
    if arguments.no_serve {
        bail!(
            "no display for a window, and --no-serve turns the server off: nothing is left to show"
        );
    }
    let window = window(arguments)?;
    serve(
        &ServeArgs {
            simulation: window.simulation,
            network: window.network,
            imd: window.imd,
            record: arguments.record.clone(),
            recording: arguments.recording,
            log: arguments.log,
            log_format: arguments.log_format,
        },
        arguments,
    )
}

/// Attaches, and serves as these arguments of `serve` say.
fn serve(serve: &ServeArgs, arguments: &AttachArgs) -> anyhow::Result<u8> {
    super::serve::start_log(serve.log, serve.log_format);
    let attached = attach(arguments)?;
    let potential = &serve.simulation.calculation.potential;
    super::serve::serve(serve, &attached.sim, potential)
}

/// Starts a simulation of the structure that follows the program.
pub(crate) fn attach(arguments: &AttachArgs) -> anyhow::Result<Attached> {
    let topology = &arguments.topology;
    let structure = input::read_one(topology, &Default::default())?;
    let structure = structure.configuration.structure;
    let program = arguments.program.as_ref();
    let client = Client::attach(ClientOptions {
        program: program.map(|program| program.0.clone()),
        energy_unit: program.and_then(|program| program.energy_unit()),
        rate: arguments.every,
        unwrap_from: arguments.unwrap.then(|| structure.clone()),
        timeout: Duration::from_secs(arguments.wait.into()),
        ..ClientOptions::new(arguments.address.clone(), structure.len())
    });
    let client = client.context("cannot start the threads of IMD")?;
    let client = client.end_by(arguments.at_end.end());
    let sim = spawn(Engine::new(structure, None, 0));
    let sim = sim.context("cannot start the simulation thread")?;
    sim.set_title(Source::parse(topology).stem());
    report_status(&sim)?;
    sim.send(Command::Follow(client.dynamics()))?;
    Ok(Attached {
        _client: client,
        sim,
    })
}

/// Writes what the program does to the terminal, as long as the simulation exists.
fn report_status(sim: &SimHandle) -> anyhow::Result<()> {
    let events = sim.events();
    let report = move || {
        for event in events {
            match event {
                Event::ExternalStatus { sentence } => eprintln!("mlipview: {sentence}"),
                Event::Interrupted { reason } => eprintln!("mlipview: ended: {reason}"),
                _ => {}
            }
        }
    };
    let thread = std::thread::Builder::new().name("attach report".to_owned());
    thread.spawn(report).context("cannot start a thread")?;
    Ok(())
}

/// The arguments of a window that shows the structure.
pub(crate) fn window(arguments: &AttachArgs) -> anyhow::Result<WindowArgs> {
    let line = ["mlipview", "--", &arguments.topology];
    let window = Cli::try_parse_from(line)?.window;
    Ok(WindowArgs {
        no_serve: arguments.no_serve,
        network: arguments.network.clone(),
        imd: arguments.imd,
        #[cfg(feature = "xr")]
        headset: arguments.headset,
        ..window
    })
}
