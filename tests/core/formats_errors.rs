//! Parse errors: line, expected and found content.

use mlipview_core::chem::format::{FrameSelection, read};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/bad");

/// The file and the whole of its message.
#[rustfmt::skip]
const MESSAGES: &[(&str, &str)] = &[
    ("cif_bad_cell.cif", "2: expected a cell, found invalid cell: lengths [4.0, 4.0, 4.0] Å, angles [90.0, 90.0, 200.0] degrees"),
    ("cif_bad_coordinate.cif", r#"14: expected a fractional coordinate, found "x""#),
    ("cif_bad_operation.cif", r#"11: expected a symmetry operation such as '-x, y+1/2, -z', found "-x,-y,w""#),
    ("cif_disorder.cif", "16: expected occupancies of 1 (of alternative sites keep one, delete the others and set its _atom_site_occupancy to 1), found disorder at C2A (0.62), C2B (0.38)"),
    ("cif_no_atoms.cif", " expected a data block with atoms (_atom_site_fract_x, _atom_site.Cartn_x or _chem_comp_atom.atom_id), found none"),
    ("cif_no_block.cif", r#"1: expected a data block (data_NAME), found "_cell_length_a""#),
    ("cif_no_cell.cif", "1: expected a cell (_cell_length_a and so on) in the block, found none"),
    ("cif_open_quote.cif", r#"2: expected a closing ', found "'no end""#),
    ("cif_open_text.cif", "3: expected a line starting with ';' that ends this text, found the end of the file"),
    ("cif_repeated_name.cif", r#"8: expected each name once in a block (_cell_length_a is repeated and differs), found "_cell_length_a""#),
    ("cif_short_loop.cif", "15: expected whole rows of 5 values in the loop, found 9 values in all, the last row short"),
    ("cif_two_origins.cif", r#"8: expected a space group with its origin, as in 'F d -3 m:2' (or :1), or its operations listed, found "F d -3 m""#),
    ("cif_unknown_group.cif", r#"8: expected a space group of the International Tables, or its operations listed, found "P 17""#),
    ("cif_unknown_hall.cif", r#"8: expected a Hall symbol, found "Q 2""#),
    ("cif_unknown_symbol.cif", r#"14: expected an element symbol, found "Cq""#),
    ("cube_bad_coordinate.cube", r#"7: expected atom 1 of 1: atomic number, charge and position, found "inf""#),
    ("cube_no_count.cube", r#"3: expected the number of atoms, found "one""#),
    ("cube_short.cube", "7: expected atom 1 of 1: atomic number, charge and position, found the end of the file"),
    ("cube_two_units.cube", r#"5: expected numbers of voxels of one sign: positive in bohr, negative in Å, found "-2 0.0 1.0 0.0""#),
    ("cube_unknown_element.cube", r#"7: expected an atomic number, 1 to 118, found "119 8.0 0.5 0.5 0.5""#),
    ("gro_bad_box.gro", r#"4: expected a box of three or nine numbers, found "1.82060   1.82060""#),
    ("gro_bad_coordinate.gro", r#"3: expected three coordinates in nm from column 21, found "1.6x4""#),
    ("gro_flat_box.gro", "4: expected a cell, found the cell vectors span no volume (0.000e0 Å³): two are parallel or one is zero"),
    ("gro_no_count.gro", r#"2: expected the number of atoms, found "three""#),
    ("gro_no_points.gro", r#"3: expected three coordinates with decimal points from column 21, found "1SOL     OW    1   0   1   2""#),
    ("gro_short.gro", "4: expected atom 2 of 2, found the end of the file"),
    ("gro_unknown_name.gro", r#"3: expected an atom name in columns 11-15 that starts with an element symbol, found "BB""#),
    ("mmcif_no_symbol.mmcif", r#"7: expected an element in _atom_site.type_symbol, or a name that tells it, found "0""#),
    ("mol2_bad_bond.mol2", r#"9: expected the number of an atom above, found "2""#),
    ("mol2_bad_cell.mol2", "9: expected a cell, found invalid cell: lengths [4.0, 4.0, 4.0] Å, angles [90.0, 90.0, 200.0] degrees"),
    ("mol2_bad_charge.mol2", r#"10: expected a formal charge, found "many""#),
    ("mol2_bad_coordinate.mol2", r#"7: expected a coordinate, found "nan""#),
    ("mol2_no_counts.mol2", r#"3: expected the numbers of atoms and bonds, found "one""#),
    ("mol2_no_molecule.mol2", r#"1: expected @<TRIPOS>MOLECULE before any other section, found "@<TRIPOS>ATOM""#),
    ("mol2_short.mol2", "1: expected 2 atoms, found 1"),
    ("mol2_twice.mol2", r#"8: expected a number of its own for each atom, found "1""#),
    ("mol2_unknown_type.mol2", r#"7: expected an atom type that starts with an element symbol, found "Xq""#),
    ("mol_bad_bond.mol", r#"6: expected the number of an atom, 1 to 1, found "2""#),
    ("mol_bad_bond_type.mol", r#"7: expected a bond type 0 to 10, found "11""#),
    ("mol_bad_charge.mol", r#"6: expected the number of an atom, 1 to 1, found "2""#),
    ("mol_short.mol", "6: expected atom 2 of 2, found the end of the file"),
    ("mol_unknown_symbol.mol", r#"5: expected an element symbol in columns 32-34, found "R#""#),
    ("mol_v3000_bond.mol", r#"10: expected the number of an atom above, found "7""#),
    ("mol_v3000_twice.mol", r#"8: expected a number for each atom, found "1""#),
    ("mol_version.mol", r#"4: expected version V2000 or V3000 in columns 35-39, found "V4000""#),
    ("pdb_bad_cell.pdb", "1: expected a cell, found invalid cell: lengths [20.0, 24.5, 30.0] Å, angles [90.0, 190.0, 90.0] degrees"),
    ("pdb_bad_charge.pdb", r#"1: expected a charge such as 2+ in columns 79-80, found "a+""#),
    ("pdb_bad_coordinate.pdb", r#"2: expected the y coordinate in columns 39-46, found "******""#),
    ("pdb_no_atoms.pdb", " expected ATOM or HETATM records, found none"),
    ("pdb_no_element.pdb", r#"1: expected an element symbol in columns 77-78, or an atom name that tells the element in columns 13-16, found "Q1""#),
    ("pdb_short_line.pdb", "1: expected the z coordinate in columns 47-54, found nothing"),
    ("pdb_unknown_element.pdb", r#"1: expected an element symbol in columns 77-78, or an atom name that tells the element in columns 13-16, found "Q1""#),
    ("poscar_bad_coordinate.vasp", r#"9: expected three coordinates of atom 1 of 1, found "nan""#),
    ("poscar_bad_flag.vasp", "10: expected a flag T or F for each coordinate, found nothing"),
    ("poscar_counts_huge.vasp", r#"7: expected a line for each atom, found "1 999999999999" with 2 lines left"#),
    ("poscar_counts_short.vasp", "8: expected the number of atoms of each species, found the end of the file"),
    ("poscar_flat_cell.vasp", "2: expected a cell, found the cell vectors span no volume (0.000e0 Å³): two are parallel or one is zero"),
    ("poscar_no_mode.vasp", r#"8: expected 'Direct' or 'Cartesian', found "0 0 0""#),
    ("poscar_no_symbols.vasp", r#"1: expected 2 element symbols, because the file has no line of symbols above its counts (write one, as VASP 5 does), found "rock salt""#),
    ("poscar_unknown_symbol.vasp", r#"6: expected an element symbol, found "Xx""#),
    ("poscar_zero_scale.vasp", r#"2: expected a scale factor, a negative volume or three positive scale factors, found "0.0""#),
];

#[test]
fn errors_have_the_line_the_expected_and_the_found_content() {
    for (name, message) in MESSAGES {
        let bytes = std::fs::read(format!("{FOLDER}/{name}")).unwrap();
        let error = read(&bytes, name, FrameSelection::ALL).expect_err(name);
        assert_eq!(error.to_string(), format!("{name}:{message}"));
    }
}

#[test]
fn every_invalid_file_has_an_expected_error() {
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let prefixes = [
            "poscar_", "pdb_", "mol_", "mol2_", "gro_", "cube_", "cif_", "mmcif_", "xtc_", "dcd_",
        ];
        if prefixes.iter().any(|prefix| name.starts_with(prefix)) {
            assert!(MESSAGES.iter().any(|(known, _)| *known == name), "{name}");
        }
    }
}
