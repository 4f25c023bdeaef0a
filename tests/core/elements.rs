//! Table of elements: values from the literature, and consistency.

use std::collections::HashSet;

use mlipview_core::chem::Element;

#[test]
fn masses_radii_and_colors_are_those_of_the_literature() {
    let expected = [
        // element, mass, covalent radius, van der Waals radius, color
        (Element::H, 1.008, 0.31, 1.20, [0xFF, 0xFF, 0xFF]),
        (Element::C, 12.011, 0.76, 1.77, [0x90, 0x90, 0x90]),
        (Element::O, 15.999, 0.66, 1.50, [0xFF, 0x0D, 0x0D]),
        (Element::AL, 26.9815384, 1.21, 2.25, [0xBF, 0xA6, 0xA6]),
        (Element::AR, 39.95, 1.06, 1.83, [0x80, 0xD1, 0xE3]),
        (Element::FE, 55.845, 1.32, 2.44, [0xE0, 0x66, 0x33]),
        (Element::CU, 63.546, 1.32, 2.38, [0xC8, 0x80, 0x33]),
        (Element::I, 126.90447, 1.39, 2.04, [0x94, 0x00, 0x94]),
        (Element::HF, 178.486, 1.75, 2.63, [0x4D, 0xC2, 0xFF]),
        (Element::AU, 196.96657, 1.36, 2.32, [0xFF, 0xD1, 0x23]),
        (Element::U, 238.02891, 1.96, 2.71, [0x00, 0x8F, 0xFF]),
        (Element::RA, 226.0, 2.21, 2.83, [0x00, 0x7D, 0x00]),
        (Element::OG, 294.0, 1.57, 2.77, [0xEB, 0x00, 0x26]),
    ];
    for (element, mass, covalent, van_der_waals, color) in expected {
        assert_eq!(element.mass(), mass, "mass of {element}");
        assert_eq!(
            element.covalent_radius(),
            covalent,
            "covalent radius of {element}"
        );
        assert_eq!(
            element.van_der_waals_radius(),
            van_der_waals,
            "van der Waals radius of {element}"
        );
        assert_eq!(element.color(), color, "color of {element}");
    }
}

#[test]
fn names_have_the_spelling_of_iupac() {
    for (symbol, name) in [
        ("Al", "Aluminium"),
        ("S", "Sulfur"),
        ("Cs", "Caesium"),
        ("W", "Tungsten"),
        ("Ds", "Darmstadtium"),
        ("Ts", "Tennessine"),
    ] {
        assert_eq!(Element::from_symbol(symbol).map(Element::name), Some(name));
    }
}

#[test]
fn each_number_and_each_symbol_finds_its_element_in_any_case() {
    assert_eq!(Element::all().count(), 118);
    for (index, element) in Element::all().enumerate() {
        assert_eq!(usize::from(element.number()), index + 1);
        assert_eq!(Element::from_number(element.number()), Some(element));
        let symbol = element.symbol();
        for spelling in [
            symbol.to_owned(),
            symbol.to_uppercase(),
            symbol.to_lowercase(),
        ] {
            assert_eq!(Element::from_symbol(&spelling), Some(element), "{spelling}");
        }
    }
    let names: HashSet<_> = Element::all().map(Element::name).collect();
    assert_eq!(names.len(), 118);
}

#[test]
fn an_unknown_symbol_has_no_element() {
    for text in [
        "", "X", "Xx", "D", "T", "Cu2", "Uuo", " H", "H ", "1", "C1", "é", "[]", "@A", "`a", "{z",
    ] {
        assert_eq!(Element::from_symbol(text), None, "{text:?}");
    }
    for number in [0, 119, 255] {
        assert_eq!(Element::from_number(number), None);
    }
}

#[test]
fn exactly_118_words_of_one_or_two_letters_are_symbols() {
    let letters = || (b'A'..=b'Z').map(char::from);
    let short = letters().map(String::from);
    let long = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let found = short
        .chain(long)
        .filter_map(|symbol| Element::from_symbol(&symbol));
    assert_eq!(found.count(), 118);
}

#[test]
fn masses_rise_with_the_atomic_number_but_for_the_known_inversions() {
    let all: Vec<_> = Element::all().collect();
    let inversions: Vec<_> = all
        .windows(2)
        .filter(|pair| pair[0].mass() > pair[1].mass())
        .map(|pair| format!("{}/{}", pair[0], pair[1]))
        .collect();
    assert_eq!(
        inversions,
        ["Ar/K", "Co/Ni", "Te/I", "Th/Pa", "U/Np", "Pu/Am", "Bh/Hs"]
    );
}

#[test]
fn van_der_waals_radii_exceed_covalent_radii_and_both_are_within_bounds() {
    for element in Element::all() {
        let (covalent, van_der_waals) = (element.covalent_radius(), element.van_der_waals_radius());
        assert!(
            (0.28..=2.60).contains(&covalent),
            "covalent radius of {element}: {covalent}"
        );
        assert!(
            (1.20..=3.48).contains(&van_der_waals),
            "van der Waals radius of {element}: {van_der_waals}"
        );
        assert!(van_der_waals > covalent, "{element}");
    }
}

#[test]
fn valences_rise_and_the_last_is_the_largest() {
    for element in Element::all() {
        let valences = element.valences();
        assert!(
            valences.windows(2).all(|pair| pair[0] < pair[1]),
            "{element}"
        );
        assert_eq!(
            element.max_valence(),
            valences.iter().copied().max().unwrap_or(0)
        );
    }
    for (element, valences) in [
        (Element::H, &[1][..]),
        (Element::HE, &[0]),
        (Element::B, &[3]),
        (Element::C, &[4]),
        (Element::N, &[3, 5]),
        (Element::O, &[2]),
        (Element::F, &[1]),
        (Element::S, &[2, 4, 6]),
    ] {
        assert_eq!(element.valences(), valences, "{element}");
    }
}

#[test]
fn metals_are_distinguished_from_other_elements() {
    let are = |symbols: &str, metals: bool| {
        for symbol in symbols.split_whitespace() {
            let element = Element::from_symbol(symbol).unwrap();
            assert_eq!(element.is_metal(), metals, "{symbol}");
        }
    };
    are(
        "Li Be Na Mg Al K Fe Cu Zn Ga Ag Sn Cs Pt Au Hg Pb Bi U",
        true,
    );
    are(
        "H He B C N O F Ne Si P S Cl Ar Ge As Se Br Kr Sb Te I Xe",
        false,
    );
}
