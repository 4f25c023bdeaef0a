"""Crystals of the model card, and their equation of state.

Lattice constants in CUBIC are only where searches start, rounded; they are no reference. `evaluate.py` compares with the
teacher, and with MEASURED.
"""

import numpy as np
from ase import Atoms
from ase.build import bulk
from ase.spacegroup import crystal

# Name: (prototype, initial lattice constant, Å).
CUBIC = {
    "Li": ("bcc", 3.5), "Na": ("bcc", 4.2), "K": ("bcc", 5.2), "Al": ("fcc", 4.0), "Ca": ("fcc", 5.6), "V": ("bcc", 3.0), "Fe": ("bcc", 2.9),
    "Ni": ("fcc", 3.5), "Cu": ("fcc", 3.6), "Nb": ("bcc", 3.3), "Mo": ("bcc", 3.1), "Pd": ("fcc", 3.9), "Ag": ("fcc", 4.1), "Ta": ("bcc", 3.3),
    "W": ("bcc", 3.2), "Pt": ("fcc", 3.9), "Au": ("fcc", 4.1), "C": ("diamond", 3.6), "Si": ("diamond", 5.4), "Ge": ("diamond", 5.6),
    "SiC": ("zincblende", 4.3), "BN": ("zincblende", 3.6), "AlP": ("zincblende", 5.4), "AlAs": ("zincblende", 5.6), "GaP": ("zincblende", 5.4),
    "GaAs": ("zincblende", 5.6), "InP": ("zincblende", 5.9), "ZnS": ("zincblende", 5.4), "LiF": ("rocksalt", 4.0), "NaCl": ("rocksalt", 5.6),
    "MgO": ("rocksalt", 4.2), "CaO": ("rocksalt", 4.8), "TiC": ("rocksalt", 4.3), "CsCl": ("cesiumchloride", 4.1),
}  # fmt: skip

# Measured lattice constants, Å, extrapolated to 0 K and without zero-point motion: P. Hao, Y. Fang, J. Sun, G. I. Csonka,
# P. H. T. Philipsen, J. P. Perdew, Phys. Rev. B 85, 014111 (2012), table III.
MEASURED = {
    "Li": 3.451, "Na": 4.207, "K": 5.211, "Al": 4.019, "Ca": 5.555, "V": 3.024, "Fe": 2.855, "Ni": 3.509, "Cu": 3.595, "Nb": 3.293,
    "Mo": 3.141, "Pd": 3.876, "Ag": 4.063, "Ta": 3.299, "W": 3.161, "Pt": 3.913, "Au": 4.061, "C": 3.555, "Si": 5.422, "Ge": 5.644,
    "SiC": 4.348, "BN": 3.594, "AlP": 5.450, "AlAs": 5.649, "GaP": 5.441, "GaAs": 5.641, "InP": 5.858, "LiF": 3.974, "NaCl": 5.565,
    "MgO": 4.188, "CaO": 4.781, "TiC": 4.318,
}  # fmt: skip


def cubic(name):
    """The conventional cell of a cubic crystal."""
    prototype, a = CUBIC[name]
    return bulk(name, prototype, a=a, cubic=True)


def others():
    """Crystals that are not cubic, or of three elements: {name: initial structure}."""
    rutile = crystal(["Ti", "O"], [(0, 0, 0), (0.3053, 0.3053, 0)], spacegroup=136, cellpar=[4.594, 4.594, 2.959, 90, 90, 90])
    quartz = crystal(["Si", "O"], [(0.4697, 0, 2 / 3), (0.4135, 0.2669, 0.7858)], spacegroup=154, cellpar=[4.913, 4.913, 5.405, 90, 90, 120])
    perovskite = Atoms("SrTiO3", scaled_positions=[(0, 0, 0), (0.5, 0.5, 0.5), (0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5)], cell=[3.905] * 3, pbc=True)
    olivine = crystal(
        ["Li", "Fe", "P", "O", "O", "O"],
        [(0, 0, 0), (0.2822, 0.25, 0.9747), (0.0948, 0.25, 0.4182), (0.0968, 0.25, 0.7428), (0.4571, 0.25, 0.2060), (0.1656, 0.0465, 0.2848)],
        spacegroup=62, cellpar=[10.334, 6.010, 4.693, 90, 90, 90],
    )  # fmt: skip
    sheet = np.array([(2.464, 0, 0), (-1.232, 1.232 * 3**0.5, 0)])
    graphite = Atoms(
        "C4", scaled_positions=[(0, 0, 0.25), (0, 0, 0.75), (1 / 3, 2 / 3, 0.25), (2 / 3, 1 / 3, 0.75)],
        cell=[*sheet, (0, 0, 6.711)], pbc=True,
    )  # fmt: skip
    return {"TiO2": rutile, "SiO2": quartz, "SrTiO3": perovskite, "LiFePO4": olivine, "graphite": graphite, "Mg": bulk("Mg", "hcp", a=3.209, c=5.211)}


def equation_of_state(calculator, structure, span=0.03, points=7):
    """Volume at rest, Å^3, and bulk modulus, GPa, from a cubic polynomial of E(V) at scaled lengths."""
    from ase.units import GPa

    scales = np.linspace(1 - span, 1 + span, points)
    for _ in range(4):
        volumes, energies = [], []
        for scale in scales:
            atoms = structure.copy()
            atoms.set_cell(structure.cell * scale, scale_atoms=True)
            atoms.calc = calculator
            volumes.append(atoms.get_volume())
            energies.append(atoms.get_potential_energy())
        lowest = int(np.argmin(energies))
        if 0 < lowest < points - 1:
            break
        scales = scales * scales[lowest]
    else:
        return None, None
    fit = np.polynomial.Polynomial.fit(volumes, energies, 3)
    roots = [r.real for r in fit.deriv().roots() if abs(r.imag) < 1e-6 and volumes[0] < r.real < volumes[-1] and fit.deriv(2)(r.real) > 0]
    return (roots[0], roots[0] * fit.deriv(2)(roots[0]) / GPa) if roots else (None, None)
