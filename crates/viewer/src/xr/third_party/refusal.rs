//! What the runtime answers when it does not do what it is asked.

use std::sync::{Arc, OnceLock};

use openxr::sys::Result as Code;

use crate::xr::headset::Reason;

/// A call's result, with a sentence instead of a number.
pub(super) trait Answer<T> {
    /// What was got, or why not, by the name of the call.
    fn of(self, call: &str) -> Result<T, Reason>;
}

impl<T> Answer<T> for openxr::Result<T> {
    fn of(self, call: &str) -> Result<T, Reason> {
        self.map_err(|code| reason(call, code))
    }
}

fn reason(call: &str, code: Code) -> Reason {
    match code {
        Code::ERROR_INSTANCE_LOST
        | Code::ERROR_SESSION_LOST
        | Code::ERROR_RUNTIME_FAILURE
        | Code::ERROR_RUNTIME_UNAVAILABLE
        | Code::ERROR_HANDLE_INVALID => Reason::Lost,
        Code::ERROR_FORM_FACTOR_UNAVAILABLE | Code::ERROR_FORM_FACTOR_UNSUPPORTED => {
            Reason::NoHeadset
        }
        _ => Reason::Refused {
            call: call.to_owned(),
            result: format!("{code:?}"),
        },
    }
}

/// Why a session has to end, told by whichever thread finds out first.
#[derive(Clone, Default)]
pub(super) struct Fate(Arc<OnceLock<Reason>>);

impl Fate {
    /// Tells it; only the first reason counts, since the others follow from it.
    pub(super) fn seal(&self, reason: Reason) {
        let _ = self.0.set(reason);
    }

    /// What was told.
    pub(super) fn told(&self) -> Option<&Reason> {
        self.0.get()
    }

    /// What was got, or nothing, and why is told.
    pub(super) fn ok<T>(&self, result: Result<T, Reason>) -> Option<T> {
        result.map_err(|reason| self.seal(reason)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runtime_that_goes_away_is_told_from_one_that_refuses() {
        let lost: openxr::Result<()> = Err(Code::ERROR_INSTANCE_LOST);
        assert_eq!(lost.of("xrWaitFrame"), Err(Reason::Lost));
        let refused: openxr::Result<()> = Err(Code::ERROR_GRAPHICS_DEVICE_INVALID);
        let Err(Reason::Refused { call, result }) = refused.of("xrCreateSession") else {
            panic!("it is refused");
        };
        assert_eq!(call, "xrCreateSession");
        assert!(result.contains("GRAPHICS_DEVICE_INVALID"), "{result}");
        let bare: openxr::Result<()> = Err(Code::ERROR_FORM_FACTOR_UNAVAILABLE);
        assert_eq!(bare.of("xrGetSystem"), Err(Reason::NoHeadset));
    }

    #[test]
    fn of_several_reasons_the_first_counts() {
        let fate = Fate::default();
        assert_eq!(fate.told(), None);
        let other = fate.clone();
        other.seal(Reason::Lost);
        fate.seal(Reason::NoRuntime);
        assert_eq!(fate.told(), Some(&Reason::Lost));
    }
}
