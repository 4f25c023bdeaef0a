//! `mlipview serve`.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use anyhow::Context;
use mlipview_core::files::Source;
use mlipview_core::sim::{Command, Edit, Engine, SimHandle, spawn};
use mlipview_server::session;
use mlipview_server::{DEFAULT_ADDRESS, Limits, Links, Main, Server, Settings, TlsFiles};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::{DONE, input, interrupt, potential};
use crate::cli::{LogFormat, LogLevel, Network, PotentialChoice, Serve, StructureChoice};

/// What is shown when nothing is asked for.
const FIRST: &str = "library:caffeine";

pub(super) fn run(arguments: &Serve) -> anyhow::Result<u8> {
    log(arguments.log, arguments.log_format);
    let input = arguments.input.as_deref().unwrap_or(FIRST);
    let (sim, sentence) = simulation(input, &arguments.potential, &arguments.structure)?;
    sim.send(Command::SpeedLimit(arguments.speed.limit()))?;
    tracing::info!("{input}: {sentence}");
    let settings = settings(&arguments.network, &arguments.potential);
    let server = mlipview_server::start(&settings, Main { sim })?;
    greet(&server, input)?;
    interrupt::wait();
    server.stop();
    Ok(DONE)
}

/// The simulation of what an argument names, at rest, and a sentence about its potential.
fn simulation(
    argument: &str,
    choice: &PotentialChoice,
    structure: &StructureChoice,
) -> anyhow::Result<(SimHandle, String)> {
    let configuration = input::read_one(argument, structure)?.configuration;
    let structure = configuration.structure;
    let (potential, sentence) = match potential::choose(choice, &structure) {
        Ok((chosen, sentence)) => (Some(chosen.potential), sentence),
        // What cannot be run can still be looked at.
        Err(error) => (None, format!("it can be seen but not run: {error:#}")),
    };
    let mut engine = Engine::new(structure, potential, 0);
    if let Some(velocities) = configuration.velocities {
        let velocities = velocities.into_iter().enumerate().collect();
        engine.apply(0, Command::Edit(Edit::SetVelocities(velocities)));
    }
    let sim = spawn(engine).context("no thread for the simulation")?;
    sim.set_title(Source::parse(argument).stem());
    Ok((sim, sentence))
}

/// The settings that the command line asks for.
pub(crate) fn settings(network: &Network, choice: &PotentialChoice) -> Settings {
    let tls = network.tls_cert.clone().zip(network.tls_key.clone());
    Settings {
        listen: network.listen.clone(),
        driver_token: network.driver_token.clone(),
        owner_token: network.owner_token.clone(),
        origins: network.allow_origin.clone(),
        tls: tls.map(|(certificate, key)| TlsFiles { certificate, key }),
        catalog: potential::catalog(choice),
        potential: choice.potential.clone(),
        device: potential::device(choice),
        limits: Limits {
            connections: network.connections as usize,
            private_sessions: network.private_sessions as usize,
            rooms: network.rooms as usize,
            conversation: session::Limits {
                atoms: network.private_atoms as usize,
                message_bytes: network.message_bytes as usize,
                messages_per_second: network.messages_per_second,
                max_rate: f64::from(network.max_rate),
            },
            ping: Duration::from_secs(network.ping),
            handshake: Duration::from_secs(network.handshake),
            patience: Duration::from_secs(network.patience),
        },
    }
}

fn log(level: LogLevel, format: LogFormat) {
    let level = match level {
        LogLevel::Error => mlipview_server::LogLevel::Error,
        LogLevel::Warn => mlipview_server::LogLevel::Warn,
        LogLevel::Info => mlipview_server::LogLevel::Info,
        LogLevel::Debug => mlipview_server::LogLevel::Debug,
    };
    let format = match format {
        LogFormat::Text => mlipview_server::LogFormat::Text,
        LogFormat::Json => mlipview_server::LogFormat::Json,
    };
    mlipview_server::log_to_stderr(level, format);
}

/// Tells the person at the terminal where to go.
fn greet(server: &Server, shown: &str) -> anyhow::Result<()> {
    let Links { watch, drive, .. } = server.links();
    let own = &server.links().own;
    let mut out = std::io::stdout();
    writeln!(out, "mlipview shows {shown} to others.")?;
    if server.is_default_taken() {
        writeln!(
            out,
            "{DEFAULT_ADDRESS} is in use, so it listens on a free port."
        )?;
    }
    writeln!(out, "  watch  {watch}")?;
    writeln!(out, "  drive  {drive}")?;
    writeln!(out, "  own    {own}")?;
    if out.is_terminal() {
        writeln!(out, "{}", picture(watch)?)?;
    }
    if server
        .addresses()
        .iter()
        .all(|address| address.ip().is_loopback())
    {
        writeln!(
            out,
            "Only this machine can connect; --listen 0.0.0.0:8000 lets others in."
        )?;
    }
    writeln!(out, "Ctrl-C ends it.")?;
    out.flush()?;
    Ok(())
}

/// A link as a picture that a phone reads, drawn with letters.
fn picture(link: &str) -> anyhow::Result<String> {
    let code = QrCode::new(link).context("the link is too long for a QR code")?;
    // Bright on dark is what terminals are: the picture is drawn the other way round.
    let code = code
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .build();
    Ok(code)
}
