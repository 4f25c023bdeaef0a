//! What libraries of devices do when memory is short or the device is gone: they panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does something that may panic for reasons that lie outside the program. What it worked on is not
/// to be used again after an error.
///
/// # Errors
/// With what the panic said.
pub(super) fn attempt<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        let said = said.unwrap_or("it failed without a word");
        // Some say pages; the first line is what it is about.
        said.lines().next().unwrap_or_default().to_owned()
    })
}
