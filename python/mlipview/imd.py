"""Server of IMD version 3: streams frames of a running simulation to viewers, and receives their forces.

Specification: https://imdclient.readthedocs.io (protocol v3). A header is two big-endian int32: type and
length; bodies have this machine's byte order, which the handshake shows. On the wire: Å, ps, Å/ps, kJ/mol,
kJ/(mol Å), K. In this module, as in ASE: Å, eV, eV/Å; times in fs; velocities in Å per ASE time unit.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ase import units

DISCONNECT, ENERGIES, COORDINATES, GO, HANDSHAKE, KILL, MDCOMM, PAUSE, TRATE = range(9)
SESSION_INFO, RESUME, TIME, BOX, VELOCITIES, FORCES, WAIT = range(10, 17)

VERSION = 3
#: Connected viewers; further ones are refused.
MAX_CLIENTS = 8
#: Time for the handshake, s.
HANDSHAKE_TIMEOUT = 10.0
#: Time that a viewer may take to read a frame before it is disconnected, s.
WRITE_TIMEOUT = 30.0
#: 1 kJ/mol, eV.
KJ_PER_MOL = units.kJ / units.mol
HEADER = struct.Struct("!ii")
#: Indices and forces of no atoms.
NO_PULLS = (np.zeros(0, dtype=int), np.zeros((0, 3)))


@dataclass(frozen=True)
class ImdFrame:
    """What viewers receive of one step."""

    step: int
    #: Time per step and simulated time, fs; 0 in an optimization.
    timestep: float
    time: float
    #: Potential and kinetic energy, eV; temperature, K.
    potential: float
    kinetic: float
    temperature: float
    #: Cell vectors, Å, one per row; None without a cell.
    cell: np.ndarray | None
    #: Å, Å per ASE time unit, eV/Å: [atoms, 3].
    positions: np.ndarray
    velocities: np.ndarray
    forces: np.ndarray


def frame_bytes(frame: ImdFrame) -> bytes:
    """The packets of a frame: time, energies, box, coordinates, velocities, forces."""
    picoseconds = 1e-3
    potential, total = frame.potential / KJ_PER_MOL, (frame.potential + frame.kinetic) / KJ_PER_MOL
    # Only these three energies are known; the wire has a place for each of nine.
    energies = (frame.step & 0x7FFFFFFF, frame.temperature, total, potential, 0, 0, 0, 0, 0, 0)
    time = (frame.timestep * picoseconds, frame.time * picoseconds, frame.step)
    packets = [
        HEADER.pack(TIME, 1) + struct.pack("=ddq", *time),
        HEADER.pack(ENERGIES, 1) + struct.pack("=i9f", *energies),
    ]
    if frame.cell is not None:
        packets.append(HEADER.pack(BOX, 1) + _floats(frame.cell))
    atoms = len(frame.positions)
    packets.append(HEADER.pack(COORDINATES, atoms) + _floats(frame.positions))
    packets.append(HEADER.pack(VELOCITIES, atoms) + _floats(frame.velocities * (1000 * units.fs)))
    packets.append(HEADER.pack(FORCES, atoms) + _floats(frame.forces / KJ_PER_MOL))
    return b"".join(packets)


def _floats(array: np.ndarray) -> bytes:
    return np.ascontiguousarray(array, dtype="=f4").tobytes()


class ImdServer:
    """Server for the viewers of one simulation.

    A viewer that reads slowly skips frames, and never holds up the simulation. Its forces stay until it sends
    others or disconnects.

    Args:
        atoms: number of atoms.
        has_cell: whether frames have a cell.
        host, port: address to listen on; port 0 is any free port.

    Raises:
        OSError: the address is in use.
    """

    def __init__(self, atoms: int, has_cell: bool, host: str = "127.0.0.1", port: int = 0) -> None:
        self.atoms, self.has_cell = atoms, has_cell
        self.changed = threading.Condition()
        self.clients: list[ImdClient] = []
        self.is_closed = self.is_killed = self.waits = False
        self._last: bytes | None = None
        self._frames = 0
        self._listener = socket.create_server((host, port))
        self.host, self.port = self._listener.getsockname()[:2]
        threading.Thread(target=self._accept, name="imd accept", daemon=True).start()

    def publish(self, frame: ImdFrame) -> None:
        """Gives a frame to all viewers, who skip those that they do not read in time."""
        packets = frame_bytes(frame)
        with self.changed:
            self._last, self._frames = packets, self._frames + 1
            for client in self.clients:
                client.offer(packets, self._frames)

    def forces(self) -> np.ndarray:
        """Sum of the viewers' forces, eV/Å: [atoms, 3]."""
        total = np.zeros((self.atoms, 3))
        with self.changed:
            for client in self.clients:
                total[client.indices] += client.forces
        return total

    def is_paused(self) -> bool:
        """Whether a viewer has paused the simulation, or it waits for one."""
        waits = self.waits and not self.clients
        return not self.is_closed and not self.is_killed and (waits or any(it.is_paused for it in self.clients))

    def wait_while_paused(self) -> None:
        """Returns when nobody pauses the simulation; Ctrl-C interrupts it."""
        with self.changed:
            while self.is_paused():
                self.changed.wait(0.2)

    def close(self) -> None:
        """Disconnects all viewers and stops listening."""
        with self.changed:
            self.is_closed = True
            clients, self.clients = self.clients, []
            self.changed.notify_all()
        # A blocked accept() is woken by shutdown alone.
        for action in (lambda: self._listener.shutdown(socket.SHUT_RDWR), self._listener.close):
            try:
                action()
            except OSError:
                pass
        for client in clients:
            client.close()

    def _accept(self) -> None:
        while not self.is_closed:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if len(self.clients) >= MAX_CLIENTS:
                connection.close()
                continue
            threading.Thread(target=self._serve, args=(connection,), name="imd viewer", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        client = ImdClient(connection, self)
        try:
            client.shake_hands()
            with self.changed:
                if self.is_closed:
                    return
                self.clients.append(client)
                if self._last is not None:
                    client.offer(self._last, 0)
                self.changed.notify_all()
            threading.Thread(target=client.send_frames, name="imd frames", daemon=True).start()
            client.receive()
        except (OSError, ConnectionError, ProtocolError):
            pass
        finally:
            with self.changed:
                if client in self.clients:
                    self.clients.remove(client)
                self.changed.notify_all()
            client.close()


class ProtocolError(Exception):
    """A viewer sent what the protocol does not allow; it is disconnected."""


class ImdClient:
    """Connection of one viewer. Its fields are guarded by the server's condition."""

    def __init__(self, connection: socket.socket, server: ImdServer) -> None:
        self.connection, self.server = connection, server
        self.indices, self.forces = NO_PULLS
        self.is_paused = self.is_closed = False
        self.rate = 1
        self._waiting: bytes | None = None

    def shake_hands(self) -> None:
        """Sends handshake and session info, and waits for the viewer's go."""
        self.connection.settimeout(HANDSHAKE_TIMEOUT)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # time, energies, box, coordinates, wrapped, velocities, forces
        has = bytes([1, 1, self.server.has_cell, 1, 0, 1, 1])
        handshake = struct.pack("!i", HANDSHAKE) + struct.pack("=i", VERSION)
        self.connection.sendall(handshake + HEADER.pack(SESSION_INFO, len(has)) + has)
        kind, _ = self._header()
        if kind != GO:
            raise ProtocolError(f"header {kind} before IMD_GO")
        # Of both directions: reading waits without end below.
        self.connection.settimeout(None)
        timeout = struct.pack("ll", int(WRITE_TIMEOUT), 0)
        if hasattr(socket, "SO_SNDTIMEO") and struct.calcsize("l") == 8:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, timeout)

    def offer(self, packets: bytes, number: int) -> None:
        """Keeps the newest due frame for the sender."""
        if number % self.rate == 0:
            self._waiting = packets
            self.server.changed.notify_all()

    def send_frames(self) -> None:
        """Sends the newest frame whenever the viewer has read the one before."""
        while True:
            with self.server.changed:
                while self._waiting is None and not self.is_closed:
                    self.server.changed.wait()
                packets, self._waiting = self._waiting, None
            if packets is None or self.is_closed:
                return
            try:
                self.connection.sendall(packets)
            except OSError:
                return self.close()

    def receive(self) -> None:
        """Carries out what the viewer sends, until it disconnects."""
        while True:
            kind, value = self._header()
            pulls = self._forces(value) if kind == MDCOMM else NO_PULLS
            with self.server.changed:
                action: Callable[[], None] | None = {
                    MDCOMM: lambda: self._pull(*pulls),
                    PAUSE: lambda: self._set_paused(True),
                    RESUME: lambda: self._set_paused(False),
                    TRATE: lambda: self._set_rate(value),
                    WAIT: lambda: self._set_waits(value != 0),
                    KILL: self._kill,
                    GO: lambda: None,
                }.get(kind)
                if action is None:
                    # IMD_DISCONNECT, or a header that viewers do not send.
                    return
                action()
                self.server.changed.notify_all()

    def close(self) -> None:
        """Closes the connection; its forces end."""
        with self.server.changed:
            self.is_closed = True
            self.server.changed.notify_all()
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.connection.close()

    def _pull(self, indices: np.ndarray, forces: np.ndarray) -> None:
        self.indices, self.forces = indices, forces

    def _set_paused(self, is_paused: bool) -> None:
        self.is_paused = is_paused

    def _set_rate(self, rate: int) -> None:
        self.rate = max(rate, 1)

    def _set_waits(self, waits: bool) -> None:
        self.server.waits = waits

    def _kill(self) -> None:
        self.server.is_killed = True

    def _forces(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Indices and forces (eV/Å) of an MDCOMM body."""
        if not 0 <= count <= self.server.atoms:
            raise ProtocolError(f"forces on {count} of {self.server.atoms} atoms")
        indices = np.frombuffer(self._read(4 * count), dtype="=i4").astype(int)
        forces = np.frombuffer(self._read(12 * count), dtype="=f4").astype(float).reshape(count, 3)
        is_known = ((indices >= 0) & (indices < self.server.atoms)).all()
        if not is_known or len(set(indices.tolist())) != count or not np.isfinite(forces).all():
            raise ProtocolError("forces on unknown atoms, twice on one, or not finite")
        return indices, forces * KJ_PER_MOL

    def _header(self) -> tuple[int, int]:
        return HEADER.unpack(self._read(HEADER.size))

    def _read(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = self.connection.recv(size - len(parts))
            if not part:
                raise ConnectionError("the viewer has closed the connection")
            parts += part
        return bytes(parts)
