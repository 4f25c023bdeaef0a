//! One connection: handshake, frames, and the requests of the client.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Builder;

use mlipview_core::presence::Role;
use mlipview_core::sim::{Activity, Frame};
use mlipview_core::waker::Waker;

use super::client_state::ClientState;
use super::pulls::Pulls;
use super::requests::Requests;
use super::shared::Shared;
use crate::byte_order::ByteOrder;
use crate::decode::ClientDecoder;
use crate::encode;
use crate::error::ProtocolError;
use crate::message::{ClientMessage, ServerMessage};
use crate::outgoing_frame;
use crate::session_info::SessionInfo;
use crate::version::Version;

/// The byte order that we send: that of most machines.
const ORDER: ByteOrder = ByteOrder::Little;

/// Why a connection is over before the client ends it.
#[derive(Debug, thiserror::Error)]
enum ConnectionError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{0}")]
    Protocol(#[from] ProtocolError),
    #[error("{0}")]
    Full(String),
    #[error(
        "the number of atoms has changed from {before} to {now}, which IMD cannot tell; connect again"
    )]
    Atoms { before: usize, now: usize },
    #[error("its first message is not a go (IMD_GO)")]
    NoGo,
    #[error("it was removed by an owner")]
    Dismissed,
}

/// Serves a client until one of both sides ends.
pub(super) fn serve(shared: &Arc<Shared>, stream: TcpStream) {
    let peer = stream.peer_addr();
    let peer = peer.map_or_else(|_| "a client".to_owned(), |peer| peer.to_string());
    shared.report(&format!("{peer} connected"));
    match talk(shared, stream, &peer) {
        Ok(()) => shared.report(&format!("{peer} disconnected")),
        Err(error) => shared.report(&format!("{peer} was disconnected: {error}")),
    }
}

fn talk(shared: &Arc<Shared>, mut stream: TcpStream, peer: &str) -> Result<(), ConnectionError> {
    let timeout = shared.settings.timeout;
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(timeout))?;
    stream.set_read_timeout(Some(timeout))?;
    let first = shared.sim.frame();
    let info = outgoing_frame::session_info(&first);
    let version = shared.settings.version;
    stream.write_all(&greeting(version, info))?;
    let atoms = first.positions.len();
    let mut decoder = ClientDecoder::new(atoms, ORDER);
    await_go(&mut stream, &mut decoder)?;
    stream.set_read_timeout(None)?;
    let roster = shared.sim.roster();
    let person = roster.join(Role::Driver, &format!("IMD {peer}"));
    let person = person.map_err(|full| ConnectionError::Full(full.to_string()))?;
    let client = Arc::new(ClientState::new(stream.try_clone()?));
    shared.open().retain(|open| open.strong_count() > 0);
    shared.open().push(Arc::downgrade(&client));
    let waking = Arc::clone(&client);
    let waker: Arc<Waker> = Arc::new(move || waking.wake());
    shared.sim.on_frame(&waker);
    client.wake();
    let pulls = Arc::new(Mutex::new(Pulls::new(person, shared.settings.max_force)));
    let sender = Sender {
        shared: Arc::clone(shared),
        client: Arc::clone(&client),
        pulls: Arc::clone(&pulls),
        version,
        info,
        atoms,
        person,
        failure: Mutex::default(),
    };
    let sender = Arc::new(sender);
    let sending = Arc::clone(&sender);
    let name = "imd sender".to_owned();
    let thread = Builder::new().name(name).spawn(move || sending.run());
    let outcome = match thread {
        Ok(thread) => {
            let outcome = listen(shared, &client, &pulls, version, decoder, &mut stream);
            client.close();
            // A panic was printed by its thread.
            let _ = thread.join();
            outcome
        }
        Err(error) => Err(error.into()),
    };
    lock(&pulls).release_all(&shared.sim);
    roster.leave(person);
    // The sender closes the connection under the listener: its reason is the first one.
    lock(&sender.failure).take().map_or(outcome, Err)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The handshake, with the session information of version 3.
fn greeting(version: Version, info: SessionInfo) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode::server_message(&ServerMessage::Handshake(version, ORDER), ORDER, &mut bytes);
    if version == Version::Three {
        encode::server_message(&ServerMessage::SessionInfo(info), ORDER, &mut bytes);
    }
    bytes
}

/// Waits for the go of a client.
fn await_go(stream: &mut TcpStream, decoder: &mut ClientDecoder) -> Result<(), ConnectionError> {
    loop {
        match decoder.next_message()? {
            Some(ClientMessage::Go) => return Ok(()),
            Some(_) => return Err(ConnectionError::NoGo),
            None => read_once(stream, decoder)?,
        }
    }
}

/// Reads what has arrived; an end is an error.
fn read_once(stream: &mut TcpStream, decoder: &mut ClientDecoder) -> io::Result<()> {
    let mut chunk = [0; 4096];
    match stream.read(&mut chunk) {
        Ok(0) => Err(io::Error::new(
            ErrorKind::UnexpectedEof,
            "it has closed the connection",
        )),
        Ok(length) => {
            decoder.push(&chunk[..length]);
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::Interrupted => Ok(()),
        Err(error) => Err(error),
    }
}

/// Carries out the requests of a client until it disconnects.
fn listen(
    shared: &Shared,
    client: &ClientState,
    pulls: &Mutex<Pulls>,
    version: Version,
    mut decoder: ClientDecoder,
    stream: &mut TcpStream,
) -> Result<(), ConnectionError> {
    let mut requests = Requests::new(version);
    loop {
        while let Some(message) = decoder.next_message()? {
            match message {
                ClientMessage::Disconnect => return Ok(()),
                ClientMessage::Rate(rate) => {
                    client.set_rate(rate);
                    client.wake();
                }
                ClientMessage::Forces(forces) => {
                    lock(pulls).set(&shared.sim, &forces, version);
                }
                other => {
                    if let Some(words) = requests.carry_out(&shared.sim, &other) {
                        shared.report(&words);
                    }
                }
            }
        }
        match read_once(stream, &mut decoder) {
            Ok(()) => {}
            // Clients also leave without a word.
            Err(_) if client.is_closed() => return Ok(()),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

/// The half of a connection that sends frames.
struct Sender {
    shared: Arc<Shared>,
    client: Arc<ClientState>,
    pulls: Arc<Mutex<Pulls>>,
    version: Version,
    info: SessionInfo,
    atoms: usize,
    person: mlipview_core::presence::PersonId,
    failure: Mutex<Option<ConnectionError>>,
}

impl Sender {
    /// Sends frames until the connection is closed.
    fn run(&self) {
        if let Err(error) = self.send_frames() {
            if !self.client.is_closed() {
                *lock(&self.failure) = Some(error);
            }
            self.client.close();
        }
    }

    fn send_frames(&self) -> Result<(), ConnectionError> {
        let mut last: Option<(u64, u64)> = None;
        loop {
            self.client.wait();
            if self.client.is_closed() {
                return Ok(());
            }
            let sim = &self.shared.sim;
            if sim.roster().person(self.person).is_none() {
                return Err(ConnectionError::Dismissed);
            }
            let frame = sim.frame();
            let (before, now) = (self.atoms, frame.positions.len());
            if before != now {
                return Err(ConnectionError::Atoms { before, now });
            }
            lock(&self.pulls).follow(sim, &frame);
            if !is_due(&frame, last, self.client.rate()) {
                continue;
            }
            // A quantity of the session that is unknown now: this frame is skipped.
            if let Some(bytes) = outgoing_frame::bytes(&frame, self.version, self.info, ORDER) {
                last = Some((frame.number, frame.step));
                self.client.write(&bytes)?;
            }
        }
    }
}

/// Whether a frame is to be sent: as many steps have passed as the client asked for, or nothing runs.
fn is_due(frame: &Frame, last: Option<(u64, u64)>, rate: u64) -> bool {
    let Some((number, step)) = last else {
        return true;
    };
    let has_run = frame
        .step
        .checked_sub(step)
        .is_none_or(|steps| steps >= rate);
    let rests = frame.activity == Activity::Idle;
    frame.number != number && (has_run || rests)
}
