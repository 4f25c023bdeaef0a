//! Relaxation, compared with ASE step by step, with hands and with errors.

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::{
    Capabilities, Emt, Evaluation, LennardJones, Potential, PotentialError,
};
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::propagate::{
    CellFreedom, CellRelaxation, MAX_BFGS_ATOMS, Method, Propagator, Relaxation, StepError,
};
use mlipview_core::sim::{State, Task};
use serde_json::Value;

use crate::potentials::{numbers, reference, vectors};

fn largest_distance(found: &[DVec3], expected: &[DVec3]) -> f64 {
    let pairs = found.iter().zip(expected);
    pairs
        .map(|(one, other)| one.distance(*other))
        .fold(0.0, f64::max)
}

/// A relaxation and its atoms.
struct Run {
    state: State,
    potential: Box<dyn Potential>,
    propagator: Box<dyn Propagator>,
}

impl Run {
    fn new(structure: Structure, mut potential: Box<dyn Potential>, relaxation: Relaxation) -> Run {
        Run {
            state: State::new(structure, potential.as_mut(), 0).unwrap(),
            potential,
            propagator: relaxation.propagator().unwrap(),
        }
    }

    fn step(&mut self) {
        self.propagator
            .advance(&mut self.state, self.potential.as_mut())
            .unwrap();
    }

    fn is_converged(&mut self) -> bool {
        self.propagator.is_converged(&self.state)
    }

    /// Steps until convergence, and returns their number, at most `max`.
    fn steps_to_convergence(&mut self, max: u64) -> u64 {
        let mut steps = 0;
        while !self.is_converged() && steps < max {
            self.step();
            steps += 1;
        }
        steps
    }
}

fn method(name: &str) -> Method {
    match name {
        "BFGS" => Method::Bfgs,
        "LBFGS" => Method::Lbfgs,
        "FIRE" => Method::Fire,
        "FIRE2" => Method::Fire2,
        other => panic!("no method {other}"),
    }
}

/// A case of `relaxations_ase.json`, before its first step.
fn reference_run(case: &Value) -> Run {
    let number = |name: &str| case[name].as_f64().unwrap();
    let elements = numbers(&case["numbers"]);
    let elements = elements
        .iter()
        .map(|&number| Element::from_number(number as u8).unwrap());
    let mut structure = Structure::new(elements.collect(), vectors(&case["positions"])).unwrap();
    for atom in numbers(&case["fixed"]) {
        structure.fixed_mut()[atom as usize] = true;
    }
    if !case["cell"].is_null() {
        let periodic = [0, 1, 2].map(|axis| case["pbc"][axis].as_bool().unwrap());
        let vectors = vectors(&case["cell"]).try_into().unwrap();
        structure.cell = Some(Cell::new(vectors, periodic).unwrap());
    }
    let potential: Box<dyn Potential> = if case["potential"] == "EMT" {
        Box::new(Emt::new())
    } else {
        Box::new(LennardJones::universal(1.0, 1.0, 3.0).unwrap())
    };
    let cell = CellRelaxation {
        pressure: number("pressure"),
        smax: None,
        freedom: if case["isotropic"] == true {
            CellFreedom::Isotropic
        } else {
            CellFreedom::Anisotropic
        },
    };
    let relaxation = Relaxation {
        method: method(case["method"].as_str().unwrap()),
        fmax: number("fmax"),
        cell: (case["variable_cell"] == true).then_some(cell),
        ..Relaxation::default()
    };
    Run::new(structure, potential, relaxation)
}

#[test]
fn every_method_follows_ase_step_by_step() {
    for case in reference("relaxations_ase.json")["cases"]
        .as_array()
        .unwrap()
    {
        let title = case["title"].as_str().unwrap();
        let mut run = reference_run(case);
        let trajectory = case["trajectory"].as_array().unwrap();
        for (step, energy) in numbers(&case["energies"]).into_iter().enumerate() {
            if step > 0 {
                assert!(!run.is_converged(), "{title}: converged before step {step}");
                run.step();
            }
            let found = run.state.evaluation.energy;
            let energy_error = (found - energy).abs();
            assert!(
                energy_error < 1e-9,
                "{title}, step {step}: {found} eV for {energy}"
            );
            if let Some(positions) = trajectory.get(step) {
                let error = largest_distance(run.state.structure.positions(), &vectors(positions));
                assert!(error < 1e-9, "{title}, step {step}: {error} Å away");
            }
        }
        assert_eq!(run.is_converged(), case["converged"] == true, "{title}");
        let structure = &run.state.structure;
        let error = largest_distance(structure.positions(), &vectors(&case["final_positions"]));
        assert!(error < 1e-9, "{title}: ends {error} Å away");
        if let Some(cell) = &structure.cell {
            let error = largest_distance(&cell.vectors(), &vectors(&case["final_cell"]));
            assert!(error < 1e-9, "{title}: ends with a cell {error} Å away");
        }
    }
}

/// 32 displaced copper atoms, the start of `md_opt_ase.json`.
fn displaced_copper() -> Structure {
    let start = &reference("md_opt_ase.json")["start"];
    let positions = vectors(&start["positions"]);
    let cell = Cell::new(vectors(&start["cell"]).try_into().unwrap(), [true; 3]).unwrap();
    let structure = Structure::new(vec![Element::CU; positions.len()], positions).unwrap();
    structure.with_cell(cell)
}

fn copper(relaxation: Relaxation) -> Run {
    Run::new(displaced_copper(), Box::new(Emt::new()), relaxation)
}

#[test]
fn displaced_copper_converges_in_as_many_steps_as_in_ase() {
    let ase = reference("md_opt_ase.json");
    for name in ["BFGS", "LBFGS", "FIRE", "FIRE2"] {
        let mut run = copper(Relaxation {
            method: method(name),
            fmax: 0.01,
            ..Relaxation::default()
        });
        let expected = &ase[format!("relax_{name}")];
        assert_eq!(
            run.steps_to_convergence(500),
            expected["steps"].as_u64().unwrap(),
            "{name}"
        );
        assert_eq!(run.state.step, expected["steps"].as_u64().unwrap());
        let error = run.state.evaluation.energy - expected["E_eV"].as_f64().unwrap();
        assert!(error.abs() < 1e-10, "{name}: {error} eV off");
    }
}

#[test]
fn the_lattice_constant_of_copper_converges_in_as_many_steps_as_in_ase() {
    let ase = &reference("md_opt_ase.json")["cellrelax_BFGS_FrechetCell"];
    let mut run = copper(Relaxation {
        method: Method::Bfgs,
        fmax: 0.01,
        cell: Some(CellRelaxation::default()),
        ..Relaxation::default()
    });
    assert_eq!(
        run.steps_to_convergence(500),
        ase["steps"].as_u64().unwrap()
    );
    let volume = run.state.structure.cell.as_ref().unwrap().volume();
    assert!((volume.cbrt() / 2.0 - ase["a_A"].as_f64().unwrap()).abs() < 1e-10);
    let evaluation = &run.state.evaluation;
    assert!((evaluation.energy - ase["E_eV"].as_f64().unwrap()).abs() < 1e-10);
    let stress = evaluation.stress.unwrap();
    let [xx, yy, zz, yz, xz, xy] = numbers(&ase["stress"]).try_into().unwrap();
    let expected = DMat3::from_cols_array(&[xx, xy, xz, xy, yy, yz, xz, yz, zz]);
    assert!(
        (stress - expected)
            .to_cols_array()
            .iter()
            .all(|error| error.abs() < 1e-10)
    );
}

#[test]
fn a_cell_relaxed_under_pressure_has_the_opposite_stress() {
    for freedom in [CellFreedom::Isotropic, CellFreedom::Anisotropic] {
        let pressure = 0.05;
        let mut run = copper(Relaxation {
            cell: Some(CellRelaxation {
                pressure,
                smax: Some(1e-5),
                freedom,
            }),
            ..Relaxation::default()
        });
        let shape = run.state.structure.cell.clone().unwrap();
        assert!(run.steps_to_convergence(200) < 200);
        let stress = run.state.evaluation.stress.unwrap();
        let mean = (stress.x_axis.x + stress.y_axis.y + stress.z_axis.z) / 3.0;
        assert!((mean + pressure).abs() < 1e-5, "{freedom:?}: {mean}");
        let cell = run.state.structure.cell.clone().unwrap();
        assert!(cell.volume() < 0.9 * shape.volume());
        if freedom == CellFreedom::Isotropic {
            let [a, b, c] = cell.vectors();
            assert!((a.length() - b.length()).abs().max(b.dot(c).abs()) < 1e-12);
        }
    }
}

/// A triclinic cell without symmetry.
fn skewed_argon(periodic: [bool; 3]) -> Structure {
    let positions = [
        [0.1, 0.0, 0.2],
        [2.1, 2.0, 0.0],
        [0.0, 2.2, 2.1],
        [2.3, 0.1, 2.2],
    ];
    let positions = positions.map(|position| DVec3::from(position) * 0.9);
    let vectors = [[3.8, 0.2, 0.0], [-0.1, 3.9, 0.3], [0.4, 0.0, 3.7]].map(DVec3::from);
    let structure = Structure::new(vec![Element::AR; 4], positions.to_vec()).unwrap();
    structure.with_cell(Cell::new(vectors, periodic).unwrap())
}

fn argon() -> Box<LennardJones> {
    Box::new(LennardJones::universal(1.7, 1.0, 4.2).unwrap())
}

#[test]
fn a_cell_relaxes_only_along_periodic_directions() {
    let relaxation = Relaxation {
        cell: Some(CellRelaxation::default()),
        ..Relaxation::default()
    };
    let mut slab = Run::new(skewed_argon([true, true, false]), argon(), relaxation);
    let cell = |run: &Run| run.state.structure.cell.clone().unwrap();
    let before = cell(&slab);
    let normal = before.vectors()[0].cross(before.vectors()[1]).normalize();
    slab.steps_to_convergence(30);
    let vectors = cell(&slab).vectors().into_iter().zip(before.vectors());
    for (now, then) in vectors {
        assert!((now - then).dot(normal).abs() < 1e-12);
    }
    assert!((cell(&slab).lengths()[0] - before.lengths()[0]).abs() > 1e-3);
}

#[test]
fn unsupported_relaxations_are_refused_with_a_reason() {
    let refusal = |structure: Structure, relaxation: Relaxation| {
        let state = State::new(structure, argon().as_mut(), 0).unwrap();
        let refused = relaxation.propagator().unwrap().check(&state);
        refused.unwrap_err().to_string()
    };
    let free = CellRelaxation::default();
    let squeezed = CellRelaxation {
        pressure: 0.1,
        ..free
    };
    let cell = |cell| Relaxation {
        cell: Some(cell),
        ..Relaxation::default()
    };
    let molecule = skewed_argon([true; 3]).with_cell(None);
    assert!(refusal(molecule, cell(free)).contains("keep the cell fixed"));
    let slab = skewed_argon([true, true, false]);
    assert!(refusal(slab, cell(squeezed)).contains("all three axes"));

    let many = (0..MAX_BFGS_ATOMS + 1).map(|atom| DVec3::X * 2.0 * atom as f64);
    let many = Structure::new(vec![Element::AR; MAX_BFGS_ATOMS + 1], many.collect()).unwrap();
    let bfgs = Relaxation {
        method: Method::Bfgs,
        ..Relaxation::default()
    };
    assert!(refusal(many, bfgs).contains("L-BFGS"));
}

#[test]
fn parameters_out_of_bounds_are_refused_by_name() {
    let fine = Relaxation::default();
    let cell = |pressure, smax| {
        let cell = CellRelaxation {
            pressure,
            smax,
            freedom: CellFreedom::Isotropic,
        };
        Relaxation {
            cell: Some(cell),
            ..fine
        }
    };
    let wrong = [
        (
            Relaxation {
                fmax: f64::NAN,
                ..fine
            },
            "fmax",
        ),
        (
            Relaxation {
                max_step: 0.0,
                ..fine
            },
            "maximum step",
        ),
        (cell(f64::INFINITY, None), "pressure"),
        (cell(0.0, Some(-1.0)), "smax"),
    ];
    for (relaxation, name) in wrong {
        let refusal = relaxation.propagator().err().unwrap();
        assert!(refusal.parameter.contains(name), "{refusal}");
    }
}

const METHODS: [Method; 5] = [
    Method::Auto,
    Method::Bfgs,
    Method::Lbfgs,
    Method::Fire,
    Method::Fire2,
];

#[test]
fn no_atoms_one_atom_and_fixed_atoms_converge_at_once() {
    let one = Structure::new(vec![Element::CU], vec![DVec3::ONE]).unwrap();
    let mut all_fixed = displaced_copper();
    all_fixed.fixed_mut().fill(true);
    for method in METHODS {
        for structure in [Structure::empty(), one.clone(), all_fixed.clone()] {
            for fmax in [0.05, 0.0] {
                let relaxation = Relaxation {
                    method,
                    fmax,
                    ..Relaxation::default()
                };
                let mut run = Run::new(structure.clone(), Box::new(Emt::new()), relaxation);
                assert_eq!(run.is_converged(), fmax > 0.0);
                run.step();
                assert_eq!(run.state.structure, structure);
            }
        }
    }
}

#[test]
fn without_fmax_a_relaxation_never_converges() {
    for method in METHODS {
        let mut run = copper(Relaxation {
            method,
            fmax: 0.0,
            ..Relaxation::default()
        });
        for _ in 0..150 {
            assert!(!run.is_converged());
            run.step();
        }
        let left = run.state.biased_forces();
        assert!(left.iter().all(|force| force.length() < 1e-3), "{method:?}");
    }
}

#[test]
fn fixed_atoms_keep_their_positions_to_the_last_bit() {
    for method in METHODS {
        let mut structure = displaced_copper();
        structure.fixed_mut()[3..20].fill(true);
        let before = structure.positions()[3..20].to_vec();
        let relaxation = Relaxation {
            method,
            ..Relaxation::default()
        };
        let mut run = Run::new(structure, Box::new(Emt::new()), relaxation);
        assert!(run.steps_to_convergence(200) < 200);
        assert_eq!(run.state.structure.positions()[3..20], before);
    }
}

#[test]
fn a_relaxation_follows_a_dragged_atom_and_its_release() {
    for method in METHODS {
        let mut structure = displaced_copper();
        structure.fixed_mut()[26..].fill(true);
        let relaxation = Relaxation {
            method,
            ..Relaxation::default()
        };
        let mut run = Run::new(structure.clone(), Box::new(Emt::new()), relaxation);
        let home = structure.positions()[5];
        let (hand, hold) = (Hand(1), Grip::Hold);
        run.state
            .grips
            .grab(hand, vec![5], hold, &structure)
            .unwrap();
        for step in 1..=50 {
            let target = home + DVec3::new(0.02, 0.01, 0.0) * f64::from(step);
            run.state.grips.move_to(hand, target);
            assert!(!run.is_converged(), "{method:?}: a hand has moved");
            run.step();
            assert_eq!(run.state.structure.positions()[5], target);
            let forces = run.state.biased_forces();
            let largest = forces.iter().map(|force| force.length());
            let largest = largest.fold(0.0, f64::max);
            assert!(largest < 3.0, "{method:?}, step {step}: {largest} eV/Å");
        }
        let waiting = run.steps_to_convergence(200);
        let held = run.state.evaluation.energy;
        run.state.grips.release(hand);
        assert!(!run.is_converged());
        let home_again = run.steps_to_convergence(200);
        assert!(waiting.max(home_again) < 200, "{method:?}");
        assert!(run.state.evaluation.energy < held - 0.05);
    }
}

#[test]
fn changing_fmax_during_a_run_changes_no_step() {
    for method in METHODS {
        let relaxation = |fmax| Relaxation {
            method,
            fmax,
            ..Relaxation::default()
        };
        let mut straight = copper(relaxation(0.01));
        let mut updated = copper(relaxation(0.3));
        while !updated.is_converged() {
            updated.step();
        }
        assert!(
            updated
                .propagator
                .update_parameters(&Task::Relaxation(relaxation(0.01)))
        );
        straight.steps_to_convergence(200);
        updated.steps_to_convergence(200);
        assert_eq!(straight.state.structure, updated.state.structure);
        assert_eq!(straight.state.step, updated.state.step);
        assert!(
            !updated
                .propagator
                .update_parameters(&Task::Relaxation(relaxation(f64::NAN)))
        );
    }
}

#[test]
fn changing_the_method_starts_a_new_optimizer() {
    let relaxation = |method| Relaxation {
        method,
        fmax: 0.01,
        ..Relaxation::default()
    };
    let mut run = copper(relaxation(Method::Fire));
    for _ in 0..5 {
        run.step();
    }
    let mut fresh = Run::new(
        run.state.structure.clone(),
        Box::new(Emt::new()),
        relaxation(Method::Bfgs),
    );
    assert!(
        run.propagator
            .update_parameters(&Task::Relaxation(relaxation(Method::Bfgs)))
    );
    assert_eq!(
        run.steps_to_convergence(200),
        fresh.steps_to_convergence(200)
    );
    assert_eq!(run.state.structure, fresh.state.structure);
}

/// Lennard-Jones until it returns forces that are not finite.
struct Failing {
    sound: LennardJones,
    answers: u32,
    force: f64,
}

impl Potential for Failing {
    fn name(&self) -> &str {
        "failing"
    }

    fn description(&self) -> &str {
        "Gives wrong numbers after a while."
    }

    fn capabilities(&self) -> &Capabilities {
        self.sound.capabilities()
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        let mut evaluation = self.sound.evaluate(structure)?;
        self.answers = self.answers.saturating_sub(1);
        if self.answers == 0 {
            evaluation.forces[0].x = self.force;
        }
        Ok(evaluation)
    }
}

#[test]
fn forces_that_are_not_finite_stop_a_relaxation_with_a_reason() {
    for method in METHODS {
        for force in [f64::NAN, f64::INFINITY, 1e200] {
            let potential = Failing {
                sound: *argon(),
                answers: 4,
                force,
            };
            let relaxation = Relaxation {
                method,
                ..Relaxation::default()
            };
            let mut run = Run::new(skewed_argon([true; 3]), Box::new(potential), relaxation);
            let step = |run: &mut Run| {
                let potential = run.potential.as_mut();
                run.propagator.advance(&mut run.state, potential)
            };
            let mut steps = (0..5).map(|_| step(&mut run));
            assert_eq!(steps.find_map(Result::err), Some(StepError::NotFinite));
            assert!(!run.is_converged());
            assert_eq!(step(&mut run), Err(StepError::NotFinite));
        }
    }
}

#[test]
fn overlapping_atoms_separate_and_converge() {
    let whole = skewed_argon([true; 3]).with_cell(None);
    for method in METHODS {
        for distance in [1e-3, 0.1, 0.4, 0.8, 2.0] {
            let mut crowded = whole.clone();
            crowded.positions_mut()[1] = whole.positions()[0] + distance * DVec3::Z;
            let relaxation = Relaxation {
                method,
                ..Relaxation::default()
            };
            let mut run = Run::new(crowded, argon(), relaxation);
            let steps = run.steps_to_convergence(500);
            let energy = run.state.evaluation.energy;
            // A tetrahedron: six pairs of depth 1 eV, shifted by the pair energy at the cutoff.
            let settled = steps < 500 && (energy + 5.895).abs() < 1e-3;
            assert!(
                settled,
                "{method:?} from {distance} Å: {energy} eV after {steps} steps"
            );
        }
    }
}
