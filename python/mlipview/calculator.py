"""ASE calculator with a potential of mlipview, computed in process."""

from __future__ import annotations

import threading
import warnings
from typing import Any

import numpy as np
from ase import Atoms
from ase.calculators.calculator import BaseCalculator, PropertyNotImplementedError, all_changes
from ase.calculators.calculator import Calculator as AseCalculator
from ase.calculators.singlepoint import SinglePointCalculator

from ._native import Configuration, Potential
from .convert import bare_configuration, charge_and_multiplicity, contiguous
from .errors import CautionWarning


class Calculator(AseCalculator):
    """A potential of mlipview for ASE.

    Args:
        potential: a name with options, as of ``mlipview --potential``: ``"nano"``, ``"solid"``, ``"emt"``,
            ``"uma"``, ``"lj:sigma=3.4,epsilon=0.01"``, or ``"auto"``, which picks one by structure.
        model: UMA checkpoint file, or name of an imported model.
        task: UMA task: omol, omat, omc, oc20, odac [default: by structure].
        device: device for UMA [default: cpu].
        charge: total charge, e [default: ``atoms.info["charge"]``, else 0].
        multiplicity: 2S + 1 [default: ``atoms.info["spin"]``, else 1].

    Energies are in eV, forces in eV/Å, the stress in eV/Å³, positive in tension, in the order xx, yy, zz,
    yz, xz, xy. ``charges`` and ``energies`` exist where the potential has them; the attribute ``force_errors``
    has expected errors of forces (eV/Å). The potential is built for the first structure and reused while
    elements, charge and periodicity stay the same. The GIL is released while it computes.
    Threads that share a calculator take turns.

    >>> from ase.build import molecule
    >>> water = molecule("H2O")
    >>> water.calc = Calculator("nano")
    >>> water.get_forces().shape
    (3, 3)
    >>> bool(abs(water.get_charges().sum()) < 1e-6)
    True
    """

    name = "mlipview"
    implemented_properties = ["energy", "free_energy", "forces", "stress", "charges", "energies"]

    def __init__(
        self,
        potential: str = "auto",
        *,
        model: str | None = None,
        task: str | None = None,
        device: str | None = None,
        charge: int | None = None,
        multiplicity: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.request = potential
        self._options = (model, task, device)
        self._charge, self._multiplicity = charge, multiplicity
        #: Expected errors of the last forces, eV/Å, ``[atoms]``; None where the potential has none.
        self.force_errors: np.ndarray | None = None
        # A thread takes its turn before it compares the atoms with those of the last calculation.
        self._turn = threading.RLock()
        self._potential: Potential | None = None
        self._configuration: Configuration | None = None
        self._identity: tuple | None = None
        self._numbers = self._positions = self._cell = None
        super().__init__(**kwargs)

    def __reduce__(self) -> tuple:
        # Copies and other processes build the potential anew.
        model, task, device = self._options
        options = {"model": model, "task": task, "device": device}
        charges = {"charge": self._charge, "multiplicity": self._multiplicity}
        return _calculator, (self.request, options | charges)

    @property
    def program_arguments(self) -> list[str]:
        """Arguments of the program ``mlipview`` for the same model, task and device."""
        named = zip(("model", "task", "device"), self._options)
        return [f"--{name}={value}" for name, value in named if value is not None]

    @property
    def potential(self) -> Potential | None:
        """The potential in use, with its name, reason and caution; none before the first structure."""
        return self._potential

    @property
    def atoms(self) -> Atoms | None:
        """A copy of the atoms of the last calculation."""
        if self._positions is None:
            return None
        pbc, _, _ = self._identity
        return Atoms(numbers=self._numbers, positions=self._positions, cell=self._cell, pbc=pbc)

    @atoms.setter
    def atoms(self, atoms: Atoms | None) -> None:
        # ASE assigns a copy before it calculates; only forgetting it matters here.
        if atoms is None:
            self._positions = None

    def potential_for(self, atoms: Atoms) -> Potential:
        """The potential, built for these atoms if they differ in more than their geometry."""
        with self._turn:
            return self._prepare(atoms, self.check_state(atoms))[0]

    def check_state(self, atoms: Atoms, tol: float = 0.0) -> list[str]:
        """Names of what has changed since the last calculation, as ASE expects them."""
        numbers, positions = atoms.arrays["numbers"], atoms.arrays["positions"]
        if self._positions is None or len(numbers) != len(self._numbers):
            return list(all_changes)
        changes = []
        if not (positions == self._positions).all():
            changes.append("positions")
        if not (atoms.cell.array == self._cell).all():
            changes.append("cell")
        if not (numbers == self._numbers).all():
            changes.append("numbers")
        pbc, charge, multiplicity = self._identity
        if pbc != tuple(atoms.pbc.tolist()):
            changes.append("pbc")
        if (charge, multiplicity) != charge_and_multiplicity(atoms, self._charge, self._multiplicity):
            changes.append("info")
        return changes

    def get_property(self, name: str, atoms: Atoms | None = None, allow_calculation: bool = True) -> Any:
        """A property, computed unless it is known."""
        if name not in self.implemented_properties:
            raise PropertyNotImplementedError(f"{name}: expected one of {', '.join(self.implemented_properties)}")
        with self._turn:
            changes = [] if atoms is None else self.check_state(atoms)
            if changes or not self.results:
                if not allow_calculation:
                    return None
                self.calculate(atoms, [name], changes)
            if name not in self.results:
                potential = self._potential.name if self._potential else self.request
                raise PropertyNotImplementedError(f"{potential} has no {name} for these atoms")
            result = self.results[name]
            return result.copy() if isinstance(result, np.ndarray) else result

    def calculate(
        self,
        atoms: Atoms | None = None,
        properties: list[str] | None = None,
        system_changes: list[str] = all_changes,
    ) -> None:
        """Computes all properties that the potential has.

        Raises:
            ValueError: an unknown potential or option, or a structure that it cannot treat.
            RuntimeError: a computation that failed.
        """
        if atoms is None:
            raise ValueError("no atoms: set atoms.calc, or pass atoms")
        with self._turn:
            potential, configuration = self._prepare(atoms, system_changes)
            results = potential.evaluate(configuration)
            results["free_energy"] = results["energy"]
            # ASE refuses results whose names it does not know.
            self.force_errors = results.pop("force_errors", None)
            self.results = results

    def _prepare(self, atoms: Atoms, changes: list[str]) -> tuple[Potential, Configuration]:
        """Potential and configuration, brought up to the atoms."""
        potential, configuration = self._potential, self._configuration
        if potential is None or configuration is None or not set(changes) <= {"positions", "cell"}:
            potential, configuration = self._build(atoms)
        elif "cell" in changes:
            configuration.set_geometry(contiguous(atoms.positions), contiguous(atoms.cell.array))
        elif changes:
            configuration.set_geometry(contiguous(atoms.positions))
        if changes:
            self.results, self.force_errors = {}, None
            self._positions, self._cell = atoms.positions.copy(), atoms.cell.array.copy()
        return potential, configuration

    def _build(self, atoms: Atoms) -> tuple[Potential, Configuration]:
        self._positions = None
        charge, multiplicity = charge_and_multiplicity(atoms, self._charge, self._multiplicity)
        configuration = bare_configuration(atoms, charge, multiplicity)
        potential = Potential(self.request, configuration, *self._options)
        if potential.caution:
            warnings.warn(f"{potential.name}: {potential.caution}", CautionWarning, stacklevel=5)
        self._potential, self._configuration = potential, configuration
        self._identity = (tuple(atoms.pbc.tolist()), charge, multiplicity)
        self._numbers = atoms.numbers.copy()
        return potential, configuration


def _calculator(potential: str, options: dict[str, Any]) -> Calculator:
    return Calculator(potential, **options)


def default_potential(atoms: Atoms) -> str | BaseCalculator:
    """The calculator of the atoms, unless it only holds results of a file; else ``"auto"``."""
    if atoms.calc is None or isinstance(atoms.calc, SinglePointCalculator):
        return "auto"
    return atoms.calc
