//! Section Script: the messages of the timeline script, added, edited, copied and deleted.

mod action;
mod message;
mod shown;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::widgets::{callout, group, hint, section};
use super::{theme, timeline::shown_position};
use crate::app::script::{EditedScript, ScriptEdit, anchor_of};
use crate::app::session::camera_pose;
use crate::app::timeline::TimelineView;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::third_party::egui::{Button, Contexts, RichText, Ui};
use message::MessageEditor;
use mlipview_core::script::{
    Action as ScriptAction, Callout, CameraMove, FrameRange, Message, OpacityFocus, ScreenText,
    Speed, TimelineExtent, TimingFunction,
};
use shown::Shown;

/// Height of a line of a new callout, Å.
const LETTER_HEIGHT: f64 = 0.4;

/// The message that is being edited, and the error of the last edit.
#[derive(Resource, Debug, Default)]
pub(in crate::app::panels) struct ScriptDraft {
    /// Index and fields of the open message, which may be invalid.
    open: Option<(usize, Message)>,
    error: Option<String>,
}

/// Parameters of the section.
#[derive(SystemParam)]
pub(in crate::app::panels) struct ScriptParams<'w> {
    script: ResMut<'w, EditedScript>,
    draft: ResMut<'w, ScriptDraft>,
    view: Res<'w, TimelineView>,
    scene: Res<'w, Scene>,
    selection: Res<'w, Selection>,
    orbit: Res<'w, Orbit>,
}

/// A button of the section.
enum Press {
    Edit(Box<ScriptEdit>),
    Open(Option<usize>),
    Undo,
}

pub(in crate::app::panels) fn show(
    mut contexts: Contexts,
    mut free: ResMut<FreeArea>,
    params: ScriptParams,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let ScriptParams {
        mut script,
        mut draft,
        view,
        scene,
        selection,
        orbit,
    } = params;
    let shown = Shown {
        frame: shown_position(&view, &scene.frame),
        selected: selection.atoms(),
        scene: &scene,
        orbit: &orbit,
    };
    let extent = TimelineExtent {
        frames: view.len(),
        rate: view.options.rate,
    };
    let ranges = script.ranges(extent);
    let mut press = None;
    free.dock_section(context, |ui| {
        section(ui, "Script", |ui| {
            contents(ui, &script, &mut draft, &ranges, &shown, &mut press);
        });
    });
    let Some(press) = press else { return };
    let atoms = scene.frame.positions.len();
    act(press, &mut script, &mut draft, atoms);
}

/// Applies a press; an edit that is not possible leaves the script as it was.
fn act(press: Press, script: &mut EditedScript, draft: &mut ScriptDraft, atoms: usize) {
    draft.error = None;
    match press {
        Press::Open(index) => draft.open = index.and_then(|index| opened(script, index)),
        Press::Undo => {
            script.undo();
            draft.open = None;
        }
        Press::Edit(edit) => {
            if let Err(error) = script.edit(&edit, atoms) {
                draft.error = Some(error.to_string());
                return;
            }
            match *edit {
                ScriptEdit::Replace(..) => {}
                ScriptEdit::Delete(_) => draft.open = None,
                ScriptEdit::Duplicate(index) => draft.open = opened(script, index + 1),
                ScriptEdit::Add(..) => {
                    let last = script.script().messages.len().saturating_sub(1);
                    draft.open = opened(script, last);
                }
            }
        }
    }
}

fn opened(script: &EditedScript, index: usize) -> Option<(usize, Message)> {
    let message = script.script().messages.get(index)?;
    Some((index, message.clone()))
}

fn contents(
    ui: &mut Ui,
    script: &EditedScript,
    draft: &mut ScriptDraft,
    ranges: &[Option<[u64; 2]>],
    shown: &Shown<'_>,
    press: &mut Option<Press>,
) {
    let text = "Messages act while the timeline shows their frames. The session saves them.";
    hint(ui, text);
    if let Some(error) = &draft.error {
        callout(ui, theme::CAUTION, format!("Not applied: {error}."));
    }
    ui.add_enabled_ui(script.has_undo(), |ui| {
        let undo = ui.button("Undo edit of the script");
        if undo.clicked() {
            *press = Some(Press::Undo);
        }
    });
    group(ui, &format!("Add at frame {}", shown.frame));
    add(ui, shown, press);
    group(ui, "Messages");
    if script.script().is_empty() {
        hint(ui, "There are none yet.");
    }
    for (index, message) in script.script().messages.iter().enumerate() {
        let range = ranges.get(index).copied().flatten();
        ui.push_id(index, |ui| match &mut draft.open {
            // A new session may have replaced the script under an open message.
            Some((open, fields)) if *open == index && fields.id == message.id => {
                if ui.selectable_label(true, line(message, range)).clicked() {
                    *press = Some(Press::Open(None));
                }
                let editor = MessageEditor { range, shown };
                if editor.show(ui, fields) {
                    *press = Some(Press::Edit(Box::new(ScriptEdit::Replace(
                        index,
                        fields.clone(),
                    ))));
                }
                ui.horizontal(|ui| {
                    if ui.button("Duplicate").clicked() {
                        *press = Some(Press::Edit(Box::new(ScriptEdit::Duplicate(index))));
                    }
                    if ui.button("Delete").clicked() {
                        *press = Some(Press::Edit(Box::new(ScriptEdit::Delete(index))));
                    }
                });
                ui.separator();
            }
            _ => {
                if ui.selectable_label(false, line(message, range)).clicked() {
                    *press = Some(Press::Open(Some(index)));
                }
            }
        });
    }
}

/// Frames, kinds of actions, title and priority of a message.
fn line(message: &Message, range: Option<[u64; 2]>) -> RichText {
    let frames = match range {
        Some([first, last]) => format!("{first} to {last}"),
        None => "no frames".to_owned(),
    };
    let kinds: Vec<&str> = message.actions.iter().map(action::name).collect();
    let mut line = format!("{frames}: {}", kinds.join(", "));
    if let Some(label) = &message.label {
        line += &format!(", {label}");
    }
    if message.priority != 0.0 {
        line += &format!(", priority {}", message.priority);
    }
    RichText::new(line)
}

/// Buttons that add a message of one action, at the shown frame and the next ones.
fn add(ui: &mut Ui, shown: &Shown<'_>, press: &mut Option<Press>) {
    /// Number of frames of a new message.
    const FRAMES: u64 = 20;
    let range = FrameRange::between(shown.frame, shown.frame + FRAMES - 1);
    let mut button = |ui: &mut Ui, action: Option<ScriptAction>, name: &str, about: &str| {
        // Added directly: a nested area would not wrap to the next row.
        let button = ui.add_enabled(action.is_some(), Button::new(name));
        let button = button.on_hover_text(about);
        let button = button.on_disabled_hover_text("Select atoms first");
        if let Some(action) = action.filter(|_| button.clicked()) {
            let add = ScriptEdit::Add(action, range.clone());
            *press = Some(Press::Edit(Box::new(add)));
        }
    };
    let anchor = anchor_of(shown.selected, &shown.scene.frame.positions);
    let callout = anchor.map(|anchor| {
        ScriptAction::Callout(Callout::new("Callout", anchor).with_letter_height(LETTER_HEIGHT))
    });
    let focus = (!shown.selected.is_empty()).then(|| {
        ScriptAction::OpacityFocus(OpacityFocus {
            atoms: shown.selected.to_vec(),
            ..OpacityFocus::default()
        })
    });
    let text = ScriptAction::Text(ScreenText::caption("Text"));
    let speed = ScriptAction::Speed(Speed::multiplied(0.5));
    let camera = ScriptAction::Camera(CameraMove {
        pose: camera_pose(shown.orbit),
        transition: 1.0,
        timing: TimingFunction::EaseInOut,
    });
    ui.horizontal_wrapped(|ui| {
        button(ui, callout, "Callout", "Text at the selected atoms");
        button(ui, Some(text), "Text", "Text over the image");
        button(ui, focus, "Focus", "Fades all but the selected atoms");
        button(ui, Some(speed), "Speed", "Speed of playback");
        button(
            ui,
            Some(camera),
            "Camera",
            "Moves the camera to its present pose",
        );
    });
}
