//! Switch of learning: the potential in use teaches a student, nano or solid, while the simulation runs.

use crate::app::document::PotentialChoice;
use crate::app::panels::widgets::hint;
use crate::third_party::egui::{Key, TextEdit, Ui};
use mlipview_core::potential::Request;

/// Name of the potential that learns, and its options.
const LEARN: &str = "learn";
const TEACHER: &str = "teacher";
const LABELS: &str = "labels";

/// Potentials that are students themselves.
const STUDENTS: [&str; 2] = ["nano", "solid"];

/// Shows the switch, where the catalog can learn; returns the request that it makes.
///
/// `labels` is the text of the field for the file of labels.
pub(super) fn show(ui: &mut Ui, choice: &PotentialChoice, labels: &mut String) -> Option<Request> {
    choice.catalog().entry(LEARN)?;
    let asked = choice.request();
    let mut wanted = None;
    let is_learning = asked.name == LEARN;
    let mut on = is_learning;
    let in_use = choice.outcome().and_then(|outcome| outcome.as_ref().ok());
    // Without options these are the networks that would learn.
    let is_student = in_use.is_some_and(|of| STUDENTS.contains(&of.name.as_str()));
    ui.add_enabled_ui(is_learning || in_use.is_some() && !is_student, |ui| {
        ui.checkbox(&mut on, "Learn")
            .on_hover_text(
                "A small network learns from this potential while the simulation runs, and answers in its \
                 place where its forces are good enough",
            )
            .on_disabled_hover_text("nano and solid are the students: select their teacher first");
    });
    if on != is_learning {
        wanted = match on {
            true => Some(Request::named(LEARN).with(TEACHER, Some(&asked.to_string()))),
            false => asked
                .options
                .text(TEACHER)
                .and_then(|teacher| teacher.parse().ok()),
        };
    }
    if is_learning {
        hint(ui, "Each frame says who has answered.");
        let (id, current) = (ui.id().with("labels"), asked.options.text(LABELS));
        if !ui.memory(|memory| memory.has_focus(id)) {
            *labels = current.unwrap_or_default().to_owned();
        }
        let field = TextEdit::singleline(labels).id(id);
        let field = field.hint_text("save labels to: labels.xyz, then Enter");
        let field = ui.add(field.desired_width(f32::INFINITY));
        let field = field.on_hover_text(
            "Extended XYZ file to which the teacher's answers are appended; a new file begins to learn anew",
        );
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if entered {
            let path = Some(labels.trim()).filter(|path| !path.is_empty());
            if path != current {
                wanted = Some(asked.clone().with(LABELS, path));
            }
        }
    }
    wanted
}
