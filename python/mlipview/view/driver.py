"""An ASE calculator as the potential of the window, through the i-PI protocol."""

from __future__ import annotations

import os
import secrets
import threading
import time

from ase import Atoms
from ase.calculators.calculator import BaseCalculator
from ase.calculators.socketio import SocketClient

#: Time between two tries to connect, s.
RETRY_INTERVAL = 0.1


class Driver:
    """A thread that answers the window's requests for energies and forces.

    Args:
        atoms: the atoms of the window, in its order.
        calculator: computes them.
    """

    def __init__(self, atoms: Atoms, calculator: BaseCalculator) -> None:
        self.calculator = calculator
        # Magnetic moments, charges, tags and masses count for some calculators; the window applies constraints.
        self._atoms = atoms.copy()
        self._atoms.constraints = []
        self._name = f"mlipview-{os.getpid()}-{secrets.token_hex(4)}"
        self._ends = threading.Event()
        #: The exception that the calculator raised last, if it did.
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="mlipview driver", daemon=True)
        self._thread.start()

    @property
    def request(self) -> str:
        """The request of ``--potential`` that listens for this driver."""
        return f"ipi:listen=unix:{self._name}"

    def close(self) -> None:
        """Ends the thread when the window is closed."""
        self._ends.set()

    def _run(self) -> None:
        self._atoms.calc = self.calculator
        has_stress = "stress" in getattr(self.calculator, "implemented_properties", [])
        while not self._ends.is_set():
            try:
                client = SocketClient(unixsocket=self._name)
                client.run(self._atoms, use_stress=has_stress and bool(self._atoms.pbc.all()))
            except OSError:
                # The window does not listen yet, or was closed.
                time.sleep(RETRY_INTERVAL)
            except Exception as error:
                # The window pauses, and continues when the driver is back.
                self.error = error
                time.sleep(RETRY_INTERVAL)
