//! The section of the others: the link by which they come in, and who is here.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::Free;
use super::qr_code;
use super::status::dot;
use super::theme;
use super::widgets;
use super::widgets::{at_right, callout, group, hint, section};
use crate::app::invite_links::{Link, Reach, Sharing};
use crate::app::people::People;
use crate::app::qr_code::Barcode;
use crate::interact::action::Action;
use crate::third_party::egui::text::LayoutJob;
use crate::third_party::egui::{
    Align, Color32, Contexts, Label, Layout, RichText, TextFormat, TextStyle, Ui, vec2,
};
use mlipview_core::presence::{Person, Role};

/// How to let others in who are on the network.
const INVITING: &str = "mlipview --listen 0.0.0.0:8000";
/// Height of what is said of one person, points.
const CARD: f32 = 88.0;

/// Which link is shown, and its code.
#[derive(Default)]
pub(super) struct Chosen {
    role: Role,
    code: Option<(String, Option<Barcode>)>,
}

impl Chosen {
    /// The code of an address, made once.
    fn code(&mut self, address: &str) -> Option<&Barcode> {
        let is_known = |(known, _): &(String, _)| known == address;
        if !self.code.as_ref().is_some_and(is_known) {
            self.code = Some((address.to_owned(), Barcode::of(address)));
        }
        self.code.as_ref().and_then(|(_, code)| code.as_ref())
    }
}

/// What the section shows, and what it asks for.
#[derive(SystemParam)]
pub(super) struct Others<'w, 's> {
    sharing: Res<'w, Sharing>,
    people: Res<'w, People>,
    actions: MessageWriter<'w, Action>,
    chosen: Local<'s, Chosen>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<Free>, mut others: Others) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    free.dock_section(context, |ui| {
        section(ui, "People", |ui| {
            invite(ui, &others.sharing, &mut others.chosen);
            let people = others.people.list();
            group(ui, &in_words(people.len()));
            others
                .actions
                .write_batch(list(ui, people, &others.sharing));
        });
    });
}

/// How many are here.
pub(super) fn in_words(count: usize) -> String {
    match count {
        0 => "Nobody else is here".to_owned(),
        1 => "1 person is here".to_owned(),
        count => format!("{count} people are here"),
    }
}

/// The links, each with what it allows; or how there could be any.
fn invite(ui: &mut Ui, sharing: &Sharing, chosen: &mut Chosen) {
    if let Some(remark) = &sharing.remark {
        callout(ui, theme::caution(ui), remark);
    }
    match sharing.reach {
        Reach::Nowhere => {
            ui.label("Others cannot come in: this window serves nothing.");
        }
        Reach::ThisComputer => {
            ui.label("Open to browsers on this computer only.");
            hint(ui, "To let in others on the network, start with");
            copyable(ui, INVITING, "Copy the command");
        }
        Reach::Network => {
            ui.label("Open to all who can reach this computer and have the link.");
        }
    }
    if sharing.links.is_empty() {
        return;
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        for each in &sharing.links {
            let (name, about) = (name(each.role), allows(each.role));
            let label = ui.selectable_label(each.role == chosen.role, name);
            if label.on_hover_text(about).clicked() {
                chosen.role = each.role;
            }
        }
    });
    let mut links = sharing.links.iter();
    if let Some(link) = links.find(|link| link.role == chosen.role) {
        show_link(ui, link, sharing.reach, chosen);
    }
}

fn show_link(ui: &mut Ui, link: &Link, reach: Reach, chosen: &mut Chosen) {
    match link.role {
        Role::Spectator => hint(ui, format!("{}.", allows(link.role))),
        _ => callout(
            ui,
            theme::caution(ui),
            format!(
                "{}. The link holds a secret: give it to those only whom you trust with this.",
                allows(link.role)
            ),
        ),
    }
    ui.add_space(2.0);
    match chosen
        .code(&link.address)
        .filter(|_| reach == Reach::Network)
    {
        Some(code) => qr_code::show(ui, code),
        None if reach == Reach::ThisComputer => {
            hint(ui, "There is no code for phones: they could not open it.");
        }
        None => {}
    }
    copyable(ui, &link.address, "Copy the link");
}

/// What a link is called.
fn name(role: Role) -> &'static str {
    match role {
        Role::Spectator => "To watch",
        Role::Driver => "To drive",
        Role::Owner => "To own",
    }
}

/// What those who come by a link may do.
fn allows(role: Role) -> &'static str {
    match role {
        Role::Spectator => "Whoever opens it watches, until you let them drive",
        Role::Driver => "Whoever opens it may drag and edit atoms, start and stop runs",
        Role::Owner => "Whoever opens it may do all that you may, and send others away",
    }
}

/// A text that can be marked, broken where the room ends, and a button that copies it.
fn copyable(ui: &mut Ui, text: &str, verb: &str) {
    let font = TextStyle::Monospace.resolve(ui.style());
    let format = TextFormat::simple(font, ui.visuals().strong_text_color());
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.break_anywhere = true;
    job.wrap.max_width = ui.available_width();
    ui.add(Label::new(job).selectable(true));
    if widgets::wide(ui, verb, ui.available_width()).clicked() {
        ui.ctx().copy_text(text.to_owned());
    }
}

/// All who are here; what is wanted of them.
fn list(ui: &mut Ui, people: &[Person], sharing: &Sharing) -> Vec<Action> {
    if people.is_empty() {
        let what_next = match sharing.reach {
            Reach::Nowhere => "Nobody can come in.",
            _ => {
                "Whoever opens the link is listed here: you can let them drive, or send them away."
            }
        };
        hint(ui, what_next);
    }
    let mut actions = Vec::new();
    for person in people {
        let size = vec2(ui.available_width(), CARD);
        let place = ui.available_rect_before_wrap();
        // Of very many, only those in sight are laid out.
        let below = place.top() > ui.clip_rect().bottom();
        let above = place.top() + CARD < ui.clip_rect().top();
        if below || above {
            ui.allocate_space(size);
        } else {
            ui.push_id(person.id.0, |ui| {
                ui.allocate_ui(size, |ui| {
                    ui.set_min_height(CARD);
                    actions.extend(card(ui, person));
                });
            });
        }
    }
    actions
}

/// One person: who, how well they are served, and what can be done about them.
fn card(ui: &mut Ui, person: &Person) -> Option<Action> {
    let [red, green, blue] = person.color;
    ui.horizontal(|ui| {
        dot(ui, Color32::from_rgb(red, green, blue));
        at_right(ui, |ui| {
            let role = RichText::new(person.role.name()).small();
            ui.label(match person.role {
                Role::Spectator => role.weak(),
                _ => role.color(theme::accent(ui)),
            });
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let name = Label::new(RichText::new(&person.name).strong()).truncate();
                ui.add(name);
            });
        });
    });
    let served = Label::new(RichText::new(served(person)).small().weak()).truncate();
    ui.add(served)
        .on_hover_text(format!("From {}", person.origin));
    if person.dismissed {
        hint(ui, "Is being sent away …");
        return None;
    }
    let (verb, role, about) = match person.role {
        Role::Spectator => (
            "Let drive",
            Role::Driver,
            "Lets them drag, edit, start and stop",
        ),
        _ => ("Take back", Role::Spectator, "From now on they only watch"),
    };
    let mut action = None;
    let width = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
    ui.horizontal(|ui| {
        if widgets::wide(ui, verb, width)
            .on_hover_text(about)
            .clicked()
        {
            action = Some(Action::Admit(person.id, role));
        }
        let button = widgets::wide(ui, "Disconnect", width);
        let about = "Ends their connection; by the link they can come again";
        if button.on_hover_text(about).clicked() {
            action = Some(Action::Dismiss(person.id));
        }
    });
    action
}

/// How well someone is served, and from where they came.
fn served(person: &Person) -> String {
    let rate = format!("{:.0} frames/s", person.rate);
    let latency = person.latency_ms.map(|latency| format!("{latency:.0} ms"));
    let parts = [Some(rate), latency, Some(person.origin.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::test_click::press;
    use mlipview_core::presence::Roster;

    fn open(reach: Reach) -> Sharing {
        let link = |role, address: &str| Link {
            role,
            address: address.to_owned(),
        };
        Sharing {
            reach,
            links: vec![
                link(Role::Spectator, "http://10.0.0.5:8000/"),
                link(Role::Driver, "http://10.0.0.5:8000/#token=secret"),
            ],
            remark: None,
        }
    }

    /// What the button with this label asks for.
    fn pressed(roster: &Roster, label: &str) -> Vec<Action> {
        let mut actions = Vec::new();
        press(label, |ui| {
            actions.extend(list(ui, &roster.people(), &open(Reach::Network)));
        });
        actions
    }

    #[test]
    fn buttons_admit_take_back_and_send_away() {
        let roster = Roster::default();
        let ada = roster.join(Role::Spectator, "10.0.0.7:50000").unwrap();
        assert_eq!(
            pressed(&roster, "Let drive"),
            [Action::Admit(ada, Role::Driver)]
        );
        assert_eq!(pressed(&roster, "Disconnect"), [Action::Dismiss(ada)]);
        roster.set_role(ada, Role::Driver);
        assert_eq!(
            pressed(&roster, "Take back"),
            [Action::Admit(ada, Role::Spectator)]
        );
    }

    #[test]
    fn each_link_is_chosen_by_what_it_is_for() {
        let mut chosen = Chosen::default();
        press("To drive", |ui| {
            invite(ui, &open(Reach::Network), &mut chosen);
        });
        assert_eq!(chosen.role, Role::Driver);
        let (address, code) = chosen.code.take().unwrap();
        assert_eq!(address, "http://10.0.0.5:8000/#token=secret");
        assert!(code == Barcode::of(&address), "another code");
    }

    #[test]
    fn figures_are_told_as_far_as_they_are_known() {
        let roster = Roster::default();
        let ada = roster.join(Role::Spectator, "10.0.0.7:50000").unwrap();
        let words = |roster: &Roster| served(&roster.person(ada).unwrap());
        assert_eq!(words(&roster), "0 frames/s · 10.0.0.7:50000");
        roster.set_statistics(ada, 29.6, Some(12.4));
        assert_eq!(words(&roster), "30 frames/s · 12 ms · 10.0.0.7:50000");
    }
}
