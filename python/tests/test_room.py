"""ASE in our window: frames over IMD as imdclient reads them, pulls as forces, pause and end."""

import socket
import struct
import threading
import time

import mlipview
import numpy as np
import pytest
from ase import units
from ase.build import bulk, molecule
from ase.calculators.emt import EMT
from ase.constraints import FixAtoms
from ase.io.trajectory import Trajectory
from ase.md.verlet import VelocityVerlet
from ase.optimize import BFGS
from mlipview import imd
from mlipview.room import Killed


def copper():
    atoms = bulk("Cu", cubic=True)
    atoms.rattle(0.1, seed=1)
    atoms.set_velocities(np.random.default_rng(0).normal(size=(4, 3)) * 0.05)
    atoms.calc = EMT()
    return atoms


class Viewer:
    """A client of IMD version 3 in a few lines, which shares no code with the server."""

    def __init__(self, room):
        host, port = room.address.removeprefix("imd://").split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=20)
        kind, version = struct.unpack("!i", self.read(4))[0], struct.unpack("=i", self.read(4))[0]
        assert (kind, version) == (4, 3)
        assert struct.unpack("!ii", self.read(8)) == (10, 7)
        self.info = list(self.read(7))
        self.send(3)

    def read(self, size):
        data = b""
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            assert part, "the server has closed the connection"
            data += part
        return data

    def send(self, kind, value=0, body=b""):
        self.socket.sendall(struct.pack("!ii", kind, value) + body)

    def pull(self, forces):
        """Forces in eV/Å by atom."""
        indices = np.array(list(forces), dtype="=i4")
        values = np.array(list(forces.values()), dtype="=f4") / (units.kJ / units.mol)
        self.send(6, len(indices), indices.tobytes() + values.astype("=f4").tobytes())

    def is_closed(self):
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionError:
            pass
        return True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.005)


def test_imdclient_reads_what_ase_computes():
    imdclient = pytest.importorskip("imdclient.IMDClient")
    atoms = copper()
    expected = {}
    with mlipview.Room(atoms) as room:
        dynamics = VelocityVerlet(atoms, 2 * units.fs)
        room.dynamics = dynamics
        host, port = room.address.removeprefix("imd://").split(":")
        client = imdclient.IMDClient(host, int(port), len(atoms), multithreaded=False)
        until(lambda: room.viewers == 1)

        def observe():
            room()
            expected[dynamics.nsteps] = (
                atoms.positions.copy(), atoms.get_velocities(), atoms.get_forces(), atoms.get_potential_energy(),
                atoms.get_temperature(),
            )

        dynamics.attach(observe)
        for steps in range(1, 6):
            dynamics.run(1)
            frame = client.get_imdframe()
            while frame.step < steps:
                frame = client.get_imdframe()
            positions, velocities, forces, energy, temperature = expected[frame.step]
            assert (frame.dt, frame.time) == (pytest.approx(2e-3), pytest.approx(2e-3 * frame.step))
            np.testing.assert_allclose(frame.positions, positions, atol=1e-6)
            # Å/ps, kJ/(mol Å), kJ/mol
            np.testing.assert_allclose(frame.velocities, velocities * 1000 * units.fs, rtol=1e-5, atol=1e-5)
            np.testing.assert_allclose(frame.forces, forces * units.mol / units.kJ, rtol=1e-5, atol=1e-4)
            np.testing.assert_allclose(frame.box, atoms.cell.array, atol=1e-6)
            assert frame.energies["potential_energy"] == pytest.approx(energy * units.mol / units.kJ, rel=1e-6)
            assert frame.energies["temperature"] == pytest.approx(temperature, rel=1e-6)
        client.stop()


def test_a_pull_acts_on_its_atom_alone_until_it_ends():
    atoms = copper()
    free = atoms.get_forces().copy()
    with mlipview.Room(atoms) as room:
        atoms.set_constraint(mlipview.Hands(room))
        np.testing.assert_allclose(atoms.get_forces(), free)
        with Viewer(room) as viewer:
            viewer.pull({2: (0.5, 0, -0.25)})
            until(lambda: room.forces().any())
            change = atoms.get_forces() - free
            np.testing.assert_allclose(change[2], (0.5, 0, -0.25), rtol=1e-6)
            assert not change[[0, 1, 3]].any()
            np.testing.assert_allclose(atoms.get_forces(apply_constraint=False), free)
            viewer.pull({})
            until(lambda: not room.forces().any())
            viewer.pull({0: (1, 0, 0)})
            until(lambda: room.forces().any())
        until(lambda: not room.forces().any())


@pytest.mark.parametrize("hands_come_first", [True, False])
def test_a_fixed_atom_is_not_pulled(hands_come_first):
    atoms = copper()
    atoms.set_constraint(FixAtoms([1]))
    with mlipview.Room(atoms) as room, Viewer(room) as viewer:
        hands = mlipview.Hands(room)
        constraints = [hands, *atoms.constraints] if hands_come_first else [*atoms.constraints, hands]
        free = atoms.get_forces()
        atoms.set_constraint(constraints)
        viewer.pull({1: (1, 0, 0), 2: (0, 1, 0)})
        until(lambda: np.count_nonzero(room.forces()) == 2)
        change = atoms.get_forces() - free
        assert not change[1].any() and change[2] == pytest.approx((0, 1, 0), abs=1e-6)


def test_pulls_of_viewers_add_and_are_bounded():
    atoms = copper()
    free = atoms.get_forces().copy()
    with mlipview.Room(atoms) as room, Viewer(room) as one, Viewer(room) as other:
        atoms.set_constraint(mlipview.Hands(room, max_force=2.0))
        one.pull({1: (1, 0, 0)})
        other.pull({1: (0, 5, 0)})
        until(lambda: np.count_nonzero(room.forces()) == 2)
        pull = (atoms.get_forces() - free)[1]
        assert np.linalg.norm(pull) == pytest.approx(2.0)
        assert pull[1] == pytest.approx(5 * pull[0])
    with pytest.raises(ValueError, match="max_force"):
        mlipview.Hands(room, max_force=0)


def test_a_pulled_optimization_ends_where_forces_balance():
    atoms = molecule("H2O")
    atoms.calc = mlipview.Calculator("nano")
    with mlipview.Room(atoms) as room, Viewer(room) as viewer:
        atoms.set_constraint(mlipview.Hands(room))
        direction = np.array([0, 0, 0.3])
        viewer.pull({1: direction, 2: -direction})
        until(lambda: room.forces().any())
        optimizer = BFGS(atoms, logfile=None)
        optimizer.attach(room)
        assert optimizer.run(fmax=0.02, steps=200)
        potential = atoms.get_forces(apply_constraint=False)
        np.testing.assert_allclose(potential[1], -direction, atol=0.03)


def test_dynamics_under_a_pull_move_along_it():
    def displacement(force):
        atoms = copper()
        start = atoms.positions[0].copy()
        with mlipview.Room(atoms) as room, Viewer(room) as viewer:
            atoms.set_constraint(mlipview.Hands(room))
            viewer.pull({0: (0, force, 0)})
            until(lambda: room.forces().any())
            VelocityVerlet(atoms, 1 * units.fs).run(30)
        return atoms.positions[0] - start

    change = displacement(2.0) - displacement(1e-6)
    assert change[1] > 0.05 and abs(change[0]) + abs(change[2]) < 0.5 * change[1]


def test_a_pause_holds_the_dynamics_up_until_it_ends():
    atoms = copper()
    with mlipview.Room(atoms) as room, Viewer(room) as viewer:
        viewer.send(7)
        until(lambda: room.is_paused)
        done = threading.Event()
        thread = threading.Thread(target=lambda: (room(), done.set()), daemon=True)
        thread.start()
        assert not done.wait(0.3)
        viewer.send(11)
        assert done.wait(5)
        viewer.send(7)
        until(lambda: room.is_paused)
    assert not room.is_paused


def test_an_end_is_ignored_unless_it_is_allowed():
    for allow_kill in (False, True):
        atoms = copper()
        with mlipview.Room(atoms, allow_kill=allow_kill) as room, Viewer(room) as viewer:
            viewer.send(5)
            until(lambda: room._server.is_killed)
            if allow_kill:
                with pytest.raises(Killed):
                    room()
            else:
                room()


def test_a_slow_viewer_skips_frames_and_holds_nothing_up():
    atoms = bulk("Cu", cubic=True) * (10, 10, 10)
    atoms.calc = EMT()
    with mlipview.Room(atoms) as room, Viewer(room):
        until(lambda: room.viewers == 1)
        room()
        start = time.monotonic()
        for _ in range(300):  # 300 frames of 144 kB
            room()
        assert time.monotonic() - start < 20


def test_a_viewer_gets_every_nth_frame_that_it_asked_for():
    atoms = copper()
    with mlipview.Room(atoms) as room, Viewer(room) as viewer:
        viewer.send(8, 5)
        until(lambda: room._server.clients and room._server.clients[0].rate == 5)
        steps = []
        size = (8 + 24) + (8 + 40) + (8 + 36) + 3 * (8 + 48)
        for _ in range(12):
            room()
            time.sleep(0.02)
        viewer.socket.settimeout(0.5)
        try:
            while True:
                steps.append(struct.unpack("=ddq", viewer.read(size)[8:32])[2])
        except TimeoutError:
            pass
        assert steps == [4, 9]


@pytest.mark.parametrize(
    "message",
    [
        struct.pack("!ii", 6, -1),
        struct.pack("!ii", 6, 5),
        struct.pack("!ii", 6, 1) + struct.pack("=ifff", 4, 0, 0, 0),
        struct.pack("!ii", 6, 1) + struct.pack("=ifff", 0, float("nan"), 0, 0),
        struct.pack("!ii", 6, 2) + struct.pack("=iiffffff", 1, 1, *[0] * 6),
        struct.pack("!ii", 99, 0),
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
def test_a_malformed_message_ends_its_connection_alone(message):
    atoms = copper()
    with mlipview.Room(atoms) as room, Viewer(room) as good, Viewer(room) as bad:
        until(lambda: room.viewers == 2)
        bad.socket.sendall(message)
        assert bad.is_closed()
        until(lambda: room.viewers == 1)
        good.pull({0: (1, 0, 0)})
        until(lambda: room.forces().any())


def test_further_viewers_than_the_limit_are_refused():
    with mlipview.Room(copper()) as room:
        viewers = [Viewer(room) for _ in range(imd.MAX_CLIENTS)]
        until(lambda: room.viewers == imd.MAX_CLIENTS)
        host, port = room.address.removeprefix("imd://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as further:
            assert further.recv(8) == b""
        for viewer in viewers:
            viewer.socket.close()


def test_atoms_with_hands_are_copied_and_written(tmp_path):
    atoms = copper()
    with mlipview.Room(atoms) as room:
        atoms.set_constraint(mlipview.Hands(room))
        assert isinstance(atoms.copy().constraints[0], mlipview.Hands)
        optimizer = BFGS(atoms, logfile=None, trajectory=str(tmp_path / "run.traj"))
        optimizer.run(fmax=0.05)
        assert len(Trajectory(tmp_path / "run.traj")) > 1


def test_the_room_of_a_program_that_is_missing_says_so(monkeypatch):
    monkeypatch.setenv("MLIPVIEW_BINARY", "no-such-program")
    with mlipview.Room(copper()) as room, pytest.raises(FileNotFoundError, match="no-such-program"):
        room.open()


def test_a_pull_in_the_program_is_a_force_in_ase(program_with_attach):
    atoms = copper()
    with mlipview.Room(atoms) as room:
        atoms.set_constraint(mlipview.Hands(room))
        view = room.open("none", program_with_attach)
        until(lambda: room.viewers == 1, 60)
        dynamics = VelocityVerlet(atoms, 1 * units.fs)
        room.dynamics = dynamics
        dynamics.attach(room)
        dynamics.run(20)
        until(lambda: len(view.positions) == 4 and abs(view.positions - atoms.positions).max() < 1e-4)
        view.pull(2, view.positions[2] + [1.0, 0, 0], stiffness=0.5)
        until(lambda: room.forces()[2, 0] > 0.1)
        pulls = room.forces()
        assert not pulls[[0, 1, 3]].any() and abs(pulls[2, 1:]).max() < 0.2 * pulls[2, 0]
        with pytest.raises(RuntimeError, match="computes"):
            view.potential = "emt"
