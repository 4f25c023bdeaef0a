//! What every reader promises, whatever the bytes.

use mlipview::chem::format::{Selection, read, write};

/// Reading never panics, and what was read and can be written can be read again.
pub fn reads_and_reads_again(bytes: &[u8], name: &str) {
    let Ok(frames) = read(bytes, name, Selection::ALL) else {
        return;
    };
    let Ok(written) = write(&frames, name) else {
        return;
    };
    let again = read(&written, name, Selection::ALL).expect("what was written can be read");
    assert_eq!(frames.len(), again.len());
    for (one, other) in frames.iter().zip(&again) {
        assert_eq!(one.structure.elements(), other.structure.elements());
    }
}
