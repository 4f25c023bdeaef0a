"""An ASE calculator of `solid` by the equations of network.py: for tables of a run, before it is exported."""

import jax
import jax.numpy as jnp
import numpy as np
from ase.calculators.calculator import Calculator, all_changes
from ase.stress import full_3x3_to_voigt_6_stress

import frames
import network
import train


class Solid(Calculator):
    """Energy, eV; forces, eV/Å; stress, eV/Å^3, of periodic structures of at most 32 atoms."""

    implemented_properties = ["energy", "forces", "stress"]

    def __init__(self, parameters):
        super().__init__()
        file = dict(np.load(parameters))
        self.offset = file.pop("offset")
        self.p = {name: jnp.asarray(value) for name, value in file.items() if not name.startswith("doubt_")}
        shape = network.Shape.of(self.p)
        self.run = jax.jit(lambda p, b: train.predict(p, shape, b))

    def calculate(self, atoms=None, properties=("energy",), system_changes=all_changes):
        super().calculate(atoms, properties, system_changes)
        frame = frames.frame_of(atoms.numbers, atoms.positions, np.array(atoms.cell))
        if frame is None:
            raise ValueError(f"{atoms.get_chemical_formula()}: an element, or a number of atoms or neighbors, that solid has not learned")
        batch = frames.collate([frame], frame.width, self.offset)
        energy, forces, virial = (np.asarray(x, float) for x in self.run(self.p, batch))
        virial = (virial[0] + virial[0].T) / 2
        self.results = {
            "energy": energy[0] + self.offset[frame.species].sum(),
            "forces": forces[: len(atoms)],
            "stress": full_3x3_to_voigt_6_stress(virial / atoms.get_volume()),
        }
