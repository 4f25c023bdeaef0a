//! Edits of the structure and the selection, one after the other, each planned on a frame that
//! includes the one before.
//!
//! `plan` decides what to do and `selection` which atoms are selected, on a task if it may take
//! long.

mod error;
mod plan;
mod planning;
mod request;
mod selection;

use std::collections::VecDeque;
use std::sync::Arc;

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task, futures_lite::future};

use super::action::Action;
use super::gesture::Steering;
use super::gesture::selected_bond::SelectedBond;
use crate::app::notices::{Notices, Severity, sentence};
use crate::scene::bonds;
use crate::scene::camera::Orbit;
use crate::scene::coordinates::to_simulated;
use crate::scene::displayed::Scene;
use crate::scene::displayed::receive;
use crate::scene::selection::Selection;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use error::EditError;
use mlipview_core::chem::Structure;
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::inbox::Ticket;
use plan::{Plan, PlanContext};

pub(crate) use request::{AtomSite, EditRequest};

/// Maximum number of waiting requests; further ones are rejected with a notice.
pub const MAX_WAITING: usize = 64;

/// Requests that are not done yet.
#[derive(Resource, Default)]
pub struct Edits {
    waiting: VecDeque<EditRequest>,
    current: Option<CurrentEdit>,
}

/// The request in progress.
enum CurrentEdit {
    /// Planned on a task, for this revision of the structure.
    Planning {
        request: EditRequest,
        revision: u64,
        task: Task<Result<Plan, EditError>>,
    },
    /// To be sent as soon as the simulation accepts commands.
    Ready(Plan),
    /// Sent; afterwards these atoms are selected, if the structure has this many atoms.
    Sent {
        ticket: Ticket,
        select: Option<Vec<usize>>,
        atoms: usize,
    },
}

impl Edits {
    /// Whether an edit is in progress, so that atom indices may change.
    pub fn is_busy(&self) -> bool {
        self.current.is_some() || !self.waiting.is_empty()
    }

    /// Queues a request, or reports that too many are waiting.
    pub(crate) fn push(&mut self, request: EditRequest, notices: &mut Notices) {
        if self.waiting.len() < MAX_WAITING {
            self.waiting.push_back(request);
        } else {
            notices.post(
                Severity::Warning,
                format!(
                    "Edit ignored: {MAX_WAITING} edits are still waiting for the simulation. Try again later."
                ),
            );
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Edits>()
        .add_systems(
            Update,
            keep_selection
                .in_set(ViewerSystems::Receive)
                .after(receive)
                .before(bonds::perceive),
        )
        .add_systems(
            Update,
            (receive_actions, carry_out).chain().in_set(Steering::Act),
        );
}

/// Keeps the selection while its indices stay valid: if atoms were appended, or removed at the end.
/// Clears it otherwise.
fn keep_selection(
    scene: Res<Scene>,
    mut selection: ResMut<Selection>,
    mut bond: ResMut<SelectedBond>,
    mut last: Local<Option<(u64, Arc<Structure>)>>,
) {
    let frame = &scene.frame;
    if last
        .as_ref()
        .is_some_and(|(revision, _)| *revision == frame.revision)
    {
        return;
    }
    let now = (frame.revision, Arc::clone(&frame.identity));
    let Some((_, before)) = last.replace(now) else {
        return;
    };
    let (before, now) = (before.elements(), frame.identity.elements());
    let shared = before.len().min(now.len());
    let is_same = before.len() == now.len() || before[..shared] == now[..shared];
    let kept = if is_same { shared } else { 0 };
    if selection.atoms().iter().any(|atom| *atom >= kept) {
        let atoms = selection.atoms().to_vec();
        selection.set(atoms.into_iter().filter(|atom| *atom < kept));
    }
    bond.keep_first(kept);
}

fn receive_actions(
    mut actions: MessageReader<Action>,
    mut edits: ResMut<Edits>,
    mut notices: ResMut<Notices>,
) {
    for action in actions.read().filter(|action| is_ours(action)) {
        edits.push(EditRequest::Action(action.clone()), &mut notices);
    }
}

/// Whether this module carries the action out.
fn is_ours(action: &Action) -> bool {
    selection::is_selection(action) || planning::is_change(action)
}

/// Context of a plan, besides the selection.
#[derive(bevy::ecs::system::SystemParam)]
struct EditContext<'w> {
    scene: Res<'w, Scene>,
    orbit: Res<'w, Orbit>,
    simulation: Res<'w, Simulation>,
}

impl EditContext<'_> {
    fn context(&self, selection: &Selection) -> PlanContext {
        let frame = Arc::clone(&self.scene.frame);
        let atoms = frame.positions.len();
        let selected = selection.atoms().iter().copied();
        PlanContext {
            selected: selected.filter(|atom| *atom < atoms).collect(),
            frame,
            right: to_simulated(self.orbit.rotation * Vec3::X),
            middle: to_simulated(self.orbit.target),
        }
    }
}

fn carry_out(
    input: EditContext,
    mut edits: ResMut<Edits>,
    mut selection: ResMut<Selection>,
    mut bond: ResMut<SelectedBond>,
    mut notices: ResMut<Notices>,
) {
    if !edits.is_busy() {
        return;
    }
    let edits = &mut *edits;
    // Ends when something has to be waited for; the number of waiting requests is bounded.
    loop {
        let planned = match edits.current.take() {
            None => {
                let Some(request) = edits.waiting.pop_front() else {
                    return;
                };
                if request == EditRequest::Action(Action::SelectNone) {
                    bond.clear();
                }
                let context = input.context(&selection);
                if planning::takes_long(&request) {
                    edits.current = Some(start_planning(request, context));
                    continue;
                }
                planning::plan(&request, &context)
            }
            Some(CurrentEdit::Planning {
                request,
                revision,
                mut task,
            }) => {
                let Some(done) = future::block_on(future::poll_once(&mut task)) else {
                    edits.current = Some(CurrentEdit::Planning {
                        request,
                        revision,
                        task,
                    });
                    return;
                };
                if revision != input.scene.frame.revision {
                    // Planned for an older structure: plan again.
                    edits.waiting.push_front(request);
                    continue;
                }
                done
            }
            Some(CurrentEdit::Ready(plan)) => Ok(plan),
            Some(CurrentEdit::Sent {
                ticket,
                select,
                atoms,
            }) => {
                let frame = &input.scene.frame;
                if frame.ticket < ticket && frame.activity != Activity::Playback {
                    edits.current = Some(CurrentEdit::Sent {
                        ticket,
                        select,
                        atoms,
                    });
                    return;
                }
                if let Some(select) = select.filter(|_| frame.positions.len() == atoms) {
                    selection.set(select);
                }
                continue;
            }
        };
        match planned {
            Ok(plan) => match send(plan, &input, &mut selection, &mut notices) {
                SendOutcome::Done => {}
                SendOutcome::Wait(sent) => edits.current = Some(sent),
                SendOutcome::Full(plan) => {
                    edits.current = Some(CurrentEdit::Ready(plan));
                    return;
                }
            },
            Err(error) => {
                notices.post(Severity::Warning, sentence(&format!("{error}.")));
            }
        }
    }
}

fn start_planning(request: EditRequest, context: PlanContext) -> CurrentEdit {
    let revision = context.frame.revision;
    let asked = request.clone();
    let task = AsyncComputeTaskPool::get().spawn(async move { planning::plan(&asked, &context) });
    CurrentEdit::Planning {
        request,
        revision,
        task,
    }
}

/// Outcome of sending a plan.
enum SendOutcome {
    Done,
    Wait(CurrentEdit),
    /// The simulation's inbox is full.
    Full(Plan),
}

fn send(
    plan: Plan,
    input: &EditContext,
    selection: &mut Selection,
    notices: &mut Notices,
) -> SendOutcome {
    let ticket = match plan
        .change
        .as_ref()
        .map(|change| input.simulation.send(change.command()))
    {
        Some(Err(_)) => return SendOutcome::Full(plan),
        Some(Ok(ticket)) => Some(ticket),
        None => None,
    };
    if let Some((severity, text)) = plan.notice {
        notices.post(severity, text);
    }
    match (ticket, plan.select) {
        (Some(ticket), select) => SendOutcome::Wait(CurrentEdit::Sent {
            ticket,
            select,
            atoms: plan.atoms,
        }),
        (None, Some(select)) => {
            selection.set(select);
            SendOutcome::Done
        }
        (None, None) => SendOutcome::Done,
    }
}
