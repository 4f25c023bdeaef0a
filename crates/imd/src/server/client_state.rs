//! State of one client, shared by its threads.

use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use crossbeam_channel::{Receiver, Sender, bounded};

/// State of one client.
pub(super) struct ClientState {
    stream: TcpStream,
    is_closed: AtomicBool,
    /// Steps per frame.
    rate: AtomicI32,
    notify: Sender<()>,
    signal: Receiver<()>,
}

impl ClientState {
    pub(super) fn new(stream: TcpStream) -> ClientState {
        let (notify, signal) = bounded(1);
        ClientState {
            stream,
            is_closed: AtomicBool::new(false),
            rate: AtomicI32::new(1),
            notify,
            signal,
        }
    }

    /// Closes the connection, which ends its threads.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        // It may be closed already.
        let _ = self.stream.shutdown(Shutdown::Both);
        self.wake();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::SeqCst)
    }

    /// Steps per frame, 1 or more.
    pub(super) fn rate(&self) -> u64 {
        u64::try_from(self.rate.load(Ordering::SeqCst)).map_or(1, |rate| rate.max(1))
    }

    pub(super) fn set_rate(&self, rate: i32) {
        self.rate.store(rate, Ordering::SeqCst);
    }

    /// Wakes the writer.
    pub(super) fn wake(&self) {
        // A full channel has a signal already.
        let _ = self.notify.try_send(());
    }

    /// Writes a frame; only the sender does.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.stream).write_all(bytes)
    }

    /// Waits for a signal.
    pub(super) fn wait(&self) {
        // The sender is in the same struct.
        let _ = self.signal.recv();
    }
}
