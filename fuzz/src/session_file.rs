//! Properties of session files.

use mlipview_core::session_file::{original, read, read_any, write};

/// Reading never panics; a session that was read is read again as it was written.
pub fn check_session_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(loaded) = read_any(text) else {
        return;
    };
    let written = write(&loaded.session).expect("a session that was read can be written");
    let again = read(&written).expect("a session that was written can be read");
    // Properties of files may be NaN, which does not equal itself.
    assert_eq!(format!("{:?}", again.session), format!("{:?}", loaded.session));
    let _ = original::write(&loaded.session);
}
