"""Checks of the page, limits, settings and commands of a run: statements 17 to 21."""

import json
import time

from websockets.exceptions import InvalidStatus

from .bodies import GROUND, assert_close, height_of, inertial, pile, state_of, vector
from .connection import Client, running


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
