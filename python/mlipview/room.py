"""A running ASE dynamics or optimization, shown in mlipview: frames over IMD, and forces back."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
from ase import Atoms, units

from .imd import ImdFrame, ImdServer
from .view.handle import View, checked_display, opened


class Killed(Exception):
    """A viewer has ended the simulation, which `Room` allows with ``allow_kill=True``."""


class Room:
    """An observer that streams the frames of an ASE dynamics or optimization to viewers.

    The atoms keep their calculator. Viewers connect with ``mlipview attach``, or with any other client of IMD
    version 3, as MDAnalysis' imdclient; `open` starts one. A viewer's pause holds the dynamics up, its pulls
    act through `mlipview.Hands`.

    Args:
        atoms: the atoms of the dynamics.
        dynamics: gives steps and times to the frames [default: calls are counted, times are 0].
        host, port: address to listen on; port 0 is any free port.
        allow_kill: raise `Killed` in the dynamics when a viewer asks for its end [default: ignored].

    >>> from ase.build import bulk
    >>> from ase.calculators.emt import EMT
    >>> from ase.optimize import BFGS
    >>> atoms = bulk("Cu", cubic=True)
    >>> atoms.rattle(0.1)
    >>> atoms.calc = EMT()
    >>> with Room(atoms) as room:
    ...     optimizer = BFGS(atoms, logfile=None)
    ...     optimizer.attach(room)
    ...     bool(optimizer.run(fmax=0.05))
    True

    Raises:
        OSError: the address is in use.
    """

    def __init__(
        self,
        atoms: Atoms,
        dynamics: Any = None,
        host: str = "127.0.0.1",
        port: int = 0,
        allow_kill: bool = False,
    ) -> None:
        self.atoms, self.dynamics, self.allow_kill = atoms, dynamics, allow_kill
        self._calls = 0
        self._views: list[View] = []
        self._server = ImdServer(len(atoms), bool(atoms.pbc.any()), host, port)
        self._finalizer = weakref.finalize(self, self._server.close)

    @property
    def address(self) -> str:
        """Address for viewers, as in ``imd://127.0.0.1:8888``."""
        return f"imd://{self._server.host}:{self._server.port}"

    @property
    def viewers(self) -> int:
        """Number of connected viewers."""
        return len(self._server.clients)

    @property
    def is_paused(self) -> bool:
        """Whether a viewer has paused the dynamics."""
        return self._server.is_paused()

    def forces(self) -> np.ndarray:
        """The viewers' pulls, eV/Å: ``[atoms, 3]``."""
        return self._server.forces()

    def __call__(self) -> None:
        """Streams the atoms as they are, and waits while a viewer pauses."""
        self._server.publish(self._frame())
        self._calls += 1
        self._server.wait_while_paused()
        if self._server.is_killed and self.allow_kill:
            raise Killed("a viewer has ended the simulation")

    def open(
        self, display: str | None = None, program: str | None = None, arguments: tuple[str, ...] = ()
    ) -> View:
        """Shows the room by ``mlipview attach``, and returns a handle on it.

        Args:
            display, program, arguments: as of `mlipview.view`.

        Raises:
            FileNotFoundError: there is no program.
            RuntimeError: the program ended, as one without the command ``attach`` does.
        """
        display = checked_display(display)
        # Viewers start with a frame.
        self._server.publish(self._frame())
        view = View(self.atoms, "", display, program, arguments, attached=self.address)
        self._views.append(view)
        return opened(view, display)

    def close(self) -> None:
        """Disconnects all viewers, and closes the views of `open`."""
        self._finalizer()
        for view in self._views:
            view.close()
        self._views.clear()

    def __enter__(self) -> Room:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _frame(self) -> ImdFrame:
        atoms = self.atoms
        step = getattr(self.dynamics, "nsteps", self._calls)
        timestep = float(getattr(self.dynamics, "dt", 0.0)) / units.fs
        return ImdFrame(
            step=int(step),
            timestep=timestep,
            time=step * timestep,
            potential=float(atoms.get_potential_energy()),
            kinetic=float(atoms.get_kinetic_energy()),
            temperature=float(atoms.get_temperature()),
            cell=atoms.cell.array if self._server.has_cell else None,
            positions=atoms.positions,
            velocities=atoms.get_velocities(),
            forces=atoms.get_forces(apply_constraint=False),
        )
