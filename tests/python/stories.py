"""A client that shares nothing with mlipview: Python, with the official protobuf runtime.

    python tests/python/stories.py target/debug/mlipview

Starts a server, talks to it, and ends it. The numbers in brackets are those of the statements of the
session protocol.
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
    """Numbers what it says, and remembers what it heard last."""

    def __init__(self, server, query=""):
        self.server, self.seq, self.heard = server, 0, 0
        self.connection = connect(server.address + query, max_size=None)

    def __enter__(self):
        self.socket = self.connection.__enter__()
        return self

    def __exit__(self, *error):
        self.connection.__exit__(*error)

    def say(self, **what):
        self.seq += 1
        self.socket.send(self.server.action(seq=self.seq, **what).SerializeToString())

    def acknowledge(self):
        self.say(ack=self.heard)

    def hear(self):
        result = self.server.result.FromString(self.socket.recv(timeout=20))
        self.heard = result.seq
        return result

    def hear_frame(self):
        while True:
            result = self.hear()
            if result.HasField("frame"):
                return result.frame

    def hear_words(self, start):
        while True:
            result = self.hear()
            if result.notice.message.startswith(start):
                return result


class Server:
    """A server of this program, at any free port."""

    def __init__(self, binary):
        command = [binary, "serve", "library:water", "--listen", "127.0.0.1:0"]
        command += ["--potential", "lj:sigma=1,epsilon=1", "--driver-token", DRIVER, "--log", "warn"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
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
        assert self.process.wait(timeout=20) == 0, "it ends well"


def whole(atoms):
    indices = list(range(len(atoms)))
    return {
        "natoms": len(atoms),
        "full_update": True,
        "atomic_numbers": {"indices": indices, "values": [number for number, _ in atoms]},
        "positions": {"indices": indices, "coords": [x for _, place in atoms for x in place]},
    }


def near(found, expected, tolerance):
    assert abs(found - expected) <= tolerance, f"{found} is not {expected}"


def water_has_the_energy_and_forces_that_are_listed_16(server):
    with Client(server) as client:
        client.say(user_interaction=whole(WATER), user_interaction_count=1)
        result = client.hear()
        assert (result.seq, result.client_seq, result.user_interaction_count) == (1, 1, 1)
        near(result.frame.energy, 2.802522726, 1e-8)
        listed = [51.024657952, 0.6712205703, 0, -12.134364423, 49.565345315, 0]
        for found, expected in zip(result.frame.forces, listed):
            near(found, expected, 1e-5)


def twenty_steps_of_relaxation_are_those_of_ase_28(server):
    with Client(server) as client:
        client.say(user_interaction=whole(WATER))
        client.hear()
        client.say(start={"simulation_type": "RELAX", "simulation_params": {"max_step": 0.2}})
        energies = []
        while len(energies) < 20:
            energies.append(client.hear_frame().energy)
            client.acknowledge()
        near(energies[-1], -2.608070015, 1e-8)


def heat_is_what_the_velocities_say_25(server):
    helium = [(2, (5.0 * atom, 0, 0)) for atom in range(8)]
    with Client(server) as client:
        client.say(user_interaction=whole(helium))
        client.hear()
        client.say(start={"simulation_params": {"temperature": 300, "timestep_fs": 1, "friction": 0.1}})
        frame = client.hear_frame()
        kinetic = sum(0.5 * 4.002602 * v * v for v in frame.velocities)
        near(frame.kinetic, kinetic, 1e-5 * kinetic)
        near(frame.temperature, 2 * kinetic / (24 * 8.617333262e-5), 0.01 * frame.temperature)


def a_stream_without_acknowledgement_pauses_and_goes_on_30_31(server):
    with Client(server) as client:
        client.say(user_interaction=whole(WATER))
        client.say(start={"simulation_params": {"timestep_fs": 0.1}})
        seqs = []
        while True:
            result = client.hear()
            if result.notice.message == "WAITING_FOR_ACK":
                break
            seqs.append(result.seq)
        assert seqs == list(range(1, 11)) and result.seq == 10
        client.acknowledge()
        assert client.hear().notice.message == "ACK_CLEARED"
        client.say(stop={})
        assert client.hear_words("SIMULATION_STOPPED").notice.simulation_stopped


def start_one_frame_stop_is_one_step_26_27(server):
    # As the original's client does: it acknowledges the frame, and looks for the answer to STOP among the
    # next ten messages.
    with Client(server) as client:
        client.say(user_interaction=whole(WATER))
        client.hear()
        one_step = 0
        for _ in range(60):
            client.say(start={"simulation_params": {"timestep_fs": 0.1}})
            client.hear_frame()
            client.acknowledge()
            client.say(stop={})
            heard = []
            while not heard or heard[-1].notice.message != "SIMULATION_STOPPED":
                heard.append(client.hear())
            assert len(heard) <= 10, len(heard)
            one_step += len(heard) == 1
            client.acknowledge()
        assert one_step >= 58, one_step


def a_polite_goodbye_is_answered_32(server):
    for query in ["", "?room=main"]:
        with Client(server, query) as client:
            client.say(stop={})
            client.hear()
            client.socket.close()
            assert client.socket.protocol.close_code == 1000


def a_spectator_sees_all_and_may_not_touch(server):
    with Client(server, "?room=main") as client:
        welcome = client.hear().welcome
        assert (welcome.role, welcome.room) == (0, "main")
        snapshot = client.hear().snapshot
        assert sorted(snapshot.atomic_numbers) == [1, 1, 8]
        client.say(attach={"format": "FIXED16"})
        while not (frame := client.hear_frame()).HasField("compact_positions"):
            pass
        compact = frame.compact_positions
        steps = struct.unpack("<9H", compact.u16)
        for index, step in enumerate(steps):
            axis = index % 3
            place = compact.origin[axis] + compact.extent[axis] * step / 65535
            near(place, snapshot.positions[index], 1e-4)
        client.say(grab={"hand": 0, "atoms": [0]})
        client.hear_words("FORBIDDEN: ")


def a_driver_drags_an_atom_and_all_feel_it(server):
    with Client(server, "?room=main") as spectator:
        before = spectator.hear_frame()
        with Client(server, f"?room=main&token={DRIVER}") as driver:
            assert driver.hear().welcome.role == 1
            place = list(before.positions[:3])
            driver.say(grab={"hand": 0, "atoms": [0]})
            driver.say(move={"hand": 0, "x": place[0] + 0.3, "y": place[1], "z": place[2]})
            while True:
                frame = spectator.hear_frame()
                spectator.acknowledge()
                if abs(frame.positions[0] - place[0] - 0.3) < 1e-9:
                    break
            assert frame.energy != before.energy and len(frame.grasps) == 1
        while len(spectator.hear_frame().grasps) == 1:
            spectator.acknowledge()


def the_example_relaxes_water(server):
    command = [sys.executable, root / "examples/4_relax_water.py", server.address]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert told.stdout.strip().endswith("CONVERGED"), told.stdout + told.stderr


STORIES = [
    water_has_the_energy_and_forces_that_are_listed_16,
    twenty_steps_of_relaxation_are_those_of_ase_28,
    heat_is_what_the_velocities_say_25,
    start_one_frame_stop_is_one_step_26_27,
    a_stream_without_acknowledgement_pauses_and_goes_on_30_31,
    a_polite_goodbye_is_answered_32,
    a_spectator_sees_all_and_may_not_touch,
    a_driver_drags_an_atom_and_all_feel_it,
    the_example_relaxes_water,
]

if __name__ == "__main__":
    with Server(sys.argv[1]) as running:
        for story in STORIES:
            story(running)
            print("ok:", story.__name__.replace("_", " "))
