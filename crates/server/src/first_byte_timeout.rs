//! Closes connections that send no request within the handshake timeout.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// Number of bytes that distinguish the versions of HTTP; with more, hyper's own timeout applies.
const PREFACE: usize = 24;

/// An acceptor whose streams fail unless the first bytes arrive within a timeout.
#[derive(Clone)]
pub(super) struct FirstByteTimeout<A> {
    inner: A,
    timeout: Duration,
}

impl<A> FirstByteTimeout<A> {
    pub(super) fn new(inner: A, timeout: Duration) -> FirstByteTimeout<A> {
        FirstByteTimeout { inner, timeout }
    }
}

impl<A, I, S> Accept<I, S> for FirstByteTimeout<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
{
    type Stream = TimeoutStream<A::Stream>;
    type Service = A::Service;
    type Future =
        Pin<Box<dyn Future<Output = io::Result<(TimeoutStream<A::Stream>, A::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let (accepted, timeout) = (self.inner.accept(stream, service), self.timeout);
        Box::pin(async move {
            let (stream, service) = accepted.await?;
            Ok((TimeoutStream::new(stream, timeout), service))
        })
    }
}

/// A stream that fails unless its first bytes arrive in time.
pub(super) struct TimeoutStream<T> {
    inner: T,
    received: usize,
    /// The timeout, until the first bytes have arrived.
    timeout: Option<Pin<Box<Sleep>>>,
}

impl<T> TimeoutStream<T> {
    fn new(inner: T, timeout: Duration) -> TimeoutStream<T> {
        TimeoutStream {
            inner,
            received: 0,
            timeout: Some(Box::pin(sleep(timeout))),
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for TimeoutStream<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        if let Some(timeout) = &mut self.timeout {
            if read.is_pending() && timeout.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.received += buffer.filled().len() - before;
            if self.received >= PREFACE {
                self.timeout = None;
            }
        }
        read
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for TimeoutStream<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
