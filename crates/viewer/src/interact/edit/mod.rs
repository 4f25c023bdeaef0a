//! What is done to the structure and to the choice of atoms: one thing after the other, each thought
//! out on a frame that knows of the one before.
//!
//! `plan` says what is to be done and `choice` which atoms are meant, both beside the window's thread
//! where that may take long.

mod plan;
mod selection;

use std::collections::VecDeque;
use std::sync::Arc;

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task, futures_lite::future};
use glam::DVec3;

use super::action::Action;
use super::gesture::Steering;
use super::gesture::rotate_bond::ChosenBond;
use crate::app::notices::{Notices, Severity};
use crate::scene::bonds;
use crate::scene::camera::Orbit;
use crate::scene::coordinates::to_simulated;
use crate::scene::displayed::Scene;
use crate::scene::displayed::receive;
use crate::scene::selection::Selection;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::inbox::Ticket;
use plan::{Basis, Plan};

/// How many requests may wait for those before them; one more is refused in words.
pub const WAITING: usize = 64;

/// A request that this module carries out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wish {
    /// One of the actions.
    Action(Action),
    /// An atom where there was a click.
    AddAtom(Element, Site),
}

/// Where an atom is to be added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Site {
    /// Bonded to an atom of the structure of this revision.
    On {
        /// The atom.
        atom: usize,
        /// The revision.
        revision: u64,
    },
    /// At a place, Å.
    At(DVec3),
}

/// What was asked for and is not done yet.
#[derive(Resource, Default)]
pub struct Edits {
    waiting: VecDeque<Wish>,
    current: Option<Current>,
}

/// What is being done.
enum Current {
    /// Thought out beside the window's thread, on a structure of this revision.
    Thinking {
        wish: Wish,
        revision: u64,
        task: Task<Result<Plan, String>>,
    },
    /// To be sent as soon as the simulation takes commands.
    Ready(Plan),
    /// Sent; then these atoms are chosen, if the structure has so many by then.
    Sent {
        ticket: Ticket,
        choose: Option<Vec<usize>>,
        atoms: usize,
    },
}

impl Edits {
    /// Whether something is under way, so that atoms may soon have other numbers.
    pub fn is_busy(&self) -> bool {
        self.current.is_some() || !self.waiting.is_empty()
    }

    /// Asks for something; says so where too much waits already.
    pub(crate) fn ask(&mut self, wish: Wish, notices: &mut Notices) {
        if self.waiting.len() < WAITING {
            self.waiting.push_back(wish);
        } else {
            notices.say(
                Severity::Warning,
                format!(
                    "{WAITING} changes are still waiting for the simulation: this one is not made. \
                     Ask again when they are done."
                ),
            );
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Edits>()
        .add_systems(
            Update,
            keep_choice
                .in_set(ViewerSystems::Receive)
                .after(receive)
                .before(bonds::perceive),
        )
        .add_systems(Update, (hear, carry_out).chain().in_set(Steering::Act));
}

/// What is chosen stays chosen as long as its atoms have their numbers: if atoms were added behind
/// them, or taken out there. Else nothing is chosen.
fn keep_choice(
    scene: Res<Scene>,
    mut selection: ResMut<Selection>,
    mut bond: ResMut<ChosenBond>,
    mut seen: Local<Option<(u64, Arc<Structure>)>>,
) {
    let frame = &scene.frame;
    if seen
        .as_ref()
        .is_some_and(|(revision, _)| *revision == frame.revision)
    {
        return;
    }
    let now = (frame.revision, Arc::clone(&frame.identity));
    let Some((_, before)) = seen.replace(now) else {
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

fn hear(
    mut actions: MessageReader<Action>,
    mut edits: ResMut<Edits>,
    mut notices: ResMut<Notices>,
) {
    for action in actions.read().filter(|action| is_ours(action)) {
        edits.ask(Wish::Action(action.clone()), &mut notices);
    }
}

/// Whether this module carries it out.
fn is_ours(action: &Action) -> bool {
    selection::is_choice(action) || plan::is_change(action)
}

/// What planning looks at, besides the choice.
#[derive(bevy::ecs::system::SystemParam)]
struct Seen<'w> {
    scene: Res<'w, Scene>,
    orbit: Res<'w, Orbit>,
    simulation: Res<'w, Simulation>,
}

impl Seen<'_> {
    fn basis(&self, selection: &Selection) -> Basis {
        let frame = Arc::clone(&self.scene.frame);
        let atoms = frame.positions.len();
        let chosen = selection.atoms().iter().copied();
        Basis {
            chosen: chosen.filter(|atom| *atom < atoms).collect(),
            frame,
            right: to_simulated(self.orbit.rotation * Vec3::X),
            middle: to_simulated(self.orbit.target),
        }
    }
}

fn carry_out(
    seen: Seen,
    mut edits: ResMut<Edits>,
    mut selection: ResMut<Selection>,
    mut bond: ResMut<ChosenBond>,
    mut notices: ResMut<Notices>,
) {
    if !edits.is_busy() {
        return;
    }
    let edits = &mut *edits;
    // Ends where something has to be waited for; what waits is bounded.
    loop {
        let planned = match edits.current.take() {
            None => {
                let Some(wish) = edits.waiting.pop_front() else {
                    return;
                };
                if wish == Wish::Action(Action::SelectNone) {
                    bond.clear();
                }
                let basis = seen.basis(&selection);
                if plan::takes_long(&wish) {
                    edits.current = Some(think(wish, basis));
                    continue;
                }
                plan::plan(&wish, &basis)
            }
            Some(Current::Thinking {
                wish,
                revision,
                mut task,
            }) => {
                let Some(done) = future::block_on(future::poll_once(&mut task)) else {
                    edits.current = Some(Current::Thinking {
                        wish,
                        revision,
                        task,
                    });
                    return;
                };
                if revision != seen.scene.frame.revision {
                    // Thought out for atoms that are no more.
                    edits.waiting.push_front(wish);
                    continue;
                }
                done
            }
            Some(Current::Ready(plan)) => Ok(plan),
            Some(Current::Sent {
                ticket,
                choose,
                atoms,
            }) => {
                let frame = &seen.scene.frame;
                if frame.ticket < ticket && frame.activity != Activity::Playback {
                    edits.current = Some(Current::Sent {
                        ticket,
                        choose,
                        atoms,
                    });
                    return;
                }
                if let Some(choose) = choose.filter(|_| frame.positions.len() == atoms) {
                    selection.set(choose);
                }
                continue;
            }
        };
        match planned {
            Ok(plan) => match send(plan, &seen, &mut selection, &mut notices) {
                Next::Done => {}
                Next::Wait(sent) => edits.current = Some(sent),
                Next::Full(plan) => {
                    edits.current = Some(Current::Ready(plan));
                    return;
                }
            },
            Err(reason) => notices.say(Severity::Warning, reason),
        }
    }
}

fn think(wish: Wish, basis: Basis) -> Current {
    let revision = basis.frame.revision;
    let asked = wish.clone();
    let task = AsyncComputeTaskPool::get().spawn(async move { plan::plan(&asked, &basis) });
    Current::Thinking {
        wish,
        revision,
        task,
    }
}

/// What comes behind a plan.
enum Next {
    Done,
    Wait(Current),
    /// The simulation takes no commands now.
    Full(Plan),
}

fn send(plan: Plan, seen: &Seen, selection: &mut Selection, notices: &mut Notices) -> Next {
    let ticket = match plan
        .change
        .as_ref()
        .map(|change| seen.simulation.send(change.command()))
    {
        Some(Err(_)) => return Next::Full(plan),
        Some(Ok(ticket)) => Some(ticket),
        None => None,
    };
    if let Some((severity, text)) = plan.say {
        notices.say(severity, text);
    }
    match (ticket, plan.choose) {
        (Some(ticket), choose) => Next::Wait(Current::Sent {
            ticket,
            choose,
            atoms: plan.atoms,
        }),
        (None, Some(choose)) => {
            selection.set(choose);
            Next::Done
        }
        (None, None) => Next::Done,
    }
}
