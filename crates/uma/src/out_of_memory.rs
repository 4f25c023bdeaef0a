//! Out-of-memory handling: panics of GPU libraries are caught, and smaller batches tried.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The first line of a panic's message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct CaughtPanic(String);

/// Runs `work`, which may panic for reasons outside the program. After an error, the state that it
/// worked on must not be used again.
///
/// # Errors
/// If it panics.
pub(crate) fn catch_panic<R>(work: impl FnOnce() -> R) -> Result<R, CaughtPanic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
        let message = message.unwrap_or("it failed without a message");
        // Some messages are pages long; the first line names the cause.
        CaughtPanic(message.lines().next().unwrap_or_default().to_owned())
    })
}

/// With fewer edges per chunk, it is not their memory that runs out.
pub(crate) const MIN_EDGES_PER_CHUNK: usize = 1 << 10;

/// Runs `work` on `edges` edges, `edges_per_chunk` at a time; after each failure with a quarter as
/// many, which is remembered in `edges_per_chunk`.
///
/// # Errors
/// If it still fails with [`MIN_EDGES_PER_CHUNK`]: with the last error.
pub(crate) fn retry_with_smaller_chunks<R>(
    edges: usize,
    edges_per_chunk: &mut usize,
    mut work: impl FnMut(usize) -> Result<R, CaughtPanic>,
) -> Result<R, CaughtPanic> {
    loop {
        let error = match work(*edges_per_chunk) {
            Ok(found) => return Ok(found),
            Err(error) => error,
        };
        let fewer = (*edges_per_chunk).min(edges) / 4;
        if fewer < MIN_EDGES_PER_CHUNK {
            return Err(error);
        }
        *edges_per_chunk = fewer;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gpu_with_too_little_memory_gets_smaller_chunks_and_keeps_them() {
        let (edges, memory) = (100_000, 5_000);
        let mut sizes = Vec::new();
        let mut work = |edges_per_chunk: usize| {
            sizes.push(edges_per_chunk);
            match edges_per_chunk <= memory {
                true => Ok("done"),
                false => Err(CaughtPanic("out of memory".to_owned())),
            }
        };
        let mut size = 1 << 20;
        for _ in 0..2 {
            let result = retry_with_smaller_chunks(edges, &mut size, &mut work);
            assert_eq!(result, Ok("done"));
        }
        assert_eq!(sizes, [1 << 20, 25_000, 6_250, 1_562, 1_562]);
    }

    #[test]
    fn a_lost_gpu_ends_with_the_first_line_of_its_message() {
        let mut calls = 0;
        let mut edges_per_chunk = 1 << 20;
        let result: Result<(), CaughtPanic> =
            retry_with_smaller_chunks(100_000, &mut edges_per_chunk, |_| {
                calls += 1;
                catch_panic(|| panic!("device lost\nand three pages more"))
            });
        assert_eq!(result, Err(CaughtPanic("device lost".to_owned())));
        assert_eq!(calls, 4);
    }
}
