//! Potentials: their contract, and comparisons with other programs.

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Cell, Element, Structure, library};
use mlipview_core::potential::contract::{self, ContractError, Property, Tolerances};
use mlipview_core::potential::lennard_jones::Truncation;
use mlipview_core::potential::request::Options;
use mlipview_core::potential::{
    Applicability, Capabilities, Emt, Evaluation, LennardJones, Potential, PotentialError,
};
use serde_json::Value;

use super::fixtures::SINGLE;
use super::neighbors::too_dense;
use super::nep;

/// Reference values of ASE 3.29 in `tests/data/reference`.
pub(crate) fn reference(file: &str) -> Value {
    let path = format!(
        "{}/../../tests/data/reference/{file}",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    let array = value.as_array().unwrap();
    array
        .iter()
        .map(|number| number.as_f64().unwrap())
        .collect()
}

pub(crate) fn vectors(value: &Value) -> Vec<DVec3> {
    let array = value.as_array().unwrap();
    array
        .iter()
        .map(|row| DVec3::from_slice(&numbers(row)))
        .collect()
}

fn voigt(value: &Value) -> DMat3 {
    let [xx, yy, zz, yz, xz, xy] = numbers(value).try_into().unwrap();
    DMat3::from_cols_array(&[xx, xy, xz, xy, yy, yz, xz, yz, zz])
}

fn emt_systems() -> Vec<(String, Structure, Value)> {
    let file = reference("emt.json");
    let systems = file["systems"].as_object().unwrap().iter();
    systems
        .map(|(name, system)| {
            let elements = numbers(&system["numbers"])
                .into_iter()
                .map(|number| Element::from_number(number as u8).unwrap())
                .collect();
            let structure = Structure::new(elements, vectors(&system["positions_A"])).unwrap();
            let periodic: Vec<bool> = system["pbc"]
                .as_array()
                .unwrap()
                .iter()
                .map(|axis| axis.as_bool().unwrap())
                .collect();
            let cell = vectors(&system["cell_A"]);
            let cell = periodic.contains(&true).then(|| {
                Cell::new([cell[0], cell[1], cell[2]], periodic.try_into().unwrap()).unwrap()
            });
            (
                name.clone(),
                structure.with_cell(cell),
                system["EMT/ASE"].clone(),
            )
        })
        .collect()
}

fn emt_system(title: &str) -> Structure {
    let mut systems = emt_systems().into_iter();
    systems.find(|(name, ..)| name == title).unwrap().1
}

fn argon_crystal() -> (Structure, Value) {
    let system = reference("md_opt_ase.json")["LJ_Ar108_smooth_rc7"].clone();
    let cell = vectors(&system["cell"]);
    let cell = Cell::new([cell[0], cell[1], cell[2]], [true; 3]).unwrap();
    let positions = vectors(&system["positions"]);
    let structure = Structure::new(vec![Element::AR; positions.len()], positions).unwrap();
    (structure.with_cell(cell), system)
}

fn smooth(potential: LennardJones) -> LennardJones {
    let smooth = Truncation::Smooth { onset: 0.66 };
    potential.truncated(smooth).unwrap()
}

/// The largest differences in energy, atom energy, force and stress.
fn differences(
    found: &Evaluation,
    energy: f64,
    forces: &[DVec3],
    stress: Option<DMat3>,
) -> [f64; 3] {
    assert_eq!(found.forces.len(), forces.len());
    let force = found
        .forces
        .iter()
        .zip(forces)
        .map(|(one, other)| (*one - *other).abs().max_element())
        .fold(0.0, f64::max);
    let stress = stress.map_or(0.0, |stress| {
        let difference = found.stress.unwrap() - stress;
        difference
            .to_cols_array()
            .into_iter()
            .map(f64::abs)
            .fold(0.0, f64::max)
    });
    [(found.energy - energy).abs(), force, stress]
}

#[test]
fn effective_medium_theory_agrees_with_ase() {
    let mut emt = Emt::new();
    for (name, structure, ase) in emt_systems() {
        let found = emt.evaluate(&structure).unwrap();
        let stress = ase.get("stress_eV_A3_voigt").map(voigt);
        let energy = ase["energy_eV"].as_f64().unwrap();
        let forces = vectors(&ase["forces_eV_A"]);
        let [energy, force, stress] = differences(&found, energy, &forces, stress);
        assert!(energy <= 1e-8, "{name}: energy off by {energy:e} eV");
        assert!(force <= 1e-7, "{name}: a force off by {force:e} eV/Å");
        assert!(stress <= 1e-9, "{name}: stress off by {stress:e} eV/Å³");
        let shares = found.atom_energies.unwrap();
        for (atom, (share, expected)) in shares.iter().zip(numbers(&ase["energies_eV"])).enumerate()
        {
            assert!(
                (share - expected).abs() <= 1e-8,
                "{name}: atom {atom}: {share} for {expected} eV"
            );
        }
    }
}

#[test]
fn smooth_argon_agrees_with_ase() {
    let (structure, ase) = argon_crystal();
    let mut potential = smooth(LennardJones::universal(3.405, 0.0104, 7.0).unwrap());
    let found = potential.evaluate(&structure).unwrap();
    let energy = ase["E"].as_f64().unwrap();
    let stress = Some(voigt(&ase["stress"]));
    let [energy, force, stress] = differences(&found, energy, &vectors(&ase["forces"]), stress);
    assert!(energy <= 1e-8, "energy off by {energy:e} eV");
    assert!(force <= 1e-7, "a force off by {force:e} eV/Å");
    assert!(stress <= 1e-9, "stress off by {stress:e} eV/Å³");
}

fn water(distance: f64, degrees: f64) -> Structure {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let positions = vec![DVec3::X, DVec3::new(cosine, sine, 0.0), DVec3::ZERO];
    let elements = vec![Element::H, Element::H, Element::O];
    let positions = positions.into_iter().map(|position| distance * position);
    Structure::new(elements, positions.collect()).unwrap()
}

#[test]
fn the_unit_lennard_jones_energy_of_water_is_that_of_the_session_protocol() {
    let mut potential = LennardJones::universal(1.0, 1.0, 3.0).unwrap();
    let found = potential.evaluate(&water(0.9575, 104.51)).unwrap();
    assert!(
        (found.energy - 2.802522726).abs() < 1e-9,
        "{}",
        found.energy
    );
    let expected = [
        DVec3::new(51.024657952, 0.6712205703, 0.0),
        DVec3::new(-12.134364423, 49.565345315, 0.0),
        DVec3::new(-38.890293529, -50.236565886, 0.0),
    ];
    for (force, expected) in found.forces.iter().zip(expected) {
        assert!(
            (*force - expected).length() < 1e-8,
            "{force} for {expected}"
        );
    }
}

#[test]
fn shifted_lennard_jones_agrees_with_ase() {
    let elements = vec![Element::O, Element::H, Element::H];
    let positions = vec![
        DVec3::ZERO,
        DVec3::new(0.9575, 0.0, 0.0),
        DVec3::new(-0.24, 0.927, 0.0),
    ];
    let structure = Structure::new(elements, positions).unwrap();
    let mut potential = LennardJones::universal(1.0, 1.0, 3.0).unwrap();
    let found = potential.evaluate(&structure).unwrap();
    let ase = reference("md_opt_ase.json")["mlipview_LJ_rc3_water"]["E0"]
        .as_f64()
        .unwrap();
    assert!((found.energy - ase).abs() < 1e-12);
}

/// ASE's EMT drops pairs where the switch is still 6·10⁻⁶, which shows for nearly isolated atoms.
const EMT: Tolerances = Tolerances {
    energy_jump: 1e-4,
    force_jump: 2e-3,
    ..Tolerances::STRICT
};

/// Each is checked on the smallest structure of the library, of several atoms, that it is made for.
#[test]
fn every_potential_of_the_catalog_obeys_the_contract() {
    let structures = library::entries().iter();
    let structures = structures.map(|entry| entry.structure().unwrap());
    let mut structures: Vec<Structure> = structures.filter(|it| it.len() > 2).collect();
    structures.sort_by_key(Structure::len);
    for entry in nep::catalog_with(&["nep3_one.txt"]).entries() {
        let is_suitable = |structure: &&Structure| {
            let applicability = (entry.applicability)(&Options::default(), structure);
            matches!(applicability, Applicability::Suitable { .. })
        };
        let structure = structures.iter().find(is_suitable);
        let mut structure = structure.expect(entry.name).clone();
        println!("{}: {}", entry.name, structure.formula());
        for (atom, position) in structure.positions_mut().iter_mut().enumerate() {
            let phase = atom as f64;
            *position += 0.05 * DVec3::new(phase.sin(), (2.0 * phase).cos(), (3.0 * phase).sin());
        }
        let tolerances = match entry.name {
            "nano" | "nep" | "solid" => SINGLE,
            "emt" => EMT,
            _ => Tolerances::STRICT,
        };
        let mut potential = (entry.build)(&Options::default(), &structure).unwrap();
        let checked = tolerances.check(potential.as_mut(), &structure);
        checked.unwrap_or_else(|error| panic!("{}: {error}", entry.name));
    }
}

#[test]
fn effective_medium_theory_obeys_the_contract() {
    for name in ["Cu32_rattled", "Cu3Au32", "Cu111_O"] {
        EMT.check(&mut Emt::new(), &emt_system(name)).unwrap();
    }
    let cluster: Vec<usize> = (0..13).collect();
    let cluster = emt_system("Cu55_ico").select(&cluster).unwrap();
    EMT.check(&mut Emt::new(), &cluster).unwrap();
    EMT.check(&mut Emt::new(), &small_cell(Element::AU, 2.9))
        .unwrap();
}

#[test]
fn smooth_lennard_jones_obeys_the_contract() {
    let argon = argon_crystal().0;
    contract::check(&mut LennardJones::noble_gases(), &argon).unwrap();
    contract::check(
        &mut LennardJones::noble_gases(),
        &small_cell(Element::XE, 4.2),
    )
    .unwrap();
    contract::check(&mut LennardJones::noble_gases(), &noble_mixture()).unwrap();
    let mut unit = smooth(LennardJones::universal(1.0, 1.0, 3.0).unwrap());
    contract::check(&mut unit, &water(0.9575, 104.51)).unwrap();
}

#[test]
fn shifted_lennard_jones_obeys_the_contract_except_for_the_force_at_the_cutoff() {
    let mut shifted = LennardJones::universal(3.405, 0.0104, 7.0).unwrap();
    let argon = argon_crystal().0;
    assert_eq!(
        violated_property(&mut shifted, &argon),
        Some(Property::Smoothness)
    );
    let slope_at_cutoff = 24.0 * 0.0104 / 7.0 * (3.405_f64 / 7.0).powi(6);
    let tolerant = Tolerances {
        // By symmetry, several pairs cross the cutoff together.
        force_jump: 8.0 * slope_at_cutoff,
        ..Tolerances::STRICT
    };
    tolerant.check(&mut shifted, &argon).unwrap();
}

/// Two atoms in a triclinic cell far smaller than any cutoff.
fn small_cell(element: Element, size: f64) -> Structure {
    let positions = vec![DVec3::ZERO, size * DVec3::new(0.52, 0.47, 0.55)];
    let vectors = [
        size * DVec3::X,
        size * DVec3::new(0.1, 1.1, 0.0),
        size * DVec3::new(-0.2, 0.15, 1.3),
    ];
    let cell = Cell::new(vectors, [true; 3]).unwrap();
    Structure::new(vec![element; 2], positions)
        .unwrap()
        .with_cell(cell)
}

/// All four noble gases, in a wire: periodic along one axis.
fn noble_mixture() -> Structure {
    let elements = ["Ne", "Ar", "Kr", "Xe"].map(|symbol| Element::from_symbol(symbol).unwrap());
    let positions = vec![
        DVec3::new(0.0, 0.0, 0.0),
        DVec3::new(3.4, 0.3, -0.2),
        DVec3::new(0.4, 3.9, 0.3),
        DVec3::new(3.6, 4.3, 1.0),
    ];
    let vectors = [9.0 * DVec3::X, 9.0 * DVec3::Y, 6.5 * DVec3::Z];
    let cell = Cell::new(vectors, [false, false, true]).unwrap();
    Structure::new(elements.to_vec(), positions)
        .unwrap()
        .with_cell(cell)
}

fn violated_property(potential: &mut dyn Potential, structure: &Structure) -> Option<Property> {
    match contract::check(potential, structure) {
        Ok(()) => None,
        Err(ContractError::Violated { property, .. }) => Some(property),
        Err(other) => panic!("{other}"),
    }
}

/// A potential that violates one property.
struct BrokenPotential<F> {
    sound: LennardJones,
    distort: F,
}

impl<F: FnMut(&Structure, &mut Evaluation) + Send> Potential for BrokenPotential<F> {
    fn name(&self) -> &str {
        "broken"
    }

    fn description(&self) -> &str {
        "Lennard-Jones that violates a property of the contract."
    }

    fn capabilities(&self) -> &Capabilities {
        self.sound.capabilities()
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        let mut evaluation = self.sound.evaluate(structure)?;
        (self.distort)(structure, &mut evaluation);
        Ok(evaluation)
    }
}

fn property_violated_by(
    distort: impl FnMut(&Structure, &mut Evaluation) + Send,
) -> Option<Property> {
    let sound = LennardJones::noble_gases();
    violated_property(&mut BrokenPotential { sound, distort }, &noble_mixture())
}

#[test]
fn the_contract_finds_every_violated_property() {
    assert_eq!(property_violated_by(|_, _| ()), None);
    let found = property_violated_by(|_, evaluation| {
        evaluation.forces.pop();
    });
    assert_eq!(found, Some(Property::Consistency));
    let found = property_violated_by(|_, evaluation| evaluation.stress = None);
    assert_eq!(found, Some(Property::Consistency));
    let elsewhere = |structure: &Structure| structure.positions() != noble_mixture().positions();
    let found = property_violated_by(|structure, evaluation| {
        evaluation.stress = evaluation.stress.filter(|_| !elsewhere(structure));
    });
    assert_eq!(found, Some(Property::Translation), "a stress is lost");
    let found = property_violated_by(|structure, evaluation| {
        evaluation
            .forces
            .truncate(evaluation.forces.len() - usize::from(elsewhere(structure)));
    });
    assert_eq!(found, Some(Property::Translation), "a force is lost");
    let found = property_violated_by(|_, evaluation| evaluation.energy += 0.1);
    assert_eq!(
        found,
        Some(Property::Consistency),
        "atom energies do not add up"
    );
    let found = property_violated_by(|_, evaluation| evaluation.energy = f64::NAN);
    assert_eq!(found, Some(Property::Consistency));
    let found = property_violated_by(|_, evaluation| evaluation.forces[1].x += 1e-6);
    assert_eq!(found, Some(Property::NetForce));
    let found = property_violated_by(|structure, evaluation| {
        add_energy(evaluation, 1e-3 * structure.positions()[0].x);
    });
    assert_eq!(found, Some(Property::Translation));
    let found = property_violated_by(|structure, evaluation| {
        let positions = structure.positions();
        add_energy(evaluation, 1e-3 * (positions[1] - positions[0]).x);
    });
    assert_eq!(found, Some(Property::Rotation));
    let found = property_violated_by(|structure, evaluation| {
        let first = structure.elements()[0].number();
        add_energy(evaluation, 1e-3 * f64::from(first));
    });
    assert_eq!(found, Some(Property::Permutation));
    let found = property_violated_by(|structure, evaluation| {
        let positions = structure.positions();
        let squares = positions.iter().flat_map(|one| {
            positions
                .iter()
                .map(move |other| one.distance_squared(*other))
        });
        add_energy(evaluation, 1e-3 * squares.sum::<f64>());
    });
    assert_eq!(found, Some(Property::PeriodicImages));
    let found = property_violated_by(|_, evaluation| add_energy(evaluation, 1e-3));
    assert_eq!(found, Some(Property::Supercell));
    let mut impressed = false;
    let found = property_violated_by(move |structure, evaluation| {
        impressed |= structure.len() == 2;
        if impressed {
            add_energy(evaluation, 1e-3);
        }
    });
    assert_eq!(found, Some(Property::Statelessness));
    let found = property_violated_by(|_, evaluation| {
        evaluation
            .forces
            .iter_mut()
            .for_each(|force| *force *= -1.0);
    });
    assert_eq!(found, Some(Property::Forces));
    let found = property_violated_by(|_, evaluation| {
        evaluation
            .forces
            .iter_mut()
            .for_each(|force| *force *= 1.0 + 1e-5);
    });
    assert_eq!(found, Some(Property::Forces));
    let found = property_violated_by(|_, evaluation| {
        evaluation.stress = evaluation.stress.map(|stress| -stress);
    });
    assert_eq!(found, Some(Property::Stress));
}

/// Adds an energy to an evaluation, and removes the atom energies, which would not add up.
fn add_energy(evaluation: &mut Evaluation, energy: f64) {
    evaluation.energy += energy;
    evaluation.atom_energies = None;
}

#[test]
fn the_contract_finds_a_truncation_without_a_shift() {
    // Shifted at 12 Å and truncated at 7 Å, as by a wrong neighbor list.
    let sound = LennardJones::universal(3.405, 0.0104, 12.0).unwrap();
    let distort = |structure: &Structure, evaluation: &mut Evaluation| {
        if let [one, other] = structure.positions()
            && one.distance(*other) > 7.0
        {
            add_energy(evaluation, -evaluation.energy);
            evaluation.forces.fill(DVec3::ZERO);
        }
    };
    let dimer = Structure::new(
        vec![Element::AR; 2],
        vec![DVec3::ZERO, 4.0 * DVec3::ONE.normalize()],
    );
    let found = violated_property(&mut BrokenPotential { sound, distort }, &dimer.unwrap());
    assert_eq!(found, Some(Property::Smoothness));
}

#[test]
fn no_atoms_have_zero_energy_and_one_atom_has_its_own() {
    let nothing = Structure::empty();
    for potential in [
        &mut Emt::new() as &mut dyn Potential,
        &mut LennardJones::noble_gases(),
    ] {
        let found = potential.evaluate(&nothing).unwrap();
        assert_eq!((found.energy, found.forces.len()), (0.0, 0));
    }
    let atom = Structure::new(vec![Element::CU], vec![DVec3::ONE]).unwrap();
    let found = Emt::new().evaluate(&atom).unwrap();
    // Relative to the crystal: the cohesive energy of copper.
    assert_eq!((found.energy, found.forces[0]), (3.51, DVec3::ZERO));
    assert_eq!(found.stress, None);
}

#[test]
fn an_element_without_parameters_is_refused_by_name() {
    let water = water(0.96, 104.5);
    let refusal = LennardJones::noble_gases().evaluate(&water).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "Lennard-Jones has no parameters for H; supported: Ne, Ar, Kr and Xe"
    );
    let iron =
        Structure::new(vec![Element::from_symbol("Fe").unwrap()], vec![DVec3::ZERO]).unwrap();
    assert!(matches!(
        Emt::new().evaluate(&iron),
        Err(PotentialError::Element { .. })
    ));
}

#[test]
fn unlike_atoms_use_the_lorentz_berthelot_rules() {
    let (neon, argon) = (Element::NE, Element::AR);
    let elements = [(neon, 2.7, 0.003), (argon, 3.4, 0.012)];
    let mut mixed = LennardJones::mixed(&elements, 3.0).unwrap();
    let pair = |distance: f64| {
        Structure::new(vec![neon, argon], vec![DVec3::ZERO, distance * DVec3::Y]).unwrap()
    };
    let mut alone = LennardJones::universal(3.05, 0.006, 9.15).unwrap();
    for distance in [2.9, 3.4, 5.0, 9.0] {
        let found = mixed.evaluate(&pair(distance)).unwrap();
        let expected = alone.evaluate(&pair(distance)).unwrap();
        assert!((found.energy - expected.energy).abs() < 1e-12);
    }
    let told = mixed.with_pair(neon, argon, 3.0, 0.01, 8.0).unwrap();
    let mut told = smooth(told);
    let bottom = told.evaluate(&pair(3.0 * 2.0_f64.powf(1.0 / 6.0))).unwrap();
    assert!((bottom.energy + 0.01).abs() < 1e-12);
    assert!(told.with_pair(neon, Element::CU, 3.0, 0.01, 8.0).is_err());
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let copper = crystal(Element::CU, 3.61, 11);
    let argon = crystal(Element::AR, 5.3, 11);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            (
                Emt::new().evaluate(&copper).unwrap(),
                LennardJones::noble_gases().evaluate(&argon).unwrap(),
            )
        })
    };
    let alone = on(1);
    assert!(on(2) == alone && on(5) == alone);
}

/// n × n × n cubic fcc cells with small displacements.
fn crystal(element: Element, lattice: f64, cells: usize) -> Structure {
    let mut positions = Vec::new();
    let corners = [
        DVec3::ZERO,
        DVec3::new(0.5, 0.5, 0.0),
        DVec3::new(0.5, 0.0, 0.5),
        DVec3::new(0.0, 0.5, 0.5),
    ];
    for index in 0..cells.pow(3) {
        let corner = DVec3::new(
            (index / cells / cells) as f64,
            (index / cells % cells) as f64,
            (index % cells) as f64,
        );
        for within in corners {
            let phase = positions.len() as f64;
            let disorder = 0.01 * DVec3::new(phase.sin(), (2.0 * phase).sin(), (3.0 * phase).sin());
            positions.push(lattice * (corner + within + disorder));
        }
    }
    let cell = Cell::orthorhombic(DVec3::splat(lattice * cells as f64)).unwrap();
    Structure::new(vec![element; positions.len()], positions)
        .unwrap()
        .with_cell(cell)
}

#[test]
fn overlapping_atoms_are_refused_with_their_density() {
    let refused = |potential: &mut dyn Potential, element| {
        for structure in too_dense(element) {
            match potential.evaluate(&structure) {
                Err(error @ PotentialError::Unsupported { .. }) => {
                    assert!(error.to_string().contains("per Å³"), "{error}");
                }
                other => panic!("{:?}", other.map(|evaluation| evaluation.energy)),
            }
        }
    };
    refused(&mut LennardJones::noble_gases(), Element::AR);
    refused(&mut Emt::new(), Element::CU);
}
