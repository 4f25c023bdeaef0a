//! What a client has told of a structure so far, which may not be whole yet.

use glam::DVec3;

use super::density;
use super::message::{CellChange, Interaction};
use super::refusal::Violation;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::sim::Edit;
use mlipview_core::sim::frame::Frame;

/// Atoms as a client has named them: some may have no element or no place yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    elements: Vec<Option<Element>>,
    positions: Vec<Option<DVec3>>,
    velocities: Vec<DVec3>,
    cell: Option<Cell>,
    charge: i32,
    multiplicity: Option<u32>,
    /// Whether the simulation has these atoms, so that changes of them are enough.
    in_simulation: bool,
}

/// What an interaction makes of a draft.
#[derive(Debug, PartialEq)]
pub(super) enum Drafted {
    /// It is no structure yet. \[17\]
    Incomplete,
    /// A change for the simulation.
    Edit {
        /// The change.
        edit: Edit,
        /// Whether the potential must be chosen anew: elements, charge, multiplicity or what repeats
        /// have changed.
        other_matter: bool,
    },
}

impl Draft {
    /// What a frame shows.
    pub(super) fn of(frame: &Frame) -> Draft {
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

    /// Moves atoms to where the simulation has them now.
    pub(super) fn follow(&mut self, frame: &Frame) {
        if self.in_simulation && frame.positions.len() == self.positions.len() {
            let places = self.positions.iter_mut().zip(&frame.positions);
            places.for_each(|(place, now)| *place = Some(*now));
            self.velocities.copy_from_slice(&frame.velocities);
            self.cell.clone_from(&frame.cell);
        }
    }

    /// Takes an interaction in: the last value of each atom wins, atoms beyond the end are added, and
    /// only a whole structure takes atoms away. \[14, 15\]
    ///
    /// # Errors
    /// What makes no sense; then nothing is changed.
    pub(super) fn apply(&mut self, interaction: &Interaction) -> Result<Drafted, Violation> {
        let before = self.clone();
        let drafted = self.try_apply(interaction, &before);
        if drafted.is_err() {
            *self = before;
        }
        drafted
    }

    fn try_apply(
        &mut self,
        interaction: &Interaction,
        before: &Draft,
    ) -> Result<Drafted, Violation> {
        if interaction.full {
            self.begin_anew(interaction.atoms);
        }
        self.grow(interaction.reach());
        self.write(interaction)?;
        let Some(structure) = self.structure()? else {
            self.in_simulation = false;
            return Ok(Drafted::Incomplete);
        };
        let other_matter = !before.in_simulation
            || self.elements != before.elements
            || self.charge != before.charge
            || self.multiplicity != before.multiplicity
            || self.repeats() != before.repeats();
        let edit = if interaction.full || !before.in_simulation {
            Edit::Replace(Box::new(structure), self.velocities.clone())
        } else {
            self.changes(interaction, before, structure)
        };
        self.in_simulation = true;
        Ok(Drafted::Edit { edit, other_matter })
    }

    /// Atoms that are not named stay as they are, but at rest.
    fn begin_anew(&mut self, atoms: usize) {
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

    fn write(&mut self, interaction: &Interaction) -> Result<(), Violation> {
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

    /// The structure, once it is whole.
    pub(super) fn whole(&self) -> Option<Structure> {
        self.structure().ok().flatten()
    }

    /// The structure, once there is at least one atom and each has an element and a place.
    fn structure(&self) -> Result<Option<Structure>, Violation> {
        let elements: Option<Vec<Element>> = self.elements.iter().copied().collect();
        let positions: Option<Vec<DVec3>> = self.positions.iter().copied().collect();
        let (Some(elements), Some(positions)) = (elements, positions) else {
            return Ok(None);
        };
        if elements.is_empty() {
            return Ok(None);
        }
        let refused = |reason: String| Violation::Value {
            what: "structure",
            reason,
        };
        let structure =
            Structure::new(elements, positions).map_err(|error| refused(error.to_string()))?;
        let mut structure = structure.with_cell(self.cell.clone());
        structure.charge = self.charge;
        if let Some(multiplicity) = self.multiplicity {
            let set = structure.set_multiplicity(multiplicity);
            set.map_err(|error| refused(error.to_string()))?;
        }
        density::check(&structure)?;
        Ok(Some(structure))
    }

    /// The edits that make what was before this, leaving alone what was not touched.
    fn changes(&self, interaction: &Interaction, before: &Draft, structure: Structure) -> Edit {
        let old = before.elements.len();
        let known = |atom: &usize| *atom < old;
        let mut edits = Vec::new();
        for &atom in interaction.elements.keys().filter(|atom| known(atom)) {
            if let Some(element) = self.elements[atom]
                && before.elements[atom] != Some(element)
            {
                edits.push(Edit::SetElement(atom, element));
            }
        }
        let places = interaction.positions.range(..old);
        edits.push(Edit::SetPositions(
            places.map(|(atom, at)| (*atom, *at)).collect(),
        ));
        if structure.len() > old {
            let added: Vec<usize> = (old..structure.len()).collect();
            if let Some(mut added) = structure.select(&added) {
                // The charge is the whole structure's, and is set below.
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
        Edit::Several(edits)
    }

    fn repeats(&self) -> Option<[bool; 3]> {
        self.cell.as_ref().map(Cell::periodic)
    }
}
