"""Checks of assets, the configuration and the start of a run: statements 1 to 9."""

import json
import math

from .bodies import GROUND, assert_close, inertial, state_of
from .connection import Client, running


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
