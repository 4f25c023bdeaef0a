//! Errors of OpenXR calls, and the first one that ends a session.

use std::sync::{Arc, OnceLock};

use openxr::sys::Result as XrResult;

use crate::xr::error::HeadsetError;

/// Converts results of OpenXR.
pub(super) trait ResultExt<T> {
    /// Turns the error code of a call into a [`HeadsetError`]; `call` is its name in the specification.
    fn in_call(self, call: &str) -> Result<T, HeadsetError>;
}

impl<T> ResultExt<T> for openxr::Result<T> {
    fn in_call(self, call: &str) -> Result<T, HeadsetError> {
        self.map_err(|code| headset_error(call, code))
    }
}

fn headset_error(call: &str, code: XrResult) -> HeadsetError {
    match code {
        XrResult::ERROR_INSTANCE_LOST
        | XrResult::ERROR_SESSION_LOST
        | XrResult::ERROR_RUNTIME_FAILURE
        | XrResult::ERROR_RUNTIME_UNAVAILABLE
        | XrResult::ERROR_HANDLE_INVALID => HeadsetError::Lost,
        XrResult::ERROR_FORM_FACTOR_UNAVAILABLE | XrResult::ERROR_FORM_FACTOR_UNSUPPORTED => {
            HeadsetError::NoHeadset
        }
        _ => HeadsetError::CallFailed {
            call: call.to_owned(),
            result: format!("{code:?}"),
        },
    }
}

/// The error that ends a session, shared by the main and the render thread.
#[derive(Clone, Default)]
pub(super) struct SessionFailure(Arc<OnceLock<HeadsetError>>);

impl SessionFailure {
    /// Sets the error; only the first one counts, since others follow from it.
    pub(super) fn set(&self, error: HeadsetError) {
        let _ = self.0.set(error);
    }

    /// The error, if the session has failed.
    pub(super) fn get(&self) -> Option<&HeadsetError> {
        self.0.get()
    }

    /// The value of a result; its error is kept here.
    pub(super) fn ok<T>(&self, result: Result<T, HeadsetError>) -> Option<T> {
        result.map_err(|error| self.set(error)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_runtime_is_told_apart_from_a_failed_call() {
        let lost: openxr::Result<()> = Err(XrResult::ERROR_INSTANCE_LOST);
        assert_eq!(lost.in_call("xrWaitFrame"), Err(HeadsetError::Lost));
        let failed: openxr::Result<()> = Err(XrResult::ERROR_GRAPHICS_DEVICE_INVALID);
        let Err(HeadsetError::CallFailed { call, result }) = failed.in_call("xrCreateSession")
        else {
            panic!("another error");
        };
        assert_eq!(call, "xrCreateSession");
        assert!(result.contains("GRAPHICS_DEVICE_INVALID"), "{result}");
        let unavailable: openxr::Result<()> = Err(XrResult::ERROR_FORM_FACTOR_UNAVAILABLE);
        assert_eq!(
            unavailable.in_call("xrGetSystem"),
            Err(HeadsetError::NoHeadset)
        );
    }

    #[test]
    fn the_first_of_several_errors_counts() {
        let failure = SessionFailure::default();
        assert_eq!(failure.get(), None);
        let other = failure.clone();
        other.set(HeadsetError::Lost);
        failure.set(HeadsetError::NoRuntime);
        assert_eq!(failure.get(), Some(&HeadsetError::Lost));
    }
}
