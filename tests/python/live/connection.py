"""Server and connection of live rigid bodies for the checks: `mlipview serve`, and a client of its endpoint."""

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

DRIVER = "a-token-for-drivers"


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


def cpu_time(server):
    """CPU time of the server so far, s (Linux)."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
