"""Long-time stability tests: `python stability.py --program mlipview --folder DIR`.

Prints the tables of the model card: broken and formed bonds in dynamics at 300 K of every built-in molecule for which the
program chooses nano; energy drift without a thermostat; relaxation of overlapping molecules. Results are cached in DIR, in
one folder for each build of the program.
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
# Distances as multiples of the summed covalent radii: bonded at the start, certainly broken, certainly formed. The gaps
# between them exceed vibrations.
BONDED, BROKEN, FORMED = 1.25, 1.5, 1.15
OVERLAP_KEYS = ["water", "methane", "ammonia", "ethanol", "benzene", "imidazole", "azomethane", "formic-acid-dimer", "cyclohexane"]
CLOSEST = 0.7  # Two atoms closer than this multiple are in a spurious minimum of the potential.
RADII = dict(zip(chemical_symbols, covalent_radii))


class Progress:
    """Progress bar in atom steps, with the estimated remaining time."""

    def __init__(self, total):
        self.total, self.done, self.start = total, 0, time.time()

    def advance(self, amount, name):
        self.done += amount
        elapsed = time.time() - self.start
        left = elapsed * (self.total / max(self.done, 1) - 1)
        print(f"\r{name:50s} {100 * self.done / self.total:5.1f} %, {left / 60:6.1f} min left", end="", file=sys.stderr, flush=True)


class CachedProgram:
    """mlipview, with cached results in a folder per build."""

    def __init__(self, path, folder):
        self.path = str(pathlib.Path(path).resolve())
        digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:12]
        self.folder = pathlib.Path(folder) / digest
        self.folder.mkdir(parents=True, exist_ok=True)

    def lines(self, *arguments):
        """The JSON lines of a command; after a failed one, also its error message."""
        command = [self.path, *map(str, arguments), "--json"]
        environment = {"RAYON_NUM_THREADS": "1", **os.environ}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder, env=environment) as process:
            for line in process.stdout:
                yield json.loads(line)
            message = process.stderr.read().strip()
        if process.returncode not in (0, 3):
            yield {"failure": message}

    def load(self, name):
        """A cached result; None if there is none."""
        path = self.folder / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else None

    def save(self, name, result):
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
    """Distances as multiples of the summed covalent radii; infinite on the diagonal."""
    radii = np.array([RADII[symbol] for symbol in symbols])
    distances = np.linalg.norm(positions[:, None] - positions, axis=-1)
    return distances / (radii[:, None] + radii) + np.diag(np.full(len(radii), np.inf))


def molecules(program):
    """Key and number of atoms of the built-in molecules for which the program chooses nano."""
    found = program.load("molecules")
    if found is None:
        found = []
        for entry in program.lines("library"):
            for result in program.lines("energy", f"library:{entry['key']}"):
                is_molecule = not any(next(program.lines("info", f"library:{entry['key']}"))["pbc"])
                if result.get("potential") == "nano" and is_molecule:
                    found.append((entry["key"], result["n_atoms"]))
        program.save("molecules", found)
    return found


def bonds(trajectory, picoseconds):
    """Broken and formed bonds at the end, time of the first change (ps), and maximum stretch of an intact bond."""
    start, first, stretch = None, None, 0.0
    for frame, (symbols, positions) in enumerate(frames(trajectory)):
        ratio = ratios(symbols, positions)
        if start is None:
            start = bonded = ratio < BONDED
        bonded = np.where(bonded, ratio < BROKEN, ratio < FORMED)
        stretch = max(stretch, ratio[start & bonded].max(initial=0.0))
        if first is None and (bonded != start).any():
            first = frame * picoseconds
    broken, formed = (int(change.sum()) // 2 for change in (start & ~bonded, ~start & bonded))
    return {"broken": broken, "formed": formed, "first": first, "stretch": float(stretch)}


def room_temperature(program, key, atoms, picoseconds, progress):
    """Changes of bonds in dynamics at 300 K."""
    name = f"300K-{key}-{picoseconds:g}ps"
    steps, every = round(1e3 * picoseconds / FEMTOSECONDS), 100
    if (cached := program.load(name)) is not None:
        progress.advance(atoms * steps, name)
        return cached
    trajectory, temperatures, failure = program.folder / f"{name}.xyz", [], None
    trajectory.unlink(missing_ok=True)
    for line in program.lines("md", f"library:{key}", "--steps", steps, "--timestep", FEMTOSECONDS, "--every", every, "-o", trajectory):
        failure = line.get("failure", failure)
        if "outcome" not in line and "temperature" in line:
            temperatures.append(line["temperature"])
            progress.advance(atoms * every * (len(temperatures) > 1), name)
    result = {"key": key, "atoms": atoms, "picoseconds": picoseconds, "temperature": float(np.mean(temperatures)), "failure": failure}
    result |= bonds(trajectory, every * FEMTOSECONDS / 1e3)
    trajectory.unlink()
    return program.save(name, result)


def drift(program, key, atoms, picoseconds, progress):
    """Energy drift without a thermostat, meV/atom/ps, after 1 ps with one."""
    name = f"drift-{key}-{picoseconds:g}ps"
    steps, every = round(1e3 * picoseconds / FEMTOSECONDS), 10
    if (cached := program.load(name)) is not None:
        progress.advance(atoms * (steps + 1000), name)
        return cached
    start, rows = program.folder / f"{name}.xyz", []
    start.unlink(missing_ok=True)
    collections.deque(program.lines("md", f"library:{key}", "--steps", round(1e3 / FEMTOSECONDS), "--timestep", FEMTOSECONDS, "--every", 1000, "-o", start), 0)
    progress.advance(atoms * 1000, name)
    for line in program.lines("md", start, "--thermostat", "none", "--steps", steps, "--timestep", FEMTOSECONDS, "--every", every):
        if "failure" in line:
            raise SystemExit(f"{name}: {line['failure']}")
        if "total_energy" in line:
            rows.append((line["time"] / 1e3, 1e3 * line["total_energy"] / atoms))
            progress.advance(atoms * every * (len(rows) > 1), name)
    times, energies = np.array(rows).T
    slope, constant = np.polyfit(times - times[0], energies, 1)
    noise = (energies - constant - slope * (times - times[0])).std()
    return program.save(name, {"key": key, "atoms": atoms, "picoseconds": picoseconds, "drift": slope, "noise": noise})


def overlapping_molecules(program, index):
    """Two random built-in molecules that overlap."""
    rng = np.random.default_rng(index)
    symbols, positions = [], []
    for _ in range(2):
        key = str(rng.choice(OVERLAP_KEYS))
        path = program.folder / f"{key}.xyz"
        if not path.exists():
            subprocess.run([program.path, "convert", f"library:{key}", path], check=True, stdout=subprocess.DEVNULL)
        names, start = next(frames(path))
        rotation, _ = np.linalg.qr(rng.normal(size=(3, 3)))
        rotation *= np.sign(np.linalg.det(rotation))
        symbols += names
        positions.append((start - start.mean(0)) @ rotation + rng.normal(0, 0.6, 3))
    return symbols, np.concatenate(positions)


def relax_overlap(program, index, progress, steps=500):
    """Relaxes two overlapping molecules with FIRE."""
    name = f"overlap-{index}"
    progress.advance(20 * steps, name)
    if (cached := program.load(name)) is not None:
        return cached
    start, end = (program.folder / f"{name}-{part}.xyz" for part in ("start", "end"))
    symbols, positions = overlapping_molecules(program, index)
    rows = (f"{symbol} {x:.6f} {y:.6f} {z:.6f}\n" for symbol, (x, y, z) in zip(symbols, positions))
    start.write_text(f"{len(symbols)}\n\n{''.join(rows)}")
    end.unlink(missing_ok=True)
    *_, last = program.lines("relax", start, "--potential", "nano", "--optimizer", "fire", "--steps", steps, "--every", steps, "-o", end)
    result = {"failure": last.get("failure"), "converged": last.get("outcome") == "converged"}
    if result["failure"] is None:
        result["nearest"] = float(ratios(symbols, np.array(last["positions"])).min())
    for path in (start, end):
        path.unlink(missing_ok=True)
    return program.save(name, result)


def print_tables(dynamics, drifts, overlaps):
    print("\n| molecule at 300 K | atoms | ps | bonds broken / formed at the end | first change, ps | longest bond, covalent radii |")
    print("|---|---|---|---|---|---|")
    for one in dynamics:
        first = "never" if one["first"] is None else f"{one['first']:.1f}"
        end = one["failure"] or f"{one['broken']} / {one['formed']}"
        print(f"| {one['key']} | {one['atoms']} | {one['picoseconds']:g} | {end} | {first} | {one['stretch']:.2f} |")
    print("\n| constant energy, 1 fs | atoms | ps | drift, meV/atom/ps | fluctuation, meV/atom |\n|---|---|---|---|---|")
    for one in drifts:
        print(f"| {one['key']} | {one['atoms']} | {one['picoseconds']:g} | {one['drift']:+.4f} | {one['noise']:.3f} |")
    if overlaps:
        nearest = [one["nearest"] for one in overlaps if one["failure"] is None]
        print("\n| two overlapping molecules | |\n|---|---|")
        print(f"| tried | {len(overlaps)} |\n| failed, e.g. forces not finite | {len(overlaps) - len(nearest)} |")
        print(f"| converged within 500 steps of FIRE | {sum(one['converged'] for one in overlaps)} |")
        print(f"| two atoms closer than {CLOSEST} of their covalent radii at the end | {sum(ratio < CLOSEST for ratio in nearest)} |")
        print(f"| closest pair, in covalent radii | {min(nearest, default=float('nan')):.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="mlipview, built for release")
    parser.add_argument("--folder", required=True, help="cache of results")
    parser.add_argument("--picoseconds", type=float, default=100.0, help="duration of dynamics at 300 K [default: 100]")
    parser.add_argument("--large", type=int, default=40, help="molecules with more atoms use --large-picoseconds [default: 40]")
    parser.add_argument("--large-picoseconds", type=float, help="duration for large molecules [default: --picoseconds]")
    parser.add_argument("--drift-picoseconds", type=float, default=10.0, help="duration of dynamics at constant energy [default: 10]")
    parser.add_argument("--overlaps", type=int, default=500, help="number of overlapping pairs [default: 500]")
    options = parser.parse_args()
    program = CachedProgram(options.program, options.folder)
    large = options.picoseconds if options.large_picoseconds is None else options.large_picoseconds
    plan = [(key, atoms, large if atoms > options.large else options.picoseconds) for key, atoms in molecules(program)]
    drifting = [(key, atoms, options.drift_picoseconds) for key, atoms in (("caffeine", 24), ("water-box", 192))]
    total = sum(atoms * picoseconds for _, atoms, picoseconds in plan) + sum(atoms * (picoseconds + 1) for _, atoms, picoseconds in drifting)
    progress = Progress(1e3 / FEMTOSECONDS * total + 20 * 500 * options.overlaps)
    drifts = [drift(program, *one, progress) for one in drifting]
    overlaps = [relax_overlap(program, index, progress) for index in range(options.overlaps)]
    dynamics = [room_temperature(program, *one, progress) for one in sorted(plan, key=lambda one: one[1])]
    print(file=sys.stderr)
    print_tables(dynamics, drifts, overlaps)


if __name__ == "__main__":
    main()
