//! The dynamics of a program, as a simulation follows them.

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::sim::external::{
    ExternalDynamics, ExternalEnd, ExternalFrame, ExternalPhase, ExternalStatus,
};
use mlipview_core::waker::Waker;

use super::exchange::Exchange;
use super::unwrapping::Unwrapping;

/// The dynamics of a program. Dropping it detaches.
pub(super) struct ImdDynamics {
    exchange: Arc<Exchange>,
    unwrapping: Option<Unwrapping>,
}

impl ImdDynamics {
    pub(super) fn new(exchange: Arc<Exchange>) -> ImdDynamics {
        let structure = exchange.options.unwrap_from.as_ref();
        ImdDynamics {
            unwrapping: structure.map(Unwrapping::of),
            exchange,
        }
    }

    fn set_paused(&self, paused: bool) {
        let program = &self.exchange.program;
        self.exchange.publish(|state| {
            state.wants_pause = paused;
            if state.connection.is_some() {
                (state.phase, state.sentence) = match paused {
                    true => (ExternalPhase::Paused, format!("{program} is paused").into()),
                    false => (ExternalPhase::Running, format!("{program} runs").into()),
                };
            }
        });
    }
}

impl ExternalDynamics for ImdDynamics {
    fn on_news(&mut self, waker: Arc<Waker>) {
        self.exchange.set_waker(waker);
    }

    fn has_news(&self) -> bool {
        self.exchange.lock().has_news
    }

    fn take_frame(&mut self) -> Option<ExternalFrame> {
        let taken = {
            let mut state = self.exchange.lock();
            state.has_news = false;
            state.frame.take()
        };
        let mut frame = taken?;
        if let Some(unwrapping) = &mut self.unwrapping {
            unwrapping.apply(&mut frame);
        }
        Some(frame)
    }

    fn status(&self) -> ExternalStatus {
        let state = self.exchange.lock();
        ExternalStatus {
            program: Arc::clone(&self.exchange.program),
            phase: state.phase,
            sentence: Arc::clone(&state.sentence),
        }
    }

    fn set_forces(&mut self, forces: Vec<(usize, DVec3)>) {
        self.exchange.change(|state| state.set_forces(forces));
    }

    fn pause(&mut self) {
        self.set_paused(true);
    }

    fn resume(&mut self) {
        self.set_paused(false);
    }

    fn end(&mut self, end: ExternalEnd) {
        self.exchange.end(end);
    }
}

impl Drop for ImdDynamics {
    fn drop(&mut self) {
        self.exchange.end(ExternalEnd::Detach);
    }
}
