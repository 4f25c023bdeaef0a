//! Regression tests of PDB and mmCIF files (`tests/data/cases`).
//!
//! The comment of each test names the program that gives the expected value.

use glam::DVec3;
use mlipview_core::chem::format::{Configuration, FrameSelection, read, read_trajectory, write};
use mlipview_core::chem::properties::Data;
use mlipview_core::chem::structure::{BondOrder, StatedBond};
use mlipview_core::chem::{Element, Structure};

fn case(name: &str) -> Configuration {
    let path = format!(
        "{}/../../tests/data/cases/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    read_one(&std::fs::read(path).unwrap(), name)
}

fn read_text(text: &str, name: &str) -> Configuration {
    read_one(text.as_bytes(), name)
}

fn read_one(bytes: &[u8], name: &str) -> Configuration {
    let mut frames = read(bytes, name, FrameSelection::ALL).unwrap();
    assert_eq!(frames.len(), 1, "frames of {name}");
    frames.remove(0)
}

fn notes(configuration: &Configuration) -> Vec<String> {
    configuration.notes.sentences().collect()
}

/// The names of all atoms, a blank between them.
fn names(structure: &Structure) -> String {
    let names = structure.labels().unwrap().iter().map(|label| &*label.name);
    names.collect::<Vec<_>>().join(" ")
}

/// A record of one atom, without its element.
fn record(name: &str, residue: &str) -> String {
    format!("ATOM      1 {name} {residue:>3} A   1       0.000   0.000   0.000  1.00  0.00\n")
}

/// The symbols of all atoms, a blank between them.
fn symbols(structure: &Structure) -> String {
    let symbols = structure.elements().iter().map(|element| element.symbol());
    symbols.collect::<Vec<_>>().join(" ")
}

/// gemmi.
#[test]
fn item_names_of_mmcif_may_differ_only_by_a_dot() {
    let structure = case("mmcif-xray.cif").structure;
    assert_eq!(symbols(&structure), "N C C O");
    assert_eq!(structure.cell.unwrap().lengths(), [40.0; 3]);
}

/// MDAnalysis; gemmi, mdtraj and Open Babel read sulfur as sodium.
#[test]
fn elements_of_ions_follow_from_their_residues() {
    assert_eq!(symbols(&case("ions.pdb").structure), "Na Cl K Ca O H H");
    let atoms = [
        ("NA  ", "NA", "Na"),
        (" CL ", "CL", "Cl"),
        (" Cl-", "Cl-", "Cl"),
        ("MG  ", "MG", "Mg"),
        (" LIT", "LIT", "Li"),
        ("ZN  ", "ZN2", "Zn"),
    ];
    for (name, residue, symbol) in atoms {
        let structure = read_text(&record(name, residue), "x.pdb").structure;
        assert_eq!(symbols(&structure), symbol, "{name} of {residue}");
    }
}

/// MDAnalysis for the histidine; the names of MSE and SEP are those of the Chemical Component
/// Dictionary.
#[test]
fn elements_of_names_in_column_13_follow_from_their_residue() {
    let histidine = case("names-left.pdb").structure;
    assert_eq!(symbols(&histidine), "N H C H C H H N H C C H N C H C O");
    for (residue, name, symbol) in [
        ("MSE", "CA  ", "C"),
        ("MSE", "CE  ", "C"),
        ("MSE", "SE  ", "Se"),
        ("SEP", "OG  ", "O"),
        ("POP", "HS  ", "H"),
    ] {
        let structure = read_text(&record(name, residue), "x.pdb").structure;
        assert_eq!(symbols(&structure), symbol, "{name} of {residue}");
    }
}

/// gemmi: 6 atoms of serine; B has none that are chosen, C has the highest occupancy.
#[test]
fn one_alternate_location_per_atom_is_kept() {
    let configuration = case("altloc.pdb");
    assert_eq!(names(&configuration.structure), "N CA C O CB OG");
    let x: Vec<f64> = configuration
        .structure
        .positions()
        .iter()
        .map(|position| position.x)
        .collect();
    assert_eq!(x, [11.1, 11.6, 13.1, 13.7, 11.4, 11.9]);
    let note = "8 alternate locations were left out: each atom is where the conformer of highest \
                occupancy has it";
    assert_eq!(notes(&configuration), [note]);
}

/// The Protein Data Bank's rule for microheterogeneity: one residue or the other, whole; and
/// hydrogen or the deuterium in its place, as in neutron structures.
#[test]
fn one_of_two_residues_or_isotopes_at_one_position_is_kept() {
    let text = "\
ATOM      1  CA AALA A   1       0.000   0.000   0.000  0.40  0.00           C
ATOM      2  CB AALA A   1       1.000   0.000   0.000  0.40  0.00           C
ATOM      3  CA BSER A   1       2.000   0.000   0.000  0.60  0.00           C
ATOM      4  OG BSER A   1       3.000   0.000   0.000  0.60  0.00           O
ATOM      5  N   GLY A   2       4.000   0.000   0.000  1.00  0.00           N
ATOM      6  H  AGLY A   2       5.000   0.000   0.000  0.30  0.00           H
ATOM      7  D  BGLY A   2       5.000   0.000   0.000  0.70  0.00           D
";
    let structure = read_text(text, "x.pdb").structure;
    assert_eq!(names(&structure), "CA OG N D");
    assert!((structure.mass(3) - 2.014).abs() < 1e-3);
}

/// ASE and Open Babel end a frame at each `ENDMDL` and each `END`.
#[test]
fn a_written_pdb_has_one_end_for_each_frame() {
    let one = case("caffeine.pdb");
    assert_eq!(one.structure.len(), 24);
    let ends = |frames: &[Configuration]| {
        let text = String::from_utf8(write(frames, "x.pdb").unwrap()).unwrap();
        let ends = text.lines().filter(|line| line.starts_with("END"));
        ends.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ends(std::slice::from_ref(&one)), ["END"]);
    assert_eq!(ends(&[one.clone(), one]), ["ENDMDL", "ENDMDL"]);
}

/// gemmi.
#[test]
fn insertion_codes_are_written_back() {
    let before = case("insertion.pdb");
    for name in ["x.pdb", "x.mmcif"] {
        let file = write(std::slice::from_ref(&before), name).unwrap();
        let after = &read(&file, name, FrameSelection::ALL).unwrap()[0].structure;
        assert_eq!(after.labels(), before.structure.labels(), "{name}");
        let codes = Data::Texts(["", "A", "B", ""].map(str::to_owned).to_vec());
        assert_eq!(after.arrays()["insertion_code"].data(), &codes, "{name}");
    }
}

/// VMD, which writes so, and gemmi, which reads the atoms.
#[test]
fn hexadecimal_numbers_of_vmd_are_read() {
    let structure = case("pdb-hex.pdb").structure;
    assert_eq!(symbols(&structure), "O O O");
    let numbers = structure
        .labels()
        .unwrap()
        .iter()
        .map(|label| label.residue_number);
    assert_eq!(numbers.collect::<Vec<_>>(), [2710, 10_010, 10_011]);
    let line = "ATOM      1  O   HOH A****       0.000   0.000   0.000  1.00  0.00           O";
    let configuration = read_text(line, "x.pdb");
    assert_eq!(configuration.structure.len(), 1);
    assert_eq!(
        notes(&configuration),
        [r#"line 1: the residue number "****" is unreadable: it is 0 here"#]
    );
}

/// gemmi and MDAnalysis read the atoms.
#[test]
fn numbers_too_wide_for_their_columns_outside_atom_records_are_noted() {
    let configuration = case("pdb-conect.pdb");
    assert_eq!(symbols(&configuration.structure), "O H H");
    assert!(configuration.structure.stated_bonds().is_empty());
    let note = "line 4: bonds to atoms whose serial number cannot be read were left out";
    assert_eq!(notes(&configuration), [note]);
    let line = "ATOM      1  O   HOH A   1       0.000   0.000   0.000  1.00******           O";
    let configuration = read_text(line, "x.pdb");
    assert_eq!(
        notes(&configuration),
        [r#"line 1: the temperature factor "******" is unreadable: it is 0 here"#]
    );
}

/// MDAnalysis: the α carbon is no calcium where the file has all names from column 13 on.
#[test]
fn a_known_residue_shows_how_atom_names_are_aligned() {
    let two = record("CA  ", "TAF") + &record("CB  ", "ALA");
    assert_eq!(symbols(&read_text(&two, "x.pdb").structure), "C C");
    let two = record("CA  ", "TAF") + &record(" CB ", "ALA");
    assert_eq!(symbols(&read_text(&two, "x.pdb").structure), "Ca C");
}

/// MDAnalysis and gemmi.
#[test]
fn a_cell_without_lengths_is_none() {
    let configuration = case("cryst1.pdb");
    assert_eq!(symbols(&configuration.structure), "N C");
    assert_eq!(configuration.structure.cell, None);
    assert_eq!(
        notes(&configuration),
        ["line 2: CRYST1 has no lengths: the structure has no cell"]
    );
    let text = include_str!("../data/cases/mmcif-xray.cif");
    for length in ["0.0", "1.0", "?"] {
        let text = text.replace("40.0", length);
        assert_eq!(read_text(&text, "x.cif").structure.cell, None, "{length}");
    }
}

/// Open Babel leaves EPW out; AMBER's TIP4P has it without mass.
#[test]
fn virtual_sites_are_left_out_of_the_structure_and_of_its_trajectories() {
    let configuration = case("virtual-site.pdb");
    let topology = &configuration.structure;
    assert_eq!(symbols(topology), "O H H");
    assert_eq!(
        notes(&configuration),
        ["1 row that is not an atom was left out: EPW of WAT"]
    );
    let more = "\
HETATM    5  C   LIG A   2       5.000   5.000   5.000  1.00  0.00           C
HETATM    6 UNK  UNX A   3       6.000   5.000   5.000  1.00  0.00           X
";
    let file = include_str!("../data/cases/virtual-site.pdb").replace("END\n", more);
    let topology = read_text(&file, "x.pdb").structure;
    assert_eq!(symbols(&topology), "O H H C");
    let bytes = include_bytes!("../data/good/few.xtc");
    let all = Structure::new(vec![Element::O; 6], vec![DVec3::ZERO; 6]).unwrap();
    let all = read_trajectory(bytes, "few.xtc", &all, FrameSelection::LAST).unwrap();
    let atoms = read_trajectory(bytes, "few.xtc", &topology, FrameSelection::LAST).unwrap();
    let all = all[0].structure.positions();
    let expected = [all[0], all[1], all[2], all[4]];
    assert_eq!(atoms[0].structure.positions(), expected);
    let gro = "six rows\n6\n    1SOL     OW    1   0.0   0.0   0.0\n    1SOL    HW1    2   0.1   0.0   0.0\n    \
               1SOL    HW2    3   0.0   0.1   0.0\n    1SOL     MW    4   0.0   0.0   0.1\n    2CH4      C    5   \
               0.5   0.0   0.0\n    2CH4     LP    6   0.6   0.0   0.0\n   2.0   2.0   2.0\n";
    let topology = read_text(gro, "x.gro").structure;
    let atoms = read_trajectory(bytes, "few.xtc", &topology, FrameSelection::LAST).unwrap();
    assert_eq!(atoms[0].structure.positions(), expected);
}

/// gemmi leaves such an atom at no place (NaN); the others are where it has them.
#[test]
fn an_atom_without_a_position_is_left_out() {
    let text = include_str!("../data/cases/mmcif-xray.cif");
    let text = text.replace("1.251 2.390 0.0", "? ? ?");
    let configuration = read_text(&text, "x.cif");
    assert_eq!(symbols(&configuration.structure), "N C C");
    assert_eq!(
        notes(&configuration),
        [
            "line 45: an atom without a position was left out",
            "1 row that is not an atom was left out: O of ALA"
        ]
    );
}

/// gemmi, ChimeraX and Mol* read the model's places.
#[test]
fn a_ligand_of_the_component_dictionary_has_its_model_coordinates() {
    let structure = case("ligand.cif").structure;
    assert_eq!(symbols(&structure), "O H H");
    assert_eq!(
        structure.positions()[1].to_array(),
        [-22.157, 18.401, -21.626]
    );
    let text = include_str!("../data/cases/ligand.cif");
    let ideal = text.replace("-22.157 18.401 -21.626", "? ? ?");
    let structure = read_text(&ideal, "x.cif").structure;
    assert_eq!(structure.positions()[1].to_array(), [0.512, 0.0, -0.776]);
}

/// The dictionary's definition of its categories, with cyanide as an example.
#[test]
fn a_ligand_has_charges_and_bonds() {
    let text = "data_CYN\nloop_\n_chem_comp_atom.comp_id\n_chem_comp_atom.atom_id\n\
                _chem_comp_atom.type_symbol\n_chem_comp_atom.charge\n\
                _chem_comp_atom.pdbx_model_Cartn_x_ideal\n_chem_comp_atom.pdbx_model_Cartn_y_ideal\n\
                _chem_comp_atom.pdbx_model_Cartn_z_ideal\nCYN C C -1 0 0 -0.6\nCYN N N 0 0 0 0.6\n\
                loop_\n_chem_comp_bond.comp_id\n_chem_comp_bond.atom_id_1\n\
                _chem_comp_bond.atom_id_2\n_chem_comp_bond.value_order\nCYN C N TRIP\n";
    let structure = read_text(text, "x.cif").structure;
    assert_eq!(
        (symbols(&structure), structure.charge),
        ("C N".to_owned(), -1)
    );
    let bond = StatedBond {
        atoms: [0, 1],
        order: BondOrder::Triple,
    };
    assert_eq!(structure.stated_bonds(), [bond]);
}

/// The dictionary: `auth_seq_id` is "not necessarily a number"; gemmi reads the atoms.
#[test]
fn an_author_residue_number_may_be_text() {
    let configuration = case("residue-word.cif");
    assert_eq!(symbols(&configuration.structure), "N C");
    assert_eq!(
        configuration.structure.labels().unwrap()[0].residue_number,
        1
    );
    assert_eq!(
        notes(&configuration)[0],
        r#"line 24: the residue number "1A" is no number: it is 1 here"#
    );
}

/// Columns of the format's definition: a charge, an insertion code, bonds of every order, deuterium
/// and a title are read back from both formats, as far as these support them.
#[test]
fn the_content_of_a_pdb_file_is_written_and_read_back() {
    let text = "\
TITLE     A SALT OF CYANIDE AND SOME CARBON MONOXIDE THAT NEEDS MORE THAN ONE LINE
TITLE    2 OF TITLE
CRYST1   20.000   24.500   30.000  90.00  95.00  90.00 P 1           1
HETATM    1  C   CYN B  -3A      1.125  -6.127   3.000  0.50 12.25           C1-
HETATM    2  N   CYN B  -3A      1.125  -6.127   4.150  1.00 12.25           N
HETATM    3 NA    NA C  52B     10.125  -6.127   4.150  1.00  0.00          NA1+
HETATM    4  D   DOD D   7       0.000   0.000   0.000  1.00  0.00           D
CONECT    1    2    2    2
CONECT    2    1    1    1
END
";
    let before = read_text(text, "x.pdb");
    let structure = &before.structure;
    assert_eq!(structure.stated_bonds()[0].order, BondOrder::Triple);
    let again = |name: &str| {
        let file = write(std::slice::from_ref(&before), name).unwrap();
        read(&file, name, FrameSelection::ALL).unwrap().remove(0)
    };
    assert_eq!(again("x.pdb"), before);
    let mmcif = again("x.mmcif").structure;
    assert_eq!(mmcif.labels(), structure.labels());
    assert_eq!(mmcif.arrays(), structure.arrays());
    assert_eq!(mmcif.positions(), structure.positions());
    assert_eq!(mmcif.stated_masses(), structure.stated_masses());
    assert_eq!(mmcif.stated_bonds(), structure.stated_bonds());
    assert_eq!(mmcif.charge, 0);
}

/// The dictionary's definition of `struct_conn`: a disulfide of one asymmetric unit, a metal, and a
/// bond to another asymmetric unit, which is none here.
#[test]
fn the_connections_of_an_mmcif_are_bonds() {
    let text = "\
data_x
loop_
_struct_conn.id
_struct_conn.conn_type_id
_struct_conn.ptnr1_auth_asym_id
_struct_conn.ptnr1_auth_seq_id
_struct_conn.ptnr1_label_atom_id
_struct_conn.ptnr1_symmetry
_struct_conn.ptnr2_auth_asym_id
_struct_conn.ptnr2_auth_seq_id
_struct_conn.ptnr2_label_atom_id
_struct_conn.ptnr2_symmetry
disulf1 disulf A 3 SG 1_555 A 9 SG 1_555
metalc1 metalc A 9 SG 1_555 B 1 ZN 1_555
disulf2 disulf A 3 SG 1_555 B 1 ZN 2_655
hydrog1 hydrog A 3 SG 1_555 B 1 ZN 1_555
loop_
_atom_site.type_symbol
_atom_site.label_atom_id
_atom_site.auth_comp_id
_atom_site.auth_asym_id
_atom_site.auth_seq_id
_atom_site.Cartn_x
_atom_site.Cartn_y
_atom_site.Cartn_z
S SG CYS A 3 0 0 0
S SG CYS A 9 2 0 0
ZN ZN ZN B 1 4 0 0
";
    let bond = |one, other, order| StatedBond {
        atoms: [one, other],
        order,
    };
    let expected = [
        bond(0, 1, BondOrder::Single),
        bond(1, 2, BondOrder::Unspecified),
    ];
    let before = read_text(text, "x.cif");
    assert_eq!(before.structure.stated_bonds(), expected);
    let file = write(&[before], "x.mmcif").unwrap();
    assert_eq!(
        read_one(&file, "x.mmcif").structure.stated_bonds(),
        expected
    );
}

/// Bonds of atoms of one name, and of atoms without names, are written as well.
#[test]
fn bonds_between_atoms_of_the_same_name_are_written_to_mmcif() {
    let mut structure = case("caffeine.pdb").structure;
    let bond = |one, other, order| StatedBond {
        atoms: [one, other],
        order,
    };
    let bonds = vec![
        bond(0, 1, BondOrder::Single),
        bond(6, 7, BondOrder::Double),
        bond(4, 5, BondOrder::Aromatic),
    ];
    structure.set_stated_bonds(bonds).unwrap();
    let labels = structure.labels().map(<[_]>::to_vec);
    for labels in [labels, None] {
        let is_named = labels.is_some();
        structure.set_labels(labels).unwrap();
        let file = write(&[structure.clone().into()], "x.mmcif").unwrap();
        let again = read_one(&file, "x.mmcif").structure;
        let mut expected = structure.stated_bonds().to_vec();
        expected.sort_by_key(|bond| bond.atoms);
        assert_eq!(again.stated_bonds(), expected);
        if is_named {
            assert_eq!(again.labels(), structure.labels());
        }
    }
}

/// All arrays are written and read back, insertion codes included.
#[test]
fn insertion_codes_are_written_to_extended_xyz() {
    let before = case("insertion.pdb");
    let file = write(std::slice::from_ref(&before), "x.xyz").unwrap();
    let after = read_one(&file, "x.xyz").structure;
    assert_eq!(after.arrays(), before.structure.arrays());
}

/// gemmi keeps one of each; MDAnalysis' own test files `dssp/*.pdb.gz` have such rows.
#[test]
fn a_duplicate_atom_is_read_once() {
    let text = record(" N  ", "GLY") + &record(" CA ", "GLY") + &record(" N  ", "GLY");
    let frame = read_text(&text, "x.pdb");
    assert_eq!(names(&frame.structure), "N CA");
    let note = "1 atoms are listed again at the same position; each is there once";
    assert_eq!(notes(&frame), [note]);
}
