"""Handle of a window or page."""

from __future__ import annotations

import html
import webbrowser
from collections.abc import Iterator
from typing import Any

import numpy as np
from ase import Atoms, units
from ase.calculators.calculator import BaseCalculator
from ase.constraints import FixAtoms

from ..calculator import default_potential
from .connection import ANSWER_TIMEOUT, Connection
from .frame import ViewFrame
from .notebook import is_notebook
from .session import Launch, Session


def view(
    atoms: Atoms,
    potential: str | BaseCalculator | None = None,
    *,
    display: str | None = None,
    program: str | None = None,
    arguments: tuple[str, ...] = (),
) -> View:
    """Opens atoms in a window, or in a page of the browser, and returns a handle that steers it.

    Args:
        atoms: the atoms; fixed ones stay fixed.
        potential: a request such as ``"nano"``, or any ASE calculator, which then computes in this process and
            drives the window by the i-PI protocol [default: ``atoms.calc``, else ``"auto"``].
        display: ``"window"``, ``"browser"`` for a server and its page, or ``"none"`` for the server alone
            [default: in Jupyter the page, shown inline; else the window].
        program: the program [default: ``MLIPVIEW_BINARY``, else ``mlipview`` of the PATH].
        arguments: further arguments for it, as ``("--speed", "max")``.

    Raises:
        FileNotFoundError: there is no program.
        RuntimeError: the program ended at once; the message has its words.
    """
    if potential is None:
        potential = default_potential(atoms)
    display = checked_display(display)
    return opened(View(atoms, potential, display, program, arguments), display)


def checked_display(display: str | None) -> str:
    """The way to show a view [default: in Jupyter the page, else the window]."""
    display = display or ("browser" if is_notebook() else "window")
    if display not in ("window", "browser", "none"):
        raise ValueError(f"unknown display {display!r}: expected window, browser or none")
    return display


def opened(handle: View, display: str) -> View:
    """The handle, after its page is opened outside of Jupyter, where it shows itself."""
    if display == "browser" and not is_notebook():
        webbrowser.open(handle.link)
    return handle


class View:
    """Handle of a window or page, made by `view` or by `Room.open`. It is one of the people in the room of the
    program, as its owner.

    Closing the handle, also at the end of a ``with``, ends the program. Without that a server ends with Python,
    and a window stays.
    """

    def __init__(
        self,
        atoms: Atoms,
        potential: str | BaseCalculator,
        display: str,
        program: str | None,
        arguments: tuple[str, ...],
        attached: str | None = None,
    ) -> None:
        launch = Launch(display == "window", program, arguments, attached)
        self._potential = potential
        self._session = Session(atoms, potential, launch)
        self._attached = attached
        self._hands = 0
        #: Number of runs that ended before the one that this handle has started.
        self._started_at: int | None = None

    @property
    def _connection(self) -> Connection:
        return self._session.connection

    # --- what is shown ---

    @property
    def link(self) -> str:
        """Link of the page for a browser on this computer, with the rights of an owner."""
        return self._session.process.link

    @property
    def frame(self) -> ViewFrame:
        """The newest frame."""
        return self._connection.frame

    @property
    def atoms(self) -> Atoms:
        """The atoms as they are now, with fixed atoms, charge and multiplicity."""
        with self._connection.changed:
            snapshot, frame = self._connection.snapshot, self._connection.frame
        numbers = list(snapshot.atomic_numbers)
        is_current = len(frame.positions) == len(numbers)
        positions = frame.positions if is_current else np.reshape(snapshot.positions, (-1, 3))
        pbc = list(snapshot.pbc) or False
        cell = frame.cell if frame.cell is not None else None
        atoms = Atoms(numbers, positions, cell=cell, pbc=pbc if cell is not None else False)
        if snapshot.charge != 0 or snapshot.multiplicity > 1:
            atoms.info.update(charge=snapshot.charge, spin=snapshot.multiplicity)
        if snapshot.fixed:
            atoms.set_constraint(FixAtoms(indices=list(snapshot.fixed)))
        if is_current and frame.velocities.any():
            atoms.set_velocities(frame.velocities)
        return atoms

    @property
    def positions(self) -> np.ndarray:
        """Positions, Å; assigning moves the atoms."""
        return self.frame.positions.copy()

    @positions.setter
    def positions(self, positions: np.ndarray) -> None:
        self.set_positions(positions)

    def set_positions(self, positions: np.ndarray, indices: list[int] | None = None) -> None:
        """Moves all atoms, or those at these indices, to positions in Å, also during a run."""
        positions = np.asarray(positions, dtype=float).reshape(-1, 3)
        indices = list(range(len(positions))) if indices is None else [int(index) for index in indices]
        count = len(self.frame.positions)
        if len(indices) != len(positions) or any(not 0 <= index < count for index in indices):
            raise ValueError(f"{len(positions)} positions for the atoms {indices[:5]} … of {count}")
        delta = {"indices": indices, "coords": positions.ravel().tolist()}
        self._command(user_interaction={"natoms": count, "full_update": False, "positions": delta})

    def set_atoms(self, atoms: Atoms) -> None:
        """Replaces the structure; undo restores the old one."""
        indices = list(range(len(atoms)))
        interaction: dict[str, Any] = {
            "natoms": len(atoms),
            "full_update": True,
            "atomic_numbers": {"indices": indices, "values": atoms.numbers.tolist()},
            "positions": {"indices": indices, "coords": atoms.positions.ravel().tolist()},
        }
        if atoms.cell.rank == 3:
            interaction["cell"] = {"m": atoms.cell.array.ravel().tolist()}
            interaction["pbc"] = atoms.pbc.tolist()
        else:
            interaction["clear_cell"] = True
        self._command(user_interaction=interaction)

    def frames(self, timeout: float | None = None) -> Iterator[ViewFrame]:
        """Iterates over frames as they come, until the window is closed; slow readers skip some.

        Args:
            timeout: ends the iteration when no frame comes for so long, s [default: waits].
        """
        last = None
        while True:
            try:
                self._connection.wait(lambda: self.frame.number != last, timeout, "a frame")
            except (TimeoutError, ConnectionError):
                return
            frame = self.frame
            last = frame.number
            yield frame

    # --- what runs ---

    def md(
        self, temperature: float = 300.0, timestep: float = 1.0, friction: float = 10.0, steps: int | None = None
    ) -> None:
        """Starts Langevin dynamics: temperature in K, timestep in fs, friction in 1/ps; without end, or for a
        number of steps."""
        parameters = {
            "temperature": temperature,
            "timestep_fs": timestep,
            "friction": friction * 1e-3 / units.fs,
        }
        self._start("MD", parameters, steps)

    def relax(
        self, fmax: float = 0.05, optimizer: str = "", max_step: float = 0.2, steps: int | None = None
    ) -> None:
        """Starts a relaxation, which stops when no force is above `fmax` (eV/Å)."""
        self._start("RELAX", {"fmax": fmax, "optimizer": optimizer, "max_step": max_step}, steps)

    def stop(self) -> None:
        """Stops the run."""
        self._command(stop={})
        self.wait(ANSWER_TIMEOUT)

    def wait(self, timeout: float | None = None) -> ViewFrame:
        """Waits until nothing runs, and returns the newest frame.

        Raises:
            RuntimeError: the run failed; the message has the reason.
            TimeoutError: it still runs after `timeout` (s).
        """
        self._connection.wait(lambda: self.frame.activity == "idle", timeout, "the end of the run")
        started_at, self._started_at = self._started_at, None
        if started_at is None:
            return self.frame

        def end() -> str | None:
            return self._connection.end_since(started_at)

        # It may come after the frame.
        self._connection.wait(lambda: end() is not None, ANSWER_TIMEOUT, "how the run ended")
        if str(end()).startswith("COMPUTE_ERROR"):
            raise RuntimeError(end())
        return self.frame

    def undo(self) -> None:
        """Undoes the last change."""
        self._command(undo={})

    def redo(self) -> None:
        """Redoes the change that was undone last."""
        self._command(redo={})

    def pull(self, atom: int, to: np.ndarray, stiffness: float | None = None) -> int:
        """Takes hold of an atom and moves it to a point (Å); returns the hand, for `release`.

        Args:
            atom: its index.
            to: where it goes, Å.
            stiffness: of a spring that pulls it, eV/Å² [default: the atom is at the point].
        """
        hand, self._hands = self._hands, self._hands + 1
        grip = {"hold": True} if stiffness is None else {"spring": {"stiffness": stiffness}}
        self._command(grab={"hand": hand, "atoms": [int(atom)], **grip})
        x, y, z = (float(value) for value in to)
        self._command(move={"hand": hand, "x": x, "y": y, "z": z})
        return hand

    def release(self, hand: int) -> None:
        """Lets an atom go."""
        self._command(release={"hand": hand})

    @property
    def notices(self) -> list[str]:
        """What the program has told, the newest last."""
        return list(self._connection.notices)

    # --- what computes ---

    @property
    def potential(self) -> str | BaseCalculator:
        """The request or calculator that computes. Assigning another opens the atoms anew, with it."""
        return self._potential

    @potential.setter
    def potential(self, potential: str | BaseCalculator) -> None:
        if self._attached:
            raise RuntimeError(f"{self._attached} computes: set atoms.calc there")
        atoms, launch = self.atoms, self._session.launch
        self.close()
        self._session = Session(atoms, potential, launch)
        self._potential = potential

    @property
    def error(self) -> Exception | None:
        """The exception that an ASE calculator raised last while it drove the window."""
        return self._session.driver.error if self._session.driver else None

    def close(self) -> None:
        """Ends the program."""
        self._session.close()

    @property
    def is_open(self) -> bool:
        """Whether the program runs: closing its window ends it."""
        return self._session.process.is_running

    def __enter__(self) -> View:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = self.frame.activity if self.is_open else "closed"
        return f"<mlipview.View: {len(self.frame.positions)} atoms, {self.frame.potential}, {state}>"

    def _repr_html_(self) -> str:
        source = html.escape(self.link)
        style = "width: 100%; height: 480px; border: 0"
        return f'<iframe src="{source}" style="{style}" allow="fullscreen; xr-spatial-tracking"></iframe>'

    def _start(self, kind: str, parameters: dict[str, Any], steps: int | None) -> None:
        start = {"simulation_type": kind, "simulation_params": parameters, "steps": steps or 0}
        started_at = self._connection.end_count
        self._command(start=start)
        # Frames of another program tell of its end.
        self._started_at = None if self._attached else started_at

    def _command(self, **fields: Any) -> None:
        """Sends a command, and waits for the frame that includes it, unless another program makes the frames."""
        self._connection.command(waits=not self._attached, **fields)
