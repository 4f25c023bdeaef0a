//! A structure that a client builds up by interactions and that may be incomplete.

use glam::DVec3;

use super::message::{CellChange, Interaction};
use super::overlap_check;
use super::violation::Violation;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::sim::Edit;
use mlipview_core::sim::frame::Frame;

/// Atoms of a client: some may have no element or no position yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    elements: Vec<Option<Element>>,
    positions: Vec<Option<DVec3>>,
    velocities: Vec<DVec3>,
    cell: Option<Cell>,
    charge: i32,
    multiplicity: Option<u32>,
    /// Whether the simulation has these atoms, so that edits of them are sufficient.
    in_simulation: bool,
}

/// Result of an interaction with a draft.
#[derive(Debug, PartialEq)]
pub(super) enum DraftUpdate {
    /// The draft is no complete structure yet. \[17\]
    Incomplete,
    /// An edit for the simulation.
    Edit {
        /// The edit.
        edit: Edit,
        /// Whether a potential must be selected again: elements, charge, multiplicity or periodic axes
        /// have changed.
        needs_potential: bool,
    },
}

impl Draft {
    /// The structure of a frame.
    pub(super) fn from_frame(frame: &Frame) -> Draft {
        let identity = &frame.identity;
        Draft {
            elements: identity.elements().iter().copied().map(Some).collect(),
            positions: frame.positions.iter().copied().map(Some).collect(),
            velocities: frame.velocities.clone(),
            cell: frame.cell.clone(),
            charge: identity.charge,
            multiplicity: Some(identity.multiplicity()),
            in_simulation: true,
        }
    }

    /// Updates positions, velocities and cell from a frame of the simulation.
    pub(super) fn update_from_frame(&mut self, frame: &Frame) {
        if self.in_simulation && frame.positions.len() == self.positions.len() {
            let positions = self.positions.iter_mut().zip(&frame.positions);
            positions.for_each(|(own, new)| *own = Some(*new));
            self.velocities.copy_from_slice(&frame.velocities);
            self.cell.clone_from(&frame.cell);
        }
    }

    /// Applies an interaction: the last value of each atom wins, atoms beyond the end are added, and only
    /// a full update removes atoms. \[14, 15\]
    ///
    /// # Errors
    /// If a value is invalid; then nothing is changed.
    pub(super) fn apply(&mut self, interaction: &Interaction) -> Result<DraftUpdate, Violation> {
        let before = self.clone();
        let update = self.try_apply(interaction, &before);
        if update.is_err() {
            *self = before;
        }
        update
    }

    fn try_apply(
        &mut self,
        interaction: &Interaction,
        before: &Draft,
    ) -> Result<DraftUpdate, Violation> {
        if interaction.full {
            self.reset_atoms(interaction.atoms);
        }
        self.grow(interaction.reach());
        self.set_values(interaction)?;
        let Some(structure) = self.structure()? else {
            self.in_simulation = false;
            return Ok(DraftUpdate::Incomplete);
        };
        let needs_potential = !before.in_simulation
            || self.elements != before.elements
            || self.charge != before.charge
            || self.multiplicity != before.multiplicity
            || self.periodic() != before.periodic();
        let edit = if interaction.full || !before.in_simulation {
            Edit::Replace(Box::new(structure), self.velocities.clone())
        } else {
            self.edit(interaction, before, structure)
        };
        self.in_simulation = true;
        Ok(DraftUpdate::Edit {
            edit,
            needs_potential,
        })
    }

    /// Keeps the first `atoms` atoms, at rest.
    fn reset_atoms(&mut self, atoms: usize) {
        self.elements.truncate(atoms);
        self.positions.truncate(atoms);
        self.velocities = vec![DVec3::ZERO; self.elements.len()];
    }

    fn grow(&mut self, atoms: usize) {
        if atoms > self.elements.len() {
            self.elements.resize(atoms, None);
            self.positions.resize(atoms, None);
            self.velocities.resize(atoms, DVec3::ZERO);
        }
    }

    fn set_values(&mut self, interaction: &Interaction) -> Result<(), Violation> {
        for (&atom, &number) in &interaction.elements {
            self.elements[atom] = Element::from_number(number);
        }
        for (&atom, &position) in &interaction.positions {
            self.positions[atom] = Some(position);
        }
        for (&atom, &velocity) in &interaction.velocities {
            self.velocities[atom] = velocity;
        }
        match interaction.cell {
            None => {}
            Some(CellChange::Clear) => self.cell = None,
            Some(CellChange::Set(matrix, periodic)) => {
                let vectors = [matrix.x_axis, matrix.y_axis, matrix.z_axis];
                let cell = Cell::new(vectors, periodic);
                self.cell = Some(cell.map_err(|error| Violation::Cell(error.to_string()))?);
            }
        }
        self.charge = interaction.charge.unwrap_or(self.charge);
        self.multiplicity = interaction.multiplicity.or(self.multiplicity);
        Ok(())
    }

    /// The structure, if it is complete and valid.
    pub(super) fn complete(&self) -> Option<Structure> {
        self.structure().ok().flatten()
    }

    /// The structure, if it has at least one atom and each has an element and a position.
    fn structure(&self) -> Result<Option<Structure>, Violation> {
        let elements: Option<Vec<Element>> = self.elements.iter().copied().collect();
        let positions: Option<Vec<DVec3>> = self.positions.iter().copied().collect();
        let (Some(elements), Some(positions)) = (elements, positions) else {
            return Ok(None);
        };
        if elements.is_empty() {
            return Ok(None);
        }
        let invalid = |reason: String| Violation::Value {
            field: "structure",
            reason,
        };
        let structure =
            Structure::new(elements, positions).map_err(|error| invalid(error.to_string()))?;
        let mut structure = structure.with_cell(self.cell.clone());
        structure.charge = self.charge;
        if let Some(multiplicity) = self.multiplicity {
            let set = structure.set_multiplicity(multiplicity);
            set.map_err(|error| invalid(error.to_string()))?;
        }
        overlap_check::check(&structure)?;
        Ok(Some(structure))
    }

    /// The edits of an interaction, without the atoms that it does not name.
    fn edit(&self, interaction: &Interaction, before: &Draft, structure: Structure) -> Edit {
        let old = before.elements.len();
        let existing = |atom: &usize| *atom < old;
        let mut edits = Vec::new();
        for &atom in interaction.elements.keys().filter(|atom| existing(atom)) {
            if let Some(element) = self.elements[atom]
                && before.elements[atom] != Some(element)
            {
                edits.push(Edit::SetElement(atom, element));
            }
        }
        let positions = interaction.positions.range(..old);
        edits.push(Edit::SetPositions(
            positions.map(|(atom, at)| (*atom, *at)).collect(),
        ));
        if structure.len() > old {
            let added: Vec<usize> = (old..structure.len()).collect();
            if let Some(mut added) = structure.select(&added) {
                // The charge belongs to the whole structure and is set below.
                added.charge = 0;
                edits.push(Edit::Append(Box::new(added)));
            }
        }
        if !interaction.velocities.is_empty() {
            let velocities = interaction.velocities.iter();
            let velocities = velocities.map(|(atom, value)| (*atom, *value));
            edits.push(Edit::SetVelocities(velocities.collect()));
        }
        if self.cell != before.cell {
            edits.push(Edit::SetCell(self.cell.clone().map(Box::new)));
        }
        if (self.charge, self.multiplicity) != (before.charge, before.multiplicity) {
            edits.push(Edit::SetCharge {
                charge: self.charge,
                multiplicity: structure.multiplicity(),
            });
        }
        Edit::Batch(edits)
    }

    fn periodic(&self) -> Option<[bool; 3]> {
        self.cell.as_ref().map(Cell::periodic)
    }
}
