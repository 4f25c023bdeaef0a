//! Bond perception in molecules and crystals for which a single factor of the radii fails.
//!
//! Geometries are experimental, from the NIST CCCBDB (release 22) and from K. P. Huber and G. Herzberg,
//! Constants of Diatomic Molecules (1979), unless a test says otherwise; crystals are those of the
//! library, whose sources `assets/structures/index.json` names.

use std::collections::BTreeMap;
use std::f64::consts::PI;

use glam::DVec3;
use mlipview_core::chem::bonds::Limits;
use mlipview_core::chem::{Bonds, Cell, Element, Structure, library};

fn molecule(atoms: &[(&str, [f64; 3])]) -> Structure {
    let (elements, positions) = atoms
        .iter()
        .map(|&(symbol, position)| {
            let element = Element::from_symbol(symbol).unwrap();
            (element, DVec3::from_array(position))
        })
        .unzip();
    Structure::new(elements, positions).unwrap()
}

/// A crystal of cubic cell (Å), with atoms in fractions of it.
fn cubic(lattice: f64, atoms: &[(&str, [f64; 3])]) -> Structure {
    let mut structure = molecule(atoms);
    for position in structure.positions_mut() {
        *position *= lattice;
    }
    structure.with_cell(Cell::orthorhombic(DVec3::splat(lattice)).unwrap())
}

/// Places of a face-centered lattice beginning at one of them.
fn face_centered(symbol: &'static str, start: [f64; 3]) -> Vec<(&'static str, [f64; 3])> {
    [
        [0.0, 0.0, 0.0],
        [0.0, 0.5, 0.5],
        [0.5, 0.0, 0.5],
        [0.5, 0.5, 0.0],
    ]
    .into_iter()
    .map(|position| (symbol, [0, 1, 2].map(|axis| position[axis] + start[axis])))
    .collect()
}

/// The pairs bonded with whole bonds; panics at bonds that are neither whole nor absent.
fn pairs(structure: &Structure) -> Vec<[u32; 2]> {
    let bonds = Bonds::of(structure).unwrap();
    for bond in bonds.list() {
        assert_eq!(bond.strength, 1.0, "{bond:?} of {:?}", structure.elements());
    }
    bonds.list().iter().map(|bond| bond.atoms).collect()
}

/// How many bonds that hold there are between elements, by the symbols of both.
fn counts(structure: &Structure) -> BTreeMap<String, usize> {
    let bonds = Bonds::of(structure).unwrap();
    let mut counts = BTreeMap::new();
    for bond in bonds.list().iter().filter(|bond| bond.holds()) {
        let mut ends = bond
            .atoms
            .map(|atom| structure.elements()[atom as usize].symbol());
        ends.sort_unstable();
        *counts.entry(ends.join("-")).or_insert(0) += 1;
    }
    counts
}

fn expected<const COUNT: usize>(counts: [(&str, usize); COUNT]) -> BTreeMap<String, usize> {
    counts.map(|(name, count)| (name.to_owned(), count)).into()
}

#[test]
fn diatomic_molecules_have_one_bond_of_full_strength() {
    let lengths = [
        ("H", "H", 0.741),
        ("F", "F", 1.412),
        ("He", "H", 0.774),
        ("H", "F", 0.917),
        ("H", "I", 1.609),
        ("N", "N", 1.098),
        ("O", "O", 1.208),
        ("Cl", "Cl", 1.988),
        ("I", "I", 2.666),
        ("C", "O", 1.128),
        ("Li", "H", 1.596),
        ("Li", "Li", 2.673),
        ("Na", "Na", 3.079),
        ("Na", "Cl", 2.361),
        ("Cs", "I", 3.315),
        ("Li", "F", 1.564),
        ("Cl", "F", 1.628),
        ("Hg", "H", 1.741),
        ("Tl", "Cl", 2.485),
    ];
    for (one, other, length) in lengths {
        let pair = molecule(&[(one, [0.0; 3]), (other, [0.0, 0.0, length])]);
        assert_eq!(pairs(&pair), [[0, 1]], "{one}–{other}");
    }
}

#[test]
fn noble_gas_atoms_in_contact_are_not_bonded() {
    // The minima of their potentials.
    for (element, length) in [("He", 2.97), ("Ne", 3.09), ("Ar", 3.76), ("Xe", 4.36)] {
        let pair = molecule(&[(element, [0.0; 3]), (element, [0.0, 0.0, length])]);
        assert!(pairs(&pair).is_empty());
    }
}

#[test]
fn dinitrogen_tetroxide_is_one_molecule_without_bonds_between_oxygens() {
    let (sin, cos) = (67.2_f64 * PI / 180.0).sin_cos();
    let oxygen = |side: f64, up: f64| ("O", [side * (0.878 + 1.191 * cos), up * 1.191 * sin, 0.0]);
    let n2o4 = molecule(&[
        ("N", [-0.878, 0.0, 0.0]),
        ("N", [0.878, 0.0, 0.0]),
        oxygen(-1.0, 1.0),
        oxygen(-1.0, -1.0),
        oxygen(1.0, 1.0),
        oxygen(1.0, -1.0),
    ]);
    assert_eq!(pairs(&n2o4), [[0, 1], [0, 2], [0, 3], [1, 4], [1, 5]]);
}

#[test]
fn dioxygen_difluoride_is_a_chain() {
    // O–O 1.217, O–F 1.575, 109.5°, 88.1°.
    let (sin, cos) = (109.5_f64 * PI / 180.0).sin_cos();
    let (out, up) = (88.1_f64 * PI / 180.0).sin_cos();
    let o2f2 = molecule(&[
        ("F", [1.575 * cos, 1.575 * sin, 0.0]),
        ("O", [0.0, 0.0, 0.0]),
        ("O", [1.217, 0.0, 0.0]),
        (
            "F",
            [1.217 - 1.575 * cos, 1.575 * sin * up, 1.575 * sin * out],
        ),
    ]);
    assert_eq!(pairs(&o2f2), [[0, 1], [1, 2], [2, 3]]);
}

#[test]
fn a_shared_proton_has_two_bonds_of_full_strength() {
    // HF₂⁻, ClHCl⁻ and BrHBr⁻: K. Kawaguchi and E. Hirota, J. Chem. Phys. 87, 6838 (1987); H₅O₂⁺:
    // O. Vendrell et al., J. Chem. Phys. 127, 184302 (2007).
    for (element, length) in [("F", 1.139), ("O", 1.20), ("Cl", 1.572), ("Br", 1.70)] {
        let shared = molecule(&[
            (element, [0.0, 0.0, -length]),
            ("H", [0.0; 3]),
            (element, [0.0, 0.0, length]),
        ]);
        assert_eq!(pairs(&shared), [[0, 1], [1, 2]], "{element}");
    }
}

#[test]
fn hydrogen_bonds_are_not_bonds() {
    // The shortest that are not shared, as in maleate's neighbors: O–H 1.09, H···O 1.45.
    for (near, far) in [(0.96, 1.95), (1.0, 1.6), (1.09, 1.45)] {
        let bridge = molecule(&[
            ("O", [0.0, 0.0, -near]),
            ("H", [0.0; 3]),
            ("O", [0.0, 0.0, far]),
        ]);
        assert_eq!(pairs(&bridge), [[0, 1]]);
    }
}

#[test]
fn trihydrogen_is_a_triangle() {
    let side = 0.873;
    let h3 = molecule(&[
        ("H", [0.0, 0.0, 0.0]),
        ("H", [side, 0.0, 0.0]),
        ("H", [side / 2.0, side * 0.75_f64.sqrt(), 0.0]),
    ]);
    assert_eq!(pairs(&h3), [[0, 1], [0, 2], [1, 2]]);
}

#[test]
fn the_boron_atoms_of_diborane_are_held_by_two_hydrogens_only() {
    // B–B 1.770, B–H 1.192 and 1.329 (bridge), H–B–H 121.8°.
    let (sin, cos) = (60.9_f64 * PI / 180.0).sin_cos();
    let bridge = (1.329_f64.powi(2) - 0.885_f64.powi(2)).sqrt();
    let end = |side: f64, up: f64| ("H", [side * (0.885 + 1.192 * cos), up * 1.192 * sin, 0.0]);
    let diborane = molecule(&[
        ("B", [-0.885, 0.0, 0.0]),
        ("B", [0.885, 0.0, 0.0]),
        ("H", [0.0, 0.0, bridge]),
        ("H", [0.0, 0.0, -bridge]),
        end(-1.0, 1.0),
        end(-1.0, -1.0),
        end(1.0, 1.0),
        end(1.0, -1.0),
    ]);
    let bonds = [
        [0, 2],
        [0, 3],
        [0, 4],
        [0, 5],
        [1, 2],
        [1, 3],
        [1, 6],
        [1, 7],
    ];
    assert_eq!(pairs(&diborane), bonds);
}

#[test]
fn atoms_across_a_ring_of_four_are_not_bonded() {
    // S₂N₂: S–N 1.654, N–S–N 90.4° (A. G. MacDiarmid et al., J. Chem. Soc., Chem. Commun. 1975, 476).
    let (sin, cos) = (45.2_f64 * PI / 180.0).sin_cos();
    let s2n2 = molecule(&[
        ("S", [1.654 * cos, 0.0, 0.0]),
        ("S", [-1.654 * cos, 0.0, 0.0]),
        ("N", [0.0, 1.654 * sin, 0.0]),
        ("N", [0.0, -1.654 * sin, 0.0]),
    ]);
    assert_eq!(pairs(&s2n2), [[0, 2], [0, 3], [1, 2], [1, 3]]);
    // The bridgeheads of bicyclo[1.1.1]pentane: 1.874.
    let bridgeheads = Limits::between(Element::C, Element::C);
    assert!(bridgeheads.strength(1.874) < 0.01);
    // The central bond of a hexaarylethane: 1.67 (B. Kahr et al., J. Am. Chem. Soc. 108, 8297 (1986)).
    assert_eq!(bridgeheads.strength(1.67), 1.0);
}

/// A nitrate or carboxylate with its middle at this distance along x, oxygens towards the origin.
fn chelate(
    middle: &'static str,
    distance: f64,
    length: f64,
    angle: f64,
) -> Vec<(&'static str, [f64; 3])> {
    let (sin, cos) = (angle / 2.0 * PI / 180.0).sin_cos();
    vec![
        (middle, [distance, 0.0, 0.0]),
        ("O", [distance - length * cos, length * sin, 0.0]),
        ("O", [distance - length * cos, -length * sin, 0.0]),
    ]
}

#[test]
fn a_metal_binds_the_oxygens_of_a_chelate_and_not_the_central_atom() {
    // La–O 2.60 in lanthanum nitrate, Zr–O 2.22 and Zn–O 2.10 in carboxylates.
    for (metal, middle, distance, length, angle) in [
        ("La", "N", 2.98, 1.26, 116.0),
        ("Zr", "C", 2.63, 1.27, 119.0),
        ("Zn", "C", 2.45, 1.27, 119.0),
        ("Na", "C", 2.75, 1.26, 124.0),
    ] {
        let mut atoms = vec![(metal, [0.0; 3])];
        atoms.extend(chelate(middle, distance, length, angle));
        let structure = molecule(&atoms);
        assert_eq!(
            pairs(&structure),
            [[0, 2], [0, 3], [1, 2], [1, 3]],
            "{metal}"
        );
    }
}

#[test]
fn the_hydrogens_of_coordinated_water_are_not_bonded_to_the_metal() {
    // M–O as in the hydrated ions, water trigonal to the metal.
    for (metal, distance) in [
        ("Li", 1.95),
        ("Na", 2.35),
        ("K", 2.75),
        ("Ca", 2.42),
        ("La", 2.52),
    ] {
        let (sin, cos) = (52.25_f64 * PI / 180.0).sin_cos();
        let water = molecule(&[
            (metal, [0.0; 3]),
            ("O", [distance, 0.0, 0.0]),
            ("H", [distance + 0.97 * cos, 0.97 * sin, 0.0]),
            ("H", [distance + 0.97 * cos, -0.97 * sin, 0.0]),
        ]);
        assert_eq!(pairs(&water), [[0, 1], [1, 2], [1, 3]], "{metal}");
    }
}

#[test]
fn cisplatin_has_four_bonds_at_its_metal() {
    // Pt–N 2.01, Pt–Cl 2.33: G. H. W. Milburn and M. R. Truter, J. Chem. Soc. A 1966, 1609.
    let amine = |x: f64, y: f64| {
        let outward = DVec3::new(x, y, 0.0).normalize();
        let nitrogen = 2.01 * outward;
        let beside = [outward.cross(DVec3::Z), DVec3::Z];
        let hydrogens = [0.0, 1.0, 2.0].map(|third| {
            let (sin, cos) = (2.0 * PI * third / 3.0).sin_cos();
            let position = nitrogen + 0.34 * outward + 0.96 * (cos * beside[0] + sin * beside[1]);
            ("H", position.to_array())
        });
        [vec![("N", nitrogen.to_array())], hydrogens.to_vec()].concat()
    };
    let mut atoms = vec![
        ("Pt", [0.0; 3]),
        ("Cl", [2.33, 0.0, 0.0]),
        ("Cl", [0.0, 2.33, 0.0]),
    ];
    atoms.extend(amine(-1.0, 0.0));
    atoms.extend(amine(0.0, -1.0));
    let counts = counts(&molecule(&atoms));
    assert_eq!(counts, expected([("Cl-Pt", 2), ("H-N", 6), ("N-Pt", 2)]));
}

#[test]
fn ions_of_rock_salt_have_six_bonds_and_none_to_like_ions() {
    let salts = [
        ("Li", "H", 4.084),
        ("Li", "F", 4.026),
        ("Li", "I", 6.00),
        ("Na", "Cl", 5.640),
        ("K", "Cl", 6.293),
        ("Rb", "I", 7.342),
        ("Mg", "O", 4.212),
        ("Ni", "O", 4.177),
        ("Ag", "F", 4.936),
        ("Ag", "Cl", 5.549),
        ("Pb", "S", 5.936),
        ("Ba", "O", 5.523),
        ("Pd", "H", 4.090),
    ];
    for (metal, anion, lattice) in salts {
        let atoms = [
            face_centered(metal, [0.0; 3]),
            face_centered(anion, [0.5, 0.0, 0.0]),
        ];
        let counts = counts(&cubic(lattice, &atoms.concat()));
        let mut names = [metal, anion];
        names.sort_unstable();
        // Palladium hydride is a metal with hydrogen in it.
        let bonds = counts.iter().filter(|(name, _)| *name != "Pd-Pd");
        let bonds: Vec<_> = bonds.map(|(name, count)| (name.clone(), *count)).collect();
        assert_eq!(bonds, [(names.join("-"), 24)], "{metal}{anion}");
    }
}

#[test]
fn cations_of_other_ionic_crystals_are_not_bonded_to_each_other() {
    let center = [0.5; 3];
    let edges = [[0.5, 0.5, 0.0], [0.5, 0.0, 0.5], [0.0, 0.5, 0.5]];
    let cscl = cubic(4.123, &[("Cs", [0.0; 3]), ("Cl", center)]);
    assert_eq!(counts(&cscl), expected([("Cl-Cs", 8)]));
    let tlcl = cubic(3.834, &[("Tl", [0.0; 3]), ("Cl", center)]);
    assert_eq!(counts(&tlcl), expected([("Cl-Tl", 8)]));
    let oxygens = edges.map(|position| ("O", position));
    let perovskite = [vec![("Sr", [0.0; 3]), ("Ti", center)], oxygens.to_vec()].concat();
    assert_eq!(
        counts(&cubic(3.905, &perovskite)),
        expected([("O-Sr", 12), ("O-Ti", 6)])
    );
    let anions = [
        [0.25; 3],
        [0.75, 0.25, 0.25],
        [0.25, 0.75, 0.25],
        [0.25, 0.25, 0.75],
    ];
    let others = anions.map(|position| position.map(|x| 1.0 - x));
    for (metal, anion, lattice) in [("Ca", "F", 5.463), ("U", "O", 5.470), ("Pb", "F", 5.940)] {
        let mut atoms = face_centered(metal, [0.0; 3]);
        atoms.extend(
            anions
                .iter()
                .chain(&others)
                .map(|position| (anion, *position)),
        );
        let name = [metal, anion];
        let mut name = name.to_vec();
        name.sort_unstable();
        assert_eq!(
            counts(&cubic(lattice, &atoms)),
            expected([(name.join("-").as_str(), 32)]),
            "{metal}{anion}"
        );
    }
}

#[test]
fn atoms_of_metals_are_bonded_to_their_neighbors() {
    let metals = [
        ("Al", 4.050),
        ("Ca", 5.588),
        ("Ni", 3.524),
        ("Cu", 3.615),
        ("Ag", 4.086),
        ("Pt", 3.924),
        ("Au", 4.078),
        ("Pb", 4.951),
    ];
    for (metal, lattice) in metals {
        let crystal = cubic(lattice, &face_centered(metal, [0.0; 3]));
        let name = format!("{metal}-{metal}");
        assert_eq!(counts(&crystal), expected([(name.as_str(), 24)]));
    }
}

#[test]
fn copper_keeps_its_bonds_under_adsorbed_oxygen() {
    let (lattice, half) = (3.615, 3.615 / 2.0);
    let mut atoms = Vec::new();
    for layer in 0..3 {
        let off = if layer % 2 == 0 { 0.0 } else { half };
        let z = half * f64::from(layer);
        atoms.push(("Cu", [off, 0.0, z]));
        atoms.push(("Cu", [half + off, half, z]));
    }
    let cell = Cell::orthorhombic(DVec3::new(lattice, lattice, 30.0)).unwrap();
    let bare = molecule(&atoms).with_cell(cell.clone());
    // In the hollow of four atoms of the uppermost layer.
    atoms.push(("O", [half, 0.0, lattice + 0.8]));
    let covered = molecule(&atoms).with_cell(cell);
    // Four in the layer, four in the next: 3 × 4 + 2 × 8 in three layers of two atoms.
    assert_eq!(counts(&bare)["Cu-Cu"], 28);
    assert_eq!(counts(&covered)["Cu-Cu"], 28);
    assert_eq!(counts(&covered)["Cu-O"], 4);
}

#[test]
fn structures_of_the_library_have_the_bonds_of_their_kind() {
    let expected = [
        ("copper", &[("Cu-Cu", 12)][..]),
        ("gold", &[("Au-Au", 12)]),
        ("silicon", &[("Si-Si", 4)]),
        ("salt", &[("Cl-Na", 6)]),
        ("magnesia", &[("Mg-O", 6)]),
        ("rutile", &[("O-Ti", 6)]),
        ("quartz", &[("O-Si", 4)]),
        ("ferrocene", &[("C-Fe", 10)]),
        ("mof-5", &[("O-Zn", 4)]),
    ];
    for (key, around) in expected {
        let entry = library::entries().iter().find(|entry| entry.key == key);
        let structure = entry.unwrap().structure().unwrap();
        let bonds = Bonds::of(&structure).unwrap();
        // The neighbors of the heaviest element's atoms.
        let heaviest = structure.elements().iter().copied().max().unwrap();
        let heavy = match key {
            "salt" => Element::NA,
            _ => heaviest,
        };
        for (atom, element) in structure.elements().iter().enumerate() {
            if *element != heavy {
                continue;
            }
            let mut found = BTreeMap::new();
            for bond in bonds.of_atom(atom) {
                let ends = bonds.list()[bond].atoms;
                let mut ends = ends.map(|end| structure.elements()[end as usize].symbol());
                ends.sort_unstable();
                *found.entry(ends.join("-")).or_insert(0) += 1;
            }
            let wanted: BTreeMap<String, usize> = around
                .iter()
                .map(|(name, count)| ((*name).to_owned(), *count))
                .collect();
            assert_eq!(found, wanted, "{key}");
        }
    }
}

#[test]
fn strengths_of_all_pairs_fall_continuously_from_one_to_zero() {
    for one in Element::all() {
        for other in Element::all() {
            let limits = Limits::between(one, other);
            assert_eq!(limits, Limits::between(other, one));
            assert!(0.5 < limits.onset && limits.onset < limits.cutoff && limits.cutoff < 7.6);
            let middle = 0.5 * (limits.onset + limits.cutoff);
            assert_eq!(limits.strength(limits.onset), 1.0);
            assert!((limits.strength(middle) - 0.5).abs() < 1e-12);
            assert_eq!(limits.strength(limits.cutoff), 0.0);
        }
    }
}

#[test]
fn bonds_change_continuously_as_an_atom_moves_between_two_others() {
    // Oxygen on its way into the middle of a pair of titanium atoms.
    let mut before: Option<f64> = None;
    for step in 0..=20_000 {
        let height = 3.0 - f64::from(step) * 1e-4;
        let structure = molecule(&[
            ("Ti", [-1.5, 0.0, 0.0]),
            ("Ti", [1.5, 0.0, 0.0]),
            ("O", [0.0, height, 0.0]),
        ]);
        let bonds = Bonds::of(&structure).unwrap();
        let bond = bonds.list().iter().find(|bond| bond.atoms == [0, 1]);
        let strength = bond.map_or(0.0, |bond| bond.strength);
        if let Some(before) = before {
            assert!((before - strength).abs() < 0.01, "at {height} Å");
        }
        before = Some(strength);
    }
    assert_eq!(before, Some(0.0));
}
