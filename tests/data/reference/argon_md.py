"""Dynamics of an argon box at constant energy by ASE: argon_md.xyz (start) and argon_md.json.

108 atoms, Lennard-Jones with a smooth end (sigma 3.405 Å, epsilon 0.0104 eV, cutoff 7 Å), velocity
Verlet with 4 fs. Made with ASE 3.29.0: python3 tests/data/reference/argon_md.py
"""

import json
import pathlib

import numpy as np
from ase import units
from ase.build import bulk
from ase.calculators.lj import LennardJones
from ase.io import write
from ase.md.verlet import VelocityVerlet

here = pathlib.Path(__file__).parent
random = np.random.default_rng(11)
argon = bulk("Ar", "fcc", a=5.4, cubic=True) * (3, 3, 3)
argon.positions = np.round(argon.positions + random.normal(0, 0.1, argon.positions.shape), 8)
# Said in the file, so that both programs agree on it.
argon.set_masses(np.full(len(argon), 39.948))
momenta = random.normal(0, 1, argon.positions.shape) * np.sqrt(39.948 * units.kB * 80)
argon.set_momenta(np.round(momenta - momenta.mean(0), 8))
write(here / "argon_md.xyz", argon, format="extxyz",
      columns=["symbols", "positions", "momenta", "masses"])

argon.calc = LennardJones(sigma=3.405, epsilon=0.0104, rc=7.0, smooth=True)
dynamics = VelocityVerlet(argon, 4 * units.fs)
rows = []


def record():
    rows.append({
        "step": dynamics.nsteps,
        "potential_energy": argon.get_potential_energy(),
        "kinetic_energy": argon.get_kinetic_energy(),
    })


dynamics.attach(record, interval=50)
dynamics.run(200)
(here / "argon_md.json").write_text(json.dumps(rows, indent=1) + "\n")
