//! Properties of readers and sessions that fuzz targets check.
//!
//! `scripts/fuzz TARGET SECONDS` runs a target on the seeds of `tests/data`.

mod imd;
mod model;
mod session_file;
mod sessions;
mod telemetry;

pub use imd::check_imd;
pub use model::check_checkpoint;
pub use session_file::check_session_file;
pub use sessions::run_sessions;
pub use telemetry::check_telemetry;
use mlipview_core::chem::format::{FrameSelection, read, write};

/// Reading never panics; frames that can be written, in their own format or as extended XYZ, can be
/// read again with the same elements.
pub fn check_round_trip(bytes: &[u8], name: &str) {
    let Ok(frames) = read(bytes, name, FrameSelection::ALL) else {
        return;
    };
    for name in [name, "copy.xyz"] {
        let Ok(written) = write(&frames, name) else {
            continue;
        };
        let again = read(&written, name, FrameSelection::ALL).unwrap_or_else(|error| {
            panic!(
                "{error} in the written file:\n{}",
                String::from_utf8_lossy(&written)
            )
        });
        assert_eq!(frames.len(), again.len());
        for (frame, copy) in frames.iter().zip(&again) {
            assert_eq!(frame.structure.elements(), copy.structure.elements());
        }
    }
}
