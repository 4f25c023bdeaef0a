//! Message of a script: actions during a range of frames, with a priority.

use serde::{Deserialize, Serialize};

use super::error::Place;
use super::{
    Callout, CameraMove, FrameRange, MAX_ACTIONS, MAX_TEXT, OpacityFocus, ScreenText, ScriptError,
    Speed,
};

/// Maximum length of an id or label, bytes.
const MAX_NAME: usize = 200;

/// Actions during a range of frames.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Name for reference, unique in a script.
    pub id: String,
    /// Title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Notes of the author, not shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Messages of higher priority win; of the same priority, the one written first.
    #[serde(default)]
    pub priority: f64,
    /// The frames at which the message is active.
    #[serde(default)]
    pub range: FrameRange,
    /// The actions.
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// Something that a message does while it is active.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Sets the speed of playback.
    Speed(Speed),
    /// Shows text at an atom, a bond or a point.
    Callout(Callout),
    /// Fades all but some atoms and bonds.
    OpacityFocus(OpacityFocus),
    /// Moves the camera.
    Camera(CameraMove),
    /// Shows text over the image.
    Text(ScreenText),
}

impl Action {
    /// The name in the file.
    pub fn name(&self) -> &'static str {
        match self {
            Action::Speed(_) => "speed",
            Action::Callout(_) => "callout",
            Action::OpacityFocus(_) => "opacity_focus",
            Action::Camera(_) => "camera",
            Action::Text(_) => "text",
        }
    }
}

impl Message {
    /// A message for all frames, without actions.
    pub fn new(id: impl Into<String>) -> Message {
        Message {
            id: id.into(),
            ..Message::default()
        }
    }

    pub(super) fn check(&self, at: &Place) -> Result<(), ScriptError> {
        if self.id.is_empty() {
            return Err(at.error("id", "an empty string", "a name"));
        }
        at.text("id", &self.id, MAX_NAME)?;
        at.text("label", self.label.as_deref().unwrap_or(""), MAX_NAME)?;
        at.text("notes", self.notes.as_deref().unwrap_or(""), MAX_TEXT)?;
        at.finite("priority", &[self.priority])?;
        if self.actions.len() > MAX_ACTIONS {
            let found = format!("{} actions", self.actions.len());
            return Err(at.error("actions", found, format!("at most {MAX_ACTIONS}")));
        }
        for (index, action) in self.actions.iter().enumerate() {
            let path = format!("actions[{index}].{}", action.name());
            match action {
                Action::Speed(speed) => speed.check(at, &path)?,
                Action::Callout(callout) => callout.check(at, &path)?,
                Action::OpacityFocus(focus) => focus.check(at, &path)?,
                Action::Camera(camera) => camera.check(at, &path)?,
                Action::Text(text) => text.check(at, &path)?,
            }
        }
        Ok(())
    }
}
