"""Relaxation and molecular dynamics with mlipview's engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from ase import Atoms, units
from ase.calculators.calculator import BaseCalculator
from ase.constraints import FixAtoms

from . import checks
from ._native import Configuration, Engine, Frame
from .calculator import Calculator, default_potential
from .convert import contiguous, from_atoms

#: Initial temperature instead of 0, K: the engine draws velocities at the thermostat's for atoms at rest.
COLDEST = 1e-12

#: A callback: gets a frame; the run stops if it returns False.
Callback = Callable[[Frame], Any]


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    #: "converged", "steps taken", or "stopped" by the callback.
    outcome: str
    #: The outcome as a sentence.
    reason: str
    #: Number of steps.
    steps: int
    #: Potential energy at the end, eV.
    energy: float
    #: The largest force on a free atom at the end, eV/Å.
    max_force: float

    @property
    def converged(self) -> bool:
        """Whether a relaxation has converged."""
        return self.outcome == "converged"


def relax(
    atoms: Atoms,
    potential: str | BaseCalculator | None = None,
    *,
    fmax: float = 0.05,
    steps: int = 1000,
    optimizer: str | None = None,
    max_step: float = 0.2,
    cell: bool = False,
    pressure: float = 0.0,
    smax: float | None = None,
    callback: Callback | None = None,
    every: int = 1,
) -> Outcome:
    """Relaxes atoms in place.

    Args:
        atoms: the atoms; those in ``FixAtoms`` stay.
        potential: a request such as ``"nano"``, or any ASE calculator [default: ``atoms.calc``, else
            ``"auto"``].
        fmax: converged when the force on every atom is below this, eV/Å.
        steps: maximum number of steps.
        optimizer: ``"bfgs"``, ``"lbfgs"``, ``"fire"``, ``"fire2"`` [default: by number of atoms].
        max_step: maximum displacement per step, Å.
        cell: relax the cell too.
        pressure: external pressure, bar; only with `cell`.
        smax: with `cell`, converged when also no component of the stress deviates more, bar.
        callback: called with the first frame, every `every`-th and the last; the atoms have its geometry.
            Return False to stop.

    >>> import mlipview
    >>> ethanol = mlipview.smiles("CCO")
    >>> relax(ethanol, "nano", fmax=0.01).converged
    True

    Raises:
        ValueError: an unknown potential or optimizer, a number that has no meaning, as a negative `fmax`, another
            constraint than ``FixAtoms``; the message names it.
        RuntimeError: a run that failed; the atoms are at the last valid state.
    """
    checks.positive("fmax", fmax, "eV/Å")
    checks.positive("max_step", max_step, "Å")
    checks.finite("pressure", pressure, "bar")
    if smax is not None:
        checks.positive("smax", smax, "bar")
    checks.count("steps", steps)
    checks.count("every", every, 1)
    engine = _engine(atoms, potential, 0)
    arguments = (optimizer, fmax, max_step, cell, pressure, smax, steps, every)
    return _run(_State(atoms, cell), engine, engine.relax, arguments, callback)


def md(
    atoms: Atoms,
    potential: str | BaseCalculator | None = None,
    *,
    steps: int,
    timestep: float = 1.0,
    temperature: float = 300.0,
    thermostat: str | None = "langevin",
    friction: float = 10.0,
    relaxation_time: float = 100.0,
    initial_temperature: float | None = None,
    barostat: str | None = None,
    pressure: float = 1.0,
    pressure_relaxation_time: float = 1000.0,
    compressibility: float = 4.6e-5,
    seed: int = 0,
    callback: Callback | None = None,
    every: int = 1,
) -> Outcome:
    """Runs molecular dynamics of atoms in place, with their velocities.

    Args:
        atoms: the atoms; those in ``FixAtoms`` stay. At rest they get velocities at the temperature.
        potential: as of `relax`.
        steps: number of steps.
        timestep: time per step, fs.
        temperature: of the thermostat, K; without one, of atoms at rest.
        thermostat: ``"langevin"``, ``"bussi"`` (velocity rescaling), or None for constant energy.
        friction: of Langevin dynamics, 1/ps.
        relaxation_time: of the kinetic energy with Bussi's thermostat, fs.
        initial_temperature: draws new velocities, K; 0 starts without any [default: keeps those of the atoms].
        barostat: ``"isotropic"``, ``"anisotropic"`` or None; needs ``thermostat="bussi"``.
        pressure: of the barostat, bar.
        pressure_relaxation_time: of the volume, fs.
        compressibility: isothermal, 1/bar.
        seed: the same seed gives the same run.
        callback, every: as of `relax`.

    >>> from ase.build import bulk
    >>> copper = bulk("Cu", cubic=True) * (2, 2, 2)
    >>> times = []
    >>> outcome = md(copper, "emt", steps=20, every=10, callback=lambda frame: times.append(frame.time))
    >>> times
    [0.0, 10.0, 20.0]

    Raises:
        ValueError: as of `relax`.
        RuntimeError: a run that failed, as by a long timestep; the atoms are at the last valid state.
    """
    for name, value, unit in [
        ("timestep", timestep, "fs"),
        ("relaxation_time", relaxation_time, "fs"),
        ("pressure_relaxation_time", pressure_relaxation_time, "fs"),
        ("compressibility", compressibility, "1/bar"),
    ]:
        checks.positive(name, value, unit)
    checks.not_negative("temperature", temperature, "K")
    checks.not_negative("friction", friction, "1/ps")
    checks.finite("pressure", pressure, "bar")
    if initial_temperature is not None:
        checks.not_negative("initial_temperature", initial_temperature, "K")
    checks.count("steps", steps)
    checks.count("every", every, 1)
    checks.count("seed", seed)
    engine = _engine(atoms, potential, seed)
    if initial_temperature is not None:
        engine.thermalize(max(initial_temperature, COLDEST))
    control = (thermostat, timestep, temperature, friction, relaxation_time)
    pressure_control = (barostat, pressure, pressure_relaxation_time, compressibility)
    state = _State(atoms, barostat is not None)
    return _run(state, engine, engine.dynamics, (*control, *pressure_control, steps, every), callback)


class _State:
    """The atoms of a run, which follow its frames."""

    def __init__(self, atoms: Atoms, changes_cell: bool) -> None:
        self.atoms, self.changes_cell = atoms, changes_cell

    def update(self, frame: Frame) -> None:
        """Sets the geometry and velocities; constraints of ASE would keep what the engine moved."""
        atoms = self.atoms
        atoms.arrays["positions"][:] = frame.positions
        if self.changes_cell and atoms.pbc.any():
            _set_cell(atoms, frame.cell)
        velocities = frame.velocities
        if velocities.any() or atoms.has("momenta"):
            atoms.set_array("momenta", velocities / units.fs * atoms.get_masses()[:, np.newaxis], float, (3,))


def _set_cell(atoms: Atoms, cell: np.ndarray) -> None:
    """Sets the vectors of a cell except those that the atoms lack, which the engine completes."""
    exists = atoms.cell.array.any(axis=1)
    atoms.set_cell(np.where(exists[:, np.newaxis], cell, 0.0), apply_constraint=False)


def _run(state: _State, engine: Engine, task: Callable, arguments: tuple, callback: Callback | None) -> Outcome:
    def shown(callback: Callback) -> Callback:
        def show(frame: Frame) -> Any:
            state.update(frame)
            return callback(frame)

        return show

    try:
        outcome, reason, steps = task(*arguments, shown(callback) if callback else None)
    finally:
        # Also after Ctrl-C.
        state.update(engine.frame)
    if outcome == "failed":
        raise RuntimeError(reason)
    frame = engine.frame
    return Outcome(outcome, reason, steps, frame.results["energy"], frame.max_force or 0.0)


def _engine(atoms: Atoms, potential: str | BaseCalculator | None, seed: int) -> Engine:
    others = [it for it in atoms.constraints if not isinstance(it, FixAtoms)]
    if others:
        name = type(others[0]).__name__
        raise ValueError(f"the constraint {name} is not supported: expected FixAtoms; use ASE's optimizers for it")
    if potential is None:
        potential = default_potential(atoms)
    if isinstance(potential, str):
        potential = Calculator(potential)
    if isinstance(potential, Calculator):
        configuration = _configuration(atoms, potential._charge, potential._multiplicity)
        return Engine(configuration, potential.potential_for(atoms), seed)
    return Engine(_configuration(atoms), CalculatorFunction(potential, atoms), seed)


def _configuration(atoms: Atoms, charge: int | None = None, multiplicity: int | None = None) -> Configuration:
    """The structure with ASE's masses: some of the core's differ, as that of Tc."""
    configuration = from_atoms(atoms, charge, multiplicity)
    configuration.masses = [float(mass) for mass in atoms.get_masses()]
    return configuration


class CalculatorFunction:
    """An ASE calculator as a function of positions and cell, for the engine."""

    def __init__(self, calculator: BaseCalculator, atoms: Atoms) -> None:
        self.name = getattr(calculator, "name", None) or type(calculator).__name__
        self.atoms = atoms.copy()
        self.atoms.constraints = []
        self.atoms.calc = calculator
        properties = getattr(calculator, "implemented_properties", [])
        self.has_stress = "stress" in properties and bool(atoms.pbc.any()) and atoms.cell.rank == 3

    def __call__(self, positions: np.ndarray, cell: np.ndarray) -> tuple[float, np.ndarray, list[float] | None]:
        self.atoms.positions = positions
        if self.atoms.pbc.any():
            _set_cell(self.atoms, cell)
        forces = contiguous(self.atoms.get_forces())
        stress = self.atoms.get_stress().tolist() if self.has_stress else None
        return float(self.atoms.get_potential_energy()), forces, stress
