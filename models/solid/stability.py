"""Dynamics of crystals with the program: `python stability.py --program mlipview [--parameters FILE] --folder DIR`.

Prints the table of the model card: whether crystals keep their sites in 100 ps at 300 K and 1000 K (largest root mean square
displacement of an atom over the last tenth, relative to the distance of nearest neighbors), and the drift of the total energy
without a thermostat. Results are cached in DIR.
"""

import argparse
import json
import os
import pathlib
import subprocess

import numpy as np
from ase.io import iread, write

import crystals

PICOSECONDS, DRIFT_PICOSECONDS = 100.0, 10.0
STEP = 2.0  # fs
MELTED = 0.3  # displacement, nearest neighbor distances: three times Lindemann's
SEED = 1
# Crystals whose melting or decomposition lies above 1000 K.
HOT = ("C", "Si", "MgO", "NaCl", "Cu", "Fe", "W", "SiC", "TiO2", "SiO2", "SrTiO3")
MILD = ("Al", "Li", "LiFePO4", "graphite", "CsCl", "GaAs")


def supercell(name):
    """A crystal in a cell of at least 16 atoms and about cubic shape."""
    atoms = crystals.cubic(name) if name in crystals.CUBIC else crystals.others()[name]
    while len(atoms) < 16:
        shortest = int(np.argmin(atoms.cell.lengths()))
        atoms = atoms.repeat([2 if axis == shortest else 1 for axis in range(3)])
    return atoms


class Program:
    """mlipview on one thread, with results kept in a folder."""

    def __init__(self, path, parameters, folder):
        self.path, self.folder = pathlib.Path(path).resolve(), pathlib.Path(folder)
        self.potential = "solid" + (f":file={pathlib.Path(parameters).resolve()}" if parameters else "")
        self.folder.mkdir(parents=True, exist_ok=True)

    def lines(self, *arguments):
        """The lines of a command as JSON."""
        command = [self.path, *map(str, arguments), "--potential", self.potential, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env={"RAYON_NUM_THREADS": "1", **os.environ})
        if done.returncode not in (0, 3):
            raise SystemExit(done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def once(self, name, compute):
        """The result of a name, computed if it is not in the folder."""
        path = self.folder / f"{name}.json"
        if not path.exists():
            path.write_text(json.dumps(compute()))
        return json.loads(path.read_text())

    def relaxed(self, name):
        """A crystal in the cell that the potential prefers."""
        start, end = self.folder / f"{name}.start.extxyz", self.folder / f"{name}.extxyz"
        if not end.exists():
            write(start, supercell(name))
            self.lines("relax", start, "--cell", "--steps", 300, "--fmax", 0.02, "-o", end)
        return end


def displacement(trajectory):
    """Largest root mean square displacement from the mean site over the last tenth, in nearest neighbor distances."""
    frames = list(iread(trajectory))
    start = frames[0]
    distances = start.get_all_distances(mic=True) + np.diag(np.full(len(start), np.inf))
    nearest = min(distances.min(), start.cell.lengths().min())
    tail = np.array([frame.positions - frame.positions.mean(0) for frame in frames[-len(frames) // 10 :]])
    sites = start.positions - start.positions.mean(0)
    return float(np.sqrt(((tail - sites) ** 2).sum(-1).mean(0)).max() / nearest)


def dynamics(program, name, temperature):
    """Displacement after 100 ps at a temperature, K, and the mean temperature."""

    def compute():
        path = program.folder / f"{name}-{temperature}.xyz"
        steps = round(1e3 * PICOSECONDS / STEP)
        rows = program.lines("md", program.relaxed(name), "--steps", steps, "--timestep", STEP, "--temperature", temperature,
                             "--friction", 5, "--every", steps // 200, "--seed", SEED, "-o", path)  # fmt: skip
        temperatures = [row["temperature"] for row in rows if "temperature" in row]
        moved = displacement(path)
        path.unlink()
        return {"displacement": moved, "temperature": float(np.mean(temperatures[20:]))}

    return program.once(f"{name}-{temperature}", compute)


def drift(program, name):
    """Drift of the total energy, meV/atom/ps, from 300 K without a thermostat."""

    def compute():
        path = program.folder / f"{name}-warm.xyz"
        program.lines("md", program.relaxed(name), "--steps", 500, "--timestep", STEP, "--every", 500, "--seed", SEED, "-o", path)
        steps = round(1e3 * DRIFT_PICOSECONDS / 1.0)
        rows = program.lines("md", path, "--thermostat", "none", "--steps", steps, "--timestep", 1, "--every", 20)
        path.unlink()
        rows = [row for row in rows if "total_energy" in row]
        atoms = len(supercell(name))
        slope = np.polyfit([row["time"] / 1e3 for row in rows], [1e3 * row["total_energy"] / atoms for row in rows], 1)[0]
        return {"drift": float(slope)}

    return program.once(f"{name}-drift", compute)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--parameters", help="a file of export.py [default: those of the program]")
    parser.add_argument("--folder", default="work/stability")
    options = parser.parse_args()
    program = Program(options.program, options.parameters, options.folder)
    print("| crystal | atoms | 300 K | 1000 K | drift, meV/atom/ps |\n|---|--:|--:|--:|--:|")
    for name in HOT + MILD:
        shown = []
        for temperature in (300, 1000) if name in HOT else (300,):
            moved = dynamics(program, name, temperature)["displacement"]
            shown.append(f"{moved:.2f}" + (" (sites lost)" if moved > MELTED else ""))
        print(f"| {name} | {len(supercell(name))} | {' | '.join(shown + ['–'] * (2 - len(shown)))} | {drift(program, name)['drift']:+.2f} |", flush=True)


if __name__ == "__main__":
    main()
