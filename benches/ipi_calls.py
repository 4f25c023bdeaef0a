"""Benchmark: calls per second through i-PI sockets, mlipview as server beside ASE's SocketIOCalculator, one run.

    pip install numpy ase
    cargo build --release --locked
    python benches/ipi_calls.py

The driver is the same for both: `mlipview drive` with a Lennard-Jones potential, for 10, 100 and 1 000 atoms of argon,
over UNIX sockets and TCP. The calls per second are those that the driver reports, while mlipview takes MD steps and ASE
evaluates rattled positions; the median of interleaved rounds. ASE's sockets over TCP wait for acknowledgments. The time of the potential itself is in both.
The environment variable MLIPVIEW names the program.
"""

import os
import re
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from ase import Atoms
from ase.calculators.socketio import SocketIOCalculator
from ase.io import write

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("MLIPVIEW", str(ROOT / "target/release/mlipview"))
ROUNDS = 3
PORT = 42000 + os.getpid() % 10000
ARGON = "lj:sigma=3.4,epsilon=0.0104"


def argon(count):
    """Argon on a lattice."""
    edge = int(np.ceil(count ** (1 / 3)))
    places = np.array([(x, y, z) for x in range(edge) for y in range(edge) for z in range(edge)], float)
    atoms = Atoms(f"Ar{count}", positions=3.9 * places[:count])
    atoms.rattle(0.05, seed=3)
    return atoms


def driver(path, address):
    words = [PROGRAM, "drive", str(path), "--to", address, "--potential", ARGON]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def rate(process):
    """Calls per second that a driver reports at its end."""
    out, err = process.communicate(timeout=120)
    found = re.search(r"([\d.]+) per second", err)
    assert found, (process.returncode, out, err)
    return float(found[1])


def ours(path, address, calls):
    words = [PROGRAM, "md", str(path), "--potential", f'ipi:listen={address}', "--steps", str(calls), "--timestep", "1"]
    words += ["--temperature", "10", "--every", str(calls), "--thermostat", "none", "-o", str(path.with_suffix(".out.xyz"))]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    client = None
    for _ in range(500):
        time.sleep(0.02)
        client = driver(path, address)
        try:
            client.wait(0.1)
        except subprocess.TimeoutExpired:
            break
    found = rate(client)
    out, err = server.communicate(timeout=120)
    assert server.returncode == 0, (out, err)
    return found


def ases(path, address, atoms, calls):
    kind = {"unixsocket": address.removeprefix("unix:")} if address.startswith("unix:") else {"port": PORT}
    start = atoms.positions.copy()
    step = np.random.default_rng(1).normal(0, 1e-3, start.shape)
    with SocketIOCalculator(timeout=60, **kind) as calculator:
        client = driver(path, address)
        atoms.calc = calculator
        for call in range(calls):
            atoms.positions = start + (call % 7) * step
            atoms.get_forces()
    return rate(client)


def main():
    print("| atoms | socket | mlipview, calls/s | ASE, calls/s | ratio |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for count, calls in ((10, 4000), (100, 3000), (1000, 600)):
            atoms = argon(count)
            path = Path(folder) / f"argon{count}.xyz"
            write(path, atoms, format="extxyz")
            for kind, address in (("UNIX", f"unix:bench-{os.getpid()}"), ("TCP", f"127.0.0.1:{PORT}")):
                # ASE's TCP sockets delay small messages (Nagle's algorithm), by 40 ms and more.
                fewer = calls if kind == "UNIX" else 60
                rounds = [(ours(path, address, calls), ases(path, address, atoms.copy(), fewer)) for _ in range(ROUNDS)]
                one, other = (statistics.median(rates) for rates in zip(*rounds))
                ratios = sorted(a / b for a, b in rounds)
                print(f"| {count} | {kind} | {one:.0f} | {other:.0f} | {one / other:.1f} ({ratios[0]:.1f}–{ratios[-1]:.1f}) |", flush=True)


if __name__ == "__main__":
    main()
