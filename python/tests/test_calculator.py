"""The calculator: results, units, signs, reuse, cautions and errors."""

import copy
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import mlipview
import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk, molecule
from ase.calculators.calculator import PropertyNotImplementedError
from ase.calculators.emt import EMT
from ase.calculators.lj import LennardJones
from ase.calculators.singlepoint import SinglePointCalculator
from ase.filters import FrechetCellFilter
from ase.io.trajectory import Trajectory
from ase.optimize import BFGS


def rattled(atoms, amplitude=0.05):
    atoms.rattle(amplitude, seed=1)
    return atoms


def test_emt_is_that_of_ase():
    atoms = rattled(bulk("Cu", cubic=True) * (3, 3, 3))
    atoms.set_cell(atoms.cell.array @ np.array([[1, 0.02, 0], [0, 1.01, 0], [0.01, 0, 0.98]]), scale_atoms=True)
    atoms.calc = mlipview.Calculator("emt")
    other = atoms.copy()
    other.calc = EMT()
    assert atoms.get_potential_energy() == pytest.approx(other.get_potential_energy(), abs=1e-8)
    np.testing.assert_allclose(atoms.get_forces(), other.get_forces(), atol=1e-8)
    np.testing.assert_allclose(atoms.get_stress(), other.get_stress(), atol=1e-10)
    np.testing.assert_allclose(atoms.get_potential_energies().sum(), atoms.get_potential_energy(), atol=1e-8)


def test_lennard_jones_is_that_of_ase():
    atoms = rattled(bulk("Ar", cubic=True) * (3, 3, 3))
    atoms.calc = mlipview.Calculator("lj:sigma=3.4,epsilon=0.01,cutoff=6")
    other = atoms.copy()
    other.calc = LennardJones(sigma=3.4, epsilon=0.01, rc=6)
    np.testing.assert_allclose(atoms.get_forces(), other.get_forces(), atol=1e-10)
    np.testing.assert_allclose(atoms.get_stress(), other.get_stress(), atol=1e-12)


def test_ase_relaxes_caffeine_with_nano():
    atoms = rattled(mlipview.library("caffeine"))
    atoms.calc = mlipview.Calculator("nano")
    assert BFGS(atoms, logfile=None).run(fmax=0.02, steps=200)
    assert abs(atoms.get_charges().sum()) < 1e-6


def test_forces_and_stress_are_the_gradient_of_the_energy():
    atoms = rattled(mlipview.library("urea-crystal"))
    atoms.calc = mlipview.Calculator("nano")
    forces, stress = atoms.get_forces(), atoms.get_stress(voigt=False)
    step = 0.01  # The network computes in single precision.

    def energy(change):
        moved = atoms.copy()
        moved.calc = atoms.calc
        change(moved)
        return moved.get_potential_energy()

    def move(by):
        return lambda moved: moved.positions.__setitem__((3, 1), moved.positions[3, 1] + by)

    def shear(by):
        strain = np.eye(3)
        strain[0, 1] = strain[1, 0] = by / 2
        return lambda moved: moved.set_cell(moved.cell.array @ strain, scale_atoms=True)

    slope = (energy(move(step)) - energy(move(-step))) / (2 * step)
    assert forces[3, 1] == pytest.approx(-slope, abs=1e-3)
    slope = (energy(shear(step)) - energy(shear(-step))) / (2 * step)
    assert stress[0, 1] == pytest.approx(slope / atoms.get_volume(), rel=0.02, abs=1e-4)


def test_results_do_not_depend_on_earlier_calls():
    calculator = mlipview.Calculator("nano")
    water, ethanol = molecule("H2O"), molecule("CH3CH2OH")
    water.calc = ethanol.calc = calculator
    first = water.get_potential_energy()
    ethanol.get_potential_energy()
    assert water.get_potential_energy() == first
    water.positions[0, 2] += 0.1
    moved = water.get_potential_energy()
    fresh = water.copy()
    fresh.calc = mlipview.Calculator("nano")
    assert moved == fresh.get_potential_energy() != first


def test_the_same_atoms_are_evaluated_once():
    atoms = molecule("CH3CH2OH")
    atoms.calc = mlipview.Calculator("nano")
    atoms.get_potential_energy()
    results = atoms.calc.results
    atoms.get_forces()
    assert atoms.calc.results is results
    potential = atoms.calc.potential
    atoms.positions[0, 0] += 0.01
    atoms.get_forces()
    assert atoms.calc.results is not results and atoms.calc.potential is potential


def test_the_charge_of_info_counts():
    atoms = molecule("CH3COOH")
    del atoms[-1]
    atoms.info["charge"] = -1
    atoms.calc = mlipview.Calculator("nano")
    assert atoms.get_charges().sum() == pytest.approx(-1, abs=1e-6)
    atoms.info["charge"] = 0
    atoms.info["spin"] = 2
    with pytest.warns(mlipview.CautionWarning):
        atoms.get_potential_energy()


def test_forces_of_a_fixed_atom_are_zero_for_ase_and_known_without_constraints():
    from ase.constraints import FixAtoms

    atoms = rattled(molecule("H2O"))
    atoms.set_constraint(FixAtoms([0]))
    atoms.calc = mlipview.Calculator("nano")
    assert not atoms.get_forces()[0].any()
    assert atoms.get_forces(apply_constraint=False)[0].any()


def test_a_molecule_has_no_stress():
    atoms = molecule("H2O")
    atoms.calc = mlipview.Calculator("nano")
    with pytest.raises(PropertyNotImplementedError, match="nano has no stress"):
        atoms.get_stress()


def test_an_unsuitable_structure_is_computed_with_a_caution():
    atoms = molecule("H2O")
    atoms.calc = mlipview.Calculator("emt")
    with pytest.warns(mlipview.CautionWarning, match="EMT: it is made for metals"):
        atoms.get_potential_energy()


@pytest.mark.parametrize(
    ("request_", "atoms", "words"),
    [
        ("nona", molecule("H2O"), "unknown potential \"nona\""),
        ("lj:sigm=3", Atoms("Ar"), "has no option \"sigm\""),
        ("emt", Atoms("NaCl", [(0, 0, 0), (0, 0, 2.4)]), "no parameters for Na"),
        ("nano", Atoms("X"), "atomic number 0"),
        ("nano", Atoms("H", [(0, 0, np.nan)]), "position of atom 0"),
        ("emt", Atoms("Cu", cell=[3, 3, 0], pbc=True), "no volume"),
    ],
)
def test_an_error_names_the_input(request_, atoms, words):
    atoms.calc = mlipview.Calculator(request_)
    with pytest.raises(ValueError, match=words):
        atoms.get_potential_energy()


def test_a_position_that_becomes_infinite_is_refused():
    atoms = molecule("H2O")
    atoms.calc = mlipview.Calculator("nano")
    atoms.get_potential_energy()
    atoms.positions[2, 0] = np.inf
    with pytest.raises(ValueError, match="position of atom 2"):
        atoms.get_potential_energy()


def test_a_calculator_is_copied_and_sent_to_other_processes():
    atoms = molecule("CH3COOH")
    del atoms[-1]
    atoms.calc = mlipview.Calculator("nano", charge=-1)
    energy = atoms.get_potential_energy()
    for calculator in (copy.deepcopy(atoms.calc), pickle.loads(pickle.dumps(atoms.calc))):
        other = atoms.copy()
        other.calc = calculator
        assert other.get_potential_energy() == energy


def test_a_trajectory_of_ase_holds_the_results(tmp_path):
    atoms = rattled(bulk("Cu", cubic=True))
    atoms.calc = mlipview.Calculator("emt")
    BFGS(atoms, logfile=None, trajectory=str(tmp_path / "run.traj")).run(fmax=0.01)
    last = Trajectory(tmp_path / "run.traj")[-1]
    assert last.get_potential_energy() == pytest.approx(atoms.get_potential_energy(), abs=1e-12)
    np.testing.assert_allclose(last.get_stress(), atoms.get_stress(), atol=1e-12)


def test_the_cell_relaxes_by_ase_as_with_its_own_emt():
    volumes = []
    for calculator in (mlipview.Calculator("emt"), EMT()):
        atoms = bulk("Cu", a=3.8)
        atoms.calc = calculator
        BFGS(FrechetCellFilter(atoms), logfile=None).run(fmax=1e-3)
        volumes.append(atoms.get_volume())
    assert volumes[0] == pytest.approx(volumes[1], rel=1e-6)


def test_uma_without_a_model_says_where_to_get_one():
    atoms = molecule("H2O")
    atoms.calc = mlipview.Calculator("uma", model="no-such-model.pt")
    with pytest.raises(ValueError, match="no-such-model.pt"):
        atoms.get_potential_energy()


def test_uma_reads_a_checkpoint():
    from pathlib import Path

    folder = Path(__file__).parents[2] / "tests/data/uma/tiny-1p1"
    atoms = mlipview.library("water")
    atoms.calc = mlipview.Calculator("uma", model=str(folder / "checkpoint.pt"), task="omol", device="cpu")
    forces, step = atoms.get_forces(), 1e-2
    energies = []
    for sign in (1, -1):
        moved = atoms.copy()
        moved.calc = atoms.calc
        moved.positions[0, 0] += sign * step
        energies.append(moved.get_potential_energy())
    assert forces[0, 0] == pytest.approx((energies[1] - energies[0]) / (2 * step), abs=5e-3)
    assert "UMA" in atoms.calc.potential.name.upper()


def test_results_are_those_that_ase_knows_and_errors_of_forces_are_beside_them():
    atoms = rattled(molecule("C2H6"))
    atoms.calc = mlipview.Calculator("nano")
    forces = atoms.get_forces()
    assert SinglePointCalculator(atoms, **atoms.calc.results).get_forces() == pytest.approx(forces)
    assert "forces" in atoms.calc.export_properties()
    assert atoms.calc.force_errors.shape == (8,) and (atoms.calc.force_errors > 0).all()
    copper = bulk("Cu")
    copper.calc = mlipview.Calculator("emt")
    copper.get_forces()
    assert copper.calc.force_errors is None


def test_threads_that_share_a_calculator_take_turns():
    calculator = mlipview.Calculator("nano")
    structures = [rattled(mlipview.library("caffeine"), 0.01 * number) for number in range(1, 5)]
    expected = []
    for atoms in structures:
        atoms.calc = mlipview.Calculator("nano")
        expected.append(atoms.get_forces())
        atoms.calc = calculator

    def compute(number):
        atoms = structures[number % 4].copy()
        atoms.calc = calculator
        return atoms.get_forces()

    with ThreadPoolExecutor(4) as threads:
        for number, forces in enumerate(threads.map(compute, range(80))):
            np.testing.assert_array_equal(forces, expected[number % 4])


def test_other_threads_run_while_it_computes():
    atoms = bulk("Cu", cubic=True) * (12, 12, 12)
    atoms.calc = mlipview.Calculator("solid")
    atoms.calc.potential_for(atoms)
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    atoms.get_forces()
    end = time.perf_counter()
    done.set()
    thread.join()
    within = [it for it in ticks if start < it < end]
    assert len(within) > 3, f"{len(within)} ticks in {end - start:.3f} s"
