"""Long-time stability tests: `python behave.py --program mlipview --folder DIR`.

Prints the tables of the model card: 300 K dynamics of every built-in molecule that the program takes nano for, and
whether a bond of it breaks; how far the energy drifts where it should be constant; what becomes of molecules put into
each other. What is done is kept in DIR, one folder for each build of the program, and not done again.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time

import numpy as np
from ase.data import chemical_symbols, covalent_radii

FEMTOSECONDS = 1.0  # per step
# A pair of atoms as a multiple of its summed covalent radii: sharing a bond at first, and no longer or newly so beyond
# doubt, so that no vibration counts.
BONDED, BROKEN, MADE = 1.25, 1.5, 1.15
OVERLAPPING = ["water", "methane", "ammonia", "ethanol", "benzene", "imidazole", "azomethane", "formic-acid-dimer", "cyclohexane"]
NEAREST = 0.7  # Two atoms nearer than this multiple have fallen into a hole of the potential.
RADII = dict(zip(chemical_symbols, covalent_radii))


class Work:
    """What has been done out of what there is, in steps of an atom, and how long the rest will take."""

    def __init__(self, total):
        self.total, self.done, self.start = total, 0, time.time()

    def advance(self, amount, what):
        self.done += amount
        spent = time.time() - self.start
        left = spent * (self.total / max(self.done, 1) - 1)
        print(f"\r{what:50s} {100 * self.done / self.total:5.1f} %, {left / 60:6.1f} min left", end="", file=sys.stderr, flush=True)


class Program:
    """The program, with its results kept in a folder of their own."""

    def __init__(self, path, folder):
        self.path = str(pathlib.Path(path).resolve())
        digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:12]
        self.folder = pathlib.Path(folder) / digest
        self.folder.mkdir(parents=True, exist_ok=True)

    def lines(self, *arguments):
        """JSON by JSON; then, for a failure (1), what it said."""
        command = [self.path, *map(str, arguments), "--json"]
        environment = {"RAYON_NUM_THREADS": "1", **os.environ}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder, env=environment) as process:
            for line in process.stdout:
                yield json.loads(line)
            said = process.stderr.read().strip()
        if process.returncode not in (0, 3):
            yield {"failure": said}

    def known(self, name):
        path = self.folder / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else None

    def keep(self, name, result):
        (self.folder / f"{name}.json").write_text(json.dumps(result) + "\n")
        return result


def frames(path):
    """Symbols and positions (Å) of each frame of an extended XYZ file."""
    with open(path) as file:
        while count := file.readline():
            file.readline()
            rows = [file.readline().split() for _ in range(int(count))]
            yield [row[0] for row in rows], np.array([row[1:4] for row in rows], float)


def ratios(symbols, positions):
    """Distances as multiples of the summed covalent radii; an atom is far from itself."""
    radii = np.array([RADII[symbol] for symbol in symbols])
    distances = np.linalg.norm(positions[:, None] - positions, axis=-1)
    return distances / (radii[:, None] + radii) + np.diag(np.full(len(radii), np.inf))


def molecules(program):
    """Key and number of atoms of the built-in molecules that the program takes nano for."""
    known = program.known("molecules")
    if known is None:
        known = []
        for entry in program.lines("library"):
            for found in program.lines("energy", f"library:{entry['key']}"):
                free = not any(next(program.lines("info", f"library:{entry['key']}"))["pbc"])
                if found.get("potential") == "nano" and free:
                    known.append((entry["key"], found["n_atoms"]))
        program.keep("molecules", known)
    return known


def bonds(trajectory, picoseconds):
    """Which bonds are broken and made at the end, when one first was, and how long one became that held."""
    start, first, stretch = None, None, 0.0
    for frame, (symbols, positions) in enumerate(frames(trajectory)):
        ratio = ratios(symbols, positions)
        if start is None:
            start = shared = ratio < BONDED
        shared = np.where(shared, ratio < BROKEN, ratio < MADE)
        stretch = max(stretch, ratio[start & shared].max(initial=0.0))
        if first is None and (shared != start).any():
            first = frame * picoseconds
    broken, made = (int(change.sum()) // 2 for change in (start & ~shared, ~start & shared))
    return {"broken": broken, "made": made, "first": first, "stretch": float(stretch)}


def warm(program, key, atoms, picoseconds, work):
    """Dynamics at 300 K, and what they do to the bonds."""
    name = f"warm-{key}-{picoseconds:g}ps"
    steps, every = round(1e3 * picoseconds / FEMTOSECONDS), 100
    if (known := program.known(name)) is not None:
        work.advance(atoms * steps, name)
        return known
    trajectory, temperatures, failure = program.folder / f"{name}.xyz", [], None
    trajectory.unlink(missing_ok=True)
    for line in program.lines("md", f"library:{key}", "--steps", steps, "--timestep", FEMTOSECONDS, "--every", every, "-o", trajectory):
        failure = line.get("failure", failure)
        if "outcome" not in line and "temperature" in line:
            temperatures.append(line["temperature"])
            work.advance(atoms * every * (len(temperatures) > 1), name)
    result = {"key": key, "atoms": atoms, "picoseconds": picoseconds, "temperature": float(np.mean(temperatures)), "failure": failure}
    result |= bonds(trajectory, every * FEMTOSECONDS / 1e3)
    trajectory.unlink()
    return program.keep(name, result)


def drift(program, key, atoms, picoseconds, work):
    """How the energy of dynamics without a thermostat changes, meV per atom and ps, after 1 ps with one."""
    name = f"drift-{key}-{picoseconds:g}ps"
    steps, every = round(1e3 * picoseconds / FEMTOSECONDS), 10
    if (known := program.known(name)) is not None:
        work.advance(atoms * (steps + 1000), name)
        return known
    start, rows = program.folder / f"{name}.xyz", []
    start.unlink(missing_ok=True)
    collections.deque(program.lines("md", f"library:{key}", "--steps", round(1e3 / FEMTOSECONDS), "--timestep", FEMTOSECONDS, "--every", 1000, "-o", start), 0)
    work.advance(atoms * 1000, name)
    for line in program.lines("md", start, "--thermostat", "none", "--steps", steps, "--timestep", FEMTOSECONDS, "--every", every):
        if "failure" in line:
            raise SystemExit(f"{name}: {line['failure']}")
        if "total_energy" in line:
            rows.append((line["time"] / 1e3, 1e3 * line["total_energy"] / atoms))
            work.advance(atoms * every * (len(rows) > 1), name)
    times, energies = np.array(rows).T
    slope, constant = np.polyfit(times - times[0], energies, 1)
    noise = (energies - constant - slope * (times - times[0])).std()
    return program.keep(name, {"key": key, "atoms": atoms, "picoseconds": picoseconds, "drift": slope, "noise": noise})


def overlapping(program, index):
    """Two built-in molecules, one put into the other at random."""
    rng = np.random.default_rng(index)
    symbols, positions = [], []
    for _ in range(2):
        key = str(rng.choice(OVERLAPPING))
        path = program.folder / f"{key}.xyz"
        if not path.exists():
            subprocess.run([program.path, "convert", f"library:{key}", path], check=True, stdout=subprocess.DEVNULL)
        names, places = next(frames(path))
        turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
        turn *= np.sign(np.linalg.det(turn))
        symbols += names
        positions.append((places - places.mean(0)) @ turn + rng.normal(0, 0.6, 3))
    return symbols, np.concatenate(positions)


def overlap(program, index, work, steps=500):
    """What relaxing it comes to."""
    name = f"overlap-{index}"
    work.advance(20 * steps, name)
    if (known := program.known(name)) is not None:
        return known
    start, end = (program.folder / f"{name}-{part}.xyz" for part in ("start", "end"))
    symbols, positions = overlapping(program, index)
    rows = (f"{symbol} {x:.6f} {y:.6f} {z:.6f}\n" for symbol, (x, y, z) in zip(symbols, positions))
    start.write_text(f"{len(symbols)}\n\n{''.join(rows)}")
    end.unlink(missing_ok=True)
    *_, last = program.lines("relax", start, "--potential", "nano", "--optimizer", "fire", "--steps", steps, "--every", steps, "-o", end)
    result = {"failure": last.get("failure"), "at rest": last.get("outcome") == "converged"}
    if result["failure"] is None:
        result["nearest"] = float(ratios(symbols, np.array(last["positions"])).min())
    for path in (start, end):
        path.unlink(missing_ok=True)
    return program.keep(name, result)


def print_tables(warmed, drifts, overlaps):
    print("\n| molecule at 300 K | atoms | ps | bonds broken / made at the end | first change, ps | longest bond, covalent radii |")
    print("|---|---|---|---|---|---|")
    for one in warmed:
        first = "never" if one["first"] is None else f"{one['first']:.1f}"
        end = one["failure"] or f"{one['broken']} / {one['made']}"
        print(f"| {one['key']} | {one['atoms']} | {one['picoseconds']:g} | {end} | {first} | {one['stretch']:.2f} |")
    print("\n| constant energy, 1 fs | atoms | ps | drift, meV/atom/ps | about it, meV/atom |\n|---|---|---|---|---|")
    for one in drifts:
        print(f"| {one['key']} | {one['atoms']} | {one['picoseconds']:g} | {one['drift']:+.4f} | {one['noise']:.3f} |")
    if overlaps:
        nearest = [one["nearest"] for one in overlaps if one["failure"] is None]
        print("\n| two molecules put into each other | |\n|---|---|")
        print(f"| tried | {len(overlaps)} |\n| failed, as for forces that are no numbers | {len(overlaps) - len(nearest)} |")
        print(f"| at rest within 500 steps of FIRE | {sum(one['at rest'] for one in overlaps)} |")
        print(f"| two atoms left nearer than {NEAREST} of their covalent radii | {sum(near < NEAREST for near in nearest)} |")
        print(f"| nearest of all, of their covalent radii | {min(nearest, default=float('nan')):.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="mlipview, built for release")
    parser.add_argument("--folder", required=True, help="where what is done is kept")
    parser.add_argument("--picoseconds", type=float, default=100.0, help="of dynamics at 300 K")
    parser.add_argument("--large", type=int, default=40, help="molecules of more atoms than this have their own picoseconds")
    parser.add_argument("--large-picoseconds", type=float, help="as --picoseconds, of the large ones (the same)")
    parser.add_argument("--drift-picoseconds", type=float, default=10.0, help="of dynamics at constant energy")
    parser.add_argument("--overlaps", type=int, default=500, help="how many times molecules are put into each other")
    options = parser.parse_args()
    program = Program(options.program, options.folder)
    large = options.picoseconds if options.large_picoseconds is None else options.large_picoseconds
    plan = [(key, atoms, large if atoms > options.large else options.picoseconds) for key, atoms in molecules(program)]
    drifting = [(key, atoms, options.drift_picoseconds) for key, atoms in (("caffeine", 24), ("water-box", 192))]
    total = sum(atoms * picoseconds for _, atoms, picoseconds in plan) + sum(atoms * (picoseconds + 1) for _, atoms, picoseconds in drifting)
    work = Work(1e3 / FEMTOSECONDS * total + 20 * 500 * options.overlaps)
    drifts = [drift(program, *one, work) for one in drifting]
    overlaps = [overlap(program, index, work) for index in range(options.overlaps)]
    warmed = [warm(program, *one, work) for one in sorted(plan, key=lambda one: one[1])]
    print(file=sys.stderr)
    print_tables(warmed, drifts, overlaps)


if __name__ == "__main__":
    main()
