//! Whoever connects says in time what it wants.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// So many bytes tell one version of HTTP from another; from then on HTTP keeps the time itself.
const FIRST_WORDS: usize = 24;

/// Lets in what another lets in, and expects first words in time.
#[derive(Clone)]
pub(super) struct Punctual<A> {
    inner: A,
    patience: Duration,
}

impl<A> Punctual<A> {
    pub(super) fn new(inner: A, patience: Duration) -> Punctual<A> {
        Punctual { inner, patience }
    }
}

impl<A, I, S> Accept<I, S> for Punctual<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
{
    type Stream = FirstWords<A::Stream>;
    type Service = A::Service;
    type Future =
        Pin<Box<dyn Future<Output = io::Result<(FirstWords<A::Stream>, A::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let (accepted, patience) = (self.inner.accept(stream, service), self.patience);
        Box::pin(async move {
            let (stream, service) = accepted.await?;
            Ok((FirstWords::new(stream, patience), service))
        })
    }
}

/// A connection whose first words are waited for, but not for ever.
pub(super) struct FirstWords<T> {
    inner: T,
    heard: usize,
    /// When to give up.
    late: Option<Pin<Box<Sleep>>>,
}

impl<T> FirstWords<T> {
    fn new(inner: T, patience: Duration) -> FirstWords<T> {
        FirstWords {
            inner,
            heard: 0,
            late: Some(Box::pin(sleep(patience))),
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for FirstWords<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        if let Some(late) = &mut self.late {
            if read.is_pending() && late.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.heard += buffer.filled().len() - before;
            if self.heard >= FIRST_WORDS {
                self.late = None;
            }
        }
        read
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for FirstWords<T> {
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
