//! Properties of readers and sessions that fuzz targets check.
//!
//! `scripts/fuzz TARGET SECONDS` runs a target on the seeds of `tests/data`.

mod sessions;
mod model;

pub use sessions::run_sessions;
pub use model::opens;
use mlipview_core::chem::format::{Selection, read, write};

/// Reading never panics, and what was read and can be written, in its own format or in extended
/// XYZ, can be read again.
pub fn reads_and_reads_again(bytes: &[u8], name: &str) {
    let Ok(frames) = read(bytes, name, Selection::ALL) else {
        return;
    };
    for name in [name, "copy.xyz"] {
        let Ok(written) = write(&frames, name) else {
            continue;
        };
        let again = read(&written, name, Selection::ALL).unwrap_or_else(|error| {
            panic!(
                "{error} in what we wrote:\n{}",
                String::from_utf8_lossy(&written)
            )
        });
        assert_eq!(frames.len(), again.len());
        for (one, other) in frames.iter().zip(&again) {
            assert_eq!(one.structure.elements(), other.structure.elements());
        }
    }
}
