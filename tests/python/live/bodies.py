"""Objects for a run of rigid bodies, and what a frame has of them."""

import math

GROUND = {"asset_name": "ground", "position": [0, 0, 0], "orientation": [0, 0, 0], "object_type": "environment"}


def inertial(asset="sphere", position=(0, 0, 2), **more):
    body = {"asset_name": asset, "position": list(position), "orientation": [0, 0, 0], "object_type": "inertial"}
    return body | more


def pile(count):
    side = math.ceil(count ** (1 / 3))
    places = [(x, y, z) for z in range(side) for y in range(side) for x in range(side)][:count]
    return [inertial("cube", (1.2 * x, 1.2 * y, 1 + 1.2 * z)) for x, y, z in places]


def vector(named):
    return [named[axis] for axis in "xyz"]


def state_of(frame, body):
    return next(state for state in frame["states"] if state["body_id"] == body["body_id"])


def height_of(frame, body):
    return state_of(frame, body)["position"]["z"]


def assert_close(found, expected, tolerance):
    assert abs(found - expected) <= tolerance, f"{found} is not {expected} within {tolerance}"
