//! A connection below everything else: bytes, with an end to patience and a gentle goodbye.

use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Sleep, sleep, timeout};

/// For so long a client may go on to say what nobody hears any more, so that it comes to reading why.
const GOODBYE: Duration = Duration::from_secs(3);

/// Lets connections in, as many as there are places for; one more is dropped.
#[derive(Clone)]
pub(super) struct Gate {
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Gate {
    pub(super) fn new(places: usize, patience: Duration) -> Gate {
        Gate {
            places: Arc::new(Semaphore::new(places)),
            patience,
        }
    }
}

impl<S> Accept<TcpStream, S> for Gate {
    type Stream = Stream;
    type Service = S;
    type Future = Ready<io::Result<(Stream, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| io::Error::other("no place left"));
        let accepted = place.and_then(|place| {
            // What is said is said at once.
            stream.set_nodelay(true)?;
            Ok((Stream::new(stream, place, self.patience), service))
        });
        ready(accepted)
    }
}

/// A connection. Who does not read for too long is cut off; who is left while still sending is heard
/// out, for a while, since a connection that is closed with words unread takes what it said with it.
pub(super) struct Stream {
    stream: Option<TcpStream>,
    place: Option<OwnedSemaphorePermit>,
    patience: Duration,
    /// Runs out while nothing can be written.
    stalled: Option<Pin<Box<Sleep>>>,
    /// Whether the other side has nothing more to say.
    ended: bool,
}

impl Stream {
    fn new(stream: TcpStream, place: OwnedSemaphorePermit, patience: Duration) -> Stream {
        Stream {
            stream: Some(stream),
            place: Some(place),
            patience,
            stalled: None,
            ended: false,
        }
    }

    fn tcp(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        let gone = || io::Error::from(io::ErrorKind::NotConnected);
        self.stream.as_mut().map(Pin::new).ok_or_else(gone)
    }

    /// Passes on how writing went, unless it has not gone on for too long.
    fn bounded<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        match stalled.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = self.tcp()?.poll_read(context, buffer);
        self.ended = match &read {
            Poll::Ready(Ok(())) => buffer.filled().len() == before && buffer.remaining() > 0,
            Poll::Ready(Err(_)) => true,
            Poll::Pending => self.ended,
        };
        read
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = self.tcp()?.poll_write(context, bytes);
        self.bounded(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = self.tcp()?.poll_write_vectored(context, slices);
        self.bounded(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.tcp()?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.tcp()?.poll_shutdown(context)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let (stream, place) = (self.stream.take(), self.place.take());
        if let Some(stream) = stream
            && !self.ended
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(async move {
                let _ = timeout(GOODBYE, hear_out(stream)).await;
                drop(place);
            });
        }
    }
}

/// Says that nothing more will be said, and reads to the end.
async fn hear_out(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut unheard = vec![0; 64 << 10];
    while stream.read(&mut unheard).await? > 0 {}
    Ok(())
}
