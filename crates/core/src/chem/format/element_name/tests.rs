//! Elements of atom names in files; the comment of each test names the reference.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

use super::{Formula, NameContext, SiteKind, SymbolWidth, element_of_symbol};

/// The symbol, with the mass number of an isotope before it; `-` for a dummy, `?` for unknown.
fn shown(named: SiteKind) -> String {
    match named {
        SiteKind::Atom(nuclide) => {
            let mass = nuclide.mass.map(|mass| format!("{mass:.0}"));
            format!("{}{}", mass.unwrap_or_default(), nuclide.element)
        }
        SiteKind::Dummy => "-".to_owned(),
        SiteKind::Unknown => "?".to_owned(),
    }
}

/// The answers for names with blanks between them.
fn answers(context: NameContext<'_>, names: &str) -> String {
    let answers = names
        .split_whitespace()
        .map(|name| shown(context.read(name)));
    answers.collect::<Vec<_>>().join(" ")
}

fn in_residue(residue: &str, names: &str) -> String {
    let context = NameContext {
        residue,
        ..NameContext::default()
    };
    answers(context, names)
}

fn with_formula(formula: &str, labels: &str) -> String {
    let formula = Formula::parse(formula);
    let context = NameContext {
        formula: formula.as_ref(),
        ..NameContext::default()
    };
    answers(context, labels)
}

/// The charges of Open Babel, the isotopes of the CIF core dictionary.
#[test]
fn a_stated_symbol_may_have_a_charge_and_be_of_an_isotope() {
    for (symbol, answer) in [
        ("Fe3+", "Fe"),
        ("O2-", "O"),
        ("Cl-", "Cl"),
        ("ZN2+", "Zn"),
        ("NA", "Na"),
        ("c", "C"),
        ("D", "2H"),
        ("T", "3H"),
        ("X", "-"),
        ("Lp", "-"),
        ("Wat", "O"),
        ("H2O", "O"),
        ("OH-", "O"),
        ("Cq", "?"),
        ("", "?"),
        ("3", "?"),
        ("é", "?"),
    ] {
        assert_eq!(shown(element_of_symbol(symbol)), answer, "{symbol}");
    }
}

/// MDAnalysis, and the topologies of CHARMM, AMBER and GROMOS from which the names are.
#[test]
fn the_only_atom_of_an_ion_is_named_as_its_residue() {
    for (residue, name, answer) in [
        ("SOD", "SOD", "Na"),
        ("CLA", "CLA", "Cl"),
        ("POT", "POT", "K"),
        ("CAL", "CAL", "Ca"),
        ("LIT", "LIT", "Li"),
        ("CES", "CES", "Cs"),
        ("RUB", "RUB", "Rb"),
        ("BAR", "BAR", "Ba"),
        ("NA", "NA", "Na"),
        ("CL", "CL", "Cl"),
        ("K", "K", "K"),
        ("MG", "MG", "Mg"),
        ("CA", "CA", "Ca"),
        ("ZN", "ZN", "Zn"),
        ("ZN2", "ZN", "Zn"),
        ("CD2", "CD", "Cd"),
        ("FE2", "FE", "Fe"),
        ("3CO", "CO", "Co"),
        ("Na+", "Na+", "Na"),
        ("Cl-", "Cl-", "Cl"),
        ("NA+", "NA+", "Na"),
        ("CL-", "CL-", "Cl"),
        ("CU1", "CU", "Cu"),
        ("HG", "HG", "Hg"),
        ("IOD", "I", "I"),
        ("ION", "NA", "Na"),
        ("CIO", "Cs+", "Cs"),
    ] {
        assert_eq!(in_residue(residue, name), answer, "{name} of {residue}");
    }
}

/// The Chemical Component Dictionary of the PDB; MDAnalysis for CHARMM's names.
#[test]
fn a_known_residue_has_the_elements_of_its_formula_only() {
    for (residue, names, answer) in [
        (
            "HSD",
            "N HN CA HA CB HB1 ND1 HD1 CG CE1 HE1 NE2 CD2 C O",
            "N H C H C H N H C C H N C C O",
        ),
        ("MSE", "N CA CB CG SE CE 1HE HB2", "N C C C Se C H H"),
        ("SEP", "N CA CB OG P O1P HD22", "N C C O P O H"),
        ("NALA", "H1 N CA", "H N C"),
        ("DA5", "HO5' P OP1 C1' N9 H5''", "H P O C N H"),
        ("POPC", "N C11 H11A P O13 C210 H10X", "N C H P O C H"),
        ("HEM", "FE NA NB NC ND CHA HHA CGA", "Fe N N N N C H C"),
        ("CLA", "MG NA C1A CHB", "Mg N C C"),
        ("ALA", "D DA", "2H 2H"),
        // Drude particles, lone pairs, pseudo-atoms, what is not known to be O or N.
        ("ALA", "DCA LPOA QB", "- - -"),
        ("ASX", "XD1 AD2", "- -"),
        // A bead of the coarse-grained model Martini is not boron.
        ("ALA", "BB", "?"),
    ] {
        assert_eq!(in_residue(residue, names), answer, "{names} of {residue}");
    }
}

/// The water models of AMBER, GROMACS and CHARMM.
#[test]
fn sites_of_water_without_matter_are_dummies() {
    assert_eq!(in_residue("WAT", "O H1 H2 EPW"), "O H H -");
    assert_eq!(in_residue("SOL", "OW HW1 HW2 MW LP1 LP2"), "O H H - - -");
    assert_eq!(in_residue("TIP3", "OH2 H1 H2"), "O H H");
    assert_eq!(in_residue("SWM4", "OH2 DOH2 OM H1 H2"), "O - - H H");
    assert_eq!(in_residue("DOD", "O D1 D2"), "O 2H 2H");
    assert_eq!(in_residue("W", "W"), "?");
}

/// The zinc of tests of MDAnalysis (`YiiP_lipids.gro.gz`): six charged dummies around the ion.
#[test]
fn dummies_around_an_ion_are_no_deuterium() {
    assert_eq!(in_residue("ZNM", "ZND DM1 DM6"), "Zn - -");
}

/// The convention of columns 13 and 14; chlorine and bromine as Open Babel reads them.
#[test]
fn in_a_ligand_the_columns_decide_between_one_letter_and_two() {
    for (width, names, answer) in [
        (
            SymbolWidth::Two,
            "CA CL1 FE BR HE NE SG1",
            "Ca Cl Fe Br H N S",
        ),
        (SymbolWidth::One, "CA CL1 N1 CO SI", "C Cl N C Si"),
        (
            SymbolWidth::Unknown,
            "CA12 CL12 HG21 1HB OS Cl1 Na ZN1 RU",
            "C Cl H H O Cl Na Zn Ru",
        ),
        (SymbolWidth::Unknown, "Q1 UNX X1 D5 T1", "? - - 2H ?"),
    ] {
        let residue = "LIG";
        let context = NameContext {
            residue,
            width,
            formula: None,
        };
        assert_eq!(answers(context, names), answer, "{width:?}");
    }
}

#[test]
fn the_formula_of_a_ligand_decides_before_its_columns() {
    let formula = Formula::parse("C34 H32 FE N4 O4");
    let context = NameContext {
        residue: "XYZ",
        formula: formula.as_ref(),
        width: SymbolWidth::Two,
    };
    assert_eq!(answers(context, "FE NA CA HE"), "Fe N C H");
}

/// pymatgen with the formula; gemmi and pymatgen without one.
#[test]
fn labels_are_judged_by_the_formula() {
    assert_eq!(
        with_formula("Ca C2 O7 H12", "Ca C1 O1 Wat1 W2"),
        "Ca C O O O"
    );
    assert_eq!(with_formula("Si O2", "T1 O1 H1"), "Si O H");
    assert_eq!(with_formula("Si Al O4", "T1"), "?");
    assert_eq!(with_formula("Si O2", "V1 Vac1 N1 T1A"), "? - ? Si");
    assert_eq!(with_formula("C10 H10 Fe", "FE C1A CA1 HO1"), "Fe C C H");
    assert_eq!(with_formula("C6 D6", "C1 D1"), "C 2H");
    assert_eq!(with_formula("T2 O", "T1 O1"), "3H O");
    assert_eq!(
        with_formula("", "FE1 S1 CU2 CL NI BR SI NA"),
        "Fe S Cu Cl Ni Br Si Na"
    );
    assert_eq!(
        with_formula("", "C12A Cl1 OW Ow1 HN1 CH3 CAA"),
        "C Cl O O H C C"
    );
    assert_eq!(with_formula("", "T1 Va1 Oct1 Me1 Q 1 é"), "? ? ? ? ? ? ?");
}

#[test]
fn a_formula_is_a_set_of_elements_whatever_its_spelling() {
    let has = |text: &str, symbol: &str| {
        let element = crate::chem::Element::from_symbol(symbol).unwrap();
        Formula::parse(text).unwrap().has(element)
    };
    assert!(has("SiO2", "Si") && has("SiO2", "O") && !has("SiO2", "S"));
    assert!(has("C34 H32 FE N4 O4", "Fe") && has("2(MG 2+)", "Mg"));
    assert!(!has("Co (C5 H5)2", "O"));
    assert!(!has("PT CL2", "H"));
    assert_eq!(Formula::parse("?"), None);
}
