"""Checks of frames, their pace and the end of a run: statements 10 to 16."""

import json
import math
import time

from .bodies import GROUND, assert_close, height_of, inertial, pile, state_of, vector
from .connection import Client, cpu_time, running


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


def an_engine_ends_with_its_connection_14(server):
    for cuts in [False, True]:
        begin = cpu_time(server)
        with running(server, GROUND, *pile(1200), timestep_ms=10) as (client, _):
            for _ in range(60):
                client.frame()
            worked = cpu_time(server) - begin
            if cuts:
                client.socket.socket.shutdown(2)
        assert worked > 0.1, "the run needs CPU time"
        time.sleep(0.5)
        begin = cpu_time(server)
        time.sleep(1)
        assert cpu_time(server) - begin < 0.1, "it still runs"


def nothing_is_kept_across_connections_16_19(server):
    def run(seed):
        with running(server, GROUND, *pile(8), duration_s=0.5, timestep_ms=10, seed=seed) as (client, bodies):
            return bodies, [frame["states"] for frame in client.frames()[0]]

    first = run(1)
    with running(server, inertial("large_cube")) as (client, _):
        client.frame()
    assert run(1) == first, "the same configuration makes the same frames"
