//! The command `mlipview telemetry`: serves the progress of a training that another program does.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use anyhow::Context;
use mlipview_core::chem::excerpt;
use mlipview_server::{Limits, LiveLimits, Server, Settings, TrainingHandle, start_for_trainings};
use mlipview_telemetry::{Callback, Callbacks, Command, CommandReceiver};

use super::exit_code::DONE;
use super::{interrupt, serve};
use crate::cli::TelemetryArgs;

/// Maximum length of a line of the feed, bytes; the rest of a longer one is left out with a warning.
const MAX_LINE: u64 = 64 << 10;

/// Time between two looks at Ctrl-C.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

pub(super) fn run(arguments: &TelemetryArgs) -> anyhow::Result<u8> {
    serve::start_log(arguments.log, arguments.log_format);
    let feed = arguments.feed.as_deref().map(open).transpose()?;
    let server = start_for_trainings(&settings(arguments))?;
    let Some(feed) = feed else {
        print_links(&server)?;
        interrupt::wait();
        return Ok(DONE);
    };
    let training = server.open_training(&arguments.name, arguments.run.as_deref())?;
    let training = Arc::new(training);
    let commands = arguments.commands.then(|| training.commands());
    print_links(&server)?;
    let end = read(feed, training)?;
    wait(&end, commands.as_ref(), arguments.keep_serving)?;
    server.stop();
    Ok(DONE)
}

fn settings(arguments: &TelemetryArgs) -> Settings {
    let settings = serve::network_settings(&arguments.network);
    Settings {
        runs: arguments.runs.clone(),
        limits: Limits {
            private_sessions: 0,
            live: LiveLimits {
                connections: 0,
                ..settings.limits.live
            },
            ..settings.limits
        },
        ..settings
    }
}

/// Opens a file of reports; `-` is the standard input.
fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let file = File::open(path);
    let file = file.with_context(|| format!("cannot read the feed {}", path.display()))?;
    Ok(Box::new(file))
}

/// Reads reports on a thread of its own: reading cannot be interrupted. The result receives the end.
fn read(feed: Box<dyn Read + Send>, training: Arc<TrainingHandle>) -> anyhow::Result<Receiver<()>> {
    let (sender, receiver) = sync_channel(1);
    let reader = thread::Builder::new().name("feed".to_owned());
    let reader = reader.spawn(move || {
        if let Err(error) = report_lines(feed, &training) {
            tracing::error!("the feed cannot be read further: {error}");
        }
        drop(training);
        // Nobody waits for it after Ctrl-C.
        let _ = sender.send(());
    });
    reader.context("cannot start the thread that reads the feed")?;
    Ok(receiver)
}

/// Reports each line of a feed; a line that is no report is a warning.
fn report_lines(feed: Box<dyn Read + Send>, training: &TrainingHandle) -> std::io::Result<()> {
    let mut feed = BufReader::new(feed);
    for number in 1_u64.. {
        let mut line = Vec::new();
        if feed.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.last() != Some(&b'\n') && line.len() as u64 == MAX_LINE {
            tracing::warn!("line {number} is longer than {MAX_LINE} bytes and was left out");
            feed.skip_until(b'\n')?;
            continue;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match line.parse::<Callback>() {
            Ok(callback) => training.on_callback(callback),
            Err(_) if line.is_empty() => {}
            Err(error) => {
                tracing::warn!("line {number} was left out: {error}: {:?}", excerpt(line));
            }
        }
    }
    Ok(())
}

/// Waits for the end of the feed or Ctrl-C, and writes commands to the standard output meanwhile.
fn wait(
    end: &Receiver<()>,
    commands: Option<&CommandReceiver>,
    keep_serving: bool,
) -> anyhow::Result<()> {
    while !interrupt::requested() {
        let ended = end.recv_timeout(POLL_INTERVAL);
        while let Some(command) = commands.and_then(CommandReceiver::try_next) {
            print_command(&command)?;
        }
        if ended != Err(RecvTimeoutError::Timeout) {
            if keep_serving {
                interrupt::wait();
            }
            return Ok(());
        }
    }
    Ok(())
}

fn print_command(command: &Command) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{}", command.to_json())?;
    out.flush()?;
    Ok(())
}

/// Prints the addresses for clients.
fn print_links(server: &Server) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    write!(out, "{}", links(server))?;
    out.flush()?;
    Ok(())
}

/// The addresses for clients, in lines.
pub(super) fn links(server: &Server) -> String {
    let links = server.links();
    let (page, watch, control) = (
        &links.watch,
        links.watch_trainings(),
        links.control_trainings(),
    );
    let socket = page.replacen("http", "ws", 1);
    let token = links
        .drive
        .split_once("#token=")
        .map_or("", |(_, token)| token);
    format!(
        "mlipview serves trainings.\n\
         \x20 page    {watch}\n\
         \x20 control {control}\n\
         \x20 status  {page}api/ws/status\n\
         \x20 watch   {socket}ws/training\n\
         \x20 drive   {socket}ws/training?token={token}\n\
         \x20 feed    {page}api/ws/feed?token={token}\n\
         Press Ctrl-C to stop.\n"
    )
}
