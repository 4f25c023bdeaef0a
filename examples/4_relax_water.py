"""Relaxes water on a server and prints each step.

    mlipview serve &
    pip install websockets protobuf
    python examples/4_relax_water.py [ws://127.0.0.1:8000/ws]
"""

import sys
from urllib.request import urlopen

from google.protobuf import descriptor_pb2, message_factory
from websockets.sync.client import connect

address = sys.argv[1] if len(sys.argv) > 1 else "ws://127.0.0.1:8000/ws"
# The server provides the schema, so that session.proto need not be compiled.
schema = urlopen("http" + address.removeprefix("ws").removesuffix("ws") + "session.binpb").read()
types = message_factory.GetMessages(descriptor_pb2.FileDescriptorSet.FromString(schema).file)
Action, Result = types["fairchem.session.ClientAction"], types["fairchem.session.ServerResult"]

hello = Action(seq=1)
water = hello.user_interaction
water.full_update, water.natoms = True, 3
water.atomic_numbers.indices.extend([0, 1, 2])
water.atomic_numbers.values.extend([8, 1, 1])
water.positions.indices.extend([0, 1, 2])
water.positions.coords.extend([0, 0, 0, 1.1, 0, 0, -0.3, 1.0, 0])  # Å
relax = {"simulation_type": "RELAX", "simulation_params": {"fmax": 0.01}, "stop_when_converged": True}
start = Action(seq=2, start=relax)

with connect(address) as socket:
    socket.send(hello.SerializeToString())
    socket.send(start.SerializeToString())
    for seq, message in enumerate(socket, start=3):
        result = Result.FromString(message)
        # The server pauses after ten messages without acknowledgement.
        socket.send(Action(seq=seq, ack=result.seq).SerializeToString())
        if result.HasField("frame"):
            print(f"step {result.frame.step:3}: {result.frame.energy:.6f} eV ({result.frame.model})")
        else:
            print(result.notice.message)
        if result.notice.simulation_stopped:
            break
