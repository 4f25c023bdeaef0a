//! Writer of molfiles and SD files: V2000, or V3000 if its columns are too narrow.

use std::fmt::Write as _;

use super::super::formal_charges::{charges, radicals};
use super::super::{Configuration, Format, WriteError};
use super::data;
use super::fields::{NAME, TWO_DIMENSIONAL};
use crate::chem::Structure;
use crate::chem::properties::{Data, Value};
use crate::chem::structure::{BondOrder, StatedBond};

/// Maximum number of atoms and of bonds in V2000.
const MAX_V2000_COUNT: usize = 999;

/// Writes a molfile of one structure.
///
/// # Errors
/// If there are several structures, or the format cannot store the structure.
pub(in super::super) fn write_mol(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let configuration = WriteError::expect_one(configurations, Format::Mol)?;
    let structure = &configuration.structure;
    if charge_without_atom(structure).is_some() || multiplicity_without_atom(structure).is_some() {
        let what = "a charge or multiplicity that no atom carries";
        let why = "only SD files have data fields; write .sdf instead";
        return Err(WriteError::cannot_hold(Format::Mol, what, why));
    }
    let mut out = String::new();
    push_molfile(&mut out, structure, Format::Mol)?;
    Ok(out.into_bytes())
}

/// Writes an SD file: a molfile and data fields for each structure.
///
/// # Errors
/// If the format cannot store a structure.
pub(in super::super) fn write_sdf(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    for Configuration { structure, .. } in configurations {
        push_molfile(&mut out, structure, Format::Sdf)?;
        let charge = charge_without_atom(structure);
        data::push(
            &mut out,
            structure,
            charge,
            multiplicity_without_atom(structure),
        );
        out.push_str("$$$$\n");
    }
    Ok(out.into_bytes())
}

/// The total charge, e, if the atoms have no formal charges that imply it.
fn charge_without_atom(structure: &Structure) -> Option<i32> {
    let charge = structure.charge;
    (charge != 0 && charges(structure).is_none()).then_some(charge)
}

/// The multiplicity 2S + 1, if no radical codes of atoms imply it.
fn multiplicity_without_atom(structure: &Structure) -> Option<u32> {
    let multiplicity = structure.multiplicity();
    (multiplicity != 1 && radical_codes(structure).is_none()).then_some(multiplicity)
}

/// Radical codes (0 none, 1 singlet, 2 doublet, 3 triplet), if all are valid: `[atoms]`.
fn radical_codes(structure: &Structure) -> Option<&[i64]> {
    radicals(structure).filter(|radicals| radicals.iter().all(|code| (0..=3).contains(code)))
}

/// Appends a molfile: header, connection table, and `M  END`.
fn push_molfile(out: &mut String, structure: &Structure, format: Format) -> Result<(), WriteError> {
    if structure
        .cell
        .as_ref()
        .is_some_and(|cell| cell.is_periodic())
    {
        let why = "it is of molecules; choose another format, such as .xyz";
        return Err(WriteError::cannot_hold(format, "a cell", why));
    }
    if structure
        .stated_bonds()
        .iter()
        .any(|bond| bond_type(bond).is_none())
    {
        let why = "it knows orders up to 3; choose another format, such as .pdb";
        return Err(WriteError::cannot_hold(format, "a quadruple bond", why));
    }
    let name = match structure.info.get(NAME).map(Value::data) {
        Some(Data::Texts(texts)) => texts.join(" ").replace(['\n', '\r'], " "),
        _ => String::new(),
    };
    // A line of $$$$ would end the record.
    let name = name.trim_start_matches('$');
    let dimension = if is_drawing(structure) { "2D" } else { "3D" };
    let _ = writeln!(out, "{name}\n  mlipview          {dimension}\n");
    let narrow =
        structure.len() <= MAX_V2000_COUNT && structure.stated_bonds().len() <= MAX_V2000_COUNT;
    let fits = |coordinate: f64| format!("{coordinate:.4}").len() <= 10;
    let positions = structure.positions().iter();
    if narrow && positions.flat_map(|position| position.to_array()).all(fits) {
        push_v2000(out, structure);
    } else {
        push_v3000(out, structure);
    }
    out.push_str("M  END\n");
    Ok(())
}

/// Whether the source file was a drawing and the atoms are still coplanar.
fn is_drawing(structure: &Structure) -> bool {
    structure.info.get(TWO_DIMENSIONAL).map(Value::data) == Some(&Data::Bools(vec![true]))
        && structure
            .positions()
            .iter()
            .all(|position| position.z == 0.0)
}

/// Appends a connection table of version V2000: counts, atoms, bonds and properties in fixed columns.
/// Coordinates are in Å with four decimals.
fn push_v2000(out: &mut String, structure: &Structure) {
    let (atoms, bonds) = (structure.len(), structure.stated_bonds().len());
    let _ = writeln!(out, "{atoms:3}{bonds:3}  0  0  0  0  0  0  0  0999 V2000");
    for (element, position) in structure.elements().iter().zip(structure.positions()) {
        let [x, y, z] = position.to_array();
        let _ = writeln!(
            out,
            "{x:10.4}{y:10.4}{z:10.4} {:<3} 0  0  0  0  0  0  0  0  0  0  0  0",
            element.symbol()
        );
    }
    for bond in structure.stated_bonds() {
        let ([one, other], order) = (bond.atoms, bond_type(bond).unwrap_or(1));
        let _ = writeln!(out, "{:3}{:3}{order:3}  0", one + 1, other + 1);
    }
    let charges = charges(structure).unwrap_or_default();
    push_property(out, "CHG", charges.iter().copied());
    let radicals = radical_codes(structure).unwrap_or_default();
    push_property(out, "RAD", radicals.iter().copied());
    push_property(out, "ISO", isotopes(structure));
}

/// Appends property lines `M  CHG`, `M  RAD` or `M  ISO`: up to eight atoms each and their values, without
/// zeros.
fn push_property(out: &mut String, kind: &str, values: impl Iterator<Item = i64>) {
    let entries: Vec<(usize, i64)> = values
        .enumerate()
        .filter(|(_, value)| *value != 0)
        .collect();
    for row in entries.chunks(8) {
        let _ = write!(out, "M  {kind}{:3}", row.len());
        for (atom, value) in row {
            let _ = write!(out, " {:3} {value:3}", atom + 1);
        }
        out.push('\n');
    }
}

/// Mass number of each atom with a mass other than its element's, else 0: `[atoms]`.
fn isotopes(structure: &Structure) -> impl Iterator<Item = i64> {
    (0..structure.len()).map(|atom| {
        let (mass, natural) = (structure.mass(atom), structure.elements()[atom].mass());
        if (mass - natural).abs() < 1e-3 {
            0
        } else {
            mass.round() as i64
        }
    })
}

/// Appends a connection table of version V3000: counts, atoms and bonds as words. Coordinates are in Å
/// with six decimals.
fn push_v3000(out: &mut String, structure: &Structure) {
    let (atoms, bonds) = (structure.len(), structure.stated_bonds().len());
    out.push_str("  0  0  0     0  0            999 V3000\n");
    let _ = writeln!(
        out,
        "M  V30 BEGIN CTAB\nM  V30 COUNTS {atoms} {bonds} 0 0 0"
    );
    out.push_str("M  V30 BEGIN ATOM\n");
    let charges = charges(structure).unwrap_or_default();
    let radicals = radical_codes(structure).unwrap_or_default();
    for (atom, isotope) in isotopes(structure).enumerate() {
        let [x, y, z] = structure.positions()[atom].to_array();
        let symbol = structure.elements()[atom];
        let _ = write!(out, "M  V30 {} {symbol} {x:.6} {y:.6} {z:.6} 0", atom + 1);
        if let Some(charge) = charges.get(atom).filter(|charge| **charge != 0) {
            let _ = write!(out, " CHG={charge}");
        }
        if let Some(code) = radicals.get(atom).filter(|code| **code != 0) {
            let _ = write!(out, " RAD={code}");
        }
        if isotope != 0 {
            let _ = write!(out, " MASS={isotope}");
        }
        out.push('\n');
    }
    out.push_str("M  V30 END ATOM\n");
    if bonds > 0 {
        out.push_str("M  V30 BEGIN BOND\n");
        for (index, bond) in structure.stated_bonds().iter().enumerate() {
            let ([one, other], order) = (bond.atoms, bond_type(bond).unwrap_or(1));
            let _ = writeln!(
                out,
                "M  V30 {} {order} {} {}",
                index + 1,
                one + 1,
                other + 1
            );
        }
        out.push_str("M  V30 END BOND\n");
    }
    out.push_str("M  V30 END CTAB\n");
}

/// Bond type of the CTfile formats for a bond; `None` for a quadruple bond.
fn bond_type(bond: &StatedBond) -> Option<u8> {
    match bond.order {
        BondOrder::Single => Some(1),
        BondOrder::Double => Some(2),
        BondOrder::Triple => Some(3),
        BondOrder::Aromatic => Some(4),
        BondOrder::Unspecified => Some(8),
        BondOrder::Quadruple => None,
    }
}
