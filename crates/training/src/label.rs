//! Labels: structures with the energies, forces, stress and charges that a network shall learn.

use glam::{DMat3, DVec3};
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::Configuration;
use mlipview_core::chem::properties::{Data, Value};

/// A structure with its energy and forces by another method.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The atoms.
    pub structure: Structure,
    /// eV.
    pub energy: f64,
    /// eV/Å: `[atoms]`.
    pub forces: Vec<DVec3>,
    /// eV/Å³, positive under tension.
    pub stress: Option<DMat3>,
    /// e: `[atoms]`.
    pub charges: Option<Vec<f64>>,
}

/// Names of the energies and forces in extended XYZ files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelNames {
    /// Keys of the energy, eV, the first that a frame has: [default: energy, REF_energy].
    pub energy: Vec<String>,
    /// Columns of the forces, eV/Å, the first that a frame has: [default: forces, REF_forces].
    pub forces: Vec<String>,
}

impl Default for LabelNames {
    fn default() -> LabelNames {
        let both = |name: &str| vec![name.to_owned(), format!("REF_{name}")];
        LabelNames {
            energy: both("energy"),
            forces: both("forces"),
        }
    }
}

/// Why a frame of a file is no label.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LabelError {
    /// No atoms.
    #[error("it has no atoms")]
    Empty,
    /// No energy.
    #[error("it has no energy; expected {0} in the comment line, in eV")]
    NoEnergy(String),
    /// No forces.
    #[error("it has no forces; expected a column {0}:R:3, in eV/Å")]
    NoForces(String),
    /// Numbers that are not finite.
    #[error("its {0} are not finite numbers")]
    NotFinite(&'static str),
}

impl Label {
    /// The label of a frame of a file.
    ///
    /// # Errors
    /// If it has no energy or no forces, or they are not finite.
    pub fn of(frame: Configuration, names: &LabelNames) -> Result<Label, LabelError> {
        if frame.structure.is_empty() {
            return Err(LabelError::Empty);
        }
        let energy = names.energy.iter().find_map(|name| energy(&frame, name));
        let energy = energy.ok_or_else(|| LabelError::NoEnergy(alternatives(&names.energy)))?;
        let forces = names.forces.iter().find_map(|name| forces(&frame, name));
        let forces = forces.ok_or_else(|| LabelError::NoForces(alternatives(&names.forces)))?;
        let stress = frame.stress.or_else(|| virial_stress(&frame.structure));
        let charges = charges(&frame.structure);
        let is_finite = |what, finite: bool| match finite {
            true => Ok(()),
            false => Err(LabelError::NotFinite(what)),
        };
        is_finite("energy and forces", energy.is_finite())?;
        is_finite(
            "energy and forces",
            forces.iter().all(|force| force.is_finite()),
        )?;
        is_finite("stresses", stress.is_none_or(|stress| stress.is_finite()))?;
        Ok(Label {
            structure: frame.structure,
            energy,
            forces,
            stress,
            charges,
        })
    }

    /// The same as a frame of a file.
    pub fn configuration(&self) -> Configuration {
        Configuration {
            structure: self.structure.clone(),
            energy: Some(self.energy),
            forces: Some(self.forces.clone()),
            stress: self.stress,
            ..Configuration::default()
        }
    }

    /// The stress times the volume of the cell, eV, if there are both.
    pub(crate) fn virial(&self) -> Option<DMat3> {
        let cell = self.structure.cell.as_ref()?;
        let is_periodic = cell.periodic() == [true; 3];
        Some(self.stress.filter(|_| is_periodic)? * cell.volume())
    }
}

fn alternatives(names: &[String]) -> String {
    names.join(" or ")
}

fn energy(frame: &Configuration, name: &str) -> Option<f64> {
    match name {
        "energy" => frame.energy,
        _ => frame.structure.info.get(name)?.as_real(),
    }
}

fn forces(frame: &Configuration, name: &str) -> Option<Vec<DVec3>> {
    if name == "forces" {
        return frame.forces.clone();
    }
    let column = frame.structure.arrays().get(name)?;
    let Data::Reals(values) = column.data() else {
        return None;
    };
    let rows = values.chunks_exact(3).map(DVec3::from_slice);
    (column.width() == 3).then(|| rows.collect())
}

/// The stress of a `virial` W, eV: −W/V, as files of GAP, MACE and NEP define it.
fn virial_stress(structure: &Structure) -> Option<DMat3> {
    let cell = structure.cell.as_ref()?;
    let values: Vec<f64> = match structure.info.get("virial").map(Value::data)? {
        Data::Reals(values) => values.clone(),
        Data::Integers(values) => values.iter().map(|value| *value as f64).collect(),
        _ => return None,
    };
    let nine: [f64; 9] = values.try_into().ok()?;
    Some(DMat3::from_cols_array(&nine) * (-1.0 / cell.volume()))
}

/// Charges in a column of this name, as ASE and MACE write them, e.
fn charges(structure: &Structure) -> Option<Vec<f64>> {
    let column = structure.arrays().get("charges")?;
    match column.data() {
        Data::Reals(values) if column.width() == 1 => Some(values.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mlipview_core::chem::format;

    fn frame(text: &str) -> Configuration {
        let all = format::FrameSelection::LAST;
        let mut frames = format::read(text.as_bytes(), "labels.xyz", all).unwrap();
        frames.pop().unwrap()
    }

    #[test]
    fn names_of_other_programs_are_read() {
        let text = "2\nLattice=\"4 0 0 0 4 0 0 0 4\" \
                    Properties=species:S:1:pos:R:3:REF_forces:R:3:charges:R:1 REF_energy=-1.5 \
                    virial=\"64 0 0 0 0 0 0 0 0\"\nH 0 0 0 1 2 3 0.25\nH 0 0 1 0 0 0 -0.25\n";
        let label = Label::of(frame(text), &LabelNames::default()).unwrap();
        assert_eq!(label.energy, -1.5);
        assert_eq!(label.forces[0], DVec3::new(1.0, 2.0, 3.0));
        assert_eq!(label.stress.unwrap().x_axis.x, -1.0);
        assert_eq!(label.virial().unwrap().x_axis.x, -64.0);
        assert_eq!(label.charges, Some(vec![0.25, -0.25]));
    }

    #[test]
    fn what_is_missing_is_named() {
        let names = LabelNames::default();
        let without_energy = frame("1\nProperties=species:S:1:pos:R:3:forces:R:3\nH 0 0 0 1 2 3\n");
        let error = Label::of(without_energy, &names).unwrap_err();
        assert_eq!(error, LabelError::NoEnergy("energy or REF_energy".into()));
        let without_forces = frame("1\nenergy=1.0\nH 0 0 0\n");
        let error = Label::of(without_forces, &names).unwrap_err();
        assert!(
            error.to_string().contains("forces or REF_forces:R:3"),
            "{error}"
        );
    }
}
