//! Content of formats beyond elements and positions.

use std::f64::consts::TAU;

use glam::DVec3;
use mlipview_core::chem::format::{FrameSelection, read};
use mlipview_core::chem::properties::Data;
use mlipview_core::chem::structure::{BondOrder, StatedBond};

use super::formats_reference::good;

#[test]
fn every_space_group_has_the_operations_of_ase() {
    for line in include_str!("../data/reference/space_groups.txt").lines() {
        let fields: Vec<&str> = line.split('|').collect();
        let [name, count, sum] = fields[..] else {
            panic!("three fields: {line}")
        };
        let text = format!(
            "data_x\n_cell_length_a 50\n_cell_length_b 50\n_cell_length_c 50\n\
             _space_group_name_H-M_alt '{name}'\nloop_\n_atom_site_label\n_atom_site_fract_x\n\
             _atom_site_fract_y\n_atom_site_fract_z\nHe 0.1234 0.3071 0.8219\n"
        );
        let structure = &read(text.as_bytes(), "x.cif", FrameSelection::ALL).unwrap()[0].structure;
        assert_eq!(structure.len().to_string(), count, "{name}");
        let waves = [[1.0, 2.0, 3.0], [1.0, 3.0, 5.0], [1.0, 3.0, 4.0]].map(DVec3::from_array);
        let wave = |position: &DVec3| -> f64 {
            let phases = waves.map(|wave| TAU * ((*position / 50.0).dot(wave) + 0.125));
            phases.map(f64::cos).iter().sum()
        };
        let here: f64 = structure.positions().iter().map(wave).sum();
        let there: f64 = sum.parse().unwrap();
        assert!((here - there).abs() < 1e-6, "{name}: {here} {there}");
    }
}

#[test]
fn selective_dynamics_fixes_atoms_and_keeps_partial_constraints() {
    let frame = &good("poscar_vasp5_selective.vasp")[0];
    assert_eq!(frame.structure.fixed(), [true, false, false, true]);
    let mask = frame.structure.arrays()["move_mask"].data();
    let Data::Bools(mask) = mask else {
        panic!("flags")
    };
    assert_eq!(mask[3..6], [true, true, false]);
    let velocities = frame.velocities.as_ref().unwrap();
    assert_eq!(velocities[0], DVec3::new(0.001, 0.0, -0.002));
    let volume = good("poscar_vasp4_volume.vasp")[0]
        .structure
        .cell
        .as_ref()
        .unwrap()
        .volume();
    assert!((volume - 44.87).abs() < 1e-9);
}

#[test]
fn pdb_files_name_residues_and_keep_the_likelier_conformer() {
    let structure = &good("peptide.pdb")[0].structure;
    assert_eq!(structure.len(), 12);
    let labels = structure.labels().unwrap();
    let serine = &labels[5];
    assert_eq!(
        (&*serine.name, &*serine.residue, &*serine.chain),
        ("N", "SER", "A")
    );
    assert_eq!((labels[0].residue_number, serine.residue_number), (-1, 10));
    assert_eq!(structure.positions()[5], DVec3::new(11.2, 5.5, -2.85));
    // N1+, O1-, Zn2+.
    assert_eq!(structure.charge, 2);
    // Hydrogen of 2 amu.
    assert_eq!(structure.elements()[7].symbol(), "H");
    assert!((structure.mass(7) - 2.0141).abs() < 1e-4);
    let bond = |one, other, order| StatedBond {
        atoms: [one, other],
        order,
    };
    let expected = [
        bond(5, 6, BondOrder::Single),
        bond(9, 10, BondOrder::Double),
        bond(9, 11, BondOrder::Single),
    ];
    assert_eq!(structure.stated_bonds(), expected);
    assert!(
        good("models.pdb")
            .iter()
            .all(|frame| frame.structure.cell.is_none())
    );
}

#[test]
fn mmcif_models_are_frames_with_the_authors_names() {
    let frames = good("models.mmcif");
    assert_eq!(frames.len(), 2);
    let structure = &frames[1].structure;
    // The first of two equally likely conformers.
    assert_eq!(structure.positions()[1], DVec3::new(12.639, 6.071, -5.147));
    let labels = structure.labels().unwrap();
    assert_eq!((&*labels[0].chain, labels[0].residue_number), ("AA", -1));
    assert_eq!((&*labels[2].name, labels[2].residue_number), ("O5'", 7));
    assert_eq!(structure.charge, 1);
    assert!((structure.cell.as_ref().unwrap().angles()[1] - 100.0).abs() < 1e-9);
}

#[test]
fn deuterium_in_cif_has_its_mass() {
    let frames = good("urea.cif");
    assert_eq!(frames.len(), 1);
    let structure = &frames[0].structure;
    let heavy = (0..structure.len()).filter(|&atom| (structure.mass(atom) - 2.0141).abs() < 1e-3);
    assert_eq!(heavy.count(), 8);
}

#[test]
fn sd_files_store_ions_radicals_isotopes_and_data() {
    let frames = good("molecules.sdf");
    let [glycine, ammonium, methyl, heavy] = [0, 1, 2, 3].map(|frame| &frames[frame].structure);
    assert_eq!((glycine.charge, ammonium.charge, methyl.charge), (0, 1, 0));
    assert_eq!((ammonium.multiplicity(), methyl.multiplicity()), (1, 2));
    let masses = heavy.stated_masses().unwrap();
    assert!(
        (masses[0] - 2.0141).abs() < 1e-4 && (masses[3] - 13.0).abs() < 0.01,
        "{masses:?}"
    );
    assert_eq!(
        glycine.info["SMILES"].data(),
        &Data::Texts(vec!["[NH3+]CC(=O)[O-]".into()])
    );
    assert!(!glycine.info.contains_key("two_dimensional"));
    assert!(
        good("drawing.mol")[0]
            .structure
            .info
            .contains_key("two_dimensional")
    );
}
