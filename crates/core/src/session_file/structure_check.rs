//! Structure of a record, with the path of what is wrong with it.

use super::structure_record::{BondRecord, CellRecord, LabelRecord, StructureRecord, vectors};
use super::{MAX_ATOMS, SessionError};
use crate::chem::format::Configuration;
use crate::chem::structure::{Label, StatedBond};
use crate::chem::{Cell, Structure};
use crate::json::JsonError;

impl CellRecord {
    /// The cell; `path` is that of the record, for errors.
    pub(super) fn cell(&self, path: &str) -> Result<Cell, JsonError> {
        Cell::new(self.vectors.map(Into::into), self.periodic).map_err(|error| {
            let expected = format!("three vectors that span a volume ({error})");
            let found = format!("{:?}", self.vectors);
            JsonError::value(format!("{path}.vectors"), found, expected)
        })
    }
}

impl StructureRecord {
    /// The structure.
    ///
    /// # Errors
    /// If the record is not valid: lists of different lengths, numbers that are not finite, and so on.
    pub fn structure(&self) -> Result<Structure, SessionError> {
        Ok(self.structure_at("structure")?)
    }

    /// The structure with its velocities.
    ///
    /// # Errors
    /// As [`StructureRecord::structure`].
    pub fn configuration(&self) -> Result<Configuration, SessionError> {
        Ok(Configuration {
            velocities: self.velocities(),
            ..Configuration::from(self.structure()?)
        })
    }

    /// The structure; `path` is that of the record, for errors.
    pub(super) fn structure_at(&self, path: &str) -> Result<Structure, JsonError> {
        let at = |field: &str| format!("{path}.{field}");
        let atoms = self.len();
        if atoms > MAX_ATOMS {
            let expected = format!("at most {MAX_ATOMS}");
            return Err(JsonError::value(
                at("elements"),
                format!("{atoms} atoms"),
                expected,
            ));
        }
        check_rows(&at("positions"), &self.positions, atoms)?;
        let velocities = self.velocities.as_deref();
        velocities.map_or(Ok(()), |rows| check_rows(&at("velocities"), rows, atoms))?;
        let refused = |field: &str, error: &dyn std::error::Error| {
            JsonError::value(at(field), "this", format!("a valid one ({error})"))
        };
        let mut structure = Structure::new(self.elements.clone(), vectors(&self.positions))
            .map_err(|error| refused("positions", &error))?;
        structure.charge = self.charge;
        structure
            .set_multiplicity(self.multiplicity)
            .map_err(|error| refused("multiplicity", &error))?;
        structure.cell = match &self.cell {
            Some(cell) => Some(cell.cell(&at("cell"))?),
            None => None,
        };
        self.set_fixed(&mut structure, &at("fixed"))?;
        structure
            .set_rigid_groups(self.rigid.clone())
            .map_err(|error| refused("rigid", &error))?;
        structure
            .set_masses(self.masses.clone())
            .map_err(|error| refused("masses", &error))?;
        let label = |LabelRecord(name, residue, residue_number, chain): &LabelRecord| Label {
            name: name.clone(),
            residue: residue.clone(),
            residue_number: *residue_number,
            chain: chain.clone(),
        };
        let labels = self.labels.as_ref();
        structure
            .set_labels(labels.map(|labels| labels.iter().map(label).collect()))
            .map_err(|error| refused("labels", &error))?;
        let bond = |&BondRecord(one, other, order): &BondRecord| StatedBond {
            atoms: [one, other],
            order,
        };
        structure
            .set_stated_bonds(self.bonds.iter().map(bond).collect())
            .map_err(|error| refused("bonds", &error))?;
        self.set_properties(&mut structure, path)?;
        Ok(structure)
    }

    fn set_fixed(&self, structure: &mut Structure, path: &str) -> Result<(), JsonError> {
        for (index, &atom) in self.fixed.iter().enumerate() {
            let rises = index == 0 || self.fixed[index - 1] < atom;
            match structure.fixed_mut().get_mut(atom) {
                Some(fixed) if rises => *fixed = true,
                _ => {
                    let atoms = self.len();
                    let expected = format!("rising indices of {atoms} atoms");
                    return Err(JsonError::value(format!("{path}[{index}]"), atom, expected));
                }
            }
        }
        Ok(())
    }

    fn set_properties(&self, structure: &mut Structure, path: &str) -> Result<(), JsonError> {
        for (key, record) in &self.properties {
            let unfit = || {
                let path = format!("{path}.properties.{key}");
                JsonError::value(path, "other values", "as many values as the shape has")
            };
            let value = record.value().ok_or_else(unfit)?;
            structure.info.insert(key.clone(), value);
        }
        for (key, record) in &self.arrays {
            let atoms = self.len();
            let unfit = || {
                let expected = format!("{} values for each of {atoms} atoms", record.width);
                JsonError::value(format!("{path}.arrays.{key}"), "other values", expected)
            };
            let column = record.column().ok_or_else(unfit)?;
            structure.set_array(key, column).map_err(|_| unfit())?;
        }
        Ok(())
    }
}

/// Checks that there is a row of finite numbers for each atom.
pub(super) fn check_rows(path: &str, rows: &[[f64; 3]], atoms: usize) -> Result<(), JsonError> {
    if rows.len() != atoms {
        let found = format!("{} rows", rows.len());
        return Err(JsonError::value(
            path,
            found,
            format!("one for each of {atoms} atoms"),
        ));
    }
    let finite = |row: &[f64; 3]| row.iter().all(|it| it.is_finite());
    match rows.iter().position(|row| !finite(row)) {
        Some(row) => {
            let found = format!("{:?}", rows[row]);
            let path = format!("{path}[{row}]");
            Err(JsonError::value(path, found, "three finite numbers"))
        }
        None => Ok(()),
    }
}
