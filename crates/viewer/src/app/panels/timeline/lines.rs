//! Menu of the timeline bar: the runs before branches.

use crate::interact::action::Action;
use crate::third_party::egui::{RichText, Ui};
use mlipview_core::sim::timeline::LineSummary;

/// Shows the menu if there is more than one line; returns the frame to show.
pub(super) fn show(ui: &mut Ui, lines: &[LineSummary]) -> Option<Action> {
    if lines.len() < 2 {
        return None;
    }
    let mut wanted = None;
    let text = format!("Runs ({})", lines.len());
    ui.menu_button(text, |ui| {
        for line in lines.iter().rev() {
            let Some(newest) = line.newest else { continue };
            let start = match line.after {
                Some(address) => format!("from frame {address}"),
                None => "from the start".to_owned(),
            };
            let mut text = format!("{} frames {start}", line.frames);
            if line.is_live {
                text.push_str(", now");
            }
            let text = RichText::new(text);
            let text = if line.is_shown { text.strong() } else { text };
            if ui.button(text).clicked() {
                wanted = Some(if line.is_live {
                    Action::EndPlayback
                } else {
                    Action::ShowFrame(newest)
                });
                ui.close();
            }
        }
    })
    .response
    .on_hover_text("Runs before \"Continue from here\"");
    wanted
}
