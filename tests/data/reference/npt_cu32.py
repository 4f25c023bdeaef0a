"""Mean volume of 32 EMT copper atoms at constant temperature and pressure, by ASE.

    python npt_cu32.py isotropic anisotropic > npt_cu32.json

Langevin BAOAB of atoms and cell (N. Quigley and M. I. J. Probert, J. Chem. Phys. 120, 11432 (2004)),
with the shape of the cell kept ("isotropic") and with all of it free ("anisotropic").
The standard errors come from the variance of the means of 20 blocks.
"""
import json
import sys

import ase
import numpy as np
from ase import units
from ase.build import bulk
from ase.calculators.emt import EMT
from ase.md.langevinbaoab import LangevinBAOAB
from ase.md.velocitydistribution import MaxwellBoltzmannDistribution
from ase.neighborlist import NeighborList

TEMPERATURE, PRESSURE = 600.0, 1.0 * units.GPa
TIMESTEP, STEPS, DISCARDED, BLOCKS = 5.0, 24_000, 1_000, 20


class PatientEMT(EMT):
    """EMT that looks for neighbors every tenth time, within a margin that no atom crosses meanwhile."""

    def initialize(self, atoms):
        super().initialize(atoms)
        self.nl = NeighborList(
            [0.5 * self.rc_list] * len(atoms), skin=0.5, self_interaction=False, bothways=True)
        self.calls, update = 0, self.nl.update

        def patient_update(atoms):
            self.calls += 1
            return self.calls % 10 == 1 and update(atoms)

        self.nl.update = patient_update


def mean_and_error(series):
    blocks = np.array_split(np.asarray(series), BLOCKS)
    means = np.array([block.mean() for block in blocks])
    return [float(np.mean(series)), float(means.std(ddof=1) / BLOCKS**0.5)]


def run(hydrostatic):
    atoms = bulk("Cu", "fcc", a=3.64, cubic=True) * (2, 2, 2)
    atoms.calc = PatientEMT()
    rng = np.random.default_rng(1)
    MaxwellBoltzmannDistribution(atoms, temperature_K=TEMPERATURE, rng=rng)
    dynamics = LangevinBAOAB(
        atoms, TIMESTEP * units.fs, temperature_K=TEMPERATURE, externalstress=-PRESSURE,
        hydrostatic=hydrostatic, T_tau=100 * units.fs, P_tau=300 * units.fs, rng=rng,
    )
    volumes, energies = [], []

    def observe():
        volumes.append(atoms.get_volume())
        energies.append(atoms.get_potential_energy())

    dynamics.run(DISCARDED)
    dynamics.attach(observe)
    dynamics.run(STEPS)
    return {
        "volume": mean_and_error(volumes),
        "volume_variance": mean_and_error((np.array(volumes) - np.mean(volumes)) ** 2),
        "potential_energy": mean_and_error(energies),
    }


SHAPE_IS_KEPT = {"isotropic": True, "anisotropic": False}

print(json.dumps({
    "ase": ase.__version__, "temperature_K": TEMPERATURE, "pressure_eV_per_A3": PRESSURE,
    **{kind: run(SHAPE_IS_KEPT[kind]) for kind in sys.argv[1:]},
}, indent=1))
