//! The potential in use: why it was chosen, and what it is good for.
//!
//! A request by name is used as it is. With `auto`, the choice is repeated when composition, charge
//! or multiplicity change, and every change of the potential is reported.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::jobs::poll;
use super::structure_key::StructureKey;
use super::suitability::{OptionCache, PotentialSuitability, SuitabilityCache};
use crate::app::notices::{Notices, Severity};
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::{AUTO, CatalogError, OptionChoices};
use mlipview_core::potential::{Capabilities, Catalog, Chosen, Request};
use mlipview_core::sim::{Command, Frame};

/// Description of a potential.
#[derive(Clone, Debug, PartialEq)]
pub struct PotentialDescription {
    /// Its name.
    pub name: String,
    /// Strengths and limits.
    pub description: String,
    /// Supported elements, charges, spins and cells.
    pub capabilities_text: String,
    /// Compute device.
    pub device: String,
    /// Why it was chosen, as the end of a sentence.
    pub reason: String,
    /// Caution, as the end of "Caution: …".
    pub caution: Option<String>,
}

impl PotentialDescription {
    fn of(chosen: &Chosen) -> PotentialDescription {
        PotentialDescription {
            name: chosen.potential.name().to_owned(),
            description: chosen.potential.description().to_owned(),
            capabilities_text: capabilities_text(chosen.potential.capabilities()),
            device: chosen.potential.device(),
            reason: chosen.reason.clone(),
            caution: chosen.caution.clone(),
        }
    }
}

/// Describes the capabilities of a potential.
fn capabilities_text(capabilities: &Capabilities) -> String {
    let elements = capabilities.elements.as_ref().map_or_else(
        || "any element".to_owned(),
        |elements| {
            let symbols: Vec<&str> = elements.iter().map(|element| element.symbol()).collect();
            symbols.join(" ")
        },
    );
    let (low, high) = (capabilities.charges.start(), capabilities.charges.end());
    let charges = match (low, high) {
        (0, 0) => "neutral systems".to_owned(),
        (low, high) => format!("charges {low:+} to {high:+}"),
    };
    let spins = if capabilities.spins {
        "any multiplicity"
    } else {
        "closed shells"
    };
    let bonds = if capabilities.reactive {
        "reactive"
    } else {
        "not reactive"
    };
    let cell = if capabilities.periodic {
        "with or without a cell"
    } else {
        "without a cell"
    };
    format!("{elements}; {charges}, {spins}; {cell}; {bonds}")
}

/// Why there is no potential.
#[derive(Debug, thiserror::Error)]
pub enum ChoiceError {
    /// The choice was canceled.
    #[error("the selection was canceled; select one here")]
    Canceled,
    /// No potential of the catalog can be used.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
}

/// The requested potential and the one in use.
#[derive(Resource)]
pub struct PotentialChoice {
    catalog: Arc<Catalog>,
    request: Request,
    outcome: Option<Result<PotentialDescription, ChoiceError>>,
    /// The composition for which it was chosen.
    key: Option<StructureKey>,
    /// Whether no potential fits for want of a finite energy, which may change when atoms move.
    not_finite: bool,
    task: Option<PendingChoice>,
    suitabilities: SuitabilityCache,
    option_choices: OptionCache,
}

/// Choice that is being computed.
struct PendingChoice {
    key: StructureKey,
    task: Task<Result<Chosen, CatalogError>>,
    /// Whether the person requested it, so that it is set and reported in any case.
    requested: bool,
}

impl Default for PotentialChoice {
    fn default() -> PotentialChoice {
        PotentialChoice::of(automatic())
    }
}

/// The request for automatic choice.
pub(super) fn automatic() -> Request {
    AUTO.parse()
        .unwrap_or_else(|_| unreachable!("a name is a request"))
}

impl PotentialChoice {
    /// A choice that is still to be made.
    pub fn of(request: Request) -> PotentialChoice {
        PotentialChoice {
            catalog: Arc::new(Catalog::built_in()),
            request,
            outcome: None,
            key: None,
            not_finite: false,
            task: None,
            suitabilities: SuitabilityCache::default(),
            option_choices: OptionCache::default(),
        }
    }

    /// Chooses from another catalog.
    #[must_use]
    pub fn with_catalog(self, catalog: Arc<Catalog>) -> PotentialChoice {
        PotentialChoice { catalog, ..self }
    }

    /// The catalog.
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// The request.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The potential in use, or why there is none; `None` while it is unknown.
    pub fn outcome(&self) -> Option<&Result<PotentialDescription, ChoiceError>> {
        self.outcome.as_ref()
    }

    /// Whether a potential is being chosen or loaded.
    pub fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    /// Requests a potential.
    pub fn set_request(&mut self, request: Request, structure: Structure) {
        self.request = request;
        self.begin(structure, true);
    }

    /// Cancels the choice; the potential in use stays.
    pub(super) fn cancel(&mut self) {
        if let Some(PendingChoice { key, .. }) = self.task.take() {
            self.key = Some(key);
            self.outcome.get_or_insert(Err(ChoiceError::Canceled));
        }
    }

    /// Suitability of the catalog's potentials for a structure, as far as known; missing entries
    /// are computed in the background.
    pub fn suitabilities(&mut self, frame: &Frame) -> &[PotentialSuitability] {
        self.suitabilities.of(&self.catalog, frame)
    }

    /// Choices for the options of the requested potential, likewise.
    pub fn option_choices(&mut self) -> &[OptionChoices] {
        self.option_choices.of(&self.catalog, &self.request)
    }

    /// Forces a new choice.
    pub(super) fn invalidate(&mut self) {
        self.key = None;
    }

    fn begin(&mut self, structure: Structure, requested: bool) {
        let request = self.request.clone();
        let key = StructureKey::of(&structure);
        let requested = requested || self.task.as_ref().is_some_and(|task| task.requested);
        let catalog = Arc::clone(&self.catalog);
        let job = async move { catalog.provide(&request, &structure) };
        self.task = Some(PendingChoice {
            key,
            task: AsyncComputeTaskPool::get().spawn(job),
            requested,
        });
    }

    /// Applies a choice; returns its command and adds its notices.
    pub(super) fn apply(
        &mut self,
        request: Request,
        key: StructureKey,
        chosen: Result<Chosen, CatalogError>,
        messages: &mut Vec<(Severity, String)>,
    ) -> Command {
        self.request = request;
        self.key = Some(key);
        self.task = None;
        self.not_finite =
            matches!(&chosen, Err(CatalogError::NoPotentialFits(error)) if error.not_finite);
        match chosen {
            Ok(chosen) => {
                let described = PotentialDescription::of(&chosen);
                messages.extend(described.notices());
                self.outcome = Some(Ok(described));
                Command::SetPotential(chosen.potential)
            }
            Err(error) => {
                messages.push((Severity::Warning, format!("No forces: {error}.")));
                self.outcome = Some(Err(ChoiceError::Catalog(error)));
                Command::RemovePotential
            }
        }
    }
}

impl PotentialDescription {
    fn notices(&self) -> [(Severity, String); 1] {
        let PotentialDescription { name, reason, .. } = self;
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
    app.init_resource::<PotentialChoice>()
        .add_systems(Update, update_choice.in_set(ViewerSystems::Steer));
}

/// Chooses again when composition, charge or multiplicity change.
fn update_choice(
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut choice: ResMut<PotentialChoice>,
    mut notices: ResMut<Notices>,
    mut looked_at: Local<Option<u64>>,
    mut tried: Local<u64>,
) {
    let frame = &scene.frame;
    // Another program computes the dynamics: it would refuse a potential.
    if frame.external.is_some() {
        return;
    }
    take(
        &simulation,
        frame.potential.as_ref(),
        &mut choice,
        &mut notices,
    );
    let known = choice.key.is_some() || choice.task.is_some();
    let moved = choice.not_finite && choice.task.is_none() && *tried != frame.number;
    if known && *looked_at == Some(frame.revision) && !moved {
        return;
    }
    (*looked_at, *tried) = (Some(frame.revision), frame.number);
    // Without atoms there is nothing to choose; most likely a document is being opened.
    if frame.positions.is_empty() {
        return;
    }
    let key = StructureKey::of(&frame.identity);
    let current = match &choice.task {
        Some(task) => task.key == key,
        None => choice.key.as_ref() == Some(&key),
    };
    if !current || moved {
        choice.begin(frame.structure(), false);
    }
}

/// Applies a finished choice. The same potential is not replaced by itself, unless the person
/// requested it: its options may differ.
fn take(
    simulation: &Simulation,
    in_use: Option<&Arc<str>>,
    choice: &mut ResMut<PotentialChoice>,
    notices: &mut Notices,
) {
    let polled = choice.bypass_change_detection().task.as_mut();
    let Some(chosen) = polled.and_then(|choosing| poll(&mut choosing.task)) else {
        return;
    };
    let Some(PendingChoice { key, requested, .. }) = choice.task.take() else {
        return;
    };
    let same = match (&chosen, in_use) {
        (Ok(chosen), Some(name)) => chosen.potential.name() == &**name,
        (Err(_), None) => matches!(choice.outcome, Some(Err(_))),
        _ => false,
    };
    let mut messages = Vec::new();
    let request = choice.request.clone();
    let command = choice.apply(request, key, chosen, &mut messages);
    if same && !requested {
        return;
    }
    match simulation.send(command) {
        Ok(_) => messages
            .into_iter()
            .for_each(|(severity, text)| notices.post(severity, text)),
        Err(full) => {
            choice.invalidate();
            notices.post(
                Severity::Error,
                format!("Cannot change the potential: {full}."),
            );
        }
    }
}
