//! The command `mlipview serve`: the server without a window.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use mlipview_core::files::Source;
use mlipview_core::potential::Request;
use mlipview_core::potential::catalog::AUTO;
use mlipview_core::sim::{Command, Edit, Engine, FrameAddress, SimHandle, spawn};
use mlipview_server::session;
use mlipview_server::{DEFAULT_ADDRESS, Limits, Links, LiveLimits, Server, Settings, TlsFiles};
use mlipview_telemetry::ClientLimits;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use tracing::Level;

use super::exit_code::DONE;
use super::system::{self, System};
use super::{interrupt, potential, recording};
use crate::cli::{LogFormat, LogLevel, NetworkArgs, PotentialArgs, ServeArgs, SimulationArgs};

pub(super) fn run(arguments: &ServeArgs) -> anyhow::Result<u8> {
    start_log(arguments.log, arguments.log_format);
    let simulation = &arguments.simulation;
    let system = system::read(&simulation.input, &simulation.calculation.structure)?;
    let potential = potential_of(&system, &simulation.calculation.potential);
    let (sim, sentence) = spawn_simulation(simulation, system, &potential)?;
    tracing::info!("{}: {sentence}", simulation.input);
    serve(arguments, &sim, &potential)
}

/// Serves a simulation until it is interrupted.
pub(super) fn serve(
    arguments: &ServeArgs,
    sim: &SimHandle,
    potential: &PotentialArgs,
) -> anyhow::Result<u8> {
    let recording = arguments.record.as_deref().map(|folder| {
        let options = arguments.recording.options(1);
        recording::record_to_folder(sim, folder, options)
    });
    let recording = recording.transpose()?;
    if let Some(recording) = &recording {
        tracing::info!("recording to {}", recording.path());
    }
    let settings = settings(&arguments.network, potential);
    #[cfg(feature = "imd")]
    let imd = {
        let report = Arc::new(|sentence: &str| tracing::info!("IMD: {sentence}"));
        super::imd::start(&arguments.imd, sim, report)?
    };
    let server = mlipview_server::start(&settings, sim.clone())?;
    print_links(&server, &arguments.simulation.input)?;
    #[cfg(feature = "imd")]
    if let Some(imd) = &imd {
        writeln!(std::io::stdout(), "  IMD    imd://{}", imd.address())?;
    }
    interrupt::wait();
    #[cfg(feature = "imd")]
    drop(imd);
    server.stop();
    if let Some(recording) = recording {
        let (path, status) = (recording.path().to_owned(), recording.stop()?);
        tracing::info!("recorded {} frames as {path}", status.frames);
    }
    Ok(DONE)
}

/// The potential of the command line; if it says `auto`, that of the session.
fn potential_of(system: &System, arguments: &PotentialArgs) -> PotentialArgs {
    let of_session = system.potential.clone();
    let of_session = of_session.filter(|_| arguments.potential.name == AUTO);
    PotentialArgs {
        potential: of_session.unwrap_or_else(|| arguments.potential.clone()),
        ..arguments.clone()
    }
}

/// Starts a simulation of the structure, without a task, and explains its potential in a sentence.
fn spawn_simulation(
    arguments: &SimulationArgs,
    system: System,
    potential: &PotentialArgs,
) -> anyhow::Result<(SimHandle, String)> {
    let structure = system.configuration.structure;
    let (potential, sentence) = match potential::choose(potential, &structure) {
        Ok((chosen, sentence)) => (Some(chosen.potential), sentence),
        // A structure without a potential can still be shown.
        Err(error) => (None, format!("shown without a potential: {error:#}")),
    };
    let mut engine = Engine::new(structure, potential, 0);
    if let Some(velocities) = system.configuration.velocities {
        let velocities = velocities.into_iter().enumerate().collect();
        engine.apply(0, Command::Edit(Edit::SetVelocities(velocities)));
    }
    engine.timeline().set_script(Arc::new(system.script));
    if let Some(timeline) = system.timeline {
        engine.apply(0, Command::RestartTimeline(Some(timeline)));
        engine.apply(0, Command::ShowFrame(FrameAddress::File(0)));
    }
    let sim = spawn(engine).context("cannot start the simulation thread")?;
    sim.set_title(Source::parse(&arguments.input).stem());
    sim.send(Command::SpeedLimit(arguments.speed.limit()))?;
    Ok((sim, sentence))
}

/// Settings of the server from the command line.
pub(crate) fn settings(network: &NetworkArgs, potential: &PotentialArgs) -> Settings {
    Settings {
        catalog: Arc::new(potential::evaluating(potential)),
        potential: of_clients(&potential.potential),
        device: potential::device(potential),
        ..network_settings(network)
    }
}

/// The potential of clients that name none: that of the command line, or the teacher of one that learns.
fn of_clients(request: &Request) -> Request {
    let teacher = request.options.text("teacher");
    let teacher = teacher.filter(|_| request.name == "learn");
    let teacher = teacher.and_then(|teacher| teacher.parse().ok());
    teacher.unwrap_or_else(|| request.clone())
}

/// Settings of a server from the command line, without those of potentials.
pub(super) fn network_settings(network: &NetworkArgs) -> Settings {
    let tls = network.tls_cert.clone().zip(network.tls_key.clone());
    Settings {
        listen: network.listen.clone(),
        driver_token: network.driver_token.clone(),
        owner_token: network.owner_token.clone(),
        origins: network.allow_origin.clone(),
        tls: tls.map(|(certificate, key)| TlsFiles { certificate, key }),
        limits: Limits {
            connections: network.connections as usize,
            private_sessions: network.private_sessions as usize,
            rooms: network.rooms as usize,
            session: session::Limits {
                atoms: network.private_atoms as usize,
                message_bytes: network.message_bytes as usize,
                messages_per_second: network.messages_per_second,
                max_rate: f64::from(network.max_rate),
            },
            training: ClientLimits {
                messages_per_second: network.messages_per_second,
                ..ClientLimits::default()
            },
            live: LiveLimits {
                connections: network.live_connections as usize,
                bodies: network.live_bodies as usize,
                duration_s: f64::from(network.live_duration),
                min_timestep_ms: f64::from(network.live_min_timestep),
                message_bytes: network.live_message_bytes as usize,
            },
            ping_interval: Duration::from_secs(network.ping_interval),
            handshake_timeout: Duration::from_secs(network.handshake_timeout),
            write_timeout: Duration::from_secs(network.write_timeout),
        },
        ..Settings::default()
    }
}

pub(super) fn start_log(level: LogLevel, format: LogFormat) {
    let max_level = match level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    let json = matches!(format, LogFormat::Json);
    mlipview_server::log_to_stderr(max_level, json);
}

/// Prints the links for each role, and a QR code on a terminal.
fn print_links(server: &Server, input: &str) -> anyhow::Result<()> {
    let Links { watch, drive, .. } = server.links();
    let own = &server.links().own;
    let mut out = std::io::stdout();
    writeln!(out, "mlipview serves {input}.")?;
    if server.is_default_taken() {
        writeln!(
            out,
            "{DEFAULT_ADDRESS} is in use, so the server listens on a free port."
        )?;
    }
    writeln!(out, "  watch  {watch}")?;
    writeln!(out, "  drive  {drive}")?;
    writeln!(out, "  own    {own}")?;
    if out.is_terminal() {
        writeln!(out, "{}", qr_code(watch)?)?;
    }
    if server
        .addresses()
        .iter()
        .all(|address| address.ip().is_loopback())
    {
        writeln!(
            out,
            "Only this machine can connect; --listen 0.0.0.0:8000 accepts others."
        )?;
    }
    writeln!(out, "Press Ctrl-C to stop.")?;
    out.flush()?;
    Ok(())
}

/// QR code of a link in Unicode block characters.
fn qr_code(link: &str) -> anyhow::Result<String> {
    let code = QrCode::new(link).context("the link is too long for a QR code")?;
    // Terminals are mostly dark: characters draw the light modules.
    let code = code
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .build();
    Ok(code)
}

#[cfg(all(test, feature = "training"))]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Cli, Command};

    #[test]
    fn clients_cannot_select_a_potential_that_learns() {
        let line = "mlipview serve library:copper --potential learn:teacher=emt";
        let Some(Command::Serve(arguments)) = Cli::parse_from(line.split(' ')).command else {
            panic!("not a command to serve");
        };
        let potential = &arguments.simulation.calculation.potential;
        let settings = settings(&arguments.network, potential);
        assert!(settings.catalog.entry("learn").is_none());
        assert_eq!(settings.potential.to_string(), "emt");
    }
}
