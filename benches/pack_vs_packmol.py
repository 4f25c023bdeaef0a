"""Benchmark: `mlipview pack` beside Packmol, one core, one run; and dynamics from the packed boxes.

    pip install numpy packmol
    cargo build --release --locked
    python benches/pack_vs_packmol.py [--dynamics]

Four liquids in periodic boxes at a density, by both programs with a distance of 2.0 Å; best of interleaved rounds,
each with a seed of its own. Contacts are measured here, between atoms of different molecules and through the faces.
The ratio is Packmol's time over ours, each with reading and writing files. With --dynamics the boxes of mlipview are
relaxed by nano and run for 10 ps at 300 K, and the potential energy of every frame is compared with the start.
The environment variable MLIPVIEW names the program.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

os.environ |= {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("MLIPVIEW", str(ROOT / "target/release/mlipview"))
ROUNDS = 3
DISTANCE = 2.0
# amu/Å³ in g/cm³ (CODATA 2022).
DENSITY_UNIT = 1.66053906892
MASSES = {"H": 1.008, "C": 12.011, "N": 14.007, "O": 15.999}
MIXTURES = {
    "216 water, 1.00 g/cm³": ([("water", 216)], 1.0),
    "50 ethanol + 200 water, 0.95 g/cm³": ([("ethanol", 50), ("water", 200)], 0.95),
    "caffeine + 300 water, 1.00 g/cm³": ([("caffeine", 1), ("water", 300)], 1.0),
    "C60 + 100 toluene, 0.90 g/cm³": ([("c60", 1), ("smiles:Cc1ccccc1", 100)], 0.9),
}


def command(*words, cwd):
    """Runs a command, and returns its output and time, s."""
    start = time.perf_counter()
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: {done.stderr or done.stdout}")
    return done.stdout, seconds


def read_xyz(path):
    """Symbols and positions of the first record of a file."""
    lines = path.read_text().splitlines()
    rows = [line.split() for line in lines[2 : 2 + int(lines[0])]]
    return [row[0] for row in rows], np.array([[float(word) for word in row[1:4]] for row in rows])


def smallest_contact(positions, owners, edge):
    """The smallest distance between atoms of different molecules in a periodic cube, Å."""
    smallest = np.inf
    for first in range(len(positions)):
        distances = positions[first + 1 :] - positions[first]
        distances -= edge * np.round(distances / edge)
        lengths = np.linalg.norm(distances, axis=1)[owners[first + 1 :] != owners[first]]
        smallest = min(smallest, lengths.min(initial=np.inf))
    return smallest


def packmol(folder, molecules, edge, seed):
    """Time of Packmol, s."""
    lines = [f"tolerance {DISTANCE}", "filetype xyz", "output packmol.xyz", f"seed {seed + 1}"]
    lines += [f"pbc {edge:.6f} {edge:.6f} {edge:.6f}"]
    for number, (_, count) in enumerate(molecules):
        lines += [f"structure molecule{number}.xyz", f"  number {count}", "end structure"]
    (folder / "packmol.inp").write_text("\n".join(lines) + "\n")
    output, seconds = command("sh", "-c", "packmol < packmol.inp", cwd=folder)
    assert "Success!" in output, output[-500:]
    return seconds


def mlipview(folder, molecules, edge, seed):
    """Time of mlipview, s."""
    words = [f"molecule{number}.xyz:{count}" for number, (_, count) in enumerate(molecules)]
    words += ["--box", f"{edge:.6f}", "--distance", DISTANCE, "--seed", seed]
    _, seconds = command(PROGRAM, "pack", *words, "-o", "mlipview.xyz", "--json", cwd=folder)
    return seconds


def dynamics(folder):
    """Relaxes the packed box with nano and runs it; returns what happened, in words."""
    command(PROGRAM, "relax", "mlipview.xyz", "--potential", "nano", "--fmax", "0.2", "--steps", "500",
            "-o", "relaxed.xyz", "--json", cwd=folder)
    lines, seconds = command(PROGRAM, "md", "relaxed.xyz", "--potential", "nano", "--steps", "10000",
                             "--timestep", "1", "--every", "1", "--json", cwd=folder)
    frames = [json.loads(line) for line in lines.splitlines()]
    frames = [frame for frame in frames if "potential_energy" in frame or "energy" in frame]
    energies = np.array([frame.get("potential_energy", frame.get("energy")) for frame in frames])
    temperatures = np.array([frame["temperature"] for frame in frames])
    atoms = int((folder / "relaxed.xyz").read_text().split()[0])
    # Equipartition gives the potential energy 3/2 k T on the way from the minimum to 300 K.
    expected = energies[0] + atoms * 1.5 * 8.617333262e-5 * 300.0
    above = (energies.max() - energies[0]) / (expected - energies[0])
    return (f"{len(frames)} frames, {seconds:.0f} s: potential energy {energies[0] / atoms:.4f} eV/atom at the relaxed "
            f"start, at most {energies.max() / atoms:.4f} ({above:.2f} of 3/2 k T), last 1 ps "
            f"{temperatures[-1000:].mean():.0f} K, highest temperature {temperatures.max():.0f} K")


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, (molecules, density) in MIXTURES.items():
            mass, owners = 0.0, []
            for number, (molecule, count) in enumerate(molecules):
                source = molecule if molecule.startswith("smiles:") else f"library:{molecule}"
                command(PROGRAM, "convert", source, f"molecule{number}.xyz", cwd=folder)
                symbols, positions = read_xyz(folder / f"molecule{number}.xyz")
                # Packmol reads elements and coordinates alone.
                rows = [f"{symbol} {x} {y} {z}" for symbol, (x, y, z) in zip(symbols, positions)]
                text = "\n".join([str(len(rows)), "", *rows]) + "\n"
                (folder / f"molecule{number}.xyz").write_text(text)
                mass += count * sum(MASSES[symbol] for symbol in symbols)
                for _ in range(count):
                    owners += [owners[-1] + 1 if owners else 0] * len(symbols)
            edge = (DENSITY_UNIT * mass / density) ** (1 / 3)
            ours, theirs, contacts = [], [], []
            for seed in range(ROUNDS):
                theirs.append(packmol(folder, molecules, edge, seed))
                ours.append(mlipview(folder, molecules, edge, seed))
                for file in ["packmol.xyz", "mlipview.xyz"]:
                    symbols, positions = read_xyz(folder / file)
                    assert len(symbols) == len(owners), (file, len(symbols), len(owners))
                    contacts.append(smallest_contact(positions, np.array(owners), edge))
            print(f"{name}: {len(owners)} atoms, edge {edge:.2f} Å; smallest contact {min(contacts[1::2]):.3f} Å (Packmol "
                  f"{min(contacts[::2]):.3f}); {min(ours):.3f} s, Packmol {min(theirs):.3f} s, ratio "
                  f"{min(theirs) / min(ours):.1f}", flush=True)
            if "--dynamics" in sys.argv:
                print(f"  {dynamics(folder)}", flush=True)


main()
