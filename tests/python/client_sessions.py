"""Independent client in Python, with the official protobuf runtime: end-to-end tests of the protocol.

    python tests/python/client_sessions.py target/debug/mlipview

Starts a server, checks it, and stops it. Numbers at the end of function names are those of the statements of
the session protocol.
"""

import struct
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from google.protobuf import descriptor_pb2, message_factory
from websockets.sync.client import connect

DRIVER = "a-token-for-drivers"
WATER = [(1, (0.9575, 0, 0)), (1, (-0.23990064, 0.92695951, 0)), (8, (0, 0, 0))]
root = Path(__file__).parents[2]


class Client:
    """Client that numbers its messages and keeps the last sequence number of the server."""

    def __init__(self, server, query=""):
        self.server, self.seq, self.last = server, 0, 0
        self.connection = connect(server.address + query, max_size=None)

    def __enter__(self):
        self.socket = self.connection.__enter__()
        return self

    def __exit__(self, *error):
        self.connection.__exit__(*error)

    def send(self, **fields):
        self.seq += 1
        self.socket.send(self.server.action(seq=self.seq, **fields).SerializeToString())

    def acknowledge(self):
        self.send(ack=self.last)

    def receive(self):
        result = self.server.result.FromString(self.socket.recv(timeout=20))
        self.last = result.seq
        return result

    def receive_frame(self):
        while True:
            result = self.receive()
            if result.HasField("frame"):
                return result.frame

    def receive_notice(self, prefix):
        while True:
            result = self.receive()
            if result.notice.message.startswith(prefix):
                return result


class Server:
    """`mlipview serve`, or another command with a server, on a free port."""

    def __init__(self, binary, arguments=None, **options):
        command = arguments or ["serve", "library:water", "--potential", "lj:sigma=1,epsilon=1"]
        command = [binary, *command, "--listen", "127.0.0.1:0", "--driver-token", DRIVER, "--log", "warn"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)
        link = next(line for line in self.process.stdout if line.strip().startswith("watch"))
        self.page = link.split()[1]
        self.address = "ws" + self.page.removeprefix("http") + "ws"
        schema = urlopen(self.page + "session.binpb").read()
        types = message_factory.GetMessages(descriptor_pb2.FileDescriptorSet.FromString(schema).file)
        self.action = types["fairchem.session.ClientAction"]
        self.result = types["fairchem.session.ServerResult"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0, "it exits with 0"


def full_update(atoms):
    indices = list(range(len(atoms)))
    return {
        "natoms": len(atoms),
        "full_update": True,
        "atomic_numbers": {"indices": indices, "values": [number for number, _ in atoms]},
        "positions": {"indices": indices, "coords": [x for _, position in atoms for x in position]},
    }


def assert_close(found, expected, tolerance):
    assert abs(found - expected) <= tolerance, f"{found} is not {expected}"


def water_has_the_reference_energy_and_forces_16(server):
    with Client(server) as client:
        client.send(user_interaction=full_update(WATER), user_interaction_count=1)
        result = client.receive()
        assert (result.seq, result.client_seq, result.user_interaction_count) == (1, 1, 1)
        assert_close(result.frame.energy, 2.802522726, 1e-8)
        listed = [51.024657952, 0.6712205703, 0, -12.134364423, 49.565345315, 0]
        for found, expected in zip(result.frame.forces, listed):
            assert_close(found, expected, 1e-5)


def twenty_steps_of_relaxation_are_those_of_ase_28(server):
    with Client(server) as client:
        client.send(user_interaction=full_update(WATER))
        client.receive()
        client.send(start={"simulation_type": "RELAX", "simulation_params": {"max_step": 0.2}})
        energies = []
        while len(energies) < 20:
            energies.append(client.receive_frame().energy)
            client.acknowledge()
        assert_close(energies[-1], -2.608070015, 1e-8)


def the_temperature_matches_the_velocities_25(server):
    helium = [(2, (5.0 * atom, 0, 0)) for atom in range(8)]
    with Client(server) as client:
        client.send(user_interaction=full_update(helium))
        client.receive()
        client.send(start={"simulation_params": {"temperature": 300, "timestep_fs": 1, "friction": 0.1}})
        frame = client.receive_frame()
        kinetic = sum(0.5 * 4.002602 * v * v for v in frame.velocities)
        assert_close(frame.kinetic, kinetic, 1e-5 * kinetic)
        assert_close(frame.temperature, 2 * kinetic / (24 * 8.617333262e-5), 0.01 * frame.temperature)


def an_unacknowledged_stream_pauses_and_continues_30_31(server):
    with Client(server) as client:
        client.send(user_interaction=full_update(WATER))
        client.send(start={"simulation_params": {"timestep_fs": 0.1}})
        seqs = []
        while True:
            result = client.receive()
            if result.notice.message == "WAITING_FOR_ACK":
                break
            seqs.append(result.seq)
        assert seqs == list(range(1, 11)) and result.seq == 10
        client.acknowledge()
        assert client.receive().notice.message == "ACK_CLEARED"
        client.send(stop={})
        assert client.receive_notice("SIMULATION_STOPPED").notice.simulation_stopped


def start_one_frame_stop_is_one_step_26_27(server):
    # The original's client acknowledges the frame, and expects the answer to STOP within ten messages.
    with Client(server) as client:
        client.send(user_interaction=full_update(WATER))
        client.receive()
        one_step = 0
        for _ in range(60):
            client.send(start={"simulation_params": {"timestep_fs": 0.1}})
            client.receive_frame()
            client.acknowledge()
            client.send(stop={})
            received = []
            while not received or received[-1].notice.message != "SIMULATION_STOPPED":
                received.append(client.receive())
            assert len(received) <= 10, len(received)
            one_step += len(received) == 1
            client.acknowledge()
        assert one_step >= 58, one_step


def a_close_frame_is_answered_32(server):
    for query in ["", "?room=main"]:
        with Client(server, query) as client:
            client.send(stop={})
            client.receive()
            client.socket.close()
            assert client.socket.protocol.close_code == 1000


def a_spectator_receives_frames_and_may_not_grab(server):
    with Client(server, "?room=main") as client:
        welcome = client.receive().welcome
        assert (welcome.role, welcome.room) == (0, "main")
        snapshot = client.receive().snapshot
        assert sorted(snapshot.atomic_numbers) == [1, 1, 8]
        client.send(attach={"format": "FIXED16"})
        while not (frame := client.receive_frame()).HasField("compact_positions"):
            pass
        compact = frame.compact_positions
        steps = struct.unpack("<9H", compact.u16)
        for index, step in enumerate(steps):
            axis = index % 3
            position = compact.origin[axis] + compact.extent[axis] * step / 65535
            assert_close(position, snapshot.positions[index], 1e-4)
        client.send(grab={"hand": 0, "atoms": [0]})
        client.receive_notice("FORBIDDEN: ")


def a_driver_drags_an_atom_and_all_receive_it(server):
    with Client(server, "?room=main") as spectator:
        before = spectator.receive_frame()
        with Client(server, f"?room=main&token={DRIVER}") as driver:
            assert driver.receive().welcome.role == 1
            position = list(before.positions[:3])
            driver.send(grab={"hand": 0, "atoms": [0]})
            driver.send(move={"hand": 0, "x": position[0] + 0.3, "y": position[1], "z": position[2]})
            while True:
                frame = spectator.receive_frame()
                spectator.acknowledge()
                if abs(frame.positions[0] - position[0] - 0.3) < 1e-9:
                    break
            assert frame.energy != before.energy and len(frame.grasps) == 1
        while len(spectator.receive_frame().grasps) == 1:
            spectator.acknowledge()


def the_example_relaxes_water(server):
    command = [sys.executable, root / "examples/4_relax_water.py", server.address]
    output = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert output.stdout.strip().endswith("CONVERGED"), output.stdout + output.stderr


CHECKS = [
    water_has_the_reference_energy_and_forces_16,
    twenty_steps_of_relaxation_are_those_of_ase_28,
    the_temperature_matches_the_velocities_25,
    start_one_frame_stop_is_one_step_26_27,
    an_unacknowledged_stream_pauses_and_continues_30_31,
    a_close_frame_is_answered_32,
    a_spectator_receives_frames_and_may_not_grab,
    a_driver_drags_an_atom_and_all_receive_it,
    the_example_relaxes_water,
]

if __name__ == "__main__":
    with Server(sys.argv[1]) as running:
        for check in CHECKS:
            check(running)
            print("ok:", check.__name__.replace("_", " "))
