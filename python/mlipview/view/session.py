"""A running program with its atoms on screen: process, connection, and a calculator that drives it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

from ase import Atoms
from ase.calculators.calculator import BaseCalculator

from ..calculator import Calculator
from ..errors import CautionWarning
from .connection import ANSWER_TIMEOUT, Connection
from .driver import Driver
from .notebook import is_notebook, origins
from .process import Process, charge_arguments

#: Message of a program that does not have the requested potential.
NO_POTENTIAL = "unknown potential"
#: Time that a window may take to choose a potential, and a calculator for its first answer, s.
POTENTIAL_TIMEOUT = 30.0


@dataclass(frozen=True)
class Launch:
    """How the program is started."""

    has_window: bool
    #: The program, as of `find_program`, and further arguments for it.
    program: str | None
    arguments: tuple[str, ...]
    #: Address of the simulation of another program, which is shown instead of one of its own.
    attached: str | None = None

    def command(self, structure: str, address: str, atoms: Atoms, potential: str | Calculator) -> list[str]:
        """Arguments of the program for a file with these atoms, and an address to listen on."""
        # Pages of these may show the page of the program inline.
        pages = [f"--allow-origin={origin}" for origin in origins()] if is_notebook() else []
        # The first address is that of the links.
        further = ["--listen", address, *pages, *self.arguments]
        if self.attached:
            headless = [] if self.has_window else ["--headless"]
            return ["attach", self.attached, "--topology", structure, *headless, *further]
        serve = [] if self.has_window else ["serve"]
        if isinstance(potential, Calculator):
            charge = charge_arguments(atoms, potential._charge, potential._multiplicity)
            options = ["--potential", potential.request, *potential.program_arguments, *charge]
        else:
            options = ["--potential", potential, *charge_arguments(atoms)]
        return [*serve, structure, *options, *further]


class Session:
    """The program from its start to its end.

    Args:
        atoms: what it shows.
        potential: request, or a calculator that drives it.
        launch: how it is started.

    Raises:
        FileNotFoundError: there is no program.
        RuntimeError: it ended, or the calculator failed or cannot drive it.
    """

    def __init__(self, atoms: Atoms, potential: str | BaseCalculator, launch: Launch) -> None:
        self.launch = launch
        self.driver: Driver | None = None
        if isinstance(potential, (str, Calculator)):
            computing: str | Calculator = potential
        else:
            self.driver = Driver(atoms, potential)
            computing = self.driver.request
        try:
            self.process = Process(
                atoms,
                lambda path, address: launch.command(path, address, atoms, computing),
                launch.has_window,
                launch.program,
            )
        except BaseException:
            self._end_driver()
            raise
        try:
            self.connection = Connection(self.process.page, self.process.socket)
            self._wait_until_shown(len(atoms))
        except BaseException:
            self.process.close()
            self._end_driver()
            raise
        if self.connection.frame.energy is None and not self.driver and not launch.attached:
            warnings.warn(f"shown without energies: {self.process.words}", CautionWarning, stacklevel=5)

    def close(self) -> None:
        """Ends the program."""
        self._end_driver()
        self.connection.close()
        self.process.close()

    def _end_driver(self) -> None:
        if self.driver:
            self.driver.close()

    def _wait_until_shown(self, atoms: int) -> None:
        """Waits for the atoms and their energy: a window opens a structure in the background."""
        connection, driver = self.connection, self.driver
        connection.wait(lambda: len(connection.frame.positions) == atoms, ANSWER_TIMEOUT, "the structure")
        if self.launch.attached or not (self.launch.has_window or driver):
            return

        def is_settled() -> bool:
            failed = driver is not None and (driver.error is not None or NO_POTENTIAL in self.process.words)
            return failed or connection.frame.energy is not None

        try:
            connection.wait(is_settled, POTENTIAL_TIMEOUT, "the energy")
        except TimeoutError:
            # Shown without one, which is told; a calculator may take longer.
            return
        if driver and driver.error is not None:
            raise RuntimeError(f"the calculator failed: {driver.error}") from driver.error
        if driver and connection.frame.energy is None:
            raise RuntimeError(f"the program cannot be driven by a calculator: {self.process.words}")
