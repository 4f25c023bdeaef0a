"""Makes the messages and conversations in this folder, from which the fuzzers of `fuzz` start.

Needs protobuf from PyPI and the descriptors that a server hands out:
    mlipview serve &  curl -O http://127.0.0.1:8000/session.binpb;  python make.py session.binpb
"""

import sys
from pathlib import Path

from google.protobuf import descriptor_pb2, message_factory

here = Path(__file__).parent
files = descriptor_pb2.FileDescriptorSet.FromString(Path(sys.argv[1]).read_bytes())
messages = message_factory.GetMessages(files.file)
Action = messages["fairchem.session.ClientAction"]
Interaction = messages["fairchem.session.UserInteractionSparse"]


def whole(*atoms):
    change = Interaction(natoms=len(atoms), full_update=True)
    for index, (number, *place) in enumerate(atoms):
        change.atomic_numbers.indices.append(index)
        change.atomic_numbers.values.append(number)
        change.positions.indices.append(index)
        change.positions.coords.extend(place)
    return change


def moved(atom, *place):
    change = Interaction(full_update=False)
    change.positions.indices.append(atom)
    change.positions.coords.extend(place)
    return change


argon = whole((18, 0, 0, 0), (18, 3.8, 0, 0), (18, 0, 3.8, 0))
boxed = moved(0, 0.1, 0, 0)
boxed.cell.m.extend([9, 0, 0, 0, 9, 0, 0, 0, 9])
boxed.pbc.extend([True, True, False])
boxed.charge, boxed.multiplicity = 1, 2
boxed.velocities.indices.append(1)
boxed.velocities.coords.extend([0.01, 0, 0])
relax = {"simulation_type": 1, "simulation_params": {"max_step": 0.2, "optimizer": "fire"}}
warm = {"simulation_params": {"temperature": 90, "timestep_fs": 2, "friction": 0.02}}
pose = {"position": [1, 2, 3], "orientation": [0, 0, 0, 1]}
said = {
    "whole": Action(user_interaction=argon, user_interaction_count=1),
    "moved": Action(user_interaction=moved(1, 4, 0, 0), user_interaction_count=2, sim_step=3),
    "boxed": Action(user_interaction=boxed),
    "dynamics": Action(start=warm),
    "relaxation": Action(start=relax, ack=3),
    "stop": Action(stop={}),
    "acknowledge": Action(ack=9),
    "attach": Action(attach={"format": 2, "bonds": True, "forces": True, "max_rate": 20, "name": "Ada"}),
    "grab": Action(grab={"hand": 1, "atoms": [0, 1], "spring": {"stiffness": 1}}),
    "move": Action(move={"hand": 1, "x": 1, "y": 2, "z": 3}),
    "release": Action(release={"hand": 1}),
    "presence": Action(presence={"head": pose, "hands": [pose]}),
    "admit": Action(admit={"person": 2, "role": 1}),
    "room": Action(create_room={"name": "second"}),
    "undo": Action(undo={}),
    "redo": Action(redo={}),
    "steps": Action(start={"simulation_type": 1, "steps": 20, "stop_when_converged": True}),
    # With `Ping ping = 13` of the original's early schema.
    "ping": Action.FromString(b"\x10\x09\x6a\x00"),
}
conversations = {
    "drag": ["whole", "dynamics", "moved", "moved", "acknowledge", "stop"],
    "hands": ["whole", "attach", "grab", "move", "relaxation", "move", "release", "undo", "redo"],
    "cells": ["whole", "boxed", "dynamics", "boxed", "whole", "relaxation", "acknowledge", "boxed"],
    "people": ["presence", "admit", "room", "attach", "presence", "stop"],
}
for seq, (name, action) in enumerate(said.items(), 1):
    action.seq = seq
    (here / f"{name}.bin").write_bytes(action.SerializeToString(deterministic=True))
for name, turns in conversations.items():
    parts = [action.SerializeToString(deterministic=True) for action in map(said.get, turns)]
    framed = b"".join(bytes([0xC5, len(part)]) + part for part in parts)
    (here / f"{name}.talk").write_bytes(framed)
