"""Frames of a viewed simulation."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

#: Names of the activities of a room.
ACTIVITIES = ("idle", "dynamics", "relaxation", "playback")


@dataclass(frozen=True)
class HeldAtoms:
    """Atoms in the hand of a person."""

    #: 0 is the window itself.
    person: int
    #: Indices, the one under the hand first.
    atoms: tuple[int, ...]
    #: Where the first of them is held or pulled to, Å.
    target: tuple[float, float, float]
    #: Whether they are at the hand; else a spring pulls them.
    holds: bool


@dataclass(frozen=True)
class ViewFrame:
    """State of a viewed simulation after a step, in the units of ASE; times in fs."""

    #: Number of the frame, rising.
    number: int
    #: Number of simulation steps, and simulated time, fs.
    step: int
    time: float
    #: "idle", "dynamics", "relaxation" or "playback".
    activity: str
    #: Name of the potential.
    potential: str
    #: Å: [atoms, 3].
    positions: np.ndarray
    #: Å per ASE time unit.
    velocities: np.ndarray
    #: eV/Å; empty without a potential.
    forces: np.ndarray
    #: Å, one vector per row; None without a cell.
    cell: np.ndarray | None
    #: eV; None without a potential.
    energy: float | None
    #: K; None unless dynamics run.
    temperature: float | None
    #: What people hold.
    held: tuple[HeldAtoms, ...] = field(default=())


def from_message(message) -> ViewFrame:
    """A frame of the protocol's message `Frame`."""

    def vectors(values) -> np.ndarray:
        return np.array(values, dtype=float).reshape(-1, 3)

    def optional(name: str) -> float | None:
        return getattr(message, name) if message.HasField(name) else None

    held = [HeldAtoms(it.person, tuple(it.atoms), tuple(it.target), it.holds) for it in message.grasps]
    return ViewFrame(
        number=message.number,
        step=message.step,
        time=message.time_fs,
        activity=ACTIVITIES[message.activity] if message.activity < len(ACTIVITIES) else "idle",
        potential=message.model,
        positions=vectors(message.positions),
        velocities=vectors(message.velocities),
        forces=vectors(message.forces),
        cell=vectors(message.cell.m) if message.HasField("cell") else None,
        energy=optional("energy"),
        temperature=optional("temperature"),
        held=tuple(held),
    )
