"""Rigid triangles of Lennard-Jones atoms at constant energy, by ASE with RATTLE: rigid_trimers.json.

Run: python rigid_trimers.py > rigid_trimers.json   (ASE 3.29.0, NumPy 2)

Constraints on the three distances (FixBondLengths: H. C. Andersen, J. Comput. Phys. 52, 24 (1983)) keep
each triangle rigid, without a quaternion or an angular momentum anywhere. The end is extrapolated from
timesteps of 0.2 and 0.1 fs, as the error of velocity Verlet is of second order.
"""

import json

import ase
import numpy as np
from ase import Atoms, units
from ase.calculators.lj import LennardJones
from ase.constraints import FixBondLengths
from ase.md.verlet import VelocityVerlet

SIDE, DURATION = 15.0, 400.0
SHAPE = np.array([[0.0, 0.0, 0.0], [3.3, 0.0, 0.0], [1.1, 3.1, 0.0]])
MASSES = np.array([39.948, 20.0, 10.0])
random = np.random.default_rng(8)


def rotation():
    matrix, _ = np.linalg.qr(random.normal(size=(3, 3)))
    return matrix * np.sign(np.linalg.det(matrix))


def start():
    positions, velocities = [], []
    for corner in np.ndindex(2, 2, 2):
        arms = (SHAPE - MASSES @ SHAPE / MASSES.sum()) @ rotation().T
        positions.extend(arms + (np.array(corner) + 0.5) * SIDE / 2)
        speed = np.sqrt(100 * units.kB / MASSES.sum())
        linear, angular = random.normal(size=(2, 3)) * [[speed], [speed / 1.5]]
        velocities.extend(linear + np.cross(angular, arms))
    return np.array(positions), np.array(velocities)


def run(positions, velocities, timestep):
    masses = np.tile(MASSES, 8)
    atoms = Atoms("Ar24", positions, masses=masses, cell=[SIDE] * 3, pbc=True)
    atoms.calc = LennardJones(sigma=3.405, epsilon=0.0104, rc=7.0, ro=0.66 * 7.0, smooth=True)
    pairs = [[3 * i + a, 3 * i + b] for i in range(8) for a, b in [(0, 1), (0, 2), (1, 2)]]
    atoms.set_constraint(FixBondLengths(pairs, tolerance=1e-14))
    atoms.set_momenta(masses[:, None] * velocities, apply_constraint=False)
    energies = [[atoms.get_potential_energy(), atoms.get_kinetic_energy()]]
    dynamics = VelocityVerlet(atoms, timestep * units.fs)
    for _ in range(4):
        dynamics.run(round(DURATION / 4 / timestep))
        energies.append([atoms.get_potential_energy(), atoms.get_kinetic_energy()])
    return atoms.get_positions(), atoms.get_velocities(), np.array(energies)


positions, velocities = start()
coarse, fine = [run(positions, velocities, timestep) for timestep in (0.2, 0.1)]
positions_end, velocities_end, energies = [(4 * b - a) / 3 for a, b in zip(coarse, fine)]
print(
    json.dumps(
        {
            "source": f"ASE {ase.__version__}, FixBondLengths and VelocityVerlet; rigid_trimers.py",
            "sigma": 3.405,
            "epsilon": 0.0104,
            "cutoff": 7.0,
            "onset": 0.66,
            "side": SIDE,
            "masses": np.tile(MASSES, 8).tolist(),
            "duration_fs": DURATION,
            "fs_in_ASE_units": units.fs,
            "positions": positions.tolist(),
            "velocities_ASE_units": velocities.tolist(),
            "final_positions": positions_end.tolist(),
            "final_velocities_ASE_units": velocities_end.tolist(),
            "E_pot_kin_each_100_fs": energies.tolist(),
            "largest_change_by_halving_the_timestep": float(np.abs(fine[0] - coarse[0]).max()),
        },
        indent=1,
    )
)
