//! State shared by the simulation and the two threads of a client.

use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use glam::DVec3;
use mlipview_core::sim::external::{ExternalEnd, ExternalFrame, ExternalPhase};
use mlipview_core::waker::Waker;

use super::ClientOptions;
use crate::byte_order::ByteOrder;
use crate::version::Version;

/// State shared by the simulation and the two threads of a client.
pub(super) struct Exchange {
    pub(super) options: ClientOptions,
    /// The name to show.
    pub(super) program: Arc<str>,
    state: Mutex<State>,
    changed: Condvar,
    waker: Mutex<Option<Arc<Waker>>>,
}

/// Frames and status that have arrived, and commands to send.
pub(super) struct State {
    /// The newest frame that nobody has taken.
    pub(super) frame: Option<ExternalFrame>,
    pub(super) has_news: bool,
    pub(super) phase: ExternalPhase,
    pub(super) sentence: Arc<str>,
    /// Frames that have arrived on this connection.
    pub(super) frames: u64,
    /// Forces to send, eV/Å; an atom that is released before they are sent is sent with zero.
    pub(super) forces: Option<Vec<(usize, DVec3)>>,
    /// Whether the program is to be paused, and whether it was told so.
    pub(super) wants_pause: bool,
    pub(super) is_paused: bool,
    pub(super) end: Option<ExternalEnd>,
    /// The socket, also before the handshake.
    pub(super) socket: Option<TcpStream>,
    pub(super) connection: Option<Connection>,
    /// Whether the reader has ended.
    pub(super) has_read_all: bool,
}

/// An open connection behind its handshake.
pub(super) struct Connection {
    pub(super) stream: TcpStream,
    pub(super) version: Version,
    pub(super) order: ByteOrder,
}

impl Exchange {
    pub(super) fn new(options: ClientOptions) -> Exchange {
        let program: Arc<str> = options.name().into();
        let sentence = format!("connecting to {}", options.address).into();
        Exchange {
            program,
            options,
            state: Mutex::new(State {
                frame: None,
                has_news: true,
                phase: ExternalPhase::Waiting,
                sentence,
                frames: 0,
                forces: None,
                wants_pause: false,
                is_paused: false,
                end: None,
                socket: None,
                connection: None,
                has_read_all: false,
            }),
            changed: Condvar::new(),
            waker: Mutex::default(),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes the threads of the client.
    pub(super) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Changes what the simulation sees, and wakes it, unless it has not taken the last news yet.
    pub(super) fn publish(&self, change: impl FnOnce(&mut State)) {
        let mut knows = false;
        self.change(|state| {
            change(state);
            knows = std::mem::replace(&mut state.has_news, true);
        });
        if knows {
            return;
        }
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner);
        let waker = waker.clone();
        if let Some(wake) = waker {
            wake();
        }
    }

    pub(super) fn set_waker(&self, waker: Arc<Waker>) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker);
    }

    /// Waits until a condition holds, and returns the state.
    pub(super) fn wait_until(&self, is_due: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let waits = |state: &mut State| !is_due(state);
        let state = self.changed.wait_while(self.lock(), waits);
        state.unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a time, or until the client ends; returns whether it ends.
    pub(super) fn ends_within(&self, time: Duration) -> bool {
        let goes_on = |state: &mut State| state.end.is_none();
        let waited = self.changed.wait_timeout_while(self.lock(), time, goes_on);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.end.is_some()
    }

    /// Waits until the reader has ended, or a time is over.
    pub(super) fn wait_for_reader(&self, time: Duration) {
        let reads = |state: &mut State| !state.has_read_all;
        // Either way the connection is closed next.
        drop(self.changed.wait_timeout_while(self.lock(), time, reads));
    }

    /// Ends the client; the first call decides how.
    pub(super) fn end(&self, end: ExternalEnd) {
        self.publish(|state| {
            state.end.get_or_insert(end);
        });
    }

    /// Ends the client with a reason, which is shown.
    pub(super) fn fail(&self, sentence: String) {
        self.publish(|state| {
            state.phase = ExternalPhase::Ended;
            state.sentence = sentence.into();
            state.end.get_or_insert(ExternalEnd::Detach);
        });
    }

    /// Keeps a socket, so that the end of the client closes it; returns whether the client goes on.
    pub(super) fn keep_socket(&self, socket: TcpStream) -> bool {
        let mut state = self.lock();
        state.socket = Some(socket);
        state.end.is_none()
    }

    /// Closes and forgets a connection.
    pub(super) fn forget_connection(&self) {
        self.change(|state| {
            state.connection = None;
            if let Some(socket) = state.socket.take() {
                // Already closed by the other side in most cases.
                let _ = socket.shutdown(Shutdown::Both);
            }
            state.is_paused = false;
        });
    }
}

impl State {
    /// Replaces the forces to send. Atoms of forces that were not sent yet keep an item, so that none acts on.
    pub(super) fn set_forces(&mut self, mut forces: Vec<(usize, DVec3)>) {
        for (atom, _) in self.forces.take().into_iter().flatten() {
            if !forces.iter().any(|(other, _)| *other == atom) {
                forces.push((atom, DVec3::ZERO));
            }
        }
        self.forces = Some(forces);
    }
}
