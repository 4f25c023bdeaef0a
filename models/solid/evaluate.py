"""Tables of the model card: `evaluate.py --parameters RUN/solid.npz --teacher FOLDER`.

Lattice constants, Å, and bulk moduli, GPa, of the cubic crystals, and relaxed cells of the others, beside the teacher's.
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
    parser.add_argument("--teacher", required=True, help="folder of TensorNet-MatPES-r2SCAN-v2025.1-PES")
    options = parser.parse_args()
    import matgl
    from matgl.ext.ase import PESCalculator

    solid, teacher = Solid(options.parameters), PESCalculator(matgl.load_model(options.teacher), stress_unit="eV/A3")
    print("| crystal | a, Å: measured | teacher | solid | B, GPa: teacher | solid |\n|---|--:|--:|--:|--:|--:|")
    errors, from_measured = [], []
    for name, (_, a) in crystals.CUBIC.items():
        structure = crystals.cubic(name)
        found = [crystals.equation_of_state(calculator, structure) for calculator in (teacher, solid)]
        if None in (volume for volume, _ in found):
            print(f"| {name} | no minimum of {' and '.join(n for n, (v, _) in zip(('teacher', 'solid'), found) if v is None)} | | | |", flush=True)
            continue
        lengths = [a * (volume / structure.get_volume()) ** (1 / 3) for volume, _ in found]
        moduli = [modulus for _, modulus in found]
        errors.append((lengths[1] / lengths[0] - 1, moduli[1] / moduli[0] - 1))
        measured = crystals.MEASURED.get(name)
        if measured:
            from_measured.append([length / measured - 1 for length in lengths])
        print(f"| {name} | {f'{measured:.3f}' if measured else '–'} | {lengths[0]:.3f} | {lengths[1]:.3f} ({100 * errors[-1][0]:+.1f} %) | {moduli[0]:.0f} | {moduli[1]:.0f} ({100 * errors[-1][1]:+.0f} %) |", flush=True)
    a, b = np.abs(errors).T * 100
    print(f"mean absolute difference of {len(errors)} of {len(crystals.CUBIC)}: a {a.mean():.2f} %, at most {a.max():.1f} %; B {b.mean():.0f} %, at most {b.max():.0f} %")
    m = np.abs(from_measured) * 100
    print(f"from measurement, {len(m)} crystals: teacher {m[:, 0].mean():.2f} %, at most {m[:, 0].max():.1f} %; solid {m[:, 1].mean():.2f} %, at most {m[:, 1].max():.1f} %")
    for name, structure in crystals.others().items():
        cells = [np.round(relaxed(calculator, structure), 2) for calculator in (teacher, solid)]
        print(f"{name}: teacher {cells[0]}, solid {cells[1]} (Å, degrees)", flush=True)


if __name__ == "__main__":
    main()
