//! Section People: invite links, and the connected people.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::qr_code;
use super::theme;
use super::widgets;
use super::widgets::{at_right, callout, dot, group, hint, section};
use crate::app::invite_links::{InviteLink, InviteLinks, Reachability};
use crate::app::people::People;
use crate::app::qr_code::QrCode;
use crate::interact::action::Action;
use crate::third_party::egui::text::LayoutJob;
use crate::third_party::egui::{
    Align, Color32, Contexts, Label, Layout, RichText, TextFormat, TextStyle, Ui, vec2,
};
use mlipview_core::presence::{Person, Role};

/// Command that accepts connections from the network.
const LISTEN_COMMAND: &str = "mlipview --listen 0.0.0.0:8000";
/// Height of a person's card, points.
const CARD_HEIGHT: f32 = 88.0;

/// The selected link and its QR code.
#[derive(Default)]
pub(super) struct SelectedLink {
    role: Role,
    code: Option<(String, Option<QrCode>)>,
}

impl SelectedLink {
    /// The QR code of an address, encoded once.
    fn code(&mut self, address: &str) -> Option<&QrCode> {
        let is_known = |(known, _): &(String, _)| known == address;
        if !self.code.as_ref().is_some_and(is_known) {
            self.code = Some((address.to_owned(), QrCode::of(address)));
        }
        self.code.as_ref().and_then(|(_, code)| code.as_ref())
    }
}

/// Parameters of the section.
#[derive(SystemParam)]
pub(super) struct PeopleParams<'w, 's> {
    invite_links: Res<'w, InviteLinks>,
    people: Res<'w, People>,
    actions: MessageWriter<'w, Action>,
    selected: Local<'s, SelectedLink>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<FreeArea>, mut params: PeopleParams) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    free.dock_section(context, |ui| {
        section(ui, "People", |ui| {
            invite(ui, &params.invite_links, &mut params.selected);
            let people = params.people.list();
            group(ui, &in_words(people.len()));
            params
                .actions
                .write_batch(list(ui, people, &params.invite_links));
        });
    });
}

/// Number of people as text.
pub(super) fn in_words(count: usize) -> String {
    match count {
        0 => "No other people connected".to_owned(),
        1 => "1 person connected".to_owned(),
        count => format!("{count} people connected"),
    }
}

/// Invite links with their permissions, or how to get some.
fn invite(ui: &mut Ui, invite_links: &InviteLinks, selected: &mut SelectedLink) {
    if let Some(note) = &invite_links.note {
        callout(ui, theme::caution(ui), note);
    }
    match invite_links.reachability {
        Reachability::Nowhere => {
            ui.label("Others cannot connect: the server is off.");
        }
        Reachability::ThisComputer => {
            ui.label("Connections are accepted from this computer only.");
            hint(ui, "To accept connections from the network, start with");
            copyable(ui, LISTEN_COMMAND, "Copy the command");
        }
        Reachability::Network => {
            ui.label("Connections are accepted from everyone on the network who has the link.");
        }
    }
    if invite_links.links.is_empty() {
        return;
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        for each in &invite_links.links {
            let (name, about) = (name(each.role), allows(each.role));
            let label = ui.selectable_label(each.role == selected.role, name);
            if label.on_hover_text(about).clicked() {
                selected.role = each.role;
            }
        }
    });
    let mut links = invite_links.links.iter();
    if let Some(link) = links.find(|link| link.role == selected.role) {
        show_link(ui, link, invite_links.reachability, selected);
    }
}

fn show_link(
    ui: &mut Ui,
    link: &InviteLink,
    reachability: Reachability,
    selected: &mut SelectedLink,
) {
    match link.role {
        Role::Spectator => hint(ui, format!("{}.", allows(link.role))),
        _ => callout(
            ui,
            theme::caution(ui),
            format!(
                "{}. The link contains a secret token: share it only with people you trust.",
                allows(link.role)
            ),
        ),
    }
    ui.add_space(2.0);
    match selected
        .code(&link.address)
        .filter(|_| reachability == Reachability::Network)
    {
        Some(code) => qr_code::show(ui, code),
        None if reachability == Reachability::ThisComputer => {
            hint(ui, "No QR code: phones cannot reach this computer.");
        }
        None => {}
    }
    copyable(ui, &link.address, "Copy the link");
}

/// Label of a link.
fn name(role: Role) -> &'static str {
    match role {
        Role::Spectator => "Watch",
        Role::Driver => "Drive",
        Role::Owner => "Own",
    }
}

/// Permissions of a role.
fn allows(role: Role) -> &'static str {
    match role {
        Role::Spectator => "Spectators watch until you let them drive",
        Role::Driver => "Drivers may drag and edit atoms, start and stop runs",
        Role::Owner => "Owners may do everything, including disconnecting others",
    }
}

/// Selectable text that wraps anywhere, with a copy button.
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

/// List of the connected people; returns their actions.
fn list(ui: &mut Ui, people: &[Person], invite_links: &InviteLinks) -> Vec<Action> {
    if people.is_empty() {
        let what_next = match invite_links.reachability {
            Reachability::Nowhere => "Nobody can connect.",
            _ => "Connected people are listed here: you can let them drive, or disconnect them.",
        };
        hint(ui, what_next);
    }
    let mut actions = Vec::new();
    for person in people {
        let size = vec2(ui.available_width(), CARD_HEIGHT);
        let rect = ui.available_rect_before_wrap();
        // Only visible cards are laid out.
        let below = rect.top() > ui.clip_rect().bottom();
        let above = rect.top() + CARD_HEIGHT < ui.clip_rect().top();
        if below || above {
            ui.allocate_space(size);
        } else {
            ui.push_id(person.id.0, |ui| {
                ui.allocate_ui(size, |ui| {
                    ui.set_min_height(CARD_HEIGHT);
                    actions.extend(card(ui, person));
                });
            });
        }
    }
    actions
}

/// A person's card: name, role, connection, and buttons.
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
    let statistics = Label::new(RichText::new(statistics(person)).small().weak()).truncate();
    ui.add(statistics)
        .on_hover_text(format!("From {}", person.origin));
    if person.dismissed {
        hint(ui, "Disconnecting …");
        return None;
    }
    let (verb, role, about) = match person.role {
        Role::Spectator => ("Let drive", Role::Driver, "May drag, edit, start and stop"),
        _ => ("Spectate only", Role::Spectator, "May only watch"),
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
        let about = "Closes the connection; the link stays valid";
        if button.on_hover_text(about).clicked() {
            action = Some(Action::Dismiss(person.id));
        }
    });
    action
}

/// Connection statistics and origin.
fn statistics(person: &Person) -> String {
    let rate = format!("{:.0} frames/s", person.rate);
    let latency = person.latency_ms.map(|latency| format!("{latency:.0} ms"));
    let parts = [Some(rate), latency, Some(person.origin.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::test_click::click;
    use mlipview_core::presence::Roster;

    fn open(reachability: Reachability) -> InviteLinks {
        let link = |role, address: &str| InviteLink {
            role,
            address: address.to_owned(),
        };
        InviteLinks {
            reachability,
            links: vec![
                link(Role::Spectator, "http://10.0.0.5:8000/"),
                link(Role::Driver, "http://10.0.0.5:8000/#token=secret"),
            ],
            note: None,
        }
    }

    /// Actions of the button with this label.
    fn pressed(roster: &Roster, label: &str) -> Vec<Action> {
        let mut actions = Vec::new();
        click(label, |ui| {
            actions.extend(list(ui, &roster.people(), &open(Reachability::Network)));
        });
        actions
    }

    #[test]
    fn buttons_change_roles_and_disconnect() {
        let roster = Roster::default();
        let ada = roster.join(Role::Spectator, "10.0.0.7:50000").unwrap();
        assert_eq!(
            pressed(&roster, "Let drive"),
            [Action::Admit(ada, Role::Driver)]
        );
        assert_eq!(pressed(&roster, "Disconnect"), [Action::Dismiss(ada)]);
        roster.set_role(ada, Role::Driver);
        assert_eq!(
            pressed(&roster, "Spectate only"),
            [Action::Admit(ada, Role::Spectator)]
        );
    }

    #[test]
    fn each_link_is_selected_by_its_role() {
        let mut selected = SelectedLink::default();
        click("Drive", |ui| {
            invite(ui, &open(Reachability::Network), &mut selected);
        });
        assert_eq!(selected.role, Role::Driver);
        let (address, code) = selected.code.take().unwrap();
        assert_eq!(address, "http://10.0.0.5:8000/#token=secret");
        assert!(code == QrCode::of(&address), "another code");
    }

    #[test]
    fn statistics_have_only_known_values() {
        let roster = Roster::default();
        let ada = roster.join(Role::Spectator, "10.0.0.7:50000").unwrap();
        let words = |roster: &Roster| statistics(&roster.person(ada).unwrap());
        assert_eq!(words(&roster), "0 frames/s · 10.0.0.7:50000");
        roster.set_statistics(ada, 29.6, Some(12.4));
        assert_eq!(words(&roster), "30 frames/s · 12 ms · 10.0.0.7:50000");
    }
}
