"""Dynamics of crystals with the program: `stability.py --program mlipview [--parameters FILE] [--results FILE] [--jobs N]`.

Whether crystals keep their sites in 100 ps at 300 K and 1000 K (largest root mean square displacement of an atom over the last
tenth, in distances of nearest neighbors), the drift of the total energy without a thermostat, and melting at
constant pressure. Results are kept until the parameters change.
"""

import argparse
import pathlib
import tempfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from ase.io import read, write
from ase.neighborlist import neighbor_list

import crystals
from program import Program, Results

PICOSECONDS, DRIFT_PICOSECONDS, MELTING_PICOSECONDS = 100.0, 10.0, 10.0
STEP, DRIFT_STEP = 2.0, 1.0  # fs
MELTED = 0.3  # displacement, nearest neighbor distances: three times Lindemann's
ATOMS = 8  # at least, of a cell
SEED = 1
# Crystals that neither melt nor decompose below 1000 K, and others.
HOT = ("Si", "NaCl", "TiO2 (rutile)", "Cu", "C", "MgO", "SrTiO3", "Al2O3", "LiF", "W", "GaAs", "SiO2 (quartz)", "SiC")
MILD = ("LiFePO4",)
# Crystal: (repetitions of the conventional cell, measured melting temperature, K: CRC Handbook of Chemistry and Physics).
MELTING = {"NaCl": (2, 1074), "Cu": (3, 1358)}


def supercell(name, atoms=ATOMS):
    """A crystal in a cell of at least some atoms and about cubic shape."""
    found = crystals.primitive(name) if len(crystals.conventional(name)) > 2 * atoms else crystals.conventional(name)
    while len(found) < atoms:
        shortest = int(np.argmin(found.cell.lengths()))
        found = found.repeat([2 if axis == shortest else 1 for axis in range(3)])
    return found


def run(program, atoms, picoseconds, *options, step=STEP, frames=200):
    """A run of dynamics: frames, and rows of the report."""
    steps = round(1e3 * picoseconds / step)
    with tempfile.TemporaryDirectory() as folder:
        start, end = pathlib.Path(folder, "start.extxyz"), pathlib.Path(folder, "run.xyz")
        write(start, atoms)
        rows = program.lines("md", start, "--steps", steps, "--timestep", step, "--every", steps // frames, "--seed", SEED, *options, "-o", end)
        return read(end, ":"), [row for row in rows if "total_energy" in row]


def nearest(atoms):
    """The distance of nearest neighbors, Å, images included."""
    return float(neighbor_list("d", atoms, 5.0).min())


def displacements(frames):
    """Mean square displacement of each atom from the first frame, [frames, atoms], Å^2, of fractional positions in the last cell."""
    cell = frames[-1].cell
    fractional = np.array([frame.cell.scaled_positions(frame.positions) for frame in frames])
    moved = np.array([cell.cartesian_positions(x) for x in fractional - fractional[0]])
    return ((moved - moved.mean(1, keepdims=True)) ** 2).sum(-1)


def dynamics(program, name, temperature):
    """Displacement, nearest neighbor distances, in the last tenth of 100 ps, from the relaxed crystal; mean temperature, K."""
    atoms, _ = program.relaxed(supercell(name), cell=True)
    frames, rows = run(program, atoms, PICOSECONDS, "--temperature", temperature, "--friction", 5)
    moved = displacements(frames)[-len(frames) // 10 :].mean(0).max() ** 0.5 / nearest(atoms)
    return {"displacement": float(moved), "temperature": float(np.mean([row["temperature"] for row in rows[20:]]))}


def drift(program, name):
    """Drift of the total energy, meV/atom/ps, from 300 K without a thermostat."""
    atoms, _ = program.relaxed(supercell(name), cell=True)
    warm, _ = run(program, atoms, 1.0, "--temperature", 300, frames=1)
    _, rows = run(program, warm[-1], DRIFT_PICOSECONDS, "--thermostat", "none", step=DRIFT_STEP)
    energies = [1e3 * row["total_energy"] / len(atoms) for row in rows]
    return {"drift": float(np.polyfit([row["time"] / 1e3 for row in rows], energies, 1)[0])}


def melting(program, name, temperature):
    """Root mean square displacement, nearest neighbor distances, and its growth over the last half; volume of an atom, Å^3."""
    repetitions, _ = MELTING[name]
    atoms, _ = program.relaxed(crystals.conventional(name).repeat(repetitions), cell=True)
    frames, rows = run(program, atoms, MELTING_PICOSECONDS, "--temperature", temperature, "--thermostat", "bussi", "--barostat", "isotropic")
    moved, tenth = displacements(frames).mean(1), len(frames) // 10
    half, end = (moved[k : k + tenth].mean() for k in (len(frames) // 2 - tenth, len(frames) - tenth))
    return {
        "atoms": len(atoms), "displacement": float(end**0.5 / nearest(atoms)), "growth": float(end / half),
        "volume": float(np.mean([row["volume"] for row in rows[-tenth:]]) / len(atoms)), "start": atoms.get_volume() / len(atoms),
        "temperature": float(np.mean([row["temperature"] for row in rows[-5 * tenth :]])),
    }  # fmt: skip


def tasks():
    """All runs, hard ones first: {name: (function, arguments)}."""
    found = {}
    for name, (_, melts) in MELTING.items():
        for temperature in (round(0.7 * melts), round(1.5 * melts)):
            found[f"{name} melting {temperature}"] = (melting, name, temperature)
    found |= {f"{name} 1000": (dynamics, name, 1000) for name in HOT}
    found |= {f"{name} drift": (drift, name) for name in HOT + MILD}
    found |= {f"{name} 300": (dynamics, name, 300) for name in HOT + MILD}
    return found


def table(found):
    """The tables of the model card, of the results so far."""
    lines = ["| crystal | atoms | 300 K | 1000 K | drift |", "|---|--:|--:|--:|--:|"]
    for name in HOT + MILD:
        shown = []
        for temperature in (300, 1000):
            moved = found.get(f"{name} {temperature}", {}).get("displacement")
            shown.append("–" if moved is None else f"**{moved:.2f}**" if moved > MELTED else f"{moved:.2f}")
        drifts = found.get(f"{name} drift")
        shown.append(f"{abs(drifts['drift']):.2f}" if drifts else "–")
        lines.append(f"| {name} | {len(supercell(name))} | {' | '.join(shown)} |")
    lines += ["", "| crystal | atoms | temperature, K | of melting | displacement | growth | volume, % |", "|---|--:|--:|--:|--:|--:|--:|"]
    for name, (_, melts) in MELTING.items():
        for temperature in (round(0.7 * melts), round(1.5 * melts)):
            row = found.get(f"{name} melting {temperature}")
            if row is None:
                continue
            swollen = 100 * (row["volume"] / row["start"] - 1)
            lines.append(f"| {name} | {row['atoms']} | {temperature} | {temperature / melts:.1f} | {row['displacement']:.2f} | {row['growth']:.1f} | {swollen:+.0f} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--parameters", help="a file of export.py [default: those of the program]")
    parser.add_argument("--results", default="work/stability.json")
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time")
    parser.add_argument("--table", action="store_true", help="only print the results so far")
    options = parser.parse_args()
    program = Program(options.program, options.parameters)
    results = Results(options.results, program.stamp())
    if options.table:
        print(table(results.found))
        return
    with ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(lambda item: results.once(item[0], lambda: item[1][0](program, *item[1][1:])), tasks().items()))
    print(table(results.found))


if __name__ == "__main__":
    main()
