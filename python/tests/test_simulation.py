"""Relaxation and dynamics: agreement with ASE, callbacks, Ctrl-C."""

import _thread
import re
import threading

import mlipview
import numpy as np
import pytest
from ase import Atoms, units
from ase.build import bulk, fcc111, molecule
from ase.calculators.emt import EMT
from ase.calculators.lj import LennardJones
from ase.constraints import FixAtoms, FixBondLength
from ase.filters import FrechetCellFilter
from ase.md.verlet import VelocityVerlet
from ase.optimize import BFGS


def rattled(atoms, amplitude=0.1):
    atoms.rattle(amplitude, seed=2)
    return atoms


def test_bfgs_takes_the_steps_of_ase():
    ours, theirs = rattled(molecule("C2H6")), rattled(molecule("C2H6"))
    outcome = mlipview.relax(ours, "nano", fmax=0.01, optimizer="bfgs")
    theirs.calc = mlipview.Calculator("nano")
    optimizer = BFGS(theirs, logfile=None)
    optimizer.run(fmax=0.01)
    assert outcome.converged and outcome.steps == optimizer.nsteps
    np.testing.assert_allclose(ours.positions, theirs.positions, atol=1e-9)
    assert outcome.max_force < 0.01


def test_the_relaxed_cell_is_that_of_ase():
    ours, theirs = bulk("Cu", a=3.8), bulk("Cu", a=3.8)
    assert mlipview.relax(ours, "emt", cell=True, fmax=1e-4).converged
    theirs.calc = EMT()
    BFGS(FrechetCellFilter(theirs), logfile=None).run(fmax=1e-4)
    assert ours.get_volume() == pytest.approx(theirs.get_volume(), rel=1e-4)


def test_any_ase_calculator_drives_the_engine():
    ours, theirs = rattled(bulk("Cu", cubic=True)), rattled(bulk("Cu", cubic=True))
    assert mlipview.relax(ours, EMT(), fmax=0.01).converged
    assert mlipview.relax(theirs, "emt", fmax=0.01).converged
    np.testing.assert_allclose(ours.positions, theirs.positions, atol=1e-6)


def test_the_calculator_of_the_atoms_is_the_default():
    atoms = rattled(molecule("H2O"))
    atoms.calc = mlipview.Calculator("nano")
    assert mlipview.relax(atoms, fmax=0.01).converged
    assert abs(atoms.get_forces()).max() < 0.01


def test_constant_energy_dynamics_are_those_of_ase():
    ours = rattled(bulk("Cu", cubic=True))
    ours.set_velocities(np.random.default_rng(3).normal(size=(4, 3)) * 0.05)
    theirs = ours.copy()
    mlipview.md(ours, "emt", steps=50, timestep=2.0, thermostat=None)
    theirs.calc = EMT()
    VelocityVerlet(theirs, 2.0 * units.fs).run(50)
    np.testing.assert_allclose(ours.positions, theirs.positions, atol=1e-6)
    np.testing.assert_allclose(ours.get_velocities(), theirs.get_velocities(), atol=1e-6)


def test_langevin_dynamics_reach_their_temperature():
    atoms = bulk("Cu", cubic=True) * (3, 3, 3)
    temperatures = []
    mlipview.md(
        atoms, "emt", steps=600, timestep=3.0, temperature=500.0, friction=20.0, every=5,
        callback=lambda frame: temperatures.append(frame.temperature),
    )
    assert np.mean(temperatures[40:]) == pytest.approx(500, rel=0.1)


def test_the_same_seed_gives_the_same_run():
    def end(seed):
        atoms = molecule("H2O")
        mlipview.md(atoms, "nano", steps=20, seed=seed)
        return atoms.positions

    assert (end(1) == end(1)).all() and (end(1) != end(2)).any()


def test_fixed_atoms_stay():
    atoms = rattled(bulk("Cu", cubic=True) * (2, 2, 2))
    atoms.set_constraint(FixAtoms([0, 3]))
    before = atoms.positions.copy()
    mlipview.md(atoms, "emt", steps=20)
    moved = np.linalg.norm(atoms.positions - before, axis=1)
    assert (moved[[0, 3]] == 0).all() and (np.delete(moved, [0, 3]) > 0).all()


def test_other_constraints_are_refused_in_words():
    atoms = molecule("H2O")
    atoms.set_constraint(FixBondLength(0, 1))
    with pytest.raises(ValueError, match="FixBondLength"):
        mlipview.relax(atoms, "nano")


def test_callbacks_see_the_atoms_of_their_frame_and_may_stop():
    atoms = molecule("H2O")
    seen = []

    def callback(frame):
        np.testing.assert_array_equal(atoms.positions, frame.positions)
        seen.append(frame.step)
        return frame.step < 20

    outcome = mlipview.md(atoms, "nano", steps=100, every=10, callback=callback)
    assert seen == [0, 10, 20] and outcome.outcome == "stopped" and outcome.steps == 20


def test_an_exception_in_a_callback_ends_the_run():
    atoms = molecule("H2O")
    with pytest.raises(ZeroDivisionError):
        mlipview.md(atoms, "nano", steps=100, callback=lambda frame: 1 / 0)


def test_an_exception_of_a_calculator_is_raised():
    class Broken(EMT):
        def calculate(self, *_, **__):
            raise KeyError("broken calculator")

    with pytest.raises(KeyError, match="broken calculator"):
        mlipview.relax(bulk("Cu"), Broken())


def test_ctrl_c_ends_a_run_and_keeps_its_last_frame():
    atoms = molecule("C2H6")
    before = atoms.positions.copy()
    threading.Timer(0.5, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        mlipview.md(atoms, "nano", steps=10**9)
    assert (atoms.positions != before).any()


def test_a_run_that_explodes_keeps_the_last_valid_state():
    atoms = molecule("C2H6")
    with pytest.raises(RuntimeError, match="timestep|finite"):
        mlipview.md(atoms, "nano", steps=1000, timestep=100.0, temperature=3000.0)
    assert np.isfinite(atoms.positions).all()


def test_a_pressure_reaches_its_volume():
    atoms = bulk("Cu", cubic=True) * (2, 2, 2)
    before = atoms.get_volume()
    mlipview.md(
        atoms, "emt", steps=200, thermostat="bussi", barostat="isotropic", pressure=1e5, temperature=100.0,
        pressure_relaxation_time=100.0, compressibility=1e-6,
    )
    assert atoms.get_volume() < before


@pytest.mark.parametrize("name", [{"thermostat": "nose"}, {"barostat": "isotropic"}, {"every": 0}])
def test_an_unknown_setting_is_refused(name):
    with pytest.raises(ValueError):
        mlipview.md(molecule("H2O"), "nano", steps=1, **name)
    with pytest.raises(ValueError, match="adam"):
        mlipview.relax(molecule("H2O"), "nano", optimizer="adam")


@pytest.mark.parametrize(
    "argument",
    [
        {"timestep": 0.0}, {"timestep": -1.0}, {"timestep": np.nan}, {"timestep": None}, {"timestep": "1"},
        {"temperature": -5.0}, {"temperature": np.inf}, {"friction": -1.0}, {"initial_temperature": -1.0},
        {"relaxation_time": 0.0}, {"pressure": np.nan}, {"compressibility": 0.0}, {"steps": -1}, {"steps": 1.5},
        {"steps": None}, {"steps": 2**70}, {"every": 0}, {"seed": -1},
    ],
)
def test_an_argument_of_dynamics_without_meaning_is_named_with_its_value(argument):
    ((name, value),) = argument.items()
    with pytest.raises(ValueError, match=re.escape(f"invalid {name}={value!r}: expected")):
        mlipview.md(molecule("H2O"), "nano", **({"steps": 1} | argument))


@pytest.mark.parametrize(
    "argument", [{"fmax": 0.0}, {"fmax": np.nan}, {"fmax": None}, {"max_step": -1.0}, {"smax": 0.0}, {"steps": -1}]
)
def test_an_argument_of_a_relaxation_without_meaning_is_named_with_its_value(argument):
    ((name, value),) = argument.items()
    with pytest.raises(ValueError, match=re.escape(f"invalid {name}={value!r}: expected")):
        mlipview.relax(molecule("H2O"), "nano", **argument)


@pytest.mark.parametrize("value", [None, 0.5, np.nan, "one", [1]])
def test_a_charge_that_is_no_whole_number_is_named_with_its_value(value):
    atoms = molecule("H2O")
    atoms.info["charge"] = value
    with pytest.raises(ValueError, match=re.escape(f"atoms.info['charge'] is {value!r}: expected")):
        mlipview.relax(atoms, "nano")


@pytest.mark.parametrize("potential", ["emt", EMT()])
def test_a_slab_keeps_its_missing_cell_vector(potential):
    for run in (
        lambda slab: mlipview.relax(slab, potential, fmax=0.05),
        lambda slab: mlipview.md(slab, potential, steps=3),
    ):
        slab = fcc111("Cu", (2, 2, 2), vacuum=None)
        slab.rattle(0.05, seed=1)
        before = slab.cell.array.copy()
        assert not before[2].any()
        run(slab)
        np.testing.assert_array_equal(slab.cell.array, before)


def test_a_run_that_keeps_the_cell_leaves_its_numbers_untouched():
    atoms = rattled(bulk("Cu"))
    atoms.cell[2, 0] += 1e-17
    before = atoms.cell.array.copy()
    mlipview.md(atoms, "emt", steps=3)
    np.testing.assert_array_equal(atoms.cell.array, before)


@pytest.mark.parametrize("thermostat", [None, "langevin"])
def test_an_initial_temperature_of_zero_stops_the_atoms(thermostat):
    atoms = rattled(bulk("Cu", cubic=True))
    atoms.set_velocities(np.random.default_rng(0).normal(size=(4, 3)))
    temperatures = []
    mlipview.md(
        atoms, "emt", steps=1, thermostat=thermostat, initial_temperature=0.0,
        callback=lambda frame: temperatures.append(frame.temperature),
    )
    assert 0 <= temperatures[0] < 1e-9


def test_dynamics_have_the_masses_of_ase():
    ours = Atoms("Tc2", [(0, 0, 0), (0, 0, 2.5)], velocities=[(0, 0, 0.01), (0, 0, 0)])
    theirs = ours.copy()
    mlipview.md(ours, LennardJones(epsilon=1.0, sigma=2.0), steps=200, timestep=2.0, thermostat=None)
    theirs.calc = LennardJones(epsilon=1.0, sigma=2.0)
    VelocityVerlet(theirs, 2.0 * units.fs).run(200)
    np.testing.assert_allclose(ours.positions, theirs.positions, atol=1e-6)
    np.testing.assert_allclose(ours.get_momenta(), theirs.get_momenta(), atol=1e-6)
