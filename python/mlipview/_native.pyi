"""Types of the extension module."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

class Configuration:
    """Structure with velocities (Å/fs) and the results of a file. Lengths in Å, energies in eV."""

    fixed: list[bool]
    masses: list[float] | None
    @property
    def velocities(self) -> Floats | None: ...
    @velocities.setter
    def velocities(self, velocities: Floats) -> None: ...
    def __init__(
        self, numbers: Integers, positions: Floats, cell: Floats, pbc: list[bool], charge: int, multiplicity: int
    ) -> None: ...
    def set_geometry(self, positions: Floats, cell: Floats | None = None) -> None: ...
    def set_results(self, energy: float | None, forces: Floats | None, stress: list[float] | None) -> None: ...
    def set_labels(
        self, names: list[str], residues: list[str], residue_numbers: list[int], chains: list[str]
    ) -> None: ...
    def set_info(self, name: str, value: Any, columns: int | None = None) -> bool: ...
    def set_array(self, name: str, values: list[Any], width: int) -> bool: ...
    @property
    def numbers(self) -> Integers: ...
    @property
    def positions(self) -> Floats: ...
    @property
    def cell(self) -> Floats: ...
    @property
    def pbc(self) -> list[bool]: ...
    @property
    def charge(self) -> int: ...
    @property
    def multiplicity(self) -> int: ...
    @property
    def energy(self) -> float | None: ...
    @property
    def forces(self) -> Floats | None: ...
    @property
    def stress(self) -> list[float] | None: ...
    @property
    def labels(self) -> tuple[list[str], list[str], list[int], list[str]] | None: ...
    @property
    def info(self) -> dict[str, Any]: ...
    @property
    def arrays(self) -> dict[str, Any]: ...
    @property
    def notes(self) -> list[str]: ...

class Potential:
    """A potential of the catalog, built for a structure."""

    def __init__(
        self,
        request: str,
        configuration: Configuration,
        model: str | None = None,
        task: str | None = None,
        device: str | None = None,
    ) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def caution(self) -> str | None: ...
    @property
    def device(self) -> str: ...
    def evaluate(self, configuration: Configuration) -> dict[str, Any]: ...

class Frame:
    """State of a simulation after a step."""

    @property
    def step(self) -> int: ...
    @property
    def time(self) -> float:
        """Simulated time, fs."""
    @property
    def energy(self) -> float | None:
        """Potential energy, eV."""
    @property
    def kinetic_energy(self) -> float:
        """eV."""
    @property
    def temperature(self) -> float:
        """K."""
    @property
    def energy_received(self) -> float:
        """Energy that thermostats and barostats have added, eV."""
    @property
    def max_force(self) -> float | None:
        """The largest force on a free atom, eV/Å."""
    @property
    def positions(self) -> Floats: ...
    @property
    def velocities(self) -> Floats:
        """Å/fs."""
    @property
    def cell(self) -> Floats: ...
    @property
    def results(self) -> dict[str, Any]:
        """Results of the potential under their names in ASE."""

Outcome = tuple[str, str, int]

class Engine:
    """One simulation."""

    def __init__(self, configuration: Configuration, potential: Potential | Callable[..., Any], seed: int) -> None: ...
    def thermalize(self, temperature: float) -> None: ...
    def relax(
        self,
        optimizer: str | None,
        fmax: float,
        max_step: float,
        cell: bool,
        pressure: float,
        smax: float | None,
        steps: int,
        every: int,
        callback: Callable[[Frame], Any] | None = None,
    ) -> Outcome: ...
    def dynamics(
        self,
        thermostat: str | None,
        timestep: float,
        temperature: float,
        friction: float,
        relaxation_time: float,
        barostat: str | None,
        pressure: float,
        pressure_relaxation_time: float,
        compressibility: float,
        steps: int,
        every: int,
        callback: Callable[[Frame], Any] | None = None,
    ) -> Outcome: ...
    @property
    def frame(self) -> Frame: ...

def read(path: str, selection: str, topology: Configuration | None = None) -> list[Configuration]: ...
def write(path: str, images: list[Configuration]) -> None: ...
def library(key: str) -> Configuration: ...
def library_keys() -> list[str]: ...
def smiles(text: str, seed: int) -> Configuration: ...
def neighbor_list(
    configuration: Configuration, cutoff: float
) -> tuple[Integers, Integers, Floats, Floats, Integers]: ...
def potentials() -> list[tuple[str, str]]:
    """Names and summaries of all potentials, the preferred ones first."""

def benchmark(potential: Potential, configuration: Configuration, calls: int, step: float) -> float: ...
