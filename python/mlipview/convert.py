"""Conversion between ``ase.Atoms`` and the structures of the core.

Charge and multiplicity are in ``atoms.info`` as ``charge`` and ``spin`` (the multiplicity 2S + 1, as in
fairchem). ``FixAtoms`` are the fixed atoms.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from ase import Atoms, units
from ase.calculators.singlepoint import SinglePointCalculator
from ase.constraints import FixAtoms

from ._native import Configuration
from .checks import whole_number

#: Names of the total charge (e) in ``atoms.info``.
CHARGES = ("charge", "total_charge")
#: Names of the multiplicity 2S + 1 in ``atoms.info``.
MULTIPLICITIES = ("spin", "multiplicity", "total_spin")
#: Arrays of ASE that are no properties of their own.
KNOWN_ARRAYS = {"numbers", "positions", "momenta", "masses", "tags"}
#: Arrays of names, as ASE's reader of PDB files calls them; the last one is ours.
LABELS = ("atomtypes", "residuenames", "residuenumbers", "chainids")


def from_atoms(atoms: Atoms, charge: int | None = None, multiplicity: int | None = None) -> Configuration:
    """The core's structure of atoms, with velocities, fixed atoms and properties.

    >>> from ase.build import molecule
    >>> from_atoms(molecule("H2O")).numbers.tolist()
    [8, 1, 1]

    Raises:
        ValueError: a position that is not finite, an unknown element, an impossible cell or charge.
    """
    configuration = bare_configuration(atoms, charge, multiplicity)
    if atoms.has("masses"):
        configuration.masses = [float(mass) for mass in atoms.get_masses()]
    if atoms.has("momenta"):
        configuration.velocities = contiguous(atoms.get_velocities() * units.fs)
    configuration.fixed = [bool(fixed) for fixed in fixed_atoms(atoms)]
    return configuration


def to_atoms(configuration: Configuration) -> Atoms:
    """Atoms of a structure of the core, with its results as a ``SinglePointCalculator``.

    >>> from ase.build import molecule
    >>> to_atoms(from_atoms(molecule("H2O"))).get_chemical_formula()
    'H2O'
    """
    cell = configuration.cell
    atoms = Atoms(
        numbers=configuration.numbers,
        positions=configuration.positions,
        cell=cell if cell.any() else None,
        pbc=configuration.pbc,
        info=configuration.info,
        masses=configuration.masses,
    )
    for name, values in configuration.arrays.items():
        if name not in atoms.arrays:
            atoms.set_array(name, np.asarray(values))
    labels = configuration.labels
    if labels is not None:
        for name, values in zip(LABELS, labels):
            atoms.set_array(name, np.asarray(values))
    if configuration.charge != 0 or configuration.multiplicity != 1:
        atoms.info.update(charge=configuration.charge, spin=configuration.multiplicity)
    if configuration.velocities is not None:
        atoms.set_velocities(configuration.velocities / units.fs)
    fixed = np.flatnonzero(configuration.fixed)
    if len(fixed) > 0:
        atoms.set_constraint(FixAtoms(indices=fixed))
    results = {"energy": configuration.energy, "forces": configuration.forces, "stress": configuration.stress}
    results = {name: value for name, value in results.items() if value is not None}
    if results:
        if "stress" in results:
            results["stress"] = np.array(results["stress"])
        atoms.calc = SinglePointCalculator(atoms, **results)
    return atoms


def to_write(atoms: Atoms) -> Configuration:
    """As `from_atoms`, with properties, names and results, for a file."""
    configuration = from_atoms(atoms)
    for name, values in atoms.arrays.items():
        if name in KNOWN_ARRAYS or name in LABELS:
            continue
        flat = values.reshape(len(atoms), -1)
        if flat.shape[1] == 0 or not configuration.set_array(name, flat.ravel().tolist(), flat.shape[1]):
            warnings.warn(f"the array {name!r} is not written: it holds no numbers or strings", stacklevel=3)
    for name, value in atoms.info.items():
        if name in CHARGES or name in MULTIPLICITIES:
            continue
        if not set_info(configuration, name, value):
            warnings.warn(f"info[{name!r}] is not written: it is no number, string or array", stacklevel=3)
    if any(name in atoms.arrays for name in LABELS):
        configuration.set_labels(*label_columns(atoms))
    calc = atoms.calc
    if calc is not None:
        found = getattr(calc, "results", {}) if not calc.calculation_required(atoms, []) else {}
        forces = found.get("forces")
        stress = found.get("stress")
        configuration.set_results(
            found.get("energy"),
            None if forces is None else contiguous(forces),
            None if stress is None else [float(value) for value in stress],
        )
    return configuration


def set_info(configuration: Configuration, name: str, value: Any) -> bool:
    """Sets a property; returns whether it has a type that files can hold."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (list, tuple)):
        value = np.asarray(value)
    if isinstance(value, np.ndarray):
        if value.ndim not in (1, 2) or value.dtype == object or value.size == 0:
            return False
        columns = value.shape[1] if value.ndim == 2 else None
        return configuration.set_info(name, value.ravel().tolist(), columns)
    return configuration.set_info(name, value)


def label_columns(atoms: Atoms) -> tuple[list[str], list[str], list[int], list[str]]:
    """Names, residues, residue numbers and chains of atoms, empty or 1 where there are none."""

    def column(name: str, default: Any, cast: type) -> list[Any]:
        values = atoms.arrays.get(name, [default] * len(atoms))
        return [cast(value) for value in values]

    names, residues, numbers, chains = LABELS
    return column(names, "", str), column(residues, "", str), column(numbers, 1, int), column(chains, "", str)


def bare_configuration(atoms: Atoms, charge: int | None, multiplicity: int | None) -> Configuration:
    """Elements, positions, cell, charge and multiplicity."""
    charge, multiplicity = charge_and_multiplicity(atoms, charge, multiplicity)
    return Configuration(
        np.ascontiguousarray(atoms.numbers, dtype=np.int64),
        contiguous(atoms.positions),
        contiguous(atoms.cell.array),
        [bool(periodic) for periodic in atoms.pbc],
        charge,
        multiplicity,
    )


def charge_and_multiplicity(atoms: Atoms, charge: int | None, multiplicity: int | None) -> tuple[int, int]:
    """Total charge (e) and multiplicity 2S + 1: as given, else of ``atoms.info``, else 0 and 1."""
    charge = _of_info(atoms, CHARGES, 0) if charge is None else whole_number("charge", charge)
    if multiplicity is None:
        # fairchem's materials have spin=0, which is "unknown".
        multiplicity = _of_info(atoms, MULTIPLICITIES, 1) or 1
    multiplicity = whole_number("multiplicity", multiplicity)
    if multiplicity < 1:
        raise ValueError(f"invalid multiplicity {multiplicity}: expected 2S + 1, at least 1")
    return charge, multiplicity


def _of_info(atoms: Atoms, names: tuple[str, ...], default: int) -> int:
    for name in names:
        if name in atoms.info:
            return whole_number(f"atoms.info[{name!r}]", atoms.info[name])
    return default


def fixed_atoms(atoms: Atoms) -> np.ndarray:
    """Marks of the atoms in ``FixAtoms``, ``[atoms]``."""
    fixed = np.zeros(len(atoms), dtype=bool)
    for constraint in atoms.constraints:
        if isinstance(constraint, FixAtoms):
            fixed[constraint.index] = True
    return fixed


def contiguous(array: Any) -> np.ndarray:
    """The array as doubles in C order, without a copy where it is so."""
    return np.ascontiguousarray(array, dtype=np.float64)
