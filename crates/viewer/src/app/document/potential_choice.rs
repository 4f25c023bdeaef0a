//! Which potential the structure has, why, and what it is good for.
//!
//! A request by name is met as it is. With `auto`, the choice is made again when atoms, charge or
//! multiplicity change; and whenever the potential is another one, that is said.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::jobs::poll;
use super::suitability::{Judgement, Judgements, Offers};
use crate::app::notices::{Notices, Severity};
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::catalog::{AUTO, CatalogError, OptionChoices};
use mlipview_core::potential::{Capabilities, Catalog, Chosen, Request};
use mlipview_core::sim::{Command, Frame};

/// What a choice depends on: what the atoms are, not where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Subject {
    composition: BTreeMap<Element, usize>,
    charge: i32,
    multiplicity: u32,
}

impl Subject {
    pub(super) fn of(structure: &Structure) -> Subject {
        let mut composition = BTreeMap::new();
        for element in structure.elements() {
            *composition.entry(*element).or_default() += 1;
        }
        Subject {
            composition,
            charge: structure.charge,
            multiplicity: structure.multiplicity(),
        }
    }
}

/// A potential in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// What it is good for and what it is not.
    pub description: String,
    /// What it can be asked for.
    pub abilities: String,
    /// What computes it.
    pub device: String,
    /// Why it was taken, as the end of a sentence.
    pub reason: String,
    /// What to take with care, as the end of the sentence "Caution: …".
    pub caution: Option<String>,
}

impl Described {
    fn of(chosen: &Chosen) -> Described {
        Described {
            name: chosen.potential.name().to_owned(),
            description: chosen.potential.description().to_owned(),
            abilities: abilities(chosen.potential.capabilities()),
            device: chosen.potential.device(),
            reason: chosen.reason.clone(),
            caution: chosen.caution.clone(),
        }
    }
}

/// What can be asked of a potential, in words.
fn abilities(capabilities: &Capabilities) -> String {
    let elements = capabilities.elements.as_ref().map_or_else(
        || "any element".to_owned(),
        |elements| {
            let symbols: Vec<&str> = elements.iter().map(|element| element.symbol()).collect();
            symbols.join(" ")
        },
    );
    let (low, high) = (capabilities.charges.start(), capabilities.charges.end());
    let charges = match (low, high) {
        (0, 0) => "neutral matter".to_owned(),
        (low, high) => format!("charges {low:+} to {high:+}"),
    };
    let spins = if capabilities.spins {
        "any multiplicity"
    } else {
        "closed shells"
    };
    let bonds = if capabilities.reactive {
        "bonds may break and form"
    } else {
        "bonds stay"
    };
    let cell = if capabilities.periodic {
        "with or without a cell"
    } else {
        "without a cell"
    };
    format!("{elements}; {charges}, {spins}; {cell}; {bonds}")
}

/// The potential that was asked for, and the one that is in use.
#[derive(Resource)]
pub struct Choice {
    catalog: Arc<Catalog>,
    request: Request,
    outcome: Option<Result<Described, String>>,
    /// What the outcome was found for.
    subject: Option<Subject>,
    /// Whether there is no potential for want of a finite energy, so that moved atoms may have one.
    not_finite: bool,
    task: Option<Choosing>,
    judgements: Judgements,
    offers: Offers,
}

struct Choosing {
    subject: Subject,
    task: Task<Result<Chosen, CatalogError>>,
    /// Whether the person has asked for it, so that it is taken and told in any case.
    asked: bool,
}

impl Default for Choice {
    fn default() -> Choice {
        Choice::of(automatic())
    }
}

/// The request for the potential that suits.
pub(super) fn automatic() -> Request {
    AUTO.parse()
        .unwrap_or_else(|_| unreachable!("a name is a request"))
}

impl Choice {
    /// A choice that is yet to be made.
    pub fn of(request: Request) -> Choice {
        Choice {
            catalog: Arc::new(Catalog::built_in()),
            request,
            outcome: None,
            subject: None,
            not_finite: false,
            task: None,
            judgements: Judgements::default(),
            offers: Offers::default(),
        }
    }

    /// The same among the potentials of this catalog.
    #[must_use]
    pub fn among(self, catalog: Arc<Catalog>) -> Choice {
        Choice { catalog, ..self }
    }

    /// The potentials to choose from.
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// What was asked for.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The potential, or why there is none; `None` while it is not known yet.
    pub fn outcome(&self) -> Option<&Result<Described, String>> {
        self.outcome.as_ref()
    }

    /// Whether a potential is being chosen or made.
    pub fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    /// Asks for a potential.
    pub fn ask(&mut self, request: Request, structure: Structure) {
        self.request = request;
        self.begin(structure, true);
    }

    /// Gives up choosing: what is in use stays in use.
    pub(super) fn give_up(&mut self) {
        if let Some(Choosing { subject, .. }) = self.task.take() {
            self.subject = Some(subject);
            let reason = "the choice was given up; choose one here".to_owned();
            self.outcome.get_or_insert(Err(reason));
        }
    }

    /// What the potentials of the catalog are to a structure, as far as it is known; what is not will
    /// be after some frames in which this was asked.
    pub fn judge(&mut self, frame: &Frame) -> &[Judgement] {
        self.judgements.of(&self.catalog, frame)
    }

    /// What can be chosen beside what was asked for; in the same way.
    pub fn offers(&mut self) -> &[OptionChoices] {
        self.offers.of(&self.catalog, &self.request)
    }

    /// Finds out anew what is in use.
    pub(super) fn forget(&mut self) {
        self.subject = None;
    }

    fn begin(&mut self, structure: Structure, asked: bool) {
        let request = self.request.clone();
        let subject = Subject::of(&structure);
        let asked = asked || self.task.as_ref().is_some_and(|task| task.asked);
        let catalog = Arc::clone(&self.catalog);
        let job = async move { catalog.provide(&request, &structure) };
        self.task = Some(Choosing {
            subject,
            task: AsyncComputeTaskPool::get().spawn(job),
            asked,
        });
    }

    /// Takes what was chosen for a structure; returns the command that makes it so, and adds what
    /// there is to say.
    pub(super) fn settle(
        &mut self,
        request: Request,
        subject: Subject,
        chosen: Result<Chosen, CatalogError>,
        said: &mut Vec<(Severity, String)>,
    ) -> Command {
        self.request = request;
        self.subject = Some(subject);
        self.task = None;
        self.not_finite =
            matches!(&chosen, Err(CatalogError::NoPotentialFits(error)) if error.not_finite);
        match chosen {
            Ok(chosen) => {
                let described = Described::of(&chosen);
                said.extend(described.told());
                self.outcome = Some(Ok(described));
                Command::SetPotential(chosen.potential)
            }
            Err(error) => {
                let reason = error.to_string();
                said.push((Severity::Warning, format!("No forces: {reason}.")));
                self.outcome = Some(Err(reason));
                Command::RemovePotential
            }
        }
    }
}

impl Described {
    fn told(&self) -> [(Severity, String); 1] {
        let Described { name, reason, .. } = self;
        match &self.caution {
            None => [(
                Severity::Info,
                format!("Potential: {name}, because {reason}."),
            )],
            Some(caution) => [(
                Severity::Warning,
                format!("Potential: {name}, because {reason}. Caution: {caution}."),
            )],
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Choice>()
        .add_systems(Update, choose_again.in_set(ViewerSystems::Steer));
}

/// Follows the structure: other atoms, another charge or multiplicity may want another potential.
fn choose_again(
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut choice: ResMut<Choice>,
    mut notices: ResMut<Notices>,
    mut looked_at: Local<Option<u64>>,
    mut tried: Local<u64>,
) {
    let frame = &scene.frame;
    take(
        &simulation,
        frame.potential.as_ref(),
        &mut choice,
        &mut notices,
    );
    let known = choice.subject.is_some() || choice.task.is_some();
    let moved = choice.not_finite && choice.task.is_none() && *tried != frame.number;
    if known && *looked_at == Some(frame.revision) && !moved {
        return;
    }
    (*looked_at, *tried) = (Some(frame.revision), frame.number);
    // No atoms want no potential: most likely something is being opened.
    if frame.positions.is_empty() {
        return;
    }
    let subject = Subject::of(&frame.identity);
    let current = match &choice.task {
        Some(task) => task.subject == subject,
        None => choice.subject.as_ref() == Some(&subject),
    };
    if !current || moved {
        choice.begin(frame.structure(), false);
    }
}

/// Takes what a task has chosen. The same potential is not exchanged for itself, unless the person
/// has asked: the options may be others.
fn take(
    simulation: &Simulation,
    in_use: Option<&Arc<str>>,
    choice: &mut ResMut<Choice>,
    notices: &mut Notices,
) {
    let polled = choice.bypass_change_detection().task.as_mut();
    let Some(chosen) = polled.and_then(|choosing| poll(&mut choosing.task)) else {
        return;
    };
    let Some(Choosing { subject, asked, .. }) = choice.task.take() else {
        return;
    };
    let same = match (&chosen, in_use) {
        (Ok(chosen), Some(name)) => chosen.potential.name() == &**name,
        (Err(_), None) => matches!(choice.outcome, Some(Err(_))),
        _ => false,
    };
    let mut said = Vec::new();
    let request = choice.request.clone();
    let command = choice.settle(request, subject, chosen, &mut said);
    if same && !asked {
        return;
    }
    match simulation.send(command) {
        Ok(_) => said
            .into_iter()
            .for_each(|(severity, text)| notices.say(severity, text)),
        Err(full) => {
            choice.forget();
            notices.say(
                Severity::Error,
                format!("The potential was not exchanged: {full}."),
            );
        }
    }
}
