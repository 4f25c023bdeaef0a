"""The teacher as a calculator of ASE, with the relaxations that the tables of the model card need."""

import numpy as np
from ase.calculators.calculator import Calculator, all_changes
from ase.constraints import FixAtoms
from ase.filters import FrechetCellFilter
from ase.optimize import BFGS
from ase.stress import full_3x3_to_voigt_6_stress

MAX_FORCE, STEPS = 0.003, 200  # eV/Å; per atom for the cell, eV


class Calculated(Calculator):
    """Energy, eV; forces, eV/Å; stress, eV/Å^3, of a teacher of teachers.py."""

    implemented_properties = ["energy", "forces", "stress"]

    def __init__(self, teacher):
        super().__init__()
        self.teacher = teacher

    def calculate(self, atoms=None, properties=("energy",), system_changes=all_changes):
        super().calculate(atoms, properties, system_changes)
        (result,) = self.teacher.evaluate([(atoms.numbers, atoms.positions, np.array(atoms.cell))])
        stress = full_3x3_to_voigt_6_stress((result.stress + result.stress.T) / 2)
        self.results = {"energy": result.energy, "forces": result.forces, "stress": stress}


class Teacher:
    """Relaxations by TensorNet; the same methods as `program.Program`."""

    def __init__(self, folder):
        import torch
        from teachers import TensorNet

        torch.set_num_threads(1)
        self.calculator = Calculated(TensorNet(folder))

    def relaxed(self, atoms, cell=False, fixed=0):
        """As `program.Program.relaxed`."""
        atoms = atoms.copy()
        atoms.set_constraint(FixAtoms(range(fixed)) if fixed else None)
        atoms.calc = self.calculator
        optimizer = BFGS(FrechetCellFilter(atoms) if cell else atoms, logfile=None)
        atoms.info["converged"] = bool(optimizer.run(fmax=MAX_FORCE, steps=STEPS))
        energy = atoms.get_potential_energy()
        atoms.calc = None
        return atoms, energy

    def energy(self, atoms):
        """Energy, eV."""
        atoms = atoms.copy()
        atoms.calc = self.calculator
        return atoms.get_potential_energy()
