"""Independent client of the rigid bodies in Python: checks docs/live.md over real sockets.

    python tests/python/client_live.py target/debug/mlipview [--long] [WORD …]

Starts `mlipview serve` for each check. Numbers at the end of function names are those of the statements. `--long`
also runs 30 s in real time; with words only checks whose name has one of them run.
"""

import json
import math
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

DRIVER = "a-token-for-drivers"
GROUND = {"asset_name": "ground", "position": [0, 0, 0], "orientation": [0, 0, 0], "object_type": "environment"}


def inertial(asset="sphere", position=(0, 0, 2), **more):
    body = {"asset_name": asset, "position": list(position), "orientation": [0, 0, 0], "object_type": "inertial"}
    return body | more


class Server:
    """`mlipview serve` on a free port."""

    def __init__(self, binary, *options):
        command = [binary, "serve", "library:water", "--potential", "lj:sigma=1,epsilon=1"]
        command += ["--listen", "127.0.0.1:0", "--driver-token", DRIVER, "--log", "error", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        link = next(line for line in self.process.stdout if line.strip().startswith("watch"))
        self.page = link.split()[1]
        self.address = "ws" + self.page.removeprefix("http") + "api/v1/live"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0, "it exits with 0"
        self.process.stdout.close()

    def get(self, path):
        with urlopen(self.page + path, timeout=20) as answer:
            return answer.read().decode()

    def json(self, path):
        return json.loads(self.get(path))


class Client:
    """Client of `/api/v1/live`."""

    def __init__(self, server, token=DRIVER, query="", **options):
        address = f"{server.address}?{query}" + (f"&token={token}" if token else "")
        self.connection = connect(address, max_size=None, **options)

    def __enter__(self):
        self.socket = self.connection.__enter__()
        return self

    def __exit__(self, *error):
        self.connection.__exit__(*error)

    def send(self, kind, **message):
        self.socket.send(json.dumps({"type": kind, **message}))

    def receive(self, kind, timeout=20):
        """The next message, which has this type."""
        message = json.loads(self.socket.recv(timeout=timeout))
        assert message["type"] == kind, message
        return message

    def until(self, kind, fails=True):
        """The next message of a type. An error before it fails the check, unless it is one of the messages."""
        while (message := json.loads(self.socket.recv(timeout=20)))["type"] != kind:
            assert not (fails and message["type"] == "error"), message
        return message

    def configure(self, *objects, **settings):
        self.send("configure", objects=list(objects), **settings)
        return self.receive("metadata")

    def frame(self):
        return self.receive("frame")["data"]

    def frames(self):
        """All frames to the end, and the message that ends them."""
        frames = []
        while (message := json.loads(self.socket.recv(timeout=20)))["type"] == "frame":
            frames.append(message["data"])
        assert message["type"] == "complete", message
        return frames, message

    def error(self):
        """The message of an error, after which the server closes the connection."""
        message = self.receive("error")["message"]
        assert isinstance(message, str) and message
        self.closed()
        return message

    def closed(self):
        """The code with which the server closes the connection, after any number of other messages."""
        try:
            while True:
                self.socket.recv(timeout=20)
        except ConnectionClosed as closed:
            assert closed.rcvd, "the connection was cut without a close frame"
            return closed.rcvd.code


@contextmanager
def running(server, *objects, timestep_ms=16, duration_s=60.0, query="", options=None, **settings):
    """A run, its metadata, and its first frame."""
    with Client(server, query=query, **(options or {})) as client:
        metadata = client.configure(*objects, **settings)
        client.send("start", timestep_ms=timestep_ms, duration_s=duration_s)
        yield client, metadata["bodies"]


def vector(named):
    return [named[axis] for axis in "xyz"]


def state_of(frame, body):
    return next(state for state in frame["states"] if state["body_id"] == body["body_id"])


def height_of(frame, body):
    return state_of(frame, body)["position"]["z"]


def assert_close(found, expected, tolerance):
    assert abs(found - expected) <= tolerance, f"{found} is not {expected} within {tolerance}"


def assets_have_names_and_identifiers_that_stay_1(server):
    assets = server.json("api/v1/live/assets")
    names = [asset["name"] for asset in assets]
    assert all(type(asset["asset_id"]) is int for asset in assets), assets[:3]
    assert len({asset["asset_id"] for asset in assets}) == len(assets) == len(set(names))
    structures = server.json("api/library")
    structures = structures if isinstance(structures, list) else structures["structures"]
    keys = [structure["key"] for structure in structures]
    assert len(keys) > 20
    assert set(names) == {"cube", "large_cube", "sphere", "cylinder", "ground", *(f"molecule:{key}" for key in keys)}
    with Client(server) as client:
        for body in client.configure(inertial("cube"), inertial("molecule:water"))["bodies"]:
            assert {"asset_id": body["asset_id"], "name": body["asset_name"]} in assets
    assert server.json("api/v1/live/assets") == assets


def the_page_and_the_health_are_served_2(server):
    assert "<html" in server.get("live")
    assert server.json("api/v1/health") == {"status": "ok"}


def bodies_have_defaults_3(server):
    with Client(server) as client:
        given, default, _ = client.configure(
            inertial(mass=2.5, restitution=0, friction=0), inertial("cube"), GROUND | {"mass": 3, "restitution": 1}
        )["bodies"]
        assert [given[key] for key in ("mass", "restitution", "friction")] == [2.5, 0, 0]
        assert [default[key] for key in ("mass", "restitution", "friction")] == [10, 0.8, 0.5]
        assert not given["is_environment"]


def orientations_are_pitch_roll_and_yaw_in_radians_3(server):
    # docs/live.md: roll about x, then pitch about y, then yaw about z.
    half = math.sqrt(0.5)
    expected = {
        (math.pi / 2, 0, 0): [half, 0, half, 0],
        (0, math.pi / 2, 0): [half, half, 0, 0],
        (0, 0, math.pi / 2): [half, 0, 0, half],
        (math.pi / 2, math.pi / 2, 0): [0.5, 0.5, 0.5, -0.5],
    }
    bodies = [inertial("cube", (3 * i, 0, 9), orientation=list(angles)) for i, angles in enumerate(expected)]
    with running(server, *bodies) as (client, metadata):
        frame = client.frame()
    for body, quaternion in zip(metadata, expected.values()):
        found = [state_of(frame, body)["orientation"][key] for key in "wxyz"]
        # q and −q are the same rotation.
        assert_close(abs(sum(a * b for a, b in zip(found, quaternion))), 1, 1e-5)


def the_first_message_configures_4(server):
    for message in [{"type": "start"}, {"type": "stop"}, {"type": "dance"}, {}]:
        with Client(server) as client:
            client.socket.send(json.dumps(message))
            assert client.error() == "Expected 'configure' message first"
    with Client(server) as client:
        client.send("configure", objects=[])
        assert client.error() == "'configure' must include at least one object"
    for text in ["{", "3", "[]", ""]:
        with Client(server) as client:
            client.socket.send(text)
            assert client.error()


def an_unknown_asset_is_an_error_5(server):
    for name in ["unobtainium", "molecule:unobtainium", "", "Cube"]:
        with Client(server) as client:
            client.send("configure", objects=[inertial(), inertial(name)])
            assert client.error() == f"Asset '{name}' not found"


WRONG = {
    "object_type": ["ghost", "", 1, None],
    "position": [[0, 0], [0, 0, 0, 0], [], "x", [0, 0, "x"], [0, 0, None]],
    "orientation": [[0], [0, 0, 0, 0]],
    "mass": [0, -1, "x"],
    "restitution": [-0.1, 1.1, "x"],
    "friction": [-0.1, "x"],
}


def a_wrong_field_is_an_error_with_its_name_6(server):
    for field, values in WRONG.items():
        for value in values:
            with Client(server) as client:
                client.send("configure", objects=[inertial(), inertial() | {field: value}])
                error = client.error()
                assert field in error, (field, value, error)
    # Numbers that JSON cannot have, or that are too large for the engine.
    for number in ["NaN", "Infinity", "1e999", "1e60"]:
        with Client(server) as client:
            text = json.dumps({"type": "configure", "objects": [inertial(mass=12345)]})
            client.socket.send(text.replace("12345", number))
            assert client.error()


def the_metadata_have_bodies_in_order_and_assets_once_7(server):
    objects = [inertial("sphere", (0, 0, 3)), GROUND, inertial("cube", (3, 0, 3)), inertial("sphere", (-3, 0, 3))]
    with Client(server) as client:
        metadata = client.configure(*objects, inertial("molecule:water", (0, 3, 3)))
    bodies, assets = metadata["bodies"], metadata["assets"]
    names = [body["asset_name"] for body in bodies]
    assert names == ["sphere", "ground", "cube", "sphere", "molecule:water"]
    assert [body["is_environment"] for body in bodies] == [False, True, False, False, False]
    assert len({body["body_id"] for body in bodies}) == 5
    assert [asset["name"] for asset in assets] == ["sphere", "ground", "cube", "molecule:water"]
    for asset in assets:
        assert len(asset["positions"]) == 3 * asset["vertex_count"] > 0 and asset["vertex_count"] % 3 == 0
        assert all(math.isfinite(number) for number in asset["positions"])
        used = {body["asset_id"] for body in bodies if body["asset_name"] == asset["name"]}
        assert used == {asset["asset_id"]}
    cube = assets[2]["positions"]
    assert (min(cube), max(cube)) == (-0.5, 0.5)


def a_start_has_defaults_and_a_positive_timestep_8(server):
    with Client(server) as client:
        client.configure(inertial())
        client.send("start")
        times = [client.frame()["simulation_time"] for _ in range(3)]
        for found, expected in zip(times, [0, 0.016, 0.032]):
            assert_close(found, expected, 1e-9)
    for timestep in [0, -1, -0.5]:
        with Client(server) as client:
            client.configure(inertial())
            client.send("start", timestep_ms=timestep)
            assert client.error() == "'timestep_ms' must be positive"
    with Client(server) as client:
        client.configure(inertial())
        client.send("dance")
        assert client.error() == "Expected 'start' or 'stop', got 'dance'"


def a_stop_before_the_start_completes_9(server):
    with Client(server) as client:
        client.configure(inertial())
        client.send("stop")
        assert client.receive("complete") == {"type": "complete", "total_frames": 0, "elapsed_s": 0.0}
        assert client.closed() == 1000


def frames_are_at_all_times_to_the_end_10(server):
    for timestep, duration, count in [(16, 0.32, 21), (10, 0.1, 11), (33, 0.1, 4), (16, 0.001, 1), (7, 0.7, 101)]:
        with running(server, GROUND, inertial(), timestep_ms=timestep, duration_s=duration) as (client, bodies):
            frames, complete = client.frames()
        assert [frame["frame_id"] for frame in frames] == list(range(count)), (timestep, duration, len(frames))
        assert complete["total_frames"] == count
        for frame in frames:
            assert_close(frame["simulation_time"], frame["frame_id"] * timestep / 1000, 1e-9)
            assert {state["body_id"] for state in frame["states"]} == {body["body_id"] for body in bodies}


def a_frame_has_all_fields_10(server):
    with running(server, GROUND, inertial("cube", (0, 0, 0.5), restitution=0), duration_s=1.0) as (client, bodies):
        frames, _ = client.frames()
    for state in frames[0]["states"]:
        keys = {"body_id", "position", "velocity", "orientation", "angular_velocity", "is_environment"}
        assert keys <= set(state), state
        for key in ["position", "velocity", "angular_velocity"]:
            assert set(state[key]) == {"x", "y", "z"}
        assert set(state["orientation"]) == {"w", "x", "y", "z"}
    contacts = [contact for frame in frames for contact in frame["collisions"]]
    assert contacts, "a cube on the ground has contacts"
    for contact in contacts:
        assert {contact["body_a"], contact["body_b"]} == {body["body_id"] for body in bodies}
        assert_close(sum(value * value for value in vector(contact["normal"])), 1, 1e-3)
        assert_close(abs(contact["normal"]["z"]), 1, 1e-2)
        assert_close(contact["point"]["z"], 0, 0.05)
        assert math.isfinite(contact["depth"]) and contact["impulse"] >= 0
    for frame in frames:
        assert isinstance(frame["friction_constraints"], list)
        solver = frame["solver"]
        assert solver is None or {"iterations", "residual"} <= set(solver)


def a_ball_bounces_to_the_square_of_its_restitution_3_10(server):
    # The restitution of the ground does not count.
    ball = inertial(position=(0, 0, 2.5), restitution=0.8)
    with running(server, GROUND | {"restitution": 0}, ball, timestep_ms=10, duration_s=1.8) as (client, bodies):
        frames, _ = client.frames()
    heights = [height_of(frame, bodies[1]) - 0.5 for frame in frames]
    lowest = heights.index(min(heights[:80]))
    assert heights[lowest] > -0.05
    assert_close(max(heights[lowest:]), 2 * 0.8**2, 0.06)


def bodies_of_the_environment_are_in_the_states_and_rest_11(server):
    wall = GROUND | {"asset_name": "large_cube", "position": [0, 0, 1]}
    with running(server, GROUND, wall, inertial(position=(0, 0, 4)), duration_s=1.2) as (client, bodies):
        frames, _ = client.frames()
    for frame in frames:
        for body in bodies[:2]:
            state = state_of(frame, body)
            assert state["is_environment"] and state["position"] == state_of(frames[0], body)["position"]
            assert vector(state["velocity"]) == vector(state["angular_velocity"]) == [0, 0, 0]
        assert not state_of(frame, bodies[2])["is_environment"]
    assert height_of(frames[-1], bodies[2]) > 2.3, "the wall carries the ball"


def paced(server, duration):
    with running(server, GROUND, inertial(), duration_s=duration) as (client, _):
        client.frame()
        start, count = time.monotonic(), 1
        while (message := json.loads(client.socket.recv(timeout=20)))["type"] == "frame":
            count += 1
            early = message["data"]["simulation_time"] - (time.monotonic() - start)
            assert early < 0.02, f"a frame is {early} s early"
    wall = time.monotonic() - start
    assert count == message["total_frames"] == math.floor(duration / 0.016 + 1e-9) + 1, count
    assert_close(wall, duration, 0.02 * duration)
    assert_close(message["elapsed_s"], wall, 0.05)


def frames_come_in_real_time_12(server):
    paced(server, 3.0)


def thirty_seconds_take_thirty_seconds_10_12(server):
    paced(server, 30.0)


def a_stop_ends_a_run_13(server):
    with running(server, GROUND, inertial()) as (client, _):
        start = time.monotonic()
        for _ in range(20):
            client.frame()
        client.send("start", timestep_ms=-1)
        client.send("configure", objects=[])
        client.send("dance")
        for _ in range(10):
            client.frame()
        client.send("stop")
        asked = time.monotonic()
        frames, complete = client.frames()
        assert time.monotonic() - asked < 0.5
        assert client.closed() == 1000
    assert complete["total_frames"] == 30 + len(frames)
    assert_close(complete["elapsed_s"], asked - start, 0.2)
    assert complete["elapsed_s"] == round(complete["elapsed_s"], 3)


def a_disconnect_frees_the_engine_14_18(server):
    # Started with room for two connections: more than two runs, each of which is cut.
    for attempt in range(6):
        with Client(server) as client:
            client.configure(GROUND, inertial())
            client.send("start", duration_s=200.0)
            client.frame()
            if attempt % 2:
                client.socket.socket.shutdown(2)
        time.sleep(0.3)
    with Client(server) as first, Client(server) as second:
        for client in (first, second):
            client.configure(GROUND, inertial())
        with Client(server) as third:
            message = third.receive("error")["message"]
            assert "2" in message and "connections" in message, message
            assert third.closed() == 1008
    assert server.json("api/v1/health") == {"status": "ok"}


def pile(count):
    side = math.ceil(count ** (1 / 3))
    places = [(x, y, z) for z in range(side) for y in range(side) for x in range(side)][:count]
    return [inertial("cube", (1.2 * x, 1.2 * y, 1 + 1.2 * z)) for x, y, z in places]


def an_engine_does_not_block_others_15(server):
    with running(server, GROUND, *pile(1500), timestep_ms=33) as (_, _):
        with running(server, GROUND, inertial(), duration_s=2.0) as (light, bodies):
            late, start = 0.0, None
            for _ in range(100):
                frame = light.frame()
                start = start or time.monotonic() - frame["simulation_time"]
                late = max(late, time.monotonic() - start - frame["simulation_time"])
                assert len(frame["states"]) == 2
            begin = time.monotonic()
            assert server.json("api/v1/health") == {"status": "ok"}
            assert time.monotonic() - begin < 1
            assert late < 1, f"a frame of the other run is {late} s late"


def cpu_time(server):
    """CPU time of the server so far, s (Linux)."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def an_engine_ends_with_its_connection_14(server):
    begin = cpu_time(server)
    for cuts in [False, True]:
        with running(server, GROUND, *pile(400), timestep_ms=10) as (client, _):
            for _ in range(60):
                client.frame()
            if cuts:
                client.socket.socket.shutdown(2)
        time.sleep(0.5)
        worked = cpu_time(server)
        assert worked - begin > 0.3, "the run needs CPU time"
        time.sleep(1)
        assert cpu_time(server) - worked < 0.1, "it still runs"


def nothing_is_kept_across_connections_16_19(server):
    def run(seed):
        with running(server, GROUND, *pile(8), duration_s=0.5, timestep_ms=10, seed=seed) as (client, bodies):
            return bodies, [frame["states"] for frame in client.frames()[0]]

    first = run(1)
    with running(server, inertial("large_cube")) as (client, _):
        client.frame()
    assert run(1) == first, "the same configuration makes the same frames"


def the_page_has_all_controls_17(server):
    page = server.get("live")
    for text in ["No objects added yet.", ">10 ms<", ">16 ms<", ">33 ms<", 'min="1" max="300"', "Disconnected"]:
        assert text in page, text
    for field in ["asset", "position-0", "orientation-2", "type", "mass", "restitution", "friction", "duration"]:
        assert f'id="{field}"' in page, field
    assert len(server.get("live.js")) > 10_000 and len(server.get("live.css")) > 1_000


def a_limit_that_is_exceeded_is_named_18(server):
    # Started with limits of 5 bodies, 2 s, 5 ms, and 4096 bytes.
    with Client(server) as client:
        client.send("configure", objects=[inertial(position=(2 * i, 0, 2)) for i in range(6)])
        message = client.receive("error")["message"]
        assert "5" in message and "bodies" in message, message
        assert client.closed() == 1008
    for settings in [{"duration_s": 2.5}, {"timestep_ms": 4}]:
        with Client(server) as client:
            client.configure(inertial())
            client.send("start", **settings)
            assert next(iter(settings)) in client.receive("error")["message"]
            assert client.closed() == 1008
    with Client(server) as client:
        client.send("configure", objects=[inertial()], padding="x" * 5000)
        assert "4096" in client.receive("error")["message"]
        assert client.closed() == 1009
    with running(server, GROUND, *pile(4), duration_s=1.5) as (client, _):
        client.send("spawn", objects=[inertial(position=(9, 9, 9))])
        assert "5" in client.until("error", fails=False)["message"]
        frames, complete = client.frames()
        assert len(frames[-1]["states"]) == 5, "the run goes on without the body"


def tokens_and_origins_are_checked_18(server):
    with Client(server, token=None) as client:
        client.configure(inertial())
    with Client(server, token="wrong") as client:
        assert "token" in client.receive("error")["message"].lower()
        assert client.closed() == 1008
    try:
        with Client(server, origin="http://evil.example"):
            raise AssertionError("a foreign origin is accepted")
    except InvalidStatus as refused:
        assert refused.response.status_code == 403


def gravity_is_that_of_the_configuration_19(server):
    for gravity in [None, [0, 0, 0], [1, 2, -3]]:
        settings = {} if gravity is None else {"gravity": gravity}
        with running(server, inertial(position=(0, 0, 50)), duration_s=0.8, **settings) as (client, bodies):
            frames, _ = client.frames()
        time_passed = frames[-1]["simulation_time"]
        expected = [0.5 * g * time_passed**2 for g in gravity or [0, 0, -9.81]]
        found = vector(state_of(frames[-1], bodies[0])["position"])
        for axis, (value, shift) in enumerate(zip(found, expected)):
            assert_close(value - [0, 0, 50][axis], shift, 0.02 + 0.02 * abs(shift))


def there_is_no_gravity_in_angstroms_19(server):
    water = inertial("molecule:water", (1, 2, 3))
    with running(server, water, duration_s=0.5, units="Å") as (client, bodies):
        frames, _ = client.frames()
    for found, expected in zip(vector(state_of(frames[-1], bodies[0])["position"]), [1, 2, 3]):
        assert_close(found, expected, 1e-4)
    for settings in [{"units": "furlong"}, {"gravity": [0, 0]}, {"cell": [1, 1]}, {"cell": [0, 9, 9]}, {"seed": "x"}]:
        with Client(server) as client:
            client.send("configure", objects=[water], **settings)
            assert next(iter(settings)) in client.error()


def a_cell_is_periodic_19(server):
    # Falls through the lower face of the cell and comes back at the upper one, onto a cube that is fixed there.
    shelf = GROUND | {"asset_name": "cube", "position": [5, 5, 9.4]}
    objects = [shelf, inertial(position=(5, 5, 2), restitution=0), inertial(position=(1.5, 5, 2), restitution=0)]
    with running(server, *objects, duration_s=2.5, cell=[10, 10, 10]) as (client, bodies):
        frames, _ = client.frames()
    held = height_of(frames[-1], bodies[1])
    # The cube ends at −0.1 as seen from below, and the ball has a radius of 0.5.
    assert_close(held % 10, 0.4, 0.06)
    for frame in frames:
        for value in vector(state_of(frame, bodies[2])["position"]):
            assert -1e-3 <= value <= 10 + 1e-3, value
    lows = [height_of(frame, bodies[2]) for frame in frames]
    assert max(b - a for a, b in zip(lows, lows[1:])) > 9, "the other ball has passed the face"


def a_body_is_grabbed_moved_and_released_20(server):
    with running(server, GROUND, inertial(position=(0, 0, 0.5), mass=1)) as (client, bodies):
        client.frame()
        client.send("grab", body_id=bodies[1]["body_id"], point=[0, 0, 1])
        client.send("move", to=[1, 0, 4])
        for _ in range(150):
            held = state_of(client.frame(), bodies[1])["position"]
        assert abs(held["x"] - 1) < 0.6 and held["z"] > 2.5, held
        client.send("release")
        for _ in range(150):
            released = state_of(client.frame(), bodies[1])["position"]
        assert released["z"] < 2, released


def bodies_are_spawned_while_running_20(server):
    with running(server, GROUND, inertial()) as (client, bodies):
        client.frame()
        client.send("spawn", objects=[inertial("cube", (3, 0, 4), mass=3), inertial("sphere", (6, 0, 4))])
        metadata = client.until("metadata")
        added = [body for body in metadata["bodies"] if body["body_id"] not in {old["body_id"] for old in bodies}]
        assert [body["asset_name"] for body in added] == ["cube", "sphere"] and added[0]["mass"] == 3
        assert "cube" in [asset["name"] for asset in metadata["assets"]]
        while len((frame := client.frame())["states"]) != 4:
            pass
        assert_close(state_of(frame, added[0])["position"]["x"], 3, 0.1)


def a_command_that_fails_is_answered_and_the_run_goes_on_20(server):
    with running(server, GROUND, inertial()) as (client, bodies):
        client.frame()
        for command in [
            {"type": "grab", "body_id": 999999, "point": [0, 0, 0]},
            {"type": "grab", "body_id": bodies[0]["body_id"], "point": [0, 0, 0]},
            {"type": "grab", "body_id": bodies[1]["body_id"], "point": [0, 0]},
            {"type": "move"},
            {"type": "spawn", "objects": [inertial("unobtainium")]},
            {"type": "spawn", "objects": [inertial(), inertial(mass=-1)]},
        ]:
            client.socket.send(json.dumps(command))
            assert client.until("error", fails=False)["message"]
            client.until("frame")
        assert len(client.frame()["states"]) == 2, "of a spawn that fails nothing is added"


def a_slow_reader_gets_the_newest_frame_21(server):
    slow = {"max_queue": 1, "compression": None}
    with running(server, GROUND, *pile(500), timestep_ms=10, options=slow) as (client, _):
        client.frame()
        time.sleep(6)
        ids, times, begin = [], [], time.monotonic()
        while time.monotonic() - begin < 3:
            frame = client.frame()
            ids.append(frame["frame_id"])
            times.append(frame["simulation_time"])
    assert ids == sorted(set(ids)), "frames stay in order"
    assert max(b - a for a, b in zip(ids, ids[1:])) > 20, "frames were left out"
    assert times[-1] > 4, times[-1]


def every_frame_is_kept_for_a_bounded_time_21(server):
    with running(server, GROUND, inertial(), query="every_frame=true", duration_s=1.0, timestep_ms=10) as (client, _):
        time.sleep(0.7)
        frames, _ = client.frames()
        assert [frame["frame_id"] for frame in frames] == list(range(101))
    slow = {"max_queue": 1, "compression": None}
    objects = [GROUND, *pile(500)]
    with running(server, *objects, query="every_frame=true", timestep_ms=5, options=slow) as (client, _):
        time.sleep(15)
        assert client.closed() == 1013


def read_structure(text):
    """Edges of the cubic cell (Å), symbols and positions of an extended XYZ file."""
    lines = text.splitlines()
    count, comment = int(lines[0]), lines[1]
    lattice = [float(number) for number in comment.split('Lattice="')[1].split('"')[0].split()]
    atoms = [line.split() for line in lines[2 : 2 + count]]
    return lattice[::4], [atom[0] for atom in atoms], [[float(x) for x in atom[1:4]] for atom in atoms]


def distance(one, other, edges):
    """Distance of the nearest periodic images."""
    shift = [a - b - edge * round((a - b) / edge) for a, b, edge in zip(one, other, edges)]
    return math.hypot(*shift)


def molecules_are_packed_22(server):
    molecules, structures = [{"name": "water", "number": 20}, {"name": "methane", "number": 4}], []
    for _ in range(2):
        with Client(server) as client:
            client.send("pack", molecules=molecules, density=0.8, distance=2.0, seed=3)
            packing, frames = client.receive("packing"), []
            while (message := json.loads(client.socket.recv(timeout=60)))["type"] == "frame":
                frames.append(message["data"])
            assert message["type"] == "complete", message
            assert client.closed() == 1000
        assert sorted(packing["numbers"]) == [1] * 56 + [6] * 4 + [8] * 20 and len(packing["cell"]) == 3
        assert frames and [frame["frame_id"] for frame in frames] == sorted({frame["frame_id"] for frame in frames})
        assert all(len(frame["positions"]) == 3 * 80 for frame in frames)
        structures.append(message["structure"])
    assert structures[0] == structures[1], "the same seed makes the same structure"
    edges, symbols, positions = read_structure(structures[0])
    volume = edges[0] * edges[1] * edges[2]
    mass = 20 * 18.015 + 4 * 16.043
    assert_close(mass / volume * 1.66053907, 0.8, 0.008)
    # The atoms of a molecule follow each other: 3 of each water, then 5 of each methane.
    molecule = [i // 3 if i < 60 else 20 + (i - 60) // 5 for i in range(80)]
    assert (symbols.count("O"), symbols.count("C"), symbols.count("H")) == (20, 4, 56)
    for i in range(80):
        for j in range(i):
            if molecule[i] != molecule[j]:
                assert distance(positions[i], positions[j], edges) > 1.99, (i, j)


def a_wrong_packing_is_an_error_22(server):
    water = [{"name": "water", "number": 5}]
    for wrong in [
        {"molecules": [], "density": 1.0},
        {"molecules": [{"name": "unobtainium", "number": 1}], "density": 1.0},
        {"molecules": [{"name": "water", "number": 0}], "density": 1.0},
        {"molecules": water, "density": 0},
        {"molecules": water, "density": "x"},
        {"molecules": water},
    ]:
        with Client(server) as client:
            client.send("pack", **wrong)
            assert client.error()
    with Client(server) as client:
        client.send("pack", molecules=[{"name": "water", "number": 800}], density=1.1)
        client.receive("packing")
        client.send("stop")
        client.until("complete")
        assert client.closed() == 1000


LIMITS = ["--live-bodies", "5", "--live-duration", "2", "--live-min-timestep", "5", "--live-message-bytes", "4096"]
CHECKS = [
    (assets_have_names_and_identifiers_that_stay_1, []),
    (the_page_and_the_health_are_served_2, []),
    (bodies_have_defaults_3, []),
    (orientations_are_pitch_roll_and_yaw_in_radians_3, []),
    (the_first_message_configures_4, []),
    (an_unknown_asset_is_an_error_5, []),
    (a_wrong_field_is_an_error_with_its_name_6, []),
    (the_metadata_have_bodies_in_order_and_assets_once_7, []),
    (a_start_has_defaults_and_a_positive_timestep_8, []),
    (a_stop_before_the_start_completes_9, []),
    (frames_are_at_all_times_to_the_end_10, []),
    (a_frame_has_all_fields_10, []),
    (a_ball_bounces_to_the_square_of_its_restitution_3_10, []),
    (bodies_of_the_environment_are_in_the_states_and_rest_11, []),
    (frames_come_in_real_time_12, []),
    (a_stop_ends_a_run_13, []),
    (a_disconnect_frees_the_engine_14_18, ["--live-connections", "2"]),
    (an_engine_does_not_block_others_15, []),
    (an_engine_ends_with_its_connection_14, []),
    (nothing_is_kept_across_connections_16_19, []),
    (the_page_has_all_controls_17, []),
    (a_limit_that_is_exceeded_is_named_18, LIMITS),
    (tokens_and_origins_are_checked_18, []),
    (gravity_is_that_of_the_configuration_19, []),
    (there_is_no_gravity_in_angstroms_19, []),
    (a_cell_is_periodic_19, []),
    (a_body_is_grabbed_moved_and_released_20, []),
    (bodies_are_spawned_while_running_20, []),
    (a_command_that_fails_is_answered_and_the_run_goes_on_20, []),
    (a_slow_reader_gets_the_newest_frame_21, []),
    (every_frame_is_kept_for_a_bounded_time_21, []),
    (molecules_are_packed_22, []),
    (a_wrong_packing_is_an_error_22, []),
]
LONG = [(thirty_seconds_take_thirty_seconds_10_12, [])]

if __name__ == "__main__":
    binary, *words = sys.argv[1:]
    is_long = "--long" in words
    words = [word for word in words if word != "--long"]
    for check, options in CHECKS + (LONG if is_long else []):
        name = check.__name__.replace("_", " ")
        if words and not any(word in name for word in words):
            continue
        with Server(binary, *options) as running_server:
            check(running_server)
        print("ok:", name, flush=True)
