//! Progress of long work.

use std::ops::ControlFlow;

/// Receives the bytes that are done and the total, and may cancel the work.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;
