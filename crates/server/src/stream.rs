//! TCP stream with a write timeout and a graceful close.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Sleep, sleep, timeout};

/// After closing, input is drained this long so that the client can read the close reason.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(3);

/// TCP stream of a client. It fails if the client does not read within the write timeout. When it is
/// dropped, pending input is drained: closing a socket with unread input resets the connection, and the
/// client would lose the last messages.
pub(super) struct Stream {
    stream: Option<TcpStream>,
    permit: Option<OwnedSemaphorePermit>,
    write_timeout: Duration,
    /// Elapses while a write is pending.
    timeout: Option<Pin<Box<Sleep>>>,
    /// Whether the client has closed its side.
    ended: bool,
}

impl Stream {
    pub(super) fn new(
        stream: TcpStream,
        permit: OwnedSemaphorePermit,
        write_timeout: Duration,
    ) -> Stream {
        Stream {
            stream: Some(stream),
            permit: Some(permit),
            write_timeout,
            timeout: None,
            ended: false,
        }
    }

    fn tcp(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        let closed = || io::Error::from(io::ErrorKind::NotConnected);
        self.stream.as_mut().map(Pin::new).ok_or_else(closed)
    }

    /// The result of a write, or a timeout if writes have been pending for too long.
    fn with_timeout<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.timeout = None;
            return written;
        }
        let write_timeout = self.write_timeout;
        let timeout = self
            .timeout
            .get_or_insert_with(|| Box::pin(sleep(write_timeout)));
        match timeout.as_mut().poll(context) {
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
        self.with_timeout(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = self.tcp()?.poll_write_vectored(context, slices);
        self.with_timeout(context, written)
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
        let (stream, permit) = (self.stream.take(), self.permit.take());
        if let Some(stream) = stream
            && !self.ended
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(async move {
                let _ = timeout(DRAIN_TIMEOUT, drain(stream)).await;
                drop(permit);
            });
        }
    }
}

/// Closes the sending side, then reads to the end.
async fn drain(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut discarded = vec![0; 64 << 10];
    while stream.read(&mut discarded).await? > 0 {}
    Ok(())
}
