//! Thread of a packing: packs molecules, and shows the positions while it does. [22]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::json;
use tokio::sync::OwnedSemaphorePermit;

use super::control::{Control, Next};
use super::error::LiveError;
use super::frame_text::write_number;
use super::message;
use super::outbox::{Outbox, Outgoing};
use super::pack_request::PackRequest;
use crate::state::AppState;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{self, Configuration, Format};
use mlipview_core::packing::{Mixture, Packer};

/// Minimum interval of frames.
const FRAME_INTERVAL: Duration = Duration::from_millis(33);

/// A packing and its ways to the connection.
pub(super) struct Packing {
    pub(super) request: PackRequest,
    pub(super) control: Arc<Control>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) state: Arc<AppState>,
    /// Held until the thread ends.
    pub(super) _permit: Arc<OwnedSemaphorePermit>,
}

impl Packing {
    /// Starts the thread. It ends with the packing, at once when its connection asks for it.
    ///
    /// # Errors
    /// If the system has no more threads.
    pub(super) fn spawn(self) -> Result<(), LiveError> {
        let thread = thread::Builder::new().name("pack".to_owned());
        let spawned = thread.spawn(move || {
            let outbox = &self.outbox;
            let packed = catch_unwind(AssertUnwindSafe(|| self.run()));
            match packed.unwrap_or(Err(LiveError::Failed)) {
                Ok(text) => outbox.push(Outgoing::Complete(text)),
                Err(error) => outbox.fail(error),
            }
        });
        spawned.map(drop).map_err(|error| {
            tracing::error!("cannot start the thread of a packing: {error}");
            LiveError::Thread
        })
    }

    /// Packs; returns the last message.
    fn run(&self) -> Result<String, LiveError> {
        let clock = self.state.clock;
        let begin = clock.now();
        let longest = self.state.limits.live.duration_s;
        let mixture = self.request.mixture(self.state.limits.session.atoms)?;
        let mut packer = Packer::new(&mixture, self.request.settings)?;
        let mut structure = packer.structure();
        self.outbox
            .push(Outgoing::Message(packing_text(&mixture, &structure)));
        let (mut frames, mut shown) = (0, None);
        loop {
            let now = clock.now();
            if now.saturating_sub(begin).as_secs_f64() > longest {
                return Err(LiveError::LongPacking(longest));
            }
            let has_ended = packer.has_ended();
            if has_ended || shown.is_none_or(|shown| now.saturating_sub(shown) >= FRAME_INTERVAL) {
                packer.write_positions(structure.positions_mut());
                self.outbox
                    .push_frame(frame_text(frames, &packer, &structure))?;
                (frames, shown) = (frames + 1, Some(now));
            }
            if let Next::Stop = self.control.wait(Duration::ZERO) {
                let elapsed = clock.now().saturating_sub(begin).as_secs_f64();
                return Ok(message::complete(frames, elapsed));
            }
            if has_ended {
                break;
            }
            packer
                .step()
                .map_err(|error| LiveError::Packing(error.into()))?;
        }
        if !packer.is_packed() {
            let state = packer.state();
            return Err(LiveError::NotPacked {
                overlaps: state.overlaps,
                steps: state.steps,
            });
        }
        let elapsed = clock.now().saturating_sub(begin).as_secs_f64();
        complete_text(frames, elapsed, structure)
    }
}

/// Atomic numbers, and the vectors of the cell, Å; no cell for a droplet.
fn packing_text(mixture: &Mixture, structure: &Structure) -> String {
    let numbers = structure.elements().iter().map(|element| element.number());
    let numbers: Vec<u8> = numbers.collect();
    let vectors = mixture.cell.vectors().map(|vector| vector.to_array());
    let cell = structure.cell.as_ref().map(|_| vectors);
    json!({"type": "packing", "numbers": numbers, "cell": cell}).to_string()
}

fn frame_text(frame_id: u64, packer: &Packer, structure: &Structure) -> String {
    let state = packer.state();
    let (step, overlaps) = (state.steps, state.overlaps);
    let mut text = format!(
        "{{\"type\":\"frame\",\"data\":{{\"frame_id\":{frame_id},\"step\":{step},\"overlaps\":{overlaps},\"positions\":["
    );
    let coordinates = structure
        .positions()
        .iter()
        .flat_map(|position| position.to_array());
    for (index, coordinate) in coordinates.enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_number(&mut text, coordinate as f32);
    }
    text.push_str("]}}");
    text
}

fn complete_text(frames: u64, elapsed_s: f64, structure: Structure) -> Result<String, LiveError> {
    let written = format::write_as(&[Configuration::from(structure)], Format::ExtendedXyz);
    let written = written.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let structure = written.ok_or(LiveError::Failed)?;
    let elapsed_s = message::rounded(elapsed_s);
    let message = json!({
        "type": "complete",
        "total_frames": frames,
        "elapsed_s": elapsed_s,
        "structure": structure,
    });
    Ok(message.to_string())
}
