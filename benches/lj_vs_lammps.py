"""Benchmark: Lennard-Jones liquid in mlipview and LAMMPS, one core, one run.

    apt install lammps
    pip install numpy
    python benches/lj_vs_lammps.py

10 000 atoms at the density 0.8442 of the standard melt, cut and shifted at 2.5, velocity Verlet with
a step of 0.005, in units of sigma and epsilon, from one starting point. LAMMPS keeps half lists with
a skin of 0.3, checks every step whether to rebuild them, and sums energy and virial at the end only;
we sum them at every step. Best of interleaved rounds. The ratio is our steps per second over those
of LAMMPS.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

os.environ |= {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import numpy as np

from bench_binary import build, run

ROUNDS, WARMUP, STEPS = 3, 300, 500

LAMMPS = f"""
units lj
atom_style atomic
read_data melt.data
pair_style lj/cut 2.5
pair_coeff 1 1 1.0 1.0
pair_modify shift yes
neighbor 0.3 bin
neigh_modify delay 0 every 1 check yes
timestep 0.005
fix 1 all nve
thermo_style custom step etotal
thermo_modify norm no format float %.12g
thermo 1000000
run {WARMUP}
run {STEPS}
"""


def melt(cells=(10, 10, 25), density=0.8442, temperature=1.44):
    """An fcc crystal that will melt: cell, positions, velocities."""
    lattice = (4 / density) ** (1 / 3)
    axes = [np.arange(count) for count in cells]
    corners = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 1, 3)
    basis = np.array([[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])
    positions = (corners + basis).reshape(-1, 3) * lattice
    velocities = np.random.default_rng(7).normal(0, np.sqrt(temperature), positions.shape)
    return np.diag(cells) * lattice, positions, velocities - velocities.mean(0)


def write_data(path, cell, positions, velocities):
    with open(path, "w") as file:
        print(f"melt\n\n{len(positions)} atoms\n1 atom types\n", file=file)
        for axis, name in enumerate("xyz"):
            print(f"0 {cell[axis, axis]:.17g} {name}lo {name}hi", file=file)
        print("\nMasses\n\n1 1.0\n\nAtoms\n", file=file)
        for number, (x, y, z) in enumerate(positions, 1):
            print(f"{number} 1 {x:.17g} {y:.17g} {z:.17g}", file=file)
        print("\nVelocities\n", file=file)
        for number, (x, y, z) in enumerate(velocities, 1):
            print(f"{number} {x:.17g} {y:.17g} {z:.17g}", file=file)


def run_lammps(folder):
    """Seconds per step of the second run, and the total energy at its end."""
    command = ["lmp", "-in", "in.melt", "-log", "none"]
    output = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds = float(re.findall(r"Loop time of (\S+)", output)[-1]) / STEPS
    energy = float(re.findall(rf"^\s*{WARMUP + STEPS}\s+(\S+)", output, re.MULTILINE)[-1])
    return seconds, energy, output.splitlines()[0]


def main():
    binary = build("potentials")
    state = melt()
    ours = theirs = np.inf
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        np.concatenate(state).astype("<f8").tofile(path / "melt")
        write_data(path / "melt.data", *state)
        (path / "in.melt").write_text(LAMMPS)
        for _ in range(ROUNDS):
            seconds, found = run(binary, "lj", path / "melt", WARMUP, STEPS)
            ours = min(ours, seconds)
            seconds, energy, version = run_lammps(folder)
            theirs = min(theirs, seconds)
            # The trajectories diverge after a few hundred steps; both conserve the energy.
            assert abs(found - energy) < 1e-3 * abs(energy), f"{found}, LAMMPS has {energy}"
    print(f"{version}, {len(state[1])} atoms, one core")
    print(f"ours {1 / ours:.0f} steps/s, LAMMPS {1 / theirs:.0f} steps/s, ratio {theirs / ours:.2f}")


if __name__ == "__main__":
    main()
