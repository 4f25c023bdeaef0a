//! The thread of a client that connects and reads.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use mlipview_core::sim::external::ExternalPhase;

use super::exchange::{Connection, Exchange};
use crate::byte_order::ByteOrder;
use crate::decode::ServerDecoder;
use crate::encode;
use crate::error::ProtocolError;
use crate::frame::FrameAssembler;
use crate::message::{ClientMessage, ServerMessage};
use crate::version::Version;

/// Wait before the first new attempt to connect; it doubles up to the longest one.
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// Time for one attempt to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Time after which it is told that a program accepts connections and says nothing.
const SILENCE: Duration = Duration::from_secs(2);

/// Bytes that are read at once.
const CHUNK: usize = 1 << 16;

/// Why a connection is over.
enum Loss {
    /// The other side has closed it, or it broke; words about it.
    Closed(String),
    /// It is of no use to connect again.
    Protocol(ProtocolError),
}

/// Connects, reads until the connection is lost, and connects again, until the client ends or time is over.
pub(super) fn run(exchange: &Exchange) {
    connect_and_read(exchange);
    exchange.change(|state| state.has_read_all = true);
}

fn connect_and_read(exchange: &Exchange) {
    let options = &exchange.options;
    let (address, timeout) = (&options.address, options.timeout);
    let mut reason = String::new();
    let mut has_been_connected = false;
    loop {
        let stream = match connect(exchange, &mut reason) {
            Some(stream) => stream,
            None if exchange.lock().end.is_some() => return,
            None => {
                let seconds = timeout.as_secs_f64();
                let sentence = if has_been_connected {
                    format!(
                        "{}: {reason} and has not come back in {seconds:.0} s, so its run has ended or it accepts no \
                         more connections",
                        exchange.program
                    )
                } else {
                    format!(
                        "nothing answers at {address} in {seconds:.0} s ({reason}): start the program there with IMD \
                         on this port, then attach again"
                    )
                };
                return exchange.fail(sentence);
            }
        };
        has_been_connected = true;
        let loss = read(exchange, stream);
        exchange.forget_connection();
        if exchange.lock().end.is_some() {
            return;
        }
        match loss {
            Loss::Protocol(error) => {
                return exchange.fail(format!("{} at {address}: {error}", exchange.program));
            }
            Loss::Closed(words) => reason = words,
        }
        exchange.publish(|state| {
            state.phase = ExternalPhase::Waiting;
            let frames = state.frames;
            let program = &exchange.program;
            state.sentence = format!(
                "{program}: {reason} after {frames} frames; waiting {:.0} s for it to come back",
                timeout.as_secs_f64()
            )
            .into();
        });
    }
}

/// Tries to connect until time is over or the client ends, with the reason of the last failure.
fn connect(exchange: &Exchange, reason: &mut String) -> Option<TcpStream> {
    let address = &exchange.options.address;
    let mut wait = FIRST_WAIT;
    let mut waited = Duration::ZERO;
    loop {
        match connect_once(&address.host, address.port) {
            Ok(stream) => return Some(stream),
            Err(error) if waited >= exchange.options.timeout => {
                if reason.is_empty() {
                    *reason = error.to_string();
                }
                return None;
            }
            Err(_) => {}
        }
        if exchange.ends_within(wait) {
            return None;
        }
        waited += wait;
        wait = (2 * wait).min(LONGEST_WAIT);
    }
}

fn connect_once(host: &str, port: u16) -> std::io::Result<TcpStream> {
    let mut last = std::io::Error::new(ErrorKind::NotFound, "the host has no address");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, CONNECT_TIMEOUT) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Reads frames until the connection is over.
fn read(exchange: &Exchange, mut stream: TcpStream) -> Loss {
    let mut decoder = ServerDecoder::new(exchange.options.atoms);
    let mut assembler = None;
    let mut chunk = vec![0; CHUNK];
    // Small messages, such as forces, are not delayed.
    let _ = stream.set_nodelay(true);
    exchange.change(|state| state.frames = 0);
    let goes_on = stream
        .try_clone()
        .map(|socket| exchange.keep_socket(socket));
    if !matches!(goes_on, Ok(true)) {
        return Loss::Closed("the connection broke".to_owned());
    }
    let _ = stream.set_read_timeout(Some(SILENCE));
    loop {
        match stream.read(&mut chunk) {
            Err(error) if is_silence(&error) => {
                tell_silence(exchange);
                let _ = stream.set_read_timeout(None);
                continue;
            }
            Ok(0) => return Loss::Closed("the connection was closed".to_owned()),
            Ok(length) => decoder.push(&chunk[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Loss::Closed(format!("the connection broke ({error})")),
        }
        if exchange.lock().end.is_some() {
            return drain(&mut stream, &mut chunk);
        }
        loop {
            match decoder.next_message() {
                Ok(None) => break,
                Ok(Some(message)) => {
                    if let Err(error) = receive(exchange, &stream, &mut assembler, message) {
                        return error;
                    }
                }
                Err(error) => return Loss::Protocol(error),
            }
        }
    }
}

/// Whether nothing has arrived in time.
fn is_silence(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// Tells that a program has accepted the connection and says nothing.
fn tell_silence(exchange: &Exchange) {
    let words = format!(
        "{} does not answer yet: it may have another client, or has not begun its run",
        exchange.options.address
    );
    exchange.publish(|state| state.sentence = words.into());
}

/// Reads without use until the other side closes, or the writer gives up.
fn drain(stream: &mut TcpStream, chunk: &mut [u8]) -> Loss {
    while matches!(stream.read(chunk), Ok(1..)) {}
    Loss::Closed("the connection was closed".to_owned())
}

/// An assembler with the byte order of its connection.
type Assembly = Option<(FrameAssembler, Version, ByteOrder)>;

/// Takes a message: a handshake is answered, a frame is published.
fn receive(
    exchange: &Exchange,
    stream: &TcpStream,
    assembly: &mut Assembly,
    message: ServerMessage,
) -> Result<(), Loss> {
    if let ServerMessage::Handshake(version, order) = message {
        let unit = exchange.options.energy_unit;
        let unit = unit.unwrap_or_else(|| version.energy_unit());
        let assembler = FrameAssembler::new(version, unit);
        if assembler.is_ready() {
            go(exchange, stream, version, order)?;
        }
        *assembly = Some((assembler, version, order));
        return Ok(());
    }
    let Some((assembler, version, order)) = assembly else {
        return Ok(());
    };
    let was_ready = assembler.is_ready();
    let frame = assembler.push(message).map_err(Loss::Protocol)?;
    if assembler.is_ready() && !was_ready {
        go(exchange, stream, *version, *order)?;
    }
    if let Some(frame) = frame {
        exchange.publish(|state| {
            state.frames += 1;
            state.frame = Some(frame);
        });
    }
    Ok(())
}

/// Accepts a handshake, and hands the connection to the writer.
fn go(
    exchange: &Exchange,
    mut stream: &TcpStream,
    version: Version,
    order: ByteOrder,
) -> Result<(), Loss> {
    let broke = |error: std::io::Error| Loss::Closed(format!("the connection broke ({error})"));
    let mut bytes = Vec::new();
    encode::client_message(&ClientMessage::Go, order, &mut bytes);
    if let Some(rate) = exchange.options.rate {
        let rate = ClientMessage::Rate(i32::try_from(rate).unwrap_or(i32::MAX));
        encode::client_message(&rate, order, &mut bytes);
    }
    stream.write_all(&bytes).map_err(broke)?;
    // From now on, a program that is paused is silent for long.
    stream.set_read_timeout(None).map_err(broke)?;
    let connection = Connection {
        stream: stream.try_clone().map_err(broke)?,
        version,
        order,
    };
    exchange.publish(|state| {
        state.connection = Some(connection);
        let address = &exchange.options.address;
        let program = &exchange.program;
        let number = version.number();
        (state.phase, state.sentence) = if state.wants_pause {
            (ExternalPhase::Paused, format!("{program} is paused").into())
        } else {
            let words = format!("attached to {program} at {address} (IMD version {number})");
            (ExternalPhase::Running, words.into())
        };
    });
    Ok(())
}
