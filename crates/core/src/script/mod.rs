//! Timeline scripts: messages that, over ranges of frames, set the speed of playback, show callouts and
//! text, fade atoms and move the camera.

mod anchor;
mod bond_opacities;
mod callout;
mod camera;
pub mod color;
mod error;
mod label;
mod message;
mod opacity_focus;
pub mod original;
mod played;
mod range;
mod resolve;
mod segment;
mod speed;
mod state;
mod text;
mod timing_function;

use serde::{Deserialize, Serialize};

pub use anchor::Anchor;
pub use bond_opacities::BondOpacities;
pub use callout::{Callout, CalloutStyle};
pub use camera::{CameraMove, CameraPose};
pub use error::ScriptError;
pub use label::{Label, LabelPlace, MAX_LABELS};
pub use message::{Action, Message};
pub use opacity_focus::{Opacities, OpacityFocus};
pub use played::{PlayedScript, ShownScript, TimelineExtent};
pub use range::{FrameNames, FrameRange, FrameReference};
pub use resolve::ResolvedScript;
pub use speed::Speed;
pub use state::{CameraBlend, OpacityBlend, ScriptState, VisibleCallout, VisibleText};
pub use text::ScreenText;
pub use timing_function::TimingFunction;

/// Maximum number of messages of a script.
pub const MAX_MESSAGES: usize = 1000;

/// Maximum number of actions of a message.
pub const MAX_ACTIONS: usize = 100;

/// Maximum length of a text, bytes.
pub const MAX_TEXT: usize = 10_000;

/// Maximum number of atoms, or of bonds, of an opacity focus.
pub const MAX_FOCUS: usize = 1_000_000;

/// A timeline script: messages in the order in which they were written.
///
/// ```
/// use mlipview_core::script::{Action, Anchor, Callout, FrameRange, Message, Script, Speed};
///
/// let callout = Callout::new("Leaving group", Anchor::Atom(4));
/// let message = Message {
///     range: FrameRange::between(10, 20),
///     actions: vec![Action::Speed(Speed::frames_per_second(5.0)), Action::Callout(callout)],
///     ..Message::new("departure")
/// };
/// let script = Script { messages: vec![message] };
/// script.check(None)?;
/// let resolved = script.resolve(&30, 20.0);
/// let state = resolved.at(15.5);
/// assert_eq!((state.rate, state.callouts.len()), (Some(5.0), 1));
/// assert_eq!(resolved.at(21.0).rate, None);
/// # Ok::<(), mlipview_core::script::ScriptError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// The messages.
    #[serde(default)]
    pub messages: Vec<Message>,
}

impl Script {
    /// Whether there are no messages.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Checks that all values are within their bounds; with a number of atoms, also that all atoms exist.
    ///
    /// # Errors
    /// With the message and field of the first value that is not.
    pub fn check(&self, atoms: Option<usize>) -> Result<(), ScriptError> {
        let found = self.messages.len();
        if found > MAX_MESSAGES {
            return Err(ScriptError::too_many(found, MAX_MESSAGES));
        }
        let mut ids = std::collections::HashSet::new();
        for (index, message) in self.messages.iter().enumerate() {
            let at = error::Place {
                index,
                message: &message.id,
                atoms,
            };
            if !ids.insert(message.id.as_str()) {
                return Err(at.error("id", &message.id, "another id than the messages before"));
            }
            message.check(&at)?;
        }
        Ok(())
    }

    /// The script for the frames of a timeline, whose ids and number turn references into indices, and
    /// for its rate without script, frames/s. To be repeated when the timeline changes.
    pub fn resolve(&self, frames: &dyn FrameNames, default_rate: f64) -> ResolvedScript {
        ResolvedScript::new(self.clone(), frames, default_rate)
    }
}
