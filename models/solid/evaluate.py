"""Tables of the model card: `evaluate.py --parameters RUN/solid.npz [--teacher FOLDER]`.

Lattice constants and bulk moduli of the cubic crystals, and relaxed cells of the others, beside measurements and, with
--teacher, beside the teacher.
"""

import argparse

import numpy as np
from ase.filters import FrechetCellFilter
from ase.optimize import FIRE

import crystals
from calculator import Solid


def relaxed(calculator, structure):
    """Lattice parameters of the relaxed cell (a, b, c in Å and angles in degrees)."""
    atoms = structure.copy()
    atoms.calc = calculator
    FIRE(FrechetCellFilter(atoms), logfile=None).run(fmax=0.02, steps=200)
    return atoms.cell.cellpar()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parameters", default="work/run/solid.npz")
    parser.add_argument("--teacher", help="folder of TensorNet-MatPES-r2SCAN-v2025.1-PES")
    options = parser.parse_args()
    calculators = {"solid": Solid(options.parameters)}
    if options.teacher:
        import matgl
        from matgl.ext.ase import PESCalculator

        calculators["teacher"] = PESCalculator(matgl.load_model(options.teacher), stress_unit="eV/A3")
    errors = {name: [] for name in calculators}
    for crystal, (_, a, modulus) in crystals.CUBIC.items():
        row = [f"{crystal:8s} measured {a:.3f} Å {modulus:4.0f} GPa"]
        for name, calculator in calculators.items():
            structure = crystals.cubic(crystal)
            volume, bulk_modulus = crystals.equation_of_state(calculator, structure)
            if volume is None:
                row.append(f"{name}: no minimum")
                errors[name].append((np.nan, np.nan))
                continue
            length = a * (volume / structure.get_volume()) ** (1 / 3)
            errors[name].append((length / a - 1, bulk_modulus / modulus - 1))
            row.append(f"{name} {length:.3f} Å ({100 * (length / a - 1):+.1f} %) {bulk_modulus:4.0f} GPa")
        print("   ".join(row), flush=True)
    for name, values in errors.items():
        values = np.array(values)
        missing = int(np.isnan(values[:, 0]).sum())
        print(f"{name}: mean absolute error a {100 * np.nanmean(abs(values[:, 0])):.2f} %, B {100 * np.nanmean(abs(values[:, 1])):.0f} %; without a minimum: {missing}")
    for crystal, structure in crystals.others().items():
        print(crystal, "measured", np.round(structure.cell.cellpar(), 2), *(f"{name} {np.round(relaxed(c, structure), 2)}" for name, c in calculators.items()), flush=True)


if __name__ == "__main__":
    main()
